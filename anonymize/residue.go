package anonymize

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/clbchat/naamloos/anonymize/residual"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/namebook"
	"github.com/clbchat/naamloos/transcripts"
)

// LeakError says that a value that was removed still stands in an output where
// it cannot be hidden. It never holds the value.
type LeakError struct {
	Message int // number of the message from 1; 0 for a value beside the messages
	Type    detectors.EntityType
}

// Error implements error.
func (e *LeakError) Error() string {
	place := "metadata"
	if e.Message > 0 {
		place = fmt.Sprintf("message %d", e.Message)
	}
	return fmt.Sprintf("anonymize: %s: a removed %s is still there", place, e.Type)
}

// removal collects what was taken out of a conversation.
type removal struct {
	values []residual.Removed // in the order in which they went, each once
	seen   map[residual.Removed]struct{}
}

func (r *removal) add(t detectors.EntityType, text string) {
	v := residual.Removed{Type: t, Value: text}
	if _, ok := r.seen[v]; ok {
		return
	}
	if r.seen == nil {
		r.seen = map[residual.Removed]struct{}{}
	}
	r.seen[v] = struct{}{}
	r.values = append(r.values, v)
}

// commonWord reports whether a word is also an ordinary word of a language.
func commonWord(word string) bool {
	return namebook.Common(lexicon.Find(lexicon.Hash(lexicon.Fold(nil, word))))
}

// hideResidue hides what was removed and still stands somewhere in the output
// that s describes. It reports whether it changed anything.
func (s *state) hideResidue(r *removal, report *Report) (changed bool, err error) {
	texts := make([]string, len(s.slots))
	for i := range s.slots {
		if !s.slots[i].geographic() {
			texts[i] = s.slots[i].text()
		}
	}
	hits := residual.New(r.values, commonWord).Texts(texts)
	slices.SortFunc(hits, func(a, b residual.Hit) int { return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Start, b.Start)) })
	for len(hits) > 0 {
		n := 1
		for n < len(hits) && hits[n].Text == hits[0].Text {
			n++
		}
		did, err := s.hide(hits[:n], texts[hits[0].Text], report)
		if err != nil {
			return false, err
		}
		changed = changed || did
		hits = hits[n:]
	}
	return changed, nil
}

// hide hides the hits of one value.
func (s *state) hide(hits []residual.Hit, text string, report *Report) (bool, error) {
	sl := &s.slots[hits[0].Text]
	spans := make([]detectors.Span, 0, len(hits))
	for _, h := range hits {
		if sl.treat == keep {
			if named(h.Type) || sl.field != nil && sl.field.Kind == transcripts.FieldTime {
				continue
			}
			return false, &LeakError{Message: sl.message + 1, Type: h.Type}
		}
		spans = append(spans, detectors.Span{Start: h.Start, End: h.End, Type: h.Type, Detector: "residual", Rule: "residual: removed elsewhere in the conversation"})
	}
	var edits []transcripts.Edit
	spans = resolve(text, spans)
	for _, sp := range spans {
		report.count(sp.Type)
		edits = append(edits, transcripts.Edit{Start: sp.Start, End: sp.End, Text: s.pseudonym(sp, text[sp.Start:sp.End])})
	}
	if len(edits) > 0 {
		s.follow(report, hits[0].Text, text, edits, spans)
		sl.edit(edits)
	}
	return len(edits) > 0, nil
}

// named reports whether values of a type are words, which numbers and flags
// that are kept can share by chance.
func named(t detectors.EntityType) bool {
	return t == detectors.Person || t == detectors.Location || t == detectors.Org
}

// Check looks for what was taken out in the bytes that were written for the
// conversation, whatever format they are in. A word alone counts from five
// letters on, and when it is no word of the format.
func (o Outcome) Check(output []byte) error {
	if o.removed == nil || len(o.removed.values) == 0 {
		return nil
	}
	structure := structureWords(o.Original)
	common := func(word string) bool {
		return len(word) < shortestRawWord || structure[word] || commonWord(word)
	}
	return leak(residual.NewBytes(o.sought(), common), output)
}

// CheckShared looks for what was taken out of conversations in bytes that were
// written for them together, or in which a format wrote much of its own. A word
// alone, which may be a name here and an ordinary word there, counts only with a
// digit in it.
func CheckShared(outcomes []Outcome, output []byte) error {
	all := removal{}
	for _, o := range outcomes {
		if o.removed != nil {
			all.values = append(all.values, o.sought()...)
		}
	}
	if len(all.values) == 0 {
		return nil
	}
	return leak(residual.NewShared(all.values, commonWord), output)
}

func leak(c *residual.Check, output []byte) error {
	for _, h := range c.Texts([]string{string(output)}) {
		return &LeakError{Type: h.Type}
	}
	return nil
}

// sought returns what was taken out and could not also be read off the times
// that stay: 20260112 is no file number in a chat of that day.
func (o Outcome) sought() []residual.Removed {
	times := ""
	return slices.DeleteFunc(slices.Clone(o.removed.values), func(r residual.Removed) bool {
		digits := keepRunes(r.Value, unicode.IsDigit)
		if len(digits) < shortestNumber || strings.ContainsFunc(r.Value, unicode.IsLetter) {
			return false
		}
		if times == "" {
			times = timeDigits(o.Anonymised) + "\n"
		}
		return strings.Contains(times, digits)
	})
}

// shortestNumber is the fewest digits that are sought as a number.
const shortestNumber = 6

// timeDigits returns the digits of the times of a conversation, apart.
func timeDigits(c *transcripts.Conversation) string {
	var b strings.Builder
	add := func(at time.Time) {
		if !at.IsZero() {
			b.WriteString(at.Format("20060102150405.000 02012006 "))
			fmt.Fprintln(&b, at.Unix())
		}
	}
	add(c.Started)
	add(c.Ended)
	for i := range c.Messages {
		add(c.Messages[i].At)
	}
	for _, sl := range slots(c) {
		if sl.field != nil && sl.field.Kind == transcripts.FieldTime {
			b.WriteString(keepRunes(sl.field.Value, unicode.IsDigit) + "\n")
		}
	}
	return b.String()
}

// shortestRawWord is the fewest bytes of a word that is sought in bytes written.
const shortestRawWord = 5

// structureWords are the words of labels and keys, which formats write.
func structureWords(c *transcripts.Conversation) map[string]bool {
	words := map[string]bool{}
	add := func(label string) {
		for _, w := range strings.FieldsFunc(fold(label), func(r rune) bool { return !alphanumeric(r) }) {
			words[w] = true
		}
	}
	fields := func(fs []transcripts.Field) {
		for i := range fs {
			add(fs[i].Label)
		}
	}
	for _, key := range formatWords {
		words[key] = true
	}
	for i := range c.Participants {
		add(c.Participants[i].Key + " " + c.Participants[i].Role)
		fields(c.Participants[i].Fields)
	}
	fields(c.Fields)
	for i := range c.Messages {
		fields(c.Messages[i].Fields)
	}
	return words
}

// formatWords are words that formats write around values, and that could be names.
var formatWords = []string{"started", "ended", "topic", "participants", "messages", "visitor", "operator", "fields", "email", "insert", "values", "timestamp", "class", "notranslate", "disconnected", "blank", "style", "title", "table", "where"}
