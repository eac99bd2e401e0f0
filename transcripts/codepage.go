package transcripts

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// codePage is text in a code page of one byte a character.
type codePage struct{ *charmap.Charmap }

// cp437 is the code page in which zip archives write names that are not marked
// as UTF-8 (APPNOTE.TXT, appendix D).
var cp437 = codePage{charmap.CodePage437}

// codePages are the character sets that mail names, beside UTF-8 and
// Windows-1252. ISO 8859-1 is read as Windows-1252, as all mail programs do.
var codePages = map[string]*charmap.Charmap{
	"iso-8859-2": charmap.ISO8859_2, "iso-8859-5": charmap.ISO8859_5, "iso-8859-7": charmap.ISO8859_7, "iso-8859-9": charmap.ISO8859_9,
	"iso-8859-15": charmap.ISO8859_15, "windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251, "windows-1253": charmap.Windows1253,
	"windows-1254": charmap.Windows1254, "windows-1256": charmap.Windows1256, "windows-1257": charmap.Windows1257, "ibm850": charmap.CodePage850,
	"cp850": charmap.CodePage850, "cp437": charmap.CodePage437, "koi8-r": charmap.KOI8R, "macintosh": charmap.Macintosh,
}

// decode is false when a byte has no character, or one that does not come back.
func (l codePage) decode(raw string) (string, bool) {
	var b strings.Builder
	ok := true
	for i := range len(raw) {
		r := l.DecodeByte(raw[i])
		back, there := l.EncodeRune(r)
		ok = ok && there && back == raw[i]
		b.WriteRune(r)
	}
	return b.String(), ok
}

func (l codePage) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{l.next, l.encode}.lift(raw, text, edits)
}

func (l codePage) next(raw string, at int) piece {
	return piece{1, utf8.RuneLen(l.DecodeByte(raw[at])), pieceAtom}
}

// encode writes a low line for what the code page has not.
func (l codePage) encode(text string) string {
	var b strings.Builder
	for _, r := range text {
		c, ok := l.EncodeRune(r)
		if !ok {
			c = '_'
		}
		b.WriteByte(c)
	}
	return b.String()
}
