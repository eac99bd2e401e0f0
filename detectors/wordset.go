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
	return i >= 0 && i < len(s.toks) && s.toks[i].kind == kindWord && set[s.toks[i].hash]
}
