package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/anonymize/risk"
	"github.com/clbchat/naamloos/detectors"
)

// stretch is how many messages one page of a chat has.
const stretch = 400

// chatPage is what the reading view shows.
type chatPage struct {
	Chat      *review.Chat
	Messages  []messageView
	Total     int
	First     int // number of the first message on the page
	Stretches []stretchLink
	Last      bool // no message follows those on the page
	Legend    []legendItem
	Status    review.Status
	Mine      review.Verdict
	Others    []review.Event // verdicts of others, once the reader has one
	Blind     int            // verdicts of others that are not shown yet
	Flagged   bool
	Read      bool
	Undo      *review.Event
	Signs     []signGroup
	Before    *review.Chat
	Behind    *review.Chat
}

// stretchLink leads to a part of a long chat.
type stretchLink struct {
	From, To int
	Here     bool
}

// legendItem counts the different values of a type.
type legendItem struct {
	Type  detectors.EntityType
	Class string
	Count int
}

// signGroup is the signs of risk of one kind.
type signGroup struct {
	Kind  risk.Kind
	Signs []risk.Sign
	Parts []risk.Part
	More  int
}

// maxListed is how many signs of a kind are listed.
const maxListed = 12

// Messages with more bytes or lines are folded up.
const (
	longText  = 2000
	longLines = 30
)

func (s *Server) chat(w http.ResponseWriter, r *request) error {
	c, err := s.chatOf(r)
	if err != nil {
		return err
	}
	p, err := s.chatPage(c, r)
	if err != nil {
		return err
	}
	return s.show(w, r, p)
}

func (s *Server) chatOf(r *request) (*review.Chat, error) {
	c, ok := s.library.Chat(r.PathValue("ref"))
	if !ok {
		return nil, statusError(http.StatusNotFound)
	}
	return c, nil
}

func (s *Server) chatPage(c *review.Chat, r *request) (chatPage, error) {
	state, reader := r.log.State(c.Key), r.session.Reader()
	from := firstOf(r.URL.Query().Get("from"), len(c.Conversation.Messages))
	cast, err := s.library.Cast(c, state)
	if err != nil {
		return chatPage{}, err
	}
	p := chatPage{Chat: c, Total: len(c.Conversation.Messages), First: from + 1, Status: state.StatusFor(reader, c.Fingerprint, s.library.Mode),
		Mine: state.VerdictOf(reader, c.Fingerprint), Flagged: state.Flagged, Read: state.Read[reader],
		Legend: legend(cast), Signs: groupSigns(c.Risk.Signs)}
	for who, e := range state.Verdicts {
		switch {
		case who == reader || e.Fingerprint != c.Fingerprint:
		case p.Mine == "":
			p.Blind++
		default:
			p.Others = append(p.Others, e)
		}
	}
	slices.SortFunc(p.Others, func(a, b review.Event) int { return strings.Compare(a.Reader, b.Reader) })
	if e, ok := state.LastOf(reader); ok {
		p.Undo = &e
	}
	p.Stretches, p.Last = stretches(p.Total, from), from+stretch >= p.Total
	p.Before, p.Behind = s.neighbours(c)
	p.Messages, err = s.messages(c, state, cast, from, from+stretch)
	return p, err
}

// firstOf returns the first message, from 0, of the stretch that message number
// from stands in.
func firstOf(from string, total int) int {
	n, err := strconv.Atoi(from)
	if err != nil || n < 1 || n > total {
		return 0
	}
	return (n - 1) / stretch * stretch
}

func stretches(total, from int) []stretchLink {
	if total <= stretch {
		return nil
	}
	var out []stretchLink
	for at := 0; at < total; at += stretch {
		out = append(out, stretchLink{From: at + 1, To: min(at+stretch, total), Here: at == from})
	}
	return out
}

func legend(cast *review.Cast) []legendItem {
	var out []legendItem
	for _, t := range detectors.EntityTypes() {
		if n := cast.Counts()[t]; n > 0 {
			class := families[t]
			if class == "" {
				class = "number"
			}
			out = append(out, legendItem{t, class, n})
		}
	}
	return out
}

func groupSigns(signs []risk.Sign) []signGroup {
	var out []signGroup
	for _, kind := range []risk.Kind{risk.Name, risk.Number, risk.Capital, risk.Passed, risk.Hesitation, risk.Combination} {
		g := signGroup{Kind: kind}
		for _, s := range signs {
			if s.Kind != kind || slices.ContainsFunc(g.Signs, func(o risk.Sign) bool { return o.Message == s.Message }) {
				continue // a line is listed once
			}
			g.Parts = s.Parts
			if len(g.Signs) < maxListed {
				g.Signs = append(g.Signs, s)
			} else {
				g.More++
			}
		}
		if len(g.Signs) > 0 {
			slices.SortStableFunc(g.Signs, func(a, b risk.Sign) int { return a.Message - b.Message })
			out = append(out, g)
		}
	}
	return out
}

// whyPage explains one replacement.
type whyPage struct {
	Chat    *review.Chat
	Message int
	Segment review.Segment
	Chip    *chip
	Times   int
	Event   *review.Event // the reader's mark behind it
	Reason  *anonymize.Replacement
}

func (s *Server) why(w http.ResponseWriter, r *request) error {
	c, err := s.chatOf(r)
	if err != nil {
		return err
	}
	message, at, err := placeOf(r)
	if err != nil || message > len(c.Conversation.Messages) {
		return statusError(http.StatusNotFound)
	}
	state := r.log.State(c.Key)
	shown, err := s.library.Show(c, state, message-1, message)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(shown[0].Segments, func(s review.Segment) bool {
		return s.Start == at && (s.Kind == review.Replaced || s.Kind == review.Marked)
	})
	if i < 0 {
		return statusError(http.StatusNotFound)
	}
	segment := shown[0].Segments[i]
	cast, err := s.library.Cast(c, state)
	if err != nil {
		return err
	}
	p := whyPage{Chat: c, Message: message, Segment: segment, Chip: viewOf(segment, cast).Chip, Times: cast.Times(segment.Text), Reason: segment.Reason}
	for _, e := range append(slices.Clone(state.Hidden), state.Spared...) {
		if e.ID == segment.Mark || segment.Spared && e.Kind == review.Spare && e.Pseudonym == segment.Text {
			p.Event = &e
		}
	}
	return s.show(w, r, p)
}

// placeOf reads a message's number and a byte of it.
func placeOf(r *request) (message, at int, err error) {
	if message, err = strconv.Atoi(r.FormValue("m")); err == nil {
		at, err = strconv.Atoi(r.FormValue("at"))
	}
	if err != nil || message < 1 || at < 0 {
		return 0, 0, statusError(http.StatusBadRequest)
	}
	return message, at, nil
}
