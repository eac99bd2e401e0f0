package review

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors"
)

// SegmentKind is what a part of a message is.
type SegmentKind uint8

// Kinds of segments.
const (
	Plain    SegmentKind = iota
	Replaced             // something stands for what was replaced by the run
	Marked               // something stands for what a reader hid
	Control              // a sign that steers how others are shown
)

// Segment is a part of a message as a reader sees it.
type Segment struct {
	Kind       SegmentKind
	Start, End int    // bytes of the message's text
	Text       string // as it stands there; a pseudonym when something was replaced
	Type       detectors.EntityType
	Reason     *anonymize.Replacement // why; nil when no trace tells
	Mark       int64                  // the event that hid it
	Spared     bool                   // a reader found it needless
}

// Message is one message as a reader sees it.
type Message struct {
	Number   int
	Segments []Segment
}

// Show returns messages [from, to) of a chat, numbered from 0, as they are after
// what readers did.
func (l *Library) Show(c *Chat, s *State, from, to int) ([]Message, error) {
	h, err := l.hidden(s)
	if err != nil {
		return nil, err
	}
	spared := map[string]bool{}
	for _, e := range s.Spared {
		spared[e.Pseudonym] = true
	}
	to = min(to, len(c.Conversation.Messages))
	out := make([]Message, 0, max(to-from, 0))
	for i := from; i < to; i++ {
		text := c.Conversation.Messages[i].Text
		segments := h.cut(c.split(i+1, text))
		for k := range segments {
			segments[k].Spared = segments[k].Kind == Replaced && spared[segments[k].Text]
		}
		out = append(out, Message{Number: i + 1, Segments: segments})
	}
	return out, nil
}

// split splits a text at its pseudonyms and at what the trace says was replaced.
func (c *Chat) split(message int, text string) []Segment {
	var reasons []anonymize.Replacement
	if message <= len(c.Replacements) {
		reasons = c.Replacements[message-1]
	}
	var out []Segment
	at := 0
	add := func(start, end int, t detectors.EntityType, reason *anonymize.Replacement) {
		if start < at || end <= start {
			return
		}
		if at < start {
			out = append(out, Segment{Start: at, End: start, Text: text[at:start]})
		}
		out = append(out, Segment{Kind: Replaced, Start: start, End: end, Text: text[start:end], Type: t, Reason: reason})
		at = end
	}
	next := 0
	reasoned := func(before int) {
		for ; next < len(reasons) && reasons[next].Start < before; next++ {
			if r := &reasons[next]; r.Start >= at {
				add(r.Start, r.End, r.Type, r)
			}
		}
	}
	for start, end := range pseudonyms(text) {
		reasoned(start)
		var reason *anonymize.Replacement
		if next < len(reasons) && reasons[next].Start == start {
			reason = &reasons[next]
			next++
		}
		add(start, end, typeOf(text[start:end]), reason)
	}
	reasoned(len(text))
	if at < len(text) {
		out = append(out, Segment{Start: at, End: len(text), Text: text[at:]})
	}
	return out
}

// typeOf returns the type that a pseudonym such as [PERSON-k7mz4qhd9] names.
func typeOf(pseudonym string) detectors.EntityType {
	return detectors.EntityType(pseudonym[1:strings.LastIndexByte(pseudonym, '-')])
}

// cut takes what readers marked out of plain segments, and the control signs.
func (h *hidden) cut(segments []Segment) []Segment {
	out := make([]Segment, 0, len(segments))
	for _, s := range segments {
		if s.Kind != Plain {
			out = append(out, s)
			continue
		}
		at := 0
		for _, m := range h.list.Matches(s.Text) {
			e := h.of[m.Digest]
			out = appendPlain(out, s, at, m.Start)
			out = append(out, Segment{Kind: Marked, Start: s.Start + m.Start, End: s.Start + m.End, Text: e.Pseudonym, Type: e.Type, Mark: e.ID})
			at = m.End
		}
		out = appendPlain(out, s, at, len(s.Text))
	}
	return out
}

// appendPlain appends bytes [from, to) of a plain segment, control signs apart.
func appendPlain(out []Segment, s Segment, from, to int) []Segment {
	part := func(kind SegmentKind, a, b int) {
		if a < b {
			out = append(out, Segment{Kind: kind, Start: s.Start + a, End: s.Start + b, Text: s.Text[a:b]})
		}
	}
	at := from
	for i := from; i < to; {
		r, n := utf8.DecodeRuneInString(s.Text[i:to])
		if control(r) {
			part(Plain, at, i)
			part(Control, i, i+n)
			at = i + n
		}
		i += n
	}
	part(Plain, at, to)
	return out
}

// Visible returns text without the signs that steer how others are shown.
func Visible(text string) string {
	return strings.Map(func(r rune) rune {
		if control(r) {
			return -1
		}
		return r
	}, text)
}

// control reports whether a sign steers how others are shown, or is not shown
// at all: bidirectional controls, C0 and C1, invisible signs. Joiners that emoji
// and Arabic need are none.
func control(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == 0x200C || r == 0x200D || r == 0xAD:
		return false
	case unicode.IsControl(r), r == utf8.RuneError, r == 0x2028, r == 0x2029:
		return true
	case r >= 0xE0020 && r <= 0xE007F: // flags are made of them
		return false
	}
	return unicode.Is(unicode.Cf, r)
}
