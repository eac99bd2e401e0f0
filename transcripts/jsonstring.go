package transcripts

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// escapeLen returns the length of the escape at byte i of s, 0 if it is none.
func escapeLen(s string, i int) int {
	if i+1 >= len(s) {
		return 0
	}
	switch s[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		return hexEscape(s, i, 6)
	case 'x':
		return hexEscape(s, i, 4)
	}
	return 0
}

// hexEscape returns n when s[i+2:i+n] are hexadecimal digits, else 0.
func hexEscape(s string, i, n int) int {
	if i+n > len(s) {
		return 0
	}
	for _, c := range []byte(s[i+2 : i+n]) {
		if hexDigit(c) < 0 {
			return 0
		}
	}
	return n
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func hexValue(s string) rune {
	var v rune
	for i := range len(s) {
		v = v<<4 | rune(hexDigit(s[i]))
	}
	return v
}

// key returns the name of a node, decoded.
func (n *jsonNode) key(s string) string {
	k := s[n.keyStart:n.keyEnd]
	if strings.IndexByte(k, '\\') >= 0 {
		k, _ = (&jsonString{}).decode(k)
	}
	return k
}

// jsonString is the inside of a JSON string. New text is escaped as the
// document does it: one layer value serves all strings of a document.
type jsonString struct {
	ascii, slash, html, upper bool
}

// jsonStyle returns the layer for the strings of a document.
func jsonStyle(doc string) *jsonString {
	if strings.IndexByte(doc, '\\') < 0 {
		return &jsonString{}
	}
	l := &jsonString{slash: strings.Contains(doc, `\/`)}
	l.html = strings.Contains(doc, `\u003c`) || strings.Contains(doc, `\u0026`) || strings.Contains(doc, `\u003C`)
	for i := 0; ; i += 2 {
		n := strings.Index(doc[i:], `\u`)
		if n < 0 {
			break
		}
		i += n
		hex := doc[i+2 : min(i+6, len(doc))]
		l.ascii = l.ascii || hex >= "0080" && hex < "2028" || hex > "2029"
		l.upper = l.upper || strings.ContainsAny(hex, "ABCDEF")
	}
	if l.ascii {
		l.ascii = strings.IndexFunc(doc, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
	}
	return l
}

func (l *jsonString) decode(raw string) (string, bool) {
	if strings.IndexByte(raw, '\\') < 0 {
		return raw, true
	}
	return decodePieces(raw, jsonPiece, jsonUnescape), true
}

func (l *jsonString) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{jsonPiece, l.encode}.lift(raw, text, edits)
}

// jsonPiece is the alphabet of JSON strings; a surrogate pair is one escape.
func jsonPiece(raw string, at int) piece {
	if raw[at] != '\\' {
		n := strings.IndexByte(raw[at:], '\\')
		if n < 0 {
			n = len(raw) - at
		}
		return piece{n, n, pieceRun}
	}
	n := escapeLen(raw, at)
	if n == 0 {
		return piece{1, 1, pieceRun}
	}
	if n == 6 && utf16.IsSurrogate(hexValue(raw[at+2:at+6])) && escapeLen(raw, at+6) == 6 && raw[at+7] == 'u' &&
		utf16.DecodeRune(hexValue(raw[at+2:at+6]), hexValue(raw[at+8:at+12])) != utf8.RuneError {
		n = 12
	}
	return piece{n, len(jsonUnescape(raw[at : at+n])), pieceAtom}
}

// jsonUnescape returns the text of one escape.
func jsonUnescape(esc string) string {
	switch esc[1] {
	case 'b':
		return "\b"
	case 'f':
		return "\f"
	case 'n':
		return "\n"
	case 'r':
		return "\r"
	case 't':
		return "\t"
	case 'u':
		r := hexValue(esc[2:6])
		if len(esc) == 12 {
			r = utf16.DecodeRune(r, hexValue(esc[8:12]))
		}
		return string(r) // U+FFFD for half of a pair
	case 'x':
		return string(hexValue(esc[2:4]))
	}
	return esc[1:]
}

// encode escapes text for a JSON string.
func (l *jsonString) encode(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '"' || r == '\\' || r == '/' && l.slash:
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ', l.html && (r == '<' || r == '>' || r == '&'), l.ascii && r >= utf8.RuneSelf:
			l.hex(&b, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hex writes r as \u escapes.
func (l *jsonString) hex(b *strings.Builder, r rune) {
	if r > 0xFFFF {
		hi, lo := utf16.EncodeRune(r)
		l.hex(b, hi)
		l.hex(b, lo)
		return
	}
	digit := "0123456789abcdef"
	if l.upper {
		digit = "0123456789ABCDEF"
	}
	b.WriteString(`\u`)
	for shift := 12; shift >= 0; shift -= 4 {
		b.WriteByte(digit[r>>shift&15])
	}
}
