package web

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/transcripts"
)

// agreement shows how far readers judge alike.
func (s *Server) agreement(w http.ResponseWriter, r *request) error {
	var counts = map[review.Status]int{}
	for _, c := range s.library.Chats {
		counts[r.log.State(c.Key).Status(c.Fingerprint, s.library.Mode)]++
	}
	p := agreementPage{Pairs: s.library.Agreements(r.log), All: len(s.library.Chats)}
	for _, status := range review.Statuses() {
		p.Counts = append(p.Counts, statusCount{status, counts[status]})
	}
	return s.show(w, r, p)
}

type agreementPage struct {
	Pairs  []review.Agreement
	Counts []statusCount
	All    int
}

type statusCount struct {
	Status review.Status
	Count  int
}

// Strength says how strong agreement is, in the words of Landis and Koch
// (Biometrics 33, 1977, 159-174): the key of a text.
func (agreementPage) Strength(a review.Agreement) string {
	switch {
	case a.Kappa != a.Kappa:
		return "none"
	case a.Kappa < 0:
		return "poor"
	case a.Kappa <= 0.2:
		return "slight"
	case a.Kappa <= 0.4:
		return "fair"
	case a.Kappa <= 0.6:
		return "moderate"
	case a.Kappa <= 0.8:
		return "substantial"
	}
	return "almost-perfect"
}

// Cell returns how often two readers judged so.
func (agreementPage) Cell(a review.Agreement, first, second review.Verdict) int {
	return a.Table[review.Pair{First: first, Second: second}]
}

// correction is one mark in the list of corrections.
type correction struct {
	Chat  *review.Chat
	Event review.Event
}

// correctionsPage lists all marks, the latest first.
type correctionsPage []correction

func (s *Server) corrections(w http.ResponseWriter, r *request) error {
	var all []correction
	for _, c := range s.library.Chats {
		state := r.log.State(c.Key)
		for _, e := range append(slices.Clone(state.Hidden), state.Spared...) {
			all = append(all, correction{c, e})
		}
	}
	slices.SortFunc(all, func(a, b correction) int { return int(b.Event.ID - a.Event.ID) })
	return s.show(w, r, correctionsPage(all))
}

// export gives what was learned as a file.
func (s *Server) export(w http.ResponseWriter, r *request) error {
	var b bytes.Buffer
	name := r.PathValue("file")
	var err error
	switch name {
	case "corrections.json":
		err = corrections.Write(&b, s.library.Corrections(r.log))
	case "labels.jsonl":
		var labels []review.Labelled
		if labels, err = s.library.Labels(r.log); err == nil {
			err = review.WriteLabels(&b, labels)
		}
	case "decisions.jsonl":
		err = review.WriteDecisions(&b, s.library.Decisions(r.log))
	default:
		return statusError(http.StatusNotFound)
	}
	if err != nil {
		return err
	}
	return attach(w, name, "application/json", b.Bytes())
}

func attach(w http.ResponseWriter, name, kind string, content []byte) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err := w.Write(content)
	return err
}

// printPage is a hand-out.
type printPage struct {
	chatPage
	Watermark string // the reader's name, when asked for
	Copies    []int  // how often it stands on the page
	Remarks   bool
}

func (s *Server) print(w http.ResponseWriter, r *request) error {
	c, err := s.chatOf(r)
	if err != nil {
		return err
	}
	state := r.log.State(c.Key)
	cast, err := s.library.Cast(c, state)
	if err != nil {
		return err
	}
	p := printPage{chatPage: chatPage{Chat: c, Total: len(c.Conversation.Messages), Legend: legend(cast)}, Remarks: r.FormValue("remarks") != ""}
	if r.FormValue("watermark") != "" {
		p.Watermark, p.Copies = r.session.Reader(), make([]int, 12)
	}
	if p.Messages, err = s.messages(c, state, cast, 0, p.Total); err != nil {
		return err
	}
	return s.show(w, r, p)
}

// download gives a hand-out as a Word document.
func (s *Server) download(w http.ResponseWriter, r *request) error {
	c, err := s.chatOf(r)
	if err != nil {
		return err
	}
	state := r.log.State(c.Key)
	released, err := s.library.Release(c, state)
	if err != nil {
		return err
	}
	h := transcripts.Handout{Remarks: map[int]string{}}
	if r.FormValue("watermark") != "" {
		h.Reader = r.session.Reader()
	}
	if r.FormValue("remarks") != "" {
		for _, e := range state.Remarks {
			h.Remarks[e.Message] = strings.TrimPrefix(h.Remarks[e.Message]+"\n"+e.Text+" ("+e.Reader+")", "\n")
		}
	}
	var b bytes.Buffer
	if err := h.WriteDocx(&b, released); err != nil {
		return err
	}
	return attach(w, "gesprek-"+c.Ref+".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b.Bytes())
}
