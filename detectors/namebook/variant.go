package namebook

import (
	"bytes"

	"github.com/clbchat/naamloos/detectors/lexicon"
)

// suffixes are genitives and diminutives: Dutch, French (-ou, -ette), German
// (-chen, -lein). The longest come first.
var suffixes = []string{
	"eken", "ekes", "chen", "lein", "ette", "tjes", "tjen", "etje", "eke", "ken", "kes", "tje", "jes", "jen", "pje", "sje",
	"'s", "ke", "je", "ie", "ou", "tj", "kn", "s", "y", "i", "a",
}

// inflected reports whether key is a name with an ending.
func (b *Book) inflected(key []byte) bool {
	for _, s := range suffixes {
		stem, ok := bytes.CutSuffix(key, []byte(s))
		if !ok || len(stem) < 2 {
			continue
		}
		if b.has(stem) {
			return true
		}
		n := len(stem)
		if n > 3 && stem[n-1] == stem[n-2] && b.has(stem[:n-1]) {
			return true
		}
		if len(s) > 1 && s != "ou" && b.hasRoot(stem) {
			return true
		}
	}
	return false
}

// has reports whether key is a word that is a name and nothing else.
func (b *Book) has(key []byte) bool {
	for at := range b.exact.all(lexicon.Hash(key)) {
		if w := &b.words[at]; !w.weak && w.key == string(key) {
			return true
		}
	}
	return false
}

// hasRoot reports whether a name without its last vowels is key.
func (b *Book) hasRoot(key []byte) bool {
	r := root(key)
	if len(r) < minRoot {
		return false
	}
	for at := range b.roots.all(lexicon.Hash(r)) {
		if string(root([]byte(b.words[at].key))) == string(r) {
			return true
		}
	}
	return false
}

// root cuts the vowels at the end of a word and makes a double last consonant
// single: sofie and sofke have the root sof, lotte and lotje the root lot.
func root(key []byte) []byte {
	n := len(key)
	for n > 0 && isVowel(key[n-1]) {
		n--
	}
	if n > 1 && key[n-1] == key[n-2] {
		n--
	}
	return key[:n]
}

func isVowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

// misspelt reports whether one letter of key is wrong, missing, too much or
// changed places with its neighbour, compared with a name. The first letter
// must be right, or the second in its place.
func (b *Book) misspelt(key []byte) bool {
	if len(key) < minNear || len(key) > maxNear || len(b.near.slots) == 0 {
		return false
	}
	if b.nearly(key, lexicon.Hash(key)) {
		return true
	}
	var buf [maxNear]byte
	for i := range key {
		if b.nearly(key, lexicon.Hash(without(buf[:0], key, i))) {
			return true
		}
	}
	return false
}

func (b *Book) nearly(key []byte, hash uint64) bool {
	for at := range b.near.all(hash) {
		if oneSlip(key, []byte(b.words[at].key)) {
			return true
		}
	}
	return false
}

func without(dst, key []byte, i int) []byte {
	return append(append(dst, key[:i]...), key[i+1:]...)
}

// oneSlip reports whether a and b differ by one letter left out, put in,
// changed, or by two neighbours swapped, the first letter not counting as one.
func oneSlip(a, b []byte) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		if i == len(a) {
			return true
		}
		if i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && string(a[i+2:]) == string(b[i+2:]) {
			return true
		}
		return i > 0 && string(a[i+1:]) == string(b[i+1:])
	case 1:
		return i > 0 && string(a[i:]) == string(b[i+1:])
	}
	return false
}
