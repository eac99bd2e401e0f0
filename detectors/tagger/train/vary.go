package train

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors/tagger"
)

// Vary holds how often texts are varied, as shares.
type Vary struct {
	Swap  float64 // conversations with other names in the slots
	Words float64 // names put in that are also words
	Nouns float64 // places for a noun that get one that is also a name
	Lower float64 // conversations in small letters
}

// vary returns a copy of c changed as people write: other names in the slots,
// no capitals, typing mistakes, marks left out, words glued together.
func vary(c *Conversation, rng *rand.Rand, o *Options) Conversation {
	out := Conversation{ID: c.ID, Lang: c.Lang, Names: c.Names, News: c.News}
	var names *swap
	if o.Filler != nil && rng.Float64() < o.Vary.Swap {
		names = o.Filler.newSwap(rng, c.Lang, &o.Vary)
		out.Names = names.all(c.Names)
	}
	lower := rng.Float64()
	for i := range c.Messages {
		m := cut(&c.Messages[i])
		if names != nil {
			names.fill(m)
		}
		manner(m, rng, lower < o.Vary.Lower)
		out.Messages = append(out.Messages, m.join(c.Messages[i].Role))
	}
	return out
}

// A piece is a part of a message: one annotation, or the text between two.
type piece struct {
	text string
	typ  string // empty between annotations
}

type pieces []piece

// cut cuts m at the bounds of its annotations.
func cut(m *Message) *pieces {
	var out pieces
	at := 0
	for _, s := range m.Spans {
		if s.Start > at {
			out = append(out, piece{text: m.Text[at:s.Start]})
		}
		out = append(out, piece{m.Text[s.Start:s.End], s.Type})
		at = s.End
	}
	if at < len(m.Text) {
		out = append(out, piece{text: m.Text[at:]})
	}
	return &out
}

func (p *pieces) join(role tagger.Role) Message {
	var b strings.Builder
	m := Message{Role: role}
	for _, x := range *p {
		if x.typ != "" && x.text != "" {
			m.Spans = append(m.Spans, Span{b.Len(), b.Len() + len(x.text), x.typ})
		}
		b.WriteString(x.text)
	}
	m.Text = b.String()
	return m
}

// manner changes how a message is written.
func manner(m *pieces, rng *rand.Rand, lower bool) {
	x := rng.Float64()
	for i := range *m {
		p := &(*m)[i]
		switch {
		case lower:
			p.text = strings.ToLower(p.text)
		case x < 0.04:
			p.text = strings.ToUpper(p.text)
		case x < 0.09 && p.typ == "PERSON":
			p.text = strings.ToLower(p.text)
		case x < 0.12 && (p.typ == "PERSON" || p.typ == "LOC" || p.typ == "ORG"):
			p.text = capitals(p.text)
		}
	}
	if rng.Float64() < 0.12 {
		for i := range *m {
			p := &(*m)[i]
			if p.typ == "" || p.typ == "PERSON" || p.typ == "LOC" || p.typ == "ORG" {
				p.text = mistype(p.text, rng)
			}
		}
	}
	if rng.Float64() < 0.1 {
		for i := range *m {
			if p := &(*m)[i]; p.typ == "" {
				p.text = dropMarks(p.text, rng)
			}
		}
	}
}

// capitals gives each word a capital.
func capitals(s string) string {
	var b strings.Builder
	start := true
	for _, r := range s {
		if start {
			r = unicode.ToTitle(r)
		}
		start = r == ' ' || r == '-'
		b.WriteRune(r)
	}
	return b.String()
}

// mistype makes typing mistakes in some words of four letters or more.
func mistype(s string, rng *rand.Rand) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		if utf8.RuneCountInString(w) >= 4 && rng.Float64() < 0.15 && isLetters(w) {
			words[i] = slip(w, rng)
		}
	}
	return strings.Join(words, " ")
}

func isLetters(w string) bool {
	return !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
}

// slip drops, doubles, swaps or changes one letter of w, not the first.
func slip(w string, rng *rand.Rand) string {
	r := []rune(w)
	i := 1 + rng.IntN(len(r)-1)
	switch rng.IntN(5) {
	case 0, 1:
		r = slices.Delete(r, i, i+1)
	case 2:
		r = slices.Insert(r, i, r[i])
	case 3:
		r[i-1], r[i] = r[i], r[i-1]
		if i == 1 {
			r[0], r[1] = r[1], r[0]
		}
	case 4:
		if r[i] < 128 {
			r[i] = nearKey(r[i], rng)
		}
	}
	return string(r)
}

// nearKey returns a letter beside r on a Belgian keyboard.
func nearKey(r rune, rng *rand.Rand) rune {
	for _, row := range [...]string{"azertyuiop", "qsdfghjklm", "wxcvbn"} {
		if i := strings.IndexRune(row, r); i >= 0 {
			j := max(0, min(len(row)-1, i+1-2*rng.IntN(2)))
			return rune(row[j])
		}
	}
	return r
}

// dropMarks leaves out punctuation, or the space after it.
func dropMarks(s string, rng *rand.Rand) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(".,!?;:'’", r) && rng.Float64() < 0.7 {
			if r == '\'' || r == '’' {
				continue
			}
			r = ' '
		}
		if r == ' ' && strings.HasSuffix(b.String(), " ") {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
