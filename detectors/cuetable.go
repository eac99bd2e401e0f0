package detectors

import (
	"errors"
	"slices"
)

// A cueTable knows the cue of every word. It is a perfect hash: each word has a
// slot of its own, so that a look-up reads one slot and takes no branch. It is
// safe for concurrent use.
type cueTable struct {
	factors [cueBuckets]uint32 // spread the words of each bucket over the slots
	slots   [cueSlots]slot
	phrases [cueSlots][]phrase     // that end in the word of a slot
	alarm   [bloomBits / 64]uint64 // of the words that wake, by alarmKey
}

// A slot is one word; both bits above the cues say more of it.
type slot struct {
	hash uint64
	cue  cue
}

const (
	slotPhrase cue = 1 << 63 // phrases end in the word
	slotWakes  cue = 1 << 62 // it wakes
)

const (
	cueBuckets = 1 << 10
	cueSlots   = 1 << 12
	cueShift   = 64 - 12
	bloomBits  = 1 << 16
	bloomShift = 64 - 16
)

// newCueTable makes the table of entries: bucket by bucket, the fullest first,
// it looks for a factor that gives all words of the bucket free slots.
func newCueTable(entries map[uint64]cueEntry) (*cueTable, error) {
	l, buckets := &cueTable{}, make([][]uint64, cueBuckets)
	for h := range entries {
		buckets[h%cueBuckets] = append(buckets[h%cueBuckets], h)
	}
	slices.SortFunc(buckets, func(a, b []uint64) int { return len(b) - len(a) })
	for _, hashes := range buckets {
		if len(hashes) > 0 && !l.fit(hashes) {
			return nil, errors.New("detectors: cues.txt: too many words for the table")
		}
	}
	for h, e := range entries {
		l.fill(h, e)
	}
	return l, nil
}

// fit finds slots for the words of a bucket and reports whether there are any.
func (l *cueTable) fit(hashes []uint64) bool {
	for factor := uint32(1); factor < 1<<16; factor += 2 {
		l.factors[hashes[0]%cueBuckets] = factor
		n := 0
		for n < len(hashes) && l.slots[l.slotOf(hashes[n])].hash == 0 {
			l.slots[l.slotOf(hashes[n])].hash = hashes[n]
			n++
		}
		if n == len(hashes) {
			return true
		}
		for _, h := range hashes[:n] {
			l.slots[l.slotOf(h)].hash = 0
		}
	}
	return false
}

// fill writes what is known of the word with hash h into its slot.
func (l *cueTable) fill(h uint64, e cueEntry) {
	i := l.slotOf(h)
	l.slots[i].cue, l.phrases[i] = e.cue, e.phrases
	if e.wakes {
		l.slots[i].cue |= slotWakes
		l.alarm[e.alarm/64] |= 1 << (e.alarm % 64)
	}
	if len(e.phrases) > 0 {
		l.slots[i].cue |= slotPhrase
	}
}

// slotOf returns the slot that the word with hash h has if it is in the table.
func (l *cueTable) slotOf(h uint64) uint64 {
	return h * uint64(l.factors[h%cueBuckets]) >> cueShift
}

// cueOf returns the cues of the word with hash h by itself.
func (l *cueTable) cueOf(h uint64) cue {
	s := &l.slots[l.slotOf(h)%cueSlots]
	c := s.cue
	if s.hash != h {
		c = 0
	}
	return c
}

// alarmKey is a quick hash of a word of n bytes that begins with the eight of x
// in small letters, zeros beyond its end.
func alarmKey(n int, x uint64) uint64 { return (x ^ uint64(n)<<56) * hashA >> bloomShift }

// firstEight returns the first eight bytes of a word in small letters.
func firstEight(w string) uint64 {
	return (load8(w+"\x00\x00\x00\x00\x00\x00\x00\x00", 0) | lower8) & masks[min(len(w), 8)]
}
