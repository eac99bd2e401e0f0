package evaluate

import (
	"fmt"
	"unicode"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// Detect finds the spans of each message of a conversation.
type Detect func(*transcripts.Conversation) ([][]detectors.Span, error)

// Scores are the counts of each conversation, and what was found.
type Scores struct {
	chats   []Chat
	found   [][][]detectors.Span // by chat and message
	tallies []tally
}

// everything is the row of a tally that counts all types together.
const everything = 0

// counts of one type in one or more conversations.
type counts struct {
	gold, pred   int // spans annotated and found
	exact, hit   int // found spans that agree exactly; that touch anything annotated
	covered      int // annotated spans without a leak
	chars, leaks int // annotated letters and digits; those uncovered
	extra        int // letters and digits outside all annotation that spans of this type cover
	chats, clean int // conversations with such an annotation; those without a leak
}

// tally holds the counts of one or more conversations.
type tally struct {
	rows    []counts // everything, then one for each entity type
	outside int      // letters and digits outside all annotation
}

func newTally() tally { return tally{rows: make([]counts, 1+len(detectors.EntityTypes()))} }

func (t *tally) add(o *tally) {
	t.outside += o.outside
	for i := range t.rows {
		a, b := &t.rows[i], &o.rows[i]
		a.gold += b.gold
		a.pred += b.pred
		a.exact += b.exact
		a.hit += b.hit
		a.covered += b.covered
		a.chars += b.chars
		a.leaks += b.leaks
		a.extra += b.extra
		a.chats += b.chats
		a.clean += b.clean
	}
}

// Alias merges entity types for scoring: a key counts as its value.
type Alias map[detectors.EntityType]detectors.EntityType

func (a Alias) of(t detectors.EntityType) detectors.EntityType {
	if to, ok := a[t]; ok {
		return to
	}
	return t
}

// Measure runs detect over chats and counts.
func Measure(detect Detect, chats []Chat, alias Alias) (*Scores, error) {
	s := &Scores{chats: chats, found: make([][][]detectors.Span, len(chats)), tallies: make([]tally, len(chats))}
	for i := range chats {
		for _, c := range chats[i].conversations() {
			spans, err := detect(c)
			if err != nil {
				return nil, fmt.Errorf("conversation %d: %w", i+1, err)
			}
			s.found[i] = append(s.found[i], spans...)
		}
		s.tallies[i] = count(&chats[i], s.found[i], alias)
	}
	return s, nil
}

// count compares the annotation of a chat with what was found in it.
func count(chat *Chat, found [][]detectors.Span, alias Alias) tally {
	t := newTally()
	for i := range chat.Messages {
		m := newMasks(&chat.Messages[i], found[i])
		t.countGold(m, alias)
		t.countFound(m, alias)
	}
	for i := range t.rows {
		if r := &t.rows[i]; r.gold > 0 {
			r.chats = 1
			if r.leaks == 0 {
				r.clean = 1
			}
		}
	}
	return t
}

func (t *tally) both(typ detectors.EntityType) [2]*counts {
	for i, e := range detectors.EntityTypes() {
		if e == typ {
			return [2]*counts{&t.rows[everything], &t.rows[1+i]}
		}
	}
	return [2]*counts{&t.rows[everything], {}}
}

// countGold counts the annotated spans of one message.
func (t *tally) countGold(m masks, alias Alias) {
	found := map[Span]bool{}
	for _, sp := range m.found {
		found[Span{sp.Start, sp.End, alias.of(sp.Type)}] = true
	}
	seen := map[Span]bool{}
	for _, g := range m.gold {
		g.Type = alias.of(g.Type)
		if seen[g] {
			continue
		}
		seen[g] = true
		chars, leaks := m.uncovered(g)
		for _, c := range t.both(g.Type) {
			c.gold++
			c.chars += chars
			c.leaks += leaks
			if leaks == 0 {
				c.covered++
			}
			if found[g] {
				c.exact++
			}
		}
	}
}

// countFound counts the found spans of one message and what they cover beyond
// the annotation.
func (t *tally) countFound(m masks, alias Alias) {
	for i, counted := range m.counted {
		if counted && !m.inGold[i] {
			t.outside++
			if m.inFound[i] {
				t.rows[everything].extra++
			}
		}
	}
	seen := map[Span]bool{}
	for _, sp := range m.found {
		p := Span{sp.Start, sp.End, alias.of(sp.Type)}
		if seen[p] {
			continue
		}
		seen[p] = true
		touches, extra := false, 0
		for i := p.Start; i < p.End; i++ {
			touches = touches || m.inGold[i]
			if m.counted[i] && !m.inGold[i] {
				extra++
			}
		}
		for k, c := range t.both(p.Type) {
			c.pred++
			if touches {
				c.hit++
			}
			if k != everything {
				c.extra += extra
			}
		}
	}
}

// masks tell of each byte of a message what it is.
type masks struct {
	gold    []Span
	found   []detectors.Span
	counted []bool // first byte of a letter or digit
	inGold  []bool
	inFound []bool
}

func newMasks(msg *Message, found []detectors.Span) masks {
	m := masks{gold: msg.Spans, found: found}
	n := len(msg.Text)
	flags := make([]bool, 3*n)
	m.counted, m.inGold, m.inFound = flags[:n], flags[n:2*n], flags[2*n:]
	for i, r := range msg.Text {
		m.counted[i] = unicode.IsLetter(r) || unicode.IsNumber(r)
	}
	for _, g := range m.gold {
		for i := g.Start; i < g.End; i++ {
			m.inGold[i] = true
		}
	}
	for _, sp := range found {
		for i := sp.Start; i < sp.End; i++ {
			m.inFound[i] = true
		}
	}
	return m
}

// uncovered counts the letters and digits of an annotation and those that leak.
func (m masks) uncovered(g Span) (chars, leaks int) {
	for i := g.Start; i < g.End; i++ {
		if m.counted[i] {
			chars++
			if !m.inFound[i] {
				leaks++
			}
		}
	}
	return chars, leaks
}
