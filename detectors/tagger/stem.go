package tagger

import (
	"bytes"

	"github.com/clbchat/naamloos/detectors/lexicon"
)

// An ending is what a name can carry in chats: a genitive or a diminutive.
type ending struct {
	suffix string
	min    int // letters that must stay
}

var endings = []ending{
	{"'s", 2}, {"s", 3}, {"ke", 2}, {"je", 3}, {"tje", 3}, {"ken", 3}, {"eke", 3}, {"kes", 3},
	{"ie", 3}, {"y", 3}, {"ou", 3}, {"lein", 3}, {"chen", 3}, {"i", 3}, {"tjen", 3},
}

// stemClass tells what is known of the word without its ending or, for a word
// with a hyphen, of its parts: 0 nothing, else the ending and a name bucket.
func stemClass(key []byte, e lexicon.Entry) uint16 {
	if e.First() > 0 || e.Common() > 0 || e.Has(lexicon.Dutch) {
		return 0
	}
	if i := bytes.IndexByte(key, '-'); i > 0 && i+1 < len(key) {
		first, last := lexicon.Find(lexicon.Hash(key[:i])), lexicon.Find(lexicon.Hash(key[i+1:]))
		return uint16(1<<8 | class(first)&0x3F | (class(last)&0x3F)<<9)
	}
	best := uint16(0)
	for n, e := range endings {
		if len(key) < len(e.suffix)+e.min || string(key[len(key)-len(e.suffix):]) != e.suffix {
			continue
		}
		if c := stemBucket(key[:len(key)-len(e.suffix)]); c > best>>5&7 {
			best = 1<<4 | uint16(n)<<9 | c<<5
		}
	}
	return best
}

// stemBucket is the name bucket of a stem, or of it with a doubled letter made
// single or a lost vowel put back (sofke, sofie).
func stemBucket(stem []byte) uint16 {
	e := lexicon.Find(lexicon.Hash(stem))
	if n := len(stem); e.First() == 0 && n > 3 && stem[n-1] == stem[n-2] {
		e = lexicon.Find(lexicon.Hash(stem[:n-1]))
	}
	return uint16(bucket(e.First(), 4, 9) | min(uint64(e.Surname()), 1)<<2)
}
