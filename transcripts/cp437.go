package transcripts

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// cp437 is the code page in which zip archives write names that are not marked
// as UTF-8 (APPNOTE.TXT, appendix D).
type cp437 struct{}

func (cp437) decode(raw string) (string, bool) {
	var b strings.Builder
	for i := range len(raw) {
		b.WriteRune(charmap.CodePage437.DecodeByte(raw[i]))
	}
	return b.String(), true
}

func (l cp437) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{l.next, l.encode}.lift(raw, text, edits)
}

func (cp437) next(raw string, at int) piece {
	return piece{1, utf8.RuneLen(charmap.CodePage437.DecodeByte(raw[at])), pieceAtom}
}

// encode writes a low line for what the code page has not.
func (cp437) encode(text string) string {
	var b strings.Builder
	for _, r := range text {
		c, ok := charmap.CodePage437.EncodeRune(r)
		if !ok {
			c = '_'
		}
		b.WriteByte(c)
	}
	return b.String()
}
