package identity

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// diminutives of Dutch, French (-ou, -ette) and German (-chen, -lein), the
// longest first.
var diminutives = []string{
	"etje", "eken", "ekes", "chen", "lein", "ette", "eke", "tje", "tjen", "pje", "sje", "ken", "kes", "ke", "je", "ie", "ou", "y", "i",
}

// stems returns what w may be a diminutive of, the likeliest first: sofieke of
// sofie, sofke of sofie, lotje of lotte, jantje of jan, tommeke of tom.
func stems(w string) []string {
	var out []string
	for _, genitive := range [...]string{"", "s"} {
		base, ok := strings.CutSuffix(w, genitive)
		if !ok {
			continue
		}
		for _, d := range diminutives {
			stem, ok := strings.CutSuffix(base, d)
			if !ok || len(stem) < 2 {
				continue
			}
			out = append(out, stem)
			if n := len(stem); n > 3 && stem[n-1] == stem[n-2] {
				out = append(out, stem[:n-1])
			}
			if len(d) > 1 {
				out = append(out, stem+"e", stem+"ie", stem+"a", stem+stem[len(stem)-1:]+"e")
			}
		}
	}
	return out
}

// slipIndex finds single words by all they are with one letter left out. It is
// made when first asked.
type slipIndex struct {
	l     *linker
	holes map[string][]int
}

// minSlip is the fewest letters of a word that may have one wrong.
const minSlip = 5

// fill indexes the words of all names.
func (x *slipIndex) fill() {
	x.holes = map[string][]int{}
	for i := range x.l.nodes {
		if !x.l.person(i) {
			continue
		}
		for _, w := range x.l.nodes[i].name.words {
			for _, h := range holes(w) {
				if len(x.holes[h]) < most {
					x.holes[h] = append(x.holes[h], i)
				}
			}
		}
	}
}

// find returns the names that w is a misspelling of. Two usual names (marie,
// maria) are no misspelling of each other.
func (x *slipIndex) find(i int, w string) []int {
	if x.holes == nil {
		x.fill()
	}
	var out []int
	for _, h := range holes(w) {
		for _, j := range x.holes[h] {
			if j == i || slices.Contains(out, j) {
				continue
			}
			if slices.ContainsFunc(x.l.nodes[j].name.words, func(o string) bool { return isSlip(w, o) }) {
				out = append(out, j)
			}
		}
	}
	return out
}

// holes returns w, and w with each of its letters left out. Words that are too
// short or too long to be misspelt have none.
func holes(w string) []string {
	n := utf8.RuneCountInString(w)
	if n < minSlip || n > 24 {
		return nil
	}
	out := []string{w}
	for i, r := range w {
		out = append(out, w[:i]+w[i+utf8.RuneLen(r):])
	}
	return out
}

// isSlip reports whether a and b are one name with one letter wrong, missing or
// too much, or two neighbours swapped. Two usual names are two, unless they
// differ by a double letter (yousef, youssef).
func isSlip(a, b string) bool {
	if a == b || min(len(a), len(b)) < minSlip-1 || max(len(a), len(b)) < minSlip {
		return false
	}
	if usual(a) && usual(b) {
		return single(a) == single(b)
	}
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	switch len(y) - len(x) {
	case 0:
		if i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:]) {
			return true
		}
		return i > 0 && slices.Equal(x[i+1:], y[i+1:])
	case 1:
		return i > 0 && slices.Equal(x[i:], y[i+1:])
	}
	return false
}

// single returns w with double letters made single.
func single(w string) string { return string(slices.Compact([]rune(w))) }
