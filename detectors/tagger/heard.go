package tagger

import (
	"bytes"

	"github.com/clbchat/naamloos/detectors/lexicon"
)

// Ways in which an unknown word can be made of known ones.
const (
	asWritten = iota
	glued     // with a short word before it: jadore, kzit
	byEar     // in the spelling of a dialect: kykn, woarom
	compound  // of two Dutch words: trajectbegeleider
)

// heard tells how an unknown word, folded to key, can be made of ordinary ones,
// which makes it less likely to be a name.
func heard(key []byte, e lexicon.Entry) uint8 {
	if e.First() > 0 || e.Surname() > 0 || e.Common() > 0 || e.Has(lexicon.Dutch) {
		return asWritten
	}
	switch {
	case isGlued(key):
		return glued
	case isByEar(key):
		return byEar
	case isCompound(key):
		return compound
	}
	return asWritten
}

func isOrdinary(key []byte) bool {
	e := lexicon.Find(lexicon.Hash(key))
	return e.Common() > 0 || e.Has(lexicon.Dutch)
}

// isGlued reports whether key is a word with an elided j', l', d', s', m', n',
// t', c' or 'k before it, the apostrophe left out.
func isGlued(key []byte) bool {
	if len(key) < 4 {
		return false
	}
	switch vowel := bytes.IndexByte([]byte("aeiouh"), key[1]) >= 0; key[0] {
	case 'k', 't':
		return isOrdinary(key[1:])
	case 'j', 'l', 'd', 's', 'm', 'n', 'c':
		return vowel && isOrdinary(key[1:])
	}
	return false
}

// soundings are spellings of Flemish dialects and what they stand for.
var soundings = [...]struct{ heard, written string }{
	{"y", "ij"}, {"oa", "aa"}, {"ae", "aa"}, {"uu", "ui"}, {"sj", "sch"},
}

// maxHeard bounds the bytes of a word that is taken for dialect or a compound.
const maxHeard = 32

// isByEar reports whether key is an ordinary word once dialect spellings are
// undone and a swallowed e is put back (stoppn).
func isByEar(key []byte) bool {
	var room [2 * maxHeard]byte
	s := room[:0]
	if len(key) > maxHeard {
		return false
	}
	for i := 0; i < len(key); {
		n := 0
		for _, x := range soundings {
			if bytes.HasPrefix(key[i:], []byte(x.heard)) {
				s, n = append(s, x.written...), len(x.heard)
				break
			}
		}
		if n == 0 {
			s, n = append(s, key[i]), 1
		}
		i += n
	}
	if n := len(s); n > 3 && s[n-1] == 'n' && bytes.IndexByte([]byte("bcdfgklmprstvwz"), s[n-2]) >= 0 {
		s = append(s[:n-1], "en"...)
		if isOrdinary(s) {
			return true
		}
		if n := len(s); n > 5 && s[n-4] == s[n-5] { // begraaven
			s = append(s[:n-5], s[n-4:]...)
		}
	}
	return len(s) > 3 && !bytes.Equal(s, key) && isOrdinary(s)
}

// minPart is the length of a part of a compound.
const minPart = 4

// isCompound reports whether key is two Dutch words, with or without an s
// between.
func isCompound(key []byte) bool {
	for i := minPart; i+minPart <= min(len(key), maxHeard); i++ {
		if !isOrdinary(key[i:]) {
			continue
		}
		if isOrdinary(key[:i]) || key[i-1] == 's' && i > minPart && isOrdinary(key[:i-1]) {
			return true
		}
	}
	return false
}
