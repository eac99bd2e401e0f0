package namebook

import "iter"

// index finds small numbers by hash. The zero index is empty.
type index struct {
	slots  []slot // open addressing, a power of two of them
	filled int
}

type slot struct {
	hash uint64
	at   int32 // 1 + the number; 0 for an empty slot
}

func (x *index) add(hash uint64, at int32) {
	if 2*(x.filled+1) > len(x.slots) {
		old := x.slots
		x.slots = make([]slot, max(16, 2*len(old)))
		for _, s := range old {
			if s.at != 0 {
				x.put(s)
			}
		}
	}
	x.put(slot{hash, at + 1})
	x.filled++
}

func (x *index) put(s slot) {
	mask := uint64(len(x.slots) - 1)
	i := s.hash & mask
	for x.slots[i].at != 0 {
		i = (i + 1) & mask
	}
	x.slots[i] = s
}

// all yields the numbers entered under hash.
func (x *index) all(hash uint64) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		if len(x.slots) == 0 {
			return
		}
		mask := uint64(len(x.slots) - 1)
		for i := hash & mask; x.slots[i].at != 0; i = (i + 1) & mask {
			if x.slots[i].hash == hash && !yield(x.slots[i].at-1) {
				return
			}
		}
	}
}
