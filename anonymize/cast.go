package anonymize

import (
	"crypto/rand"
	"encoding/binary"
	"maps"
	"slices"
	"time"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/role"
	"github.com/clbchat/naamloos/anonymize/surrogate"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// cast is what the operators must know of one conversation: how far its
// pseudonyms reach, and who plays whom. It stays the same over the rounds in
// which the conversation is anonymised again.
type cast struct {
	a        *Anonymizer
	scope    string                          // of the scope conversation; never shown
	coders   map[detectors.EntityType]*coder // of the scope period
	labels   map[string]string               // role labels by canonical name
	counts   map[role.Role]int               // numbers given by role
	scene    *role.Scene
	visited  bool                      // the label without a number was given
	names    map[string]surrogate.Name // surrogates by canonical name
	language string                    // of the conversation, for surrogates
	full     map[string][]string       // words of the fullest name by canonical name
	given    map[string]bool           // words of the surrogates given out, folded
	words    map[string]bool           // words of the original, folded; nil when nobody asks
	settled  bool                      // the input was anonymised before
	live     bool                      // a session: its texts are never ours
	again    bool                      // a later round: the texts are ours
}

// newCast returns the cast of a conversation as it was read.
func (a *Anonymizer) newCast(c *transcripts.Conversation) (*cast, error) {
	k := &cast{a: a}
	k.empty()
	if a.rules.local {
		k.scope = a.rules.chats.digest(contents(c))
	}
	if !a.rules.usesPeriods {
		return k, nil
	}
	period, ok := keys.PeriodOf(beginning(c), a.rules.length())
	if !ok {
		return k, nil // no time: its pseudonyms reach no further than the conversation
	}
	var err error
	if k.coders, err = a.rules.period(period); err != nil {
		return nil, &PeriodError{Period: period, Err: err}
	}
	return k, nil
}

// newSessionCast returns the cast of a conversation of which nothing is known
// yet. Its scope is a random one.
func (a *Anonymizer) newSessionCast(c *transcripts.Conversation) (*cast, error) {
	if c.Started.IsZero() && a.rules.usesPeriods {
		d := *c
		d.Started = a.now()
		c = &d
	}
	k, err := a.newCast(c)
	if err != nil {
		return nil, err
	}
	k.scope, k.live = a.rules.chats.digest(rand.Text()), true
	return k, nil
}

// fresh returns the cast without anybody in it.
func (k *cast) fresh() *cast {
	f := *k
	f.words, f.visited = nil, false
	f.empty()
	return &f
}

// empty takes everybody out of the cast. Where nobody plays there is no stage.
func (k *cast) empty() {
	if !k.a.rules.plays {
		return
	}
	k.labels, k.counts, k.scene = map[string]string{}, map[role.Role]int{}, role.NewScene()
	k.names, k.full, k.given = map[string]surrogate.Name{}, map[string][]string{}, map[string]bool{}
}

// same reports whether everybody plays the same in k and l.
func (k *cast) same(l *cast) bool {
	return maps.Equal(k.labels, l.labels) && maps.Equal(k.names, l.names) && k.language == l.language
}

// coder returns what codes values under a rule, and what goes before them.
func (k *cast) coder(scope Scope, of scoped) (*coder, string) {
	switch {
	case scope == ScopeCorpus:
		return of.coder, ""
	case scope == ScopePeriod && k.coders != nil:
		return k.coders[of.kind], ""
	}
	return of.coder, k.scope
}

// code returns the code of a canonical value within a scope.
func (k *cast) code(scope Scope, of scoped, canonical string) string {
	c, prefix := k.coder(scope, of)
	return c.code(prefix + canonical)
}

// beginning returns when a conversation began, as far as it says.
func beginning(c *transcripts.Conversation) time.Time {
	if !c.Started.IsZero() {
		return c.Started
	}
	for i := range c.Messages {
		if at := c.Messages[i].At; !at.IsZero() {
			return at
		}
	}
	return c.Ended
}

// contents writes all values of a conversation into one string, so that no two
// conversations share it.
func contents(c *transcripts.Conversation) string {
	var b []byte
	add := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	add(beginning(c).UTC().Format(time.RFC3339Nano))
	for _, sl := range slots(c) {
		add(sl.text())
	}
	return string(b)
}

// noteWords notes the words of the original, which no surrogate may be.
func (k *cast) noteWords(s *state) {
	if k.words == nil {
		k.words = map[string]bool{}
	}
	if k.again {
		return
	}
	for _, text := range s.texts {
		for _, w := range wordsOf(text) {
			k.words[fold(text[w.start:w.end])] = true
		}
	}
}

// own returns where the surrogates given out stand in a text that was made here.
func (k *cast) own(text string) []detectors.Span {
	if k.a.rules.book == nil {
		return nil
	}
	var out []detectors.Span
	for _, w := range wordsOf(text) {
		f := fold(text[w.start:w.end])
		if k.given[f] || k.settled && k.a.rules.book.Reserved(f) {
			out = append(out, detectors.Span{Start: w.start, End: w.end})
		}
	}
	return out
}

// withoutOwn takes the surrogates given out away from findings in a text that
// was made here.
func (k *cast) withoutOwn(text string, spans []detectors.Span) []detectors.Span {
	if len(spans) == 0 {
		return spans
	}
	own := k.own(text)
	if len(own) == 0 {
		return spans
	}
	out := make([]detectors.Span, 0, len(spans))
	for _, sp := range spans {
		out = appendRemains(out, text, sp, own)
	}
	return slices.Clip(out)
}

// open takes away from findings what is ours: in a later round, or when the
// input was anonymised before.
func (k *cast) open(text string, spans []detectors.Span) []detectors.Span {
	if !k.again && !k.settled {
		return spans
	}
	return k.withoutOwn(text, spans)
}

// settle reports whether the conversation was anonymised before with
// surrogates: nothing is found in it but names that the key reserves, nothing
// that must go is there, and there is at least one such name. One other finding
// is enough, and the reserved names are hidden like all others.
func (k *cast) settle(s *state) bool {
	if k.a.rules.book == nil || k.again || k.live {
		return false
	}
	names := 0
	for i := range s.slots {
		text := s.texts[i]
		if s.slots[i].treat == empty && text != "" {
			return false
		}
		for _, sp := range k.a.rules.hidden(text, s.alone[i]) {
			if !k.reserved(text[sp.Start:sp.End]) {
				return false
			}
			names++
		}
	}
	return names > 0
}

// reserved reports whether all words of a name are reserved ones.
func (k *cast) reserved(name string) bool {
	words := wordsOf(name)
	for _, w := range words {
		if !k.a.rules.book.Reserved(fold(name[w.start:w.end])) {
			return false
		}
	}
	return len(words) > 0
}
