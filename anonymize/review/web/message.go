package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/anonymize/risk"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

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
