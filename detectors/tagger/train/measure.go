package train

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors/namebook"
	"github.com/clbchat/naamloos/detectors/tagger"
)

// Tally counts what a model finds in annotated conversations.
type Tally struct {
	Gold, Covered map[string]int // annotations by type; those whose letters are all hidden
	Said, Right   int            // persons found; those that touch an annotation
	Plain, Hidden int            // letters outside annotations; those hidden
	Chats, Clean  int            // conversations with persons; those without a person leaking
	Show          func(kind, conversation, message string, at Span)
	id            string
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
			t.Show("MISS "+s.Type, t.id, m.Text, s)
		}
		clean = clean && s.Type != "PERSON"
	}
	t.count(m, found, inside, hidden)
	return clean
}

func (t *Tally) count(m *Message, found []Span, inside, hidden []bool) {
	seen := map[Span]bool{}
	for _, s := range found {
		if seen[s] {
			continue
		}
		seen[s] = true
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
			t.Show("EXTRA "+s.Type, t.id, m.Text, s)
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

// Write prints the tally in two lines.
func (t *Tally) Write(w io.Writer) {
	pct := func(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }
	for _, typ := range []string{"PERSON", "ORG", "LOC", "HANDLE", "ADDRESS"} {
		fmt.Fprintf(w, "%s %.2f%% of %d, ", typ, pct(t.Covered[typ], t.Gold[typ]), t.Gold[typ])
	}
	fmt.Fprintf(w, "covered\npersons found %d, right %.2f%%; over-redaction %.3f%%; conversations without a person leaking %d/%d = %.1f%%\n",
		t.Said, pct(t.Right, t.Said), pct(t.Hidden, t.Plain), t.Clean, t.Chats, pct(t.Clean, t.Chats))
}

// Measure tags conversations with m as a pipeline does: each message alone,
// then all of them knowing the header and the persons found; and counts.
func Measure(m *tagger.Model, convs []Conversation, bias int, t *Tally) {
	r := reader{model: m, bias: bias}
	for i := range convs {
		c := &convs[i]
		alone := make([][]Span, len(c.Messages))
		names := headerNames(c)
		for k := range c.Messages {
			alone[k] = r.tag(c, k, nil)
			for _, s := range alone[k] {
				if s.Type == "PERSON" {
					names = append(names, c.Messages[k].Text[s.Start:s.End])
				}
			}
		}
		book := namebook.New(names)
		clean, persons := true, false
		t.id = c.ID
		for k := range c.Messages {
			clean = t.add(&c.Messages[k], append(r.tag(c, k, book), alone[k]...)) && clean
			for _, s := range c.Messages[k].Spans {
				persons = persons || s.Type == "PERSON"
			}
		}
		if persons {
			t.Chats++
			if clean {
				t.Clean++
			}
		}
	}
}

// headerNames returns the parts of the participants' names that have letters only.
func headerNames(c *Conversation) []string {
	var out []string
	for _, n := range c.Names {
		if !strings.ContainsFunc(n, func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' && r != '-' }) {
			out = append(out, n)
		}
	}
	return out
}

type reader struct {
	model *tagger.Model
	bias  int
	a     tagger.Analysis
	sure  []namebook.Span
}

// tag returns what is found in message k; book is nil in the first pass.
func (r *reader) tag(c *Conversation, k int, book *namebook.Book) []Span {
	a := &r.a
	a.Reset(c.Messages[k].Text)
	var out []Span
	if book != nil {
		sure, any := book.Mark(r.sure[:0], a)
		if r.sure = sure; !any {
			return nil
		}
		for _, s := range sure {
			out = append(out, Span{a.Tokens[s.First].Start, a.Tokens[s.Last].End, "PERSON"})
		}
	}
	ctx := tagger.Context{Role: c.Messages[k].Role}
	if k > 0 {
		ctx.Prev = a.ReadPrev(c.Messages[k-1].Text)
	}
	for _, f := range a.AppendFound(nil, r.model.Tag(a, ctx, r.bias)) {
		out = append(out, Span{a.Tokens[f.First].Start, a.Tokens[f.Last].End, typeOf(f.Label)})
	}
	return out
}

func typeOf(l tagger.Label) string {
	return [...]string{"", "PERSON", "PERSON", "ORG", "LOC", "HANDLE", "ADDRESS", "OTHER"}[l]
}
