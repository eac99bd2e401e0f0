// Package retention tells which anonymised conversations have been held long
// enough, and takes from them what joins them to others.
//
//	rule := retention.Rule{Before: time.Now().AddDate(-2, 0, 0)}
//	if rule.Expired(c, written) { ... }
package retention

import (
	"strings"
	"time"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors/placeholder"
	"github.com/clbchat/naamloos/transcripts"
)

// Days is how long conversations are held when nothing else is said: two years.
const Days = 730

// A Rule says what is over age.
type Rule struct{ Before time.Time }

// Expired reports whether a conversation is over age, and whether it says itself
// how old it is. One that does not, because it has no times or because they
// count from its beginning, is as old as the file it is in, which was written at
// written.
func (r Rule) Expired(c *transcripts.Conversation, written time.Time) (expired, dated bool) {
	at, dated := anonymize.Beginning(c)
	if !dated {
		at = written
	}
	return at.Before(r.Before), dated
}

// Coarsen takes from an anonymised conversation what joins it to others: codes
// become labels, times their day. It reports whether anything changed.
func Coarsen(c *transcripts.Conversation) (changed bool) {
	k := &coarsener{}
	k.text(&c.ID)
	k.text(&c.Topic)
	k.time(&c.Started)
	k.time(&c.Ended)
	k.fields(c.Fields)
	for i := range c.Participants {
		p := &c.Participants[i]
		k.text(&p.Name)
		k.text(&p.Email)
		k.text(&p.IP)
		k.fields(p.Fields)
	}
	for i := range c.Messages {
		m := &c.Messages[i]
		k.time(&m.At)
		if edits := codes(m.Text); len(edits) > 0 {
			m.Edit(edits)
			k.changed = true
		}
		k.fields(m.Fields)
	}
	return k.changed
}

type coarsener struct{ changed bool }

func (k *coarsener) text(s *string) {
	if edits := codes(*s); len(edits) > 0 {
		*s = transcripts.Apply(*s, edits)
		k.changed = true
	}
}

func (k *coarsener) fields(fields []transcripts.Field) {
	for i := range fields {
		f := &fields[i]
		edits := codes(f.Value)
		if f.Kind == transcripts.FieldTime && f.Value != "" {
			if day := anonymize.Day(f.Value); day != f.Value {
				edits = []transcripts.Edit{{End: len(f.Value), Text: day}}
			}
		}
		if len(edits) > 0 {
			f.Edit(edits)
			k.changed = true
		}
	}
}

func (k *coarsener) time(at *time.Time) {
	if at.IsZero() {
		return
	}
	day := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
	if !day.Equal(*at) {
		*at = day
		k.changed = true
	}
}

// codes returns the edits that make labels of the pseudonyms in a text.
func codes(text string) []transcripts.Edit {
	var edits []transcripts.Edit
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '[')
		if i < 0 {
			return edits
		}
		at += i
		end, ok := placeholder.At(text, at)
		if !ok {
			at++
			continue
		}
		if dash := end - placeholder.CodeLength - 2; dash > at && text[dash] == '-' && !strings.Contains(text[at:end], " ") {
			edits = append(edits, transcripts.Edit{Start: dash, End: end - 1})
		}
		at = end
	}
}
