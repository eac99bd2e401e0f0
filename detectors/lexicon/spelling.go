package lexicon

import (
	_ "embed"
	"math"
)

// Models of spelling: how likely three letters follow one another.
const (
	SpelledFirst = iota
	SpelledSurname
	SpelledWord

	spelledModels
)

const (
	letters  = 28 // a to z, anything else, and the edge of a word
	edge     = letters - 1
	trigrams = letters * letters * letters
)

//go:embed spelling.bin
var spelling string

func letterOf(c byte) int {
	if c-'a' < 26 {
		return int(c - 'a')
	}
	return letters - 2
}

// Spelt tells how much a folded word is spelt like a first name (0 to 7, in the
// low bits) and like a surname (the next three), compared with common words.
func Spelt(key []byte) uint64 {
	if len(spelling) < spelledModels*trigrams {
		return 0
	}
	var sum [spelledModels]int
	a, b := edge, edge
	for i := range len(key) + 1 {
		c := edge
		if i < len(key) {
			c = letterOf(key[i])
		}
		at := (a*letters+b)*letters + c
		for m := range sum {
			sum[m] += int(spelling[m*trigrams+at])
		}
		a, b = b, c
	}
	n := len(key) + 1
	return grade(sum[SpelledWord]-sum[SpelledFirst], n) | grade(sum[SpelledWord]-sum[SpelledSurname], n)<<3
}

// grade maps a difference of summed costs over n letters to 0 to 7.
func grade(diff, n int) uint64 {
	const lift = 8 // makes differences that matter positive
	return uint64(max(0, min(7, (max(0, diff+lift*3*n))/(3*n)+3-lift)))
}

// SpellingCounts counts letters for Spelt.
type SpellingCounts struct {
	counts [spelledModels][trigrams]float64
}

// Add counts a folded word.
func (s *SpellingCounts) Add(model int, key []byte, weight float64) {
	a, b := edge, edge
	for i := range len(key) + 1 {
		c := edge
		if i < len(key) {
			c = letterOf(key[i])
		}
		s.counts[model][(a*letters+b)*letters+c] += weight
		a, b = b, c
	}
}

// Pack returns the costs, in eighths of a natural logarithm, one byte each.
func (s *SpellingCounts) Pack() []byte {
	out := make([]byte, 0, spelledModels*trigrams)
	for m := range s.counts {
		var pairs [letters * letters]float64
		var single [letters]float64
		total := 0.0
		for at, n := range s.counts[m] {
			pairs[at/letters] += n
			single[at%letters] += n
			total += n
		}
		var after [letters * letters]float64 // counts of (b, c)
		var before [letters]float64
		for at, n := range s.counts[m] {
			after[at%(letters*letters)] += n
			before[at/letters%letters] += n
		}
		for at, n := range s.counts[m] {
			c, bc, ab := at%letters, at%(letters*letters), at/letters
			p1 := (single[c] + 1) / (total + letters)
			p2 := (after[bc] + 5*p1) / (before[bc/letters] + 5)
			p3 := (n + 5*p2) / (pairs[ab] + 5)
			out = append(out, byte(min(255, -8*math.Log(p3))))
		}
	}
	return out
}
