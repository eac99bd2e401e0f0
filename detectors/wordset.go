package detectors

import "strings"

// A wordSet is a small set of words, by hash.
type wordSet map[uint64]bool

// setOf returns the set of the words in list.
func setOf(list string) wordSet {
	set := wordSet{}
	for _, w := range strings.Fields(list) {
		set[hashWord(w)] = true
	}
	return set
}

// in reports whether token i is a word of set.
func (s *scan) in(i int, set wordSet) bool {
	if i < 0 || i >= len(s.toks) || s.toks[i].kind != kindWord || s.size(i) > longestSmall {
		return false
	}
	h := uint64(hashSeed)
	for _, c := range s.bytes(i) {
		h = (h ^ uint64(fold[c])) * hashPrime
	}
	return set[h]
}

// longestSmall is the length of the longest word that is kept in a wordSet.
const longestSmall = 24
