package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/anonymize/risk"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
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

// messageView is one message.
type messageView struct {
	Number   int
	Side     string // "visitor", "operator" or "system": a class
	Role     string // key of a text
	Who      *chip  // the pseudonym of who said it; nil when there is none
	Name     string // what is not a pseudonym
	Time     string // since the first message
	Same     bool   // said by who said the one before
	Note     bool
	Long     bool
	Segments []segmentView
	Remarks  []review.Event
}

// segmentView is a part of a message.
type segmentView struct {
	review.Segment
	Chip  *chip  // of a replacement
	Code  string // of a control sign: U+202E
	Doubt bool   // a sign of risk stands there
}

// chip is how a pseudonym is shown.
type chip struct {
	Type   detectors.EntityType
	Number int    // among those of its type; 0 when it is no pseudonym
	Class  string // its colour
	Text   string // the pseudonym itself
	Note   string // "marked", "spared" or ""
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
	return s.show(w, r, "chat", p)
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
	p.Stretches = stretches(p.Total, from)
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

// messages returns messages [from, to) as they are shown.
func (s *Server) messages(c *review.Chat, state *review.State, cast *review.Cast, from, to int) ([]messageView, error) {
	shown, err := s.library.Show(c, state, from, to)
	if err != nil {
		return nil, err
	}
	remarks := map[int][]review.Event{}
	for _, e := range state.Remarks {
		remarks[e.Message] = append(remarks[e.Message], e)
	}
	begin := beginning(c.Conversation)
	out := make([]messageView, 0, len(shown))
	for i, m := range shown {
		source := &c.Conversation.Messages[m.Number-1]
		v := messageView{Number: m.Number, Time: since(begin, source.At), Long: len(source.Text) > longText || strings.Count(source.Text, "\n") > longLines,
			Note: source.Kind == transcripts.KindNote || source.Kind == transcripts.KindWhisper, Remarks: remarks[m.Number]}
		v.speaker(c, source, cast)
		v.Same = i > 0 && source.From != "" && source.From == c.Conversation.Messages[m.Number-2].From
		for _, segment := range m.Segments {
			for _, part := range doubted(segment, c.Risk.Signs, m.Number) {
				view := viewOf(part.Segment, cast)
				view.Doubt = part.Doubt
				v.Segments = append(v.Segments, view)
			}
		}
		out = append(out, v)
	}
	return out, nil
}

// speaker fills in who said a message.
func (v *messageView) speaker(c *review.Chat, m *transcripts.Message, cast *review.Cast) {
	v.Side, v.Role = "system", transcripts.RoleSystem
	p := c.Participant(m)
	role := ""
	if p != nil {
		role = p.Role
	}
	switch {
	case m.Kind == transcripts.KindSystem || role == transcripts.RoleSystem:
		return
	case role == transcripts.RoleOperator || role == transcripts.RoleBot:
		v.Side, v.Role = "operator", role
	case role == transcripts.RoleVisitor || role == "":
		v.Side, v.Role = "visitor", "participant"
		if role != "" {
			v.Role = role
		}
	default:
		v.Side, v.Role = "visitor", "participant"
	}
	if p == nil || p.Name == "" {
		return
	}
	if end, ok := detectors.PseudonymAt(p.Name, 0); ok && end == len(p.Name) {
		v.Who = newChip(p.Name, detectors.Person, cast)
		return
	}
	v.Name = review.Visible(p.Name)
}

// doubted splits a plain segment at the signs of risk in it.
func doubted(segment review.Segment, signs []risk.Sign, message int) []segmentView {
	if segment.Kind != review.Plain {
		return []segmentView{{Segment: segment}}
	}
	var places []risk.Sign
	for _, s := range signs {
		if s.Message == message && s.Start >= segment.Start && s.End <= segment.End && s.Start < s.End {
			places = append(places, s)
		}
	}
	slices.SortFunc(places, func(a, b risk.Sign) int { return a.Start - b.Start })
	var out []segmentView
	at := segment.Start
	part := func(end int, doubt bool) {
		if at < end {
			p := segment
			p.Start, p.End, p.Text = at, end, segment.Text[at-segment.Start:end-segment.Start]
			out = append(out, segmentView{Segment: p, Doubt: doubt})
			at = end
		}
	}
	for _, s := range places {
		part(s.Start, false)
		part(s.End, true)
	}
	part(segment.End, false)
	return out
}

func viewOf(segment review.Segment, cast *review.Cast) segmentView {
	v := segmentView{Segment: segment}
	switch segment.Kind {
	case review.Replaced, review.Marked:
		v.Chip = newChip(segment.Text, segment.Type, cast)
		if segment.Kind == review.Marked {
			v.Chip.Note = "marked"
		} else if segment.Spared {
			v.Chip.Note = "spared"
		}
	case review.Control:
		v.Code = fmt.Sprintf("U+%04X", []rune(segment.Text)[0])
	}
	return v
}

// families of types share a colour; persons have one each.
var families = map[detectors.EntityType]string{
	detectors.Person: "person", detectors.Handle: "contact", detectors.Email: "contact", detectors.Phone: "contact", detectors.URL: "contact",
	detectors.Address: "place", detectors.Location: "place", detectors.Org: "place", detectors.Coordinates: "place",
	detectors.BirthDate: "time", detectors.Age: "time",
}

// personColours is how many colours persons have before they repeat.
const personColours = 8

func newChip(text string, t detectors.EntityType, cast *review.Cast) *chip {
	c := &chip{Type: t, Number: cast.Number(text), Text: text, Class: families[t]}
	if !t.Valid() {
		c.Type = detectors.OtherID // [ID-...] stands for a code that joins records
	}
	switch {
	case c.Class == "":
		c.Class = "number"
	case t == detectors.Person && c.Number > 0:
		c.Class = "person p" + strconv.Itoa((c.Number-1)%personColours+1)
	}
	return c
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

// beginning returns the time of the first message that has one.
func beginning(c *transcripts.Conversation) time.Time {
	for i := range c.Messages {
		if at := c.Messages[i].At; !at.IsZero() {
			return at
		}
	}
	return time.Time{}
}

// since writes how long after begin at is, as +03:12 or +1:03:12. Absolute times
// tell more than a reader needs.
func since(begin, at time.Time) string {
	if begin.IsZero() || at.IsZero() {
		return ""
	}
	sign, d := "+", at.Sub(begin).Round(time.Second)
	if d < 0 {
		sign, d = "−", -d
	}
	h, m, s := int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60
	if h > 0 {
		return fmt.Sprintf("%s%d:%02d:%02d", sign, h, m, s)
	}
	return fmt.Sprintf("%s%02d:%02d", sign, m, s)
}

func groupSigns(signs []risk.Sign) []signGroup {
	var out []signGroup
	for _, kind := range []risk.Kind{risk.Name, risk.Number, risk.Capital, risk.Passed, risk.Hesitation, risk.Combination} {
		g := signGroup{Kind: kind}
		for _, s := range signs {
			if s.Kind != kind {
				continue
			}
			g.Parts = s.Parts
			if len(g.Signs) < maxListed {
				g.Signs = append(g.Signs, s)
			} else {
				g.More++
			}
		}
		if len(g.Signs) > 0 {
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
	return s.show(w, r, "why", p)
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
