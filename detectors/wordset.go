package detectors

import (
	"math/bits"
	"strings"
)

// A wordSet is a set of words, by hash.
type wordSet struct {
	bits  uint64   // bit h%64 is set for each hash h
	table []uint64 // the hashes, each at or behind slot h>>32; half of it or more is 0
}

// setOf returns the set of the words in list.
func setOf(list string) *wordSet {
	words := strings.Fields(list)
	set := &wordSet{table: make([]uint64, 1<<bits.Len(uint(2*len(words))))}
	for _, w := range words {
		h := hashWord(w)
		i := set.slotOf(h)
		set.bits |= 1 << (h % 64)
		set.table[i] = h
	}
	return set
}

// slotOf returns the slot of hash h, or the empty one where it belongs.
func (set *wordSet) slotOf(h uint64) uint64 {
	last := uint64(len(set.table) - 1)
	i := h >> 32 & last
	for set.table[i] != h && set.table[i] != 0 {
		i = (i + 1) & last
	}
	return i
}

// has reports whether a word with hash h is in set.
func (set *wordSet) has(h uint64) bool {
	return set.bits>>(h%64)&1 != 0 && set.table[set.slotOf(h)] == h
}

// in reports whether token i is a word of set.
func (s *scan) in(i int, set *wordSet) bool {
	return i >= 0 && i < len(s.toks) && s.toks[i].kind == kindWord && set.has(s.toks[i].hash)
}
