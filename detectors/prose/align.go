package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readable returns text with the letters replaced that prose cannot read: those
// whose small form is longer or shorter in UTF-8. The text keeps its length.
func readable(text string) string {
	hide := func(r rune) bool { return r == utf8.RuneError || utf8.RuneLen(unicode.ToLower(r)) != utf8.RuneLen(r) }
	if strings.IndexFunc(text, hide) < 0 {
		return text
	}
	out := []byte(text)
	for i, r := range text {
		if hide(r) {
			_, n := utf8.DecodeRuneInString(text[i:])
			copy(out[i:], "xxxx"[:n])
		}
	}
	return string(out)
}

// aligner finds the tokens of prose in the text they were made of.
type aligner struct {
	text string
	at   int
}

// reach is how far behind the last token the next one is sought. Prose loses
// some characters.
const reach = 64

// next returns where token stands in the text, behind the tokens before it.
func (a *aligner) next(token string) (start, end int, ok bool) {
	for i := a.at; i < len(a.text) && i <= a.at+reach; {
		if n := sameLength(a.text[i:], token); n > 0 {
			a.at = i + n
			return i, a.at, true
		}
		_, n := utf8.DecodeRuneInString(a.text[i:])
		i += n
	}
	return 0, 0, false
}

// sameLength returns how many bytes of text are token, 0 when text does not
// begin with it. Prose writes curly quotes straight.
func sameLength(text, token string) int {
	at := 0
	for i := 0; i < len(token); {
		r, n := utf8.DecodeRuneInString(token[i:])
		t, size := utf8.DecodeRuneInString(text[at:])
		if size == 0 || r != t && r != straight(t) {
			if r != utf8.RuneError && !(r == 'x' && hidden(t)) {
				return 0
			}
			if r == 'x' {
				n = size // as many x as the letter has bytes
			}
		}
		i += n
		at += size
	}
	return at
}

func hidden(r rune) bool {
	return r == utf8.RuneError || utf8.RuneLen(unicode.ToLower(r)) != utf8.RuneLen(r)
}

func straight(r rune) rune {
	switch r {
	case '“', '”':
		return '"'
	case '‘', '’':
		return '\''
	}
	return r
}
