package transcripts

import (
	"strings"
	"unicode/utf8"
)

// byteEscapes is text in which every byte of UTF-8 beyond ASCII is a character
// of its own, U+0080 to U+00FF, as Messenger and Instagram export it.
type byteEscapes struct{}

func (byteEscapes) decode(raw string) (string, bool) {
	b := make([]byte, 0, len(raw))
	high := false
	for _, r := range raw {
		if r > 0xFF {
			return "", false
		}
		high = high || r >= utf8.RuneSelf
		b = append(b, byte(r))
	}
	return string(b), high && utf8.Valid(b)
}

func (l byteEscapes) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{l.next, l.encode}.lift(raw, text, edits)
}

// next returns a run of ASCII or one character of the text.
func (byteEscapes) next(raw string, at int) piece {
	if raw[at] < utf8.RuneSelf {
		n := strings.IndexFunc(raw[at:], func(r rune) bool { return r >= utf8.RuneSelf })
		if n < 0 {
			n = len(raw) - at
		}
		return piece{n, n, pieceRun}
	}
	lead, n := utf8.DecodeRuneInString(raw[at:])
	size := max(sequenceLen(byte(lead)), 1)
	return piece{size * n, size, pieceAtom} // every character up to U+00FF takes two bytes
}

func (byteEscapes) encode(text string) string {
	var b strings.Builder
	for i := range len(text) {
		b.WriteRune(rune(text[i]))
	}
	return b.String()
}
