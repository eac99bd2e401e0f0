package token

import (
	"unicode"
	"unicode/utf8"
)

// word returns the word that starts at text[i], a letter, digit or underscore.
func word(text string, i int) Token {
	if t, ok := plainWord(text, i); ok {
		return t
	}
	w := scan{text: text, start: i, at: i}
	for w.at < len(text) {
		c := text[w.at]
		if c < utf8.RuneSelf && isWordByte(c) {
			w.ascii(c)
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[w.at:])
			if isWordRune(r) {
				w.rune(r, size)
				continue
			}
		}
		size := w.inner()
		if size == 0 {
			break
		}
		if w.elision(size) {
			w.at += size
			break
		}
		w.at += size
	}
	t := Token{Start: i, End: w.at, Kind: Word, Shape: w.shape()}
	if w.letters == 0 {
		t.Kind = Number
	}
	return t
}

// plainWord returns the word that starts at text[i] when it is made of small
// letters of ASCII, the first one small or a capital, as most words are.
func plainWord(text string, i int) (t Token, ok bool) {
	j, shape := i, Lower
	if text[i]-'A' < 26 {
		j, shape = i+1, Title
	}
	first := j
	for j < len(text) && text[j]-'a' < 26 {
		j++
	}
	if j == first || j < len(text) && goesOn(text[j]) {
		return t, false
	}
	return Token{Start: i, End: j, Kind: Word, Shape: shape}, true
}

// goesOn reports whether a word may go on with a byte that is no small letter.
func goesOn(c byte) bool {
	return c >= utf8.RuneSelf || isWordByte(c) || c == '\'' || c == '-'
}

// scan is a word being read.
type scan struct {
	text         string
	start, at    int
	letters      int
	upper, lower int
	firstUpper   bool // the first letter is a capital
	upperInside  bool // a capital after a small letter
}

func (w *scan) ascii(c byte) {
	w.at++
	switch {
	case c-'a' < 26:
		w.letters++
		w.lower++
	case c-'A' < 26:
		w.capital()
	}
}

func (w *scan) rune(r rune, size int) {
	w.at += size
	switch {
	case unicode.IsUpper(r):
		w.capital()
	case unicode.IsLower(r):
		w.letters++
		w.lower++
	case unicode.IsLetter(r):
		w.letters++
	}
}

func (w *scan) capital() {
	if w.letters == 0 {
		w.firstUpper = true
	} else if w.lower > 0 && w.text[w.at-2] != '-' {
		w.upperInside = true
	}
	w.letters++
	w.upper++
}

func (w *scan) shape() Shape {
	switch {
	case w.upper == 0 && w.lower == 0:
		return NoCase
	case w.upper == 0:
		return Lower
	case w.lower == 0:
		return Upper
	case w.firstUpper && !w.upperInside && w.upper <= 2:
		return Title
	}
	return Mixed
}

// inner returns the length of an apostrophe or hyphen at w.at that stands
// between two letters of one word, or 0.
func (w *scan) inner() int {
	size := 1
	switch c := w.text[w.at]; {
	case c == '\'' || c == '-':
	case c == 0xE2 && len(w.text) > w.at+3 && w.text[w.at:w.at+3] == "’":
		size = 3
	default:
		return 0
	}
	if w.letters == 0 || w.at+size >= len(w.text) {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(w.text[w.at+size:]); !unicode.IsLetter(r) {
		return 0
	}
	return size
}

// elision reports whether the word so far is a French elided word (l', qu',
// jusqu') and what follows the apostrophe of size bytes is a word of its own.
func (w *scan) elision(size int) bool {
	head := w.text[w.start:w.at]
	if w.text[w.at] == '-' || !isElided(head) {
		return false
	}
	rest := w.text[w.at+size:]
	r, n := utf8.DecodeRuneInString(rest)
	if len(rest) <= n || !isVowel(r) {
		return false
	}
	if r2, _ := utf8.DecodeRuneInString(rest[n:]); !unicode.IsLetter(r2) {
		return false
	}
	return !(len(head) == 1 && head[0]|0x20 == 'd' && flemishDH(rest))
}

func isElided(head string) bool {
	switch len(head) {
	case 1:
		switch head[0] | 0x20 {
		case 'l', 'd', 'j', 'c', 'n', 'm', 't', 's', 'k':
			return true
		}
	case 2, 3, 4, 5, 6, 7:
		return head[len(head)-1]|0x20 == 'u' && head[len(head)-2]|0x20 == 'q'
	}
	return false
}

func isVowel(r rune) bool {
	switch unicode.ToLower(r) {
	case 'a', 'e', 'i', 'o', 'u', 'y', 'h', 'é', 'è', 'ê', 'ë', 'à', 'â', 'î', 'ï', 'ô', 'û', 'œ', 'æ':
		return true
	}
	return false
}

// flemishDH reports whether rest begins like the second part of a Flemish
// surname with D' (D'hondt, D'haene, D'hooghe) and unlike a French word after
// d' (d'habitude, d'hier, d'hugo).
func flemishDH(rest string) bool {
	for _, p := range [...]string{"ho", "hae", "her", "hee", "hu"} {
		if len(rest) >= len(p) && equalFold(rest[:len(p)], p) {
			return !frenchH(rest)
		}
	}
	return false
}

// frenchH reports the French words that flemishDH would take for a surname.
func frenchH(rest string) bool {
	for _, p := range [...]string{"homm", "hono", "hori", "horl", "horr", "hosp", "hote", "huile", "huit", "huma", "hume", "humi", "humo", "hugo", "hube", "huguette", "heri", "hera", "herb", "heros", "heroi", "hors", "honn", "hollande", "hongrie"} {
		if len(rest) >= len(p) && equalFold(rest[:len(p)], p) {
			return true
		}
	}
	return false
}

func equalFold(s, lower string) bool {
	for i := range len(lower) {
		if s[i]|0x20 != lower[i] {
			return false
		}
	}
	return true
}
