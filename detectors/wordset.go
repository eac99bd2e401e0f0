package detectors

import (
	"slices"
	"strings"
)

// A wordSet is a small set of words, by hash.
type wordSet struct {
	bits   uint64 // bit h%64 is set for each hash h
	hashes []uint64
}

// setOf returns the set of the words in list.
func setOf(list string) wordSet {
	var set wordSet
	for _, w := range strings.Fields(list) {
		h := hashWord(w)
		set.bits |= 1 << (h % 64)
		set.hashes = append(set.hashes, h)
	}
	return set
}

// has reports whether a word with hash h is in set.
func (set *wordSet) has(h uint64) bool {
	return set.bits>>(h%64)&1 != 0 && slices.Contains(set.hashes, h)
}

// in reports whether token i is a word of set.
func (s *scan) in(i int, set wordSet) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].kind == kindWord && set.has(s.toks[i].hash)
}
