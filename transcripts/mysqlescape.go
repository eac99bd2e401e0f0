package transcripts

import (
	"strings"
	"unicode/utf8"
)

// mysqlEscape is a field as the mysql client or INTO OUTFILE writes it.
type mysqlEscape struct {
	outfile bool // a backslash stands before what it escapes, line ends too
	quoted  bool
}

func (l mysqlEscape) decode(raw string) (string, bool) {
	if strings.IndexByte(raw, '\\') < 0 {
		return raw, true
	}
	return decodePieces(raw, l.next, func(s string) string { return l.letter(s[1]) }), true
}

func (l mysqlEscape) letter(c byte) string {
	switch {
	case c == '0':
		return "\x00"
	case l.outfile && c == 'b':
		return "\b"
	case c == 'n' || c == 't' || c == 'r':
		return string("\n\t\r"[strings.IndexByte("ntr", c)])
	}
	return string(rune(c))
}

func (l mysqlEscape) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{l.next, l.encode}.lift(raw, text, edits)
}

func (l mysqlEscape) next(raw string, at int) piece {
	if raw[at] == '\\' && at+1 < len(raw) && raw[at+1] < utf8.RuneSelf {
		return piece{2, 1, pieceAtom}
	}
	n := strings.IndexByte(raw[at+1:], '\\')
	if n < 0 {
		n = len(raw) - at - 1
	}
	return piece{n + 1, n + 1, pieceRun}
}

func (l mysqlEscape) encode(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		switch {
		case c == 0:
			b.WriteString(`\0`)
		case c == '\\', l.outfile && (c == '\n' || l.quoted && c == '"' || !l.quoted && strings.IndexByte(",;\t", c) >= 0):
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\t':
			b.WriteString(`\t`)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
