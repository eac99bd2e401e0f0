package review

import (
	"errors"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// Faults of what a reader marks.
var (
	ErrNothing   = errors.New("review: there is no word there to hide")
	ErrTooLong   = errors.New("review: too much to hide at once")
	ErrPseudonym = errors.New("review: a pseudonym is there already")
	ErrPlace     = errors.New("review: no such place in the conversation")
)

// longestMark is the most bytes that are hidden as one value.
const longestMark = 200

// Mark returns the event of hiding the words at bytes [start, end) of a message,
// as type t. Words that are marked in part are marked whole. The value is hidden
// in all forms in which the conversation has it.
func (l *Library) Mark(c *Chat, message, start, end int, t detectors.EntityType) (Event, error) {
	text, err := c.text(message)
	if err != nil || !t.Valid() {
		return Event{}, ErrPlace
	}
	if start, end, err = wholeWords(text, start, end); err != nil {
		return Event{}, err
	}
	value := text[start:end]
	e := Event{Chat: c.Key, Kind: Hide, Message: message, Start: start, End: end, Type: t, Pseudonym: l.anonymizer.Pseudonym(t, value)}
	for _, form := range append([]string{value}, forms(c.Conversation, t, value)...) {
		d, n, ok := l.digester.Digest(form)
		if v := (Value{d, n}); ok && !slices.Contains(e.Values, v) {
			e.Values = append(e.Values, v)
		}
	}
	if len(e.Values) == 0 {
		return Event{}, ErrNothing
	}
	if h, err := l.hidden(&State{Hidden: []Event{e}}); err != nil || !h.covers(text, start, end) {
		return Event{}, errors.Join(ErrTooLong, err) // words too far apart to be one value
	}
	return e, nil
}

// covers reports whether all of bytes [start, end) is hidden as one value.
func (h *hidden) covers(text string, start, end int) bool {
	return slices.ContainsFunc(h.list.Matches(text), func(m corrections.Match) bool { return m.Start <= start && m.End >= end })
}

// Occurrences returns in how many places of a chat the value of a mark stands.
func (l *Library) Occurrences(c *Chat, e Event) int {
	h, err := l.hidden(&State{Hidden: []Event{e}})
	if err != nil {
		return 0
	}
	n := 0
	for i := range c.Conversation.Messages {
		n += len(h.list.Matches(c.Conversation.Messages[i].Text))
	}
	return n
}

// Find returns where a word stands in a message, for a reader who types it.
func (c *Chat) Find(message int, word string) (start, end int, err error) {
	text, err := c.text(message)
	if err != nil {
		return 0, 0, err
	}
	start, end, ok := corrections.Locate(text, word)
	if !ok {
		return 0, 0, ErrNothing
	}
	return start, end, nil
}

func (c *Chat) text(message int) (string, error) {
	if message < 1 || message > len(c.Conversation.Messages) {
		return "", ErrPlace
	}
	return c.Conversation.Messages[message-1].Text, nil
}

// wholeWords widens bytes [start, end) of text to whole words and leaves the
// signs around them out.
func wholeWords(text string, start, end int) (int, int, error) {
	if start < 0 || start >= end || end > len(text) || !utf8.RuneStart(text[start]) || end < len(text) && !utf8.RuneStart(text[end]) {
		return 0, 0, ErrPlace
	}
	for from, to := range pseudonyms(text) {
		if start < to && from < end {
			return 0, 0, ErrPseudonym
		}
	}
	start, end = trimmed(text, start, end)
	if start == end {
		return 0, 0, ErrNothing
	}
	start, end = widened(text, start, end)
	if end-start > longestMark {
		return 0, 0, ErrTooLong
	}
	return start, end, nil
}

// trimmed leaves the signs at both ends out.
func trimmed(text string, start, end int) (int, int) {
	for start < end {
		r, n := utf8.DecodeRuneInString(text[start:end])
		if wordRune(r) {
			break
		}
		start += n
	}
	for start < end {
		r, n := utf8.DecodeLastRuneInString(text[start:end])
		if wordRune(r) {
			break
		}
		end -= n
	}
	return start, end
}

// widened takes the rest of the words at both ends in.
func widened(text string, start, end int) (int, int) {
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:start])
		if !wordRune(r) {
			break
		}
		start -= n
	}
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if !wordRune(r) {
			break
		}
		end += n
	}
	return start, end
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// forms returns how else the conversation writes a name: its genitive, its
// diminutive, a slip of the finger.
func forms(c *transcripts.Conversation, t detectors.EntityType, value string) []string {
	if t != detectors.Person && t != detectors.Handle {
		return nil
	}
	known := detectors.NewKnown([]detectors.Fact{{Value: value, Type: t}}, detectors.StrictnessHigh)
	var out []string
	for i := range c.Messages {
		text := c.Messages[i].Text
		spans, err := known.Find(nil, detectors.Text{Body: text})
		if err != nil {
			continue // the value itself is hidden all the same
		}
		for _, sp := range spans {
			if form := text[sp.Start:sp.End]; !slices.Contains(out, form) {
				out = append(out, form)
			}
		}
	}
	return out
}

// Needless returns the event of finding a replacement needless: what stands at
// byte start of a message.
func (l *Library) Needless(c *Chat, message, start int) (Event, error) {
	text, err := c.text(message)
	if err != nil || start < 0 || start >= len(text) {
		return Event{}, ErrPlace
	}
	for _, s := range c.split(message, text) {
		if s.Start != start || s.Kind != Replaced {
			continue
		}
		e := Event{Chat: c.Key, Kind: Spare, Message: message, Start: s.Start, End: s.End, Type: s.Type, Pseudonym: s.Text}
		if r := s.Reason; r != nil && r.Digest != (corrections.Digest{}) {
			e.Values = []Value{{Digest: r.Digest}}
		}
		return e, nil
	}
	return Event{}, ErrPlace
}

// hidden finds what was marked in a chat.
type hidden struct {
	list *corrections.List
	of   map[corrections.Digest]Event
}

// hidden returns what finds the marks of a state.
func (l *Library) hidden(s *State) (*hidden, error) {
	set := corrections.Set{KeyID: corrections.KeyID(l.key)}
	h := &hidden{of: map[corrections.Digest]Event{}}
	for _, e := range s.Hidden {
		for _, v := range e.Values {
			set.Deny = append(set.Deny, corrections.Entry{Digest: v.Digest, Words: v.Words, Type: e.Type})
			h.of[v.Digest] = e
		}
	}
	var err error
	h.list, err = corrections.New(l.key, set)
	return h, err
}

// Release returns the conversation of a chat as it may be given out: without
// what readers marked.
func (l *Library) Release(c *Chat, s *State) (*transcripts.Conversation, error) {
	out := c.Conversation.Clone()
	if len(s.Hidden) == 0 {
		return out, nil
	}
	h, err := l.hidden(s)
	if err != nil {
		return nil, err
	}
	out.ID, out.Topic = h.apply(out.ID), h.apply(out.Topic)
	h.applyFields(out.Fields)
	for i := range out.Participants {
		p := &out.Participants[i]
		p.Name, p.Email = h.apply(p.Name), h.apply(p.Email)
		h.applyFields(p.Fields)
	}
	for i := range out.Messages {
		m := &out.Messages[i]
		if edits := h.edits(m.Text); len(edits) > 0 {
			m.Edit(edits)
		}
		h.applyFields(m.Fields)
	}
	return out, nil
}

// Released returns the conversations that may be given out, without what readers
// marked.
func (l *Library) Released(log *Log) ([]*transcripts.Conversation, error) {
	var out []*transcripts.Conversation
	for _, c := range l.Chats {
		s := log.State(c.Key)
		if s.Status(c.Fingerprint, l.Mode) != IsReleased {
			continue
		}
		released, err := l.Release(c, s)
		if err != nil {
			return nil, err
		}
		out = append(out, released)
	}
	return out, nil
}

func (h *hidden) edits(text string) []transcripts.Edit {
	var edits []transcripts.Edit
	for _, m := range h.list.Matches(text) {
		edits = append(edits, transcripts.Edit{Start: m.Start, End: m.End, Text: h.of[m.Digest].Pseudonym})
	}
	return edits
}

func (h *hidden) apply(text string) string { return transcripts.Apply(text, h.edits(text)) }

func (h *hidden) applyFields(fields []transcripts.Field) {
	for i := range fields {
		if edits := h.edits(fields[i].Value); len(edits) > 0 {
			fields[i].Edit(edits)
		}
	}
}
