package transcripts

import (
	"strings"
)

// sqlString is the inside of a SQL literal.
type sqlString uint8

const (
	sqlDoubled   sqlString = 0 // a quote is written twice
	sqlEscaped   sqlString = 1 // a quote is written \'
	sqlBackslash sqlString = 2 // backslashes escape (flag)
	sqlDouble    sqlString = 4 // in "..." (flag)
)

func (l sqlString) quote() byte {
	if l&sqlDouble != 0 {
		return '"'
	}
	return '\''
}

func (l sqlString) decode(raw string) (string, bool) {
	if strings.IndexByte(raw, '\\') < 0 && strings.IndexByte(raw, l.quote()) < 0 {
		return raw, true
	}
	var b strings.Builder
	b.Grow(len(raw))
	for at := 0; at < len(raw); {
		p := l.next(raw, at)
		if p.kind == pieceRun {
			b.WriteString(raw[at : at+p.raw])
		} else {
			l.unescape(&b, raw[at:at+p.raw])
		}
		at += p.raw
	}
	return b.String(), true
}

func (l sqlString) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{l.next, l.encode}.lift(raw, text, edits)
}

func (l sqlString) next(raw string, at int) piece {
	c := raw[at]
	q := l.quote()
	switch {
	case c == '\\' && l&sqlBackslash != 0 && at+1 < len(raw):
		if c = raw[at+1]; c == '%' || c == '_' || c >= 0x80 {
			return piece{2, 2, pieceRun}
		}
		return piece{2, 1, pieceAtom}
	case c == q && at+1 < len(raw) && raw[at+1] == q:
		return piece{2, 1, pieceAtom}
	}
	n := 1
	for at+n < len(raw) && raw[at+n] != '\\' && raw[at+n] != q {
		n++
	}
	return piece{n, n, pieceRun}
}

func (l sqlString) unescape(b *strings.Builder, esc string) {
	c := esc[1]
	if esc[0] == '\\' {
		switch c {
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'b':
			c = '\b'
		case '0':
			c = 0
		case 'Z':
			c = 0x1A
		}
	}
	b.WriteByte(c)
}

func (l sqlString) encode(text string) string {
	var b strings.Builder
	q := l.quote()
	for i := range len(text) {
		c := text[i]
		esc := l.escape(c)
		switch {
		case c == q && l&sqlEscaped == 0:
			b.WriteByte(q)
			b.WriteByte(q)
		case esc == 0:
			b.WriteByte(c)
		default:
			b.WriteByte('\\')
			b.WriteByte(esc)
		}
	}
	return b.String()
}

// escape returns the letter that stands for c behind a backslash, 0 for none.
func (l sqlString) escape(c byte) byte {
	if l&sqlBackslash == 0 {
		return 0
	}
	switch c {
	case 0:
		return '0'
	case '\n':
		return 'n'
	case '\r':
		return 'r'
	case 0x1A:
		return 'Z'
	case '\\', '\'', '"':
		return c
	}
	return 0
}

// hexLayer is text written as hexadecimal digits.
type hexLayer struct{}

func (hexLayer) decode(raw string) (string, bool) {
	if len(raw)%2 != 0 {
		return "", false
	}
	out := make([]byte, len(raw)/2)
	for i := range out {
		hi, lo := hexDigit(raw[2*i]), hexDigit(raw[2*i+1])
		if hi < 0 || lo < 0 {
			return "", false
		}
		out[i] = byte(hi<<4 | lo)
	}
	return string(out), true
}

func (l hexLayer) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	const digit = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(Apply(text, edits)) {
		b.WriteByte(digit[c>>4])
		b.WriteByte(digit[c&15])
	}
	return whole(raw, b.String())
}

// looseLayer is text outside quotes. What is put there holds nothing that begins
// or ends a literal, a comment or a statement.
type looseLayer struct{}

func (looseLayer) decode(raw string) (string, bool) { return raw, true }

func (looseLayer) lift(_ string, edits []Edit) []Edit {
	out := make([]Edit, len(edits))
	for i, e := range edits {
		out[i] = Edit{e.Start, e.End, strings.Map(looseRune, e.Text)}
	}
	return out
}

func looseRune(r rune) rune {
	if isLetterOrDigit(r) || strings.ContainsRune(" [](){}<>_-.,:+=?", r) {
		return r
	}
	return -1
}

// nameLayer is a quoted name. One that changes is written without what would have
// to be escaped in it, and is never empty.
type nameLayer struct{}

func (nameLayer) decode(raw string) (string, bool) { return raw, true }

func (nameLayer) lift(raw string, edits []Edit) []Edit {
	name := strings.ReplaceAll(plainLetters(Apply(raw, edits)), "`", "")
	if name == "" {
		name = "name"
	}
	return whole(raw, name)
}
