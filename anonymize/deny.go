package anonymize

import (
	"regexp"
	"slices"

	"github.com/clbchat/naamloos/detectors"
)

// denyList finds the words and patterns that a policy always hides. It is a
// [detectors.Recognizer] and safe for concurrent use.
type denyList struct {
	words    map[string][]denyWords // by first word, folded
	patterns []denyPattern
}

type denyWords struct {
	rest []string
	typ  detectors.EntityType
}

type denyPattern struct {
	re  *regexp.Regexp
	typ detectors.EntityType
}

// newDenyList returns the recognizer of lists, or an error of a pattern.
func newDenyList(lists []Deny) (*denyList, error) {
	d := &denyList{words: map[string][]denyWords{}}
	for _, l := range lists {
		for _, w := range l.Words {
			var parts []string
			for _, p := range wordsOf(w) {
				parts = append(parts, fold(w[p.start:p.end]))
			}
			if len(parts) > 0 {
				d.words[parts[0]] = append(d.words[parts[0]], denyWords{parts[1:], l.Type})
			}
		}
		for _, p := range l.Patterns {
			re, err := regexp.Compile(p)
			if err != nil {
				return nil, &PolicyError{"deny.patterns", "a pattern does not compile"}
			}
			d.patterns = append(d.patterns, denyPattern{re, l.Type})
		}
	}
	return d, nil
}

// Find implements [detectors.Recognizer].
func (d *denyList) Find(dst []detectors.Span, t detectors.Text) ([]detectors.Span, error) {
	for _, p := range d.patterns {
		for _, at := range p.re.FindAllStringIndex(t.Body, -1) {
			if at[0] < at[1] {
				dst = append(dst, d.span(at[0], at[1], p.typ))
			}
		}
	}
	if len(d.words) == 0 {
		return dst, nil
	}
	words := wordsOf(t.Body)
	for i, w := range words {
		for _, deny := range d.words[fold(t.Body[w.start:w.end])] {
			if last := i + len(deny.rest); last < len(words) && sameWords(t.Body, words[i+1:last+1], deny.rest) {
				dst = append(dst, d.span(w.start, words[last].end, deny.typ))
			}
		}
	}
	return dst, nil
}

func (*denyList) span(start, end int, t detectors.EntityType) detectors.Span {
	return detectors.Span{Start: start, End: end, Type: t, Score: 1, Detector: "policy", Rule: "policy: the deny list has it"}
}

func sameWords(text string, words []wordRange, want []string) bool {
	return slices.EqualFunc(words, want, func(w wordRange, s string) bool { return fold(text[w.start:w.end]) == s })
}

// wordRange is a word of a text: bytes [start, end).
type wordRange struct{ start, end int }

// wordsOf returns the runs of letters, marks and digits in text.
func wordsOf(text string) []wordRange {
	var out []wordRange
	start := -1
	for i, r := range text {
		switch {
		case wordRune(r) && start < 0:
			start = i
		case !wordRune(r) && start >= 0:
			out = append(out, wordRange{start, i})
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, wordRange{start, len(text)})
	}
	return out
}
