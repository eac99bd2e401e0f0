package train

import (
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors/tagger"
)

// Tally counts what a model finds in annotated conversations.
type Tally struct {
	Gold, Covered map[string]int // annotations by type; those whose letters are all hidden
	Said, Right   int            // persons found; those that touch an annotation
	Plain, Hidden int            // letters outside annotations; those hidden
	Chats, Clean  int            // conversations with persons; those without a person leaking
	Show          func(kind, message string, at Span)
}

// NewTally returns an empty tally.
func NewTally() *Tally { return &Tally{Gold: map[string]int{}, Covered: map[string]int{}} }

// add counts one message; it reports whether all persons are covered.
func (t *Tally) add(m *Message, found []Span) bool {
	hidden := make([]bool, len(m.Text))
	for _, s := range found {
		for i := s.Start; i < s.End; i++ {
			hidden[i] = true
		}
	}
	inside := make([]bool, len(m.Text))
	clean := true
	for _, s := range m.Spans {
		for i := s.Start; i < s.End; i++ {
			inside[i] = true
		}
		t.Gold[s.Type]++
		if covered(m.Text, s, hidden) {
			t.Covered[s.Type]++
			continue
		}
		if t.Show != nil && (s.Type == "PERSON" || s.Type == "HANDLE") {
			t.Show("MISS "+s.Type, m.Text, s)
		}
		clean = clean && s.Type != "PERSON"
	}
	t.count(m, found, inside, hidden)
	return clean
}

func (t *Tally) count(m *Message, found []Span, inside, hidden []bool) {
	for _, s := range found {
		touches := false
		for i := s.Start; i < s.End; i++ {
			touches = touches || inside[i]
		}
		if s.Type == "PERSON" {
			t.Said++
			if touches {
				t.Right++
			}
		}
		if !touches && t.Show != nil {
			t.Show("EXTRA "+s.Type, m.Text, s)
		}
	}
	for i, r := range m.Text {
		if inside[i] || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		t.Plain++
		if hidden[i] {
			t.Hidden++
		}
	}
}

func covered(text string, s Span, hidden []bool) bool {
	for i := s.Start; i < s.End; {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !hidden[i] && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return false
		}
		i += n
	}
	return true
}

// Write prints the tally as one line a type.
func (t *Tally) Write(w io.Writer) {
	pct := func(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }
	for _, typ := range []string{"PERSON", "ORG", "LOC", "HANDLE", "ADDRESS"} {
		fmt.Fprintf(w, "%-8s gold %5d  covered %6.2f%%\n", typ, t.Gold[typ], pct(t.Covered[typ], t.Gold[typ]))
	}
	fmt.Fprintf(w, "persons found %d, right %.2f%%; over-redaction %.3f%%; conversations without a person leaking %d/%d = %.1f%%\n",
		t.Said, pct(t.Right, t.Said), pct(t.Hidden, t.Plain), t.Clean, t.Chats, pct(t.Clean, t.Chats))
}

// Measure tags conversations with m in two passes, the second knowing the
// persons of the first, and counts.
func Measure(m *tagger.Model, convs []Conversation, bias int, t *Tally) {
	var a tagger.Analysis
	for i := range convs {
		c := &convs[i]
		known := &taught{words: map[uint64]map[int]bool{}}
		for _, n := range c.Names {
			known.learn(n, -1)
		}
		for pass := range 2 {
			clean, persons := true, false
			for k := range c.Messages {
				found := tag(m, &a, c, k, known, bias)
				if pass == 0 {
					for _, s := range found {
						if s.Type == "PERSON" {
							known.learn(c.Messages[k].Text[s.Start:s.End], -1)
						}
					}
					continue
				}
				clean = t.add(&c.Messages[k], found) && clean
				for _, s := range c.Messages[k].Spans {
					persons = persons || s.Type == "PERSON"
				}
			}
			if pass == 1 && persons {
				t.Chats++
				if clean {
					t.Clean++
				}
			}
		}
	}
}

func tag(m *tagger.Model, a *tagger.Analysis, c *Conversation, k int, known *taught, bias int) []Span {
	a.Reset(c.Messages[k].Text)
	known.mark(a, k)
	ctx := tagger.Context{Role: c.Messages[k].Role}
	if k > 0 {
		ctx.Prev = a.ReadPrev(c.Messages[k-1].Text)
	}
	var out []Span
	for _, f := range a.AppendFound(nil, m.Tag(a, ctx, bias)) {
		out = append(out, Span{a.Tokens[f.First].Start, a.Tokens[f.Last].End, typeOf(f.Label)})
	}
	return out
}

func typeOf(l tagger.Label) string {
	return [...]string{"", "PERSON", "PERSON", "ORG", "LOC", "HANDLE", "ADDRESS", "OTHER"}[l]
}
