package transcripts

import (
	"bytes"
	"strings"
)

// sqlSpan is a literal, a comment or another value in a SQL record.
type sqlSpan struct {
	start, end int // without quotes or comment signs
	kind       sqlKind
}

type sqlKind uint8

const (
	sqlQuoted     sqlKind = iota // '...' or "..."
	sqlVerbatim                  // the same where a backslash is a letter
	sqlBare                      // number, NULL, word, function call
	sqlHex                       // X'...' or 0x...
	sqlComment                   // -- ..., # ..., /* ... */
	sqlExpr                      // expression; its literals are put aside
	sqlLoose                     // what stands between the literals of a statement that is none
	sqlQuotedName                // `...` or "..." where a name stands
)

// sqlLexer reads SQL in a feed. Positions count from the record in the feed.
type sqlLexer struct {
	f           *feed
	noBackslash bool // SQL mode NO_BACKSLASH_ESCAPES
	delimiter   string
	aside       []sqlSpan // comments, and literals outside the values of rows
}

// space skips white space and comments.
func (x *sqlLexer) space(i int) int {
	for {
		switch c := x.f.at(i); {
		case c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\v':
			i++
		case c == '#', c == '-' && x.f.at(i+1) == '-' && x.f.at(i+2) <= ' ':
			i = x.comment(i)
		case c == '/' && x.f.at(i+1) == '*' && x.f.at(i+2) != '!' && !x.f.has(i+2, "M!"):
			end := x.until(i+2, "*/")
			x.aside = append(x.aside, sqlSpan{i + 2, end, sqlComment})
			i = min(end+2, end+len(x.f.rest(end)))
		case c == 0xEF && x.f.has(i, utf8BOM):
			i += len(utf8BOM)
		default:
			return i
		}
	}
}

// comment skips a comment that ends with its line.
func (x *sqlLexer) comment(i int) int {
	end := x.until(i, "\n")
	start := i + 1
	if x.f.at(i) == '-' {
		start = min(i+len("-- "), end)
	}
	x.aside = append(x.aside, sqlSpan{start, end, sqlComment})
	return end
}

// until returns the position of sep from i on, or the end of the stream.
func (x *sqlLexer) until(i int, sep string) int {
	for {
		b := x.f.rest(i)
		if n := bytes.Index(b, []byte(sep)); n >= 0 {
			return i + n
		}
		if x.f.err != nil {
			return i + len(b)
		}
		i += max(len(b)-len(sep)+1, 0)
		x.f.load()
	}
}

// quoted returns the position behind the quote that closes the one at i, or
// false at the end of the stream.
func (x *sqlLexer) quoted(i int) (int, bool) {
	q := x.f.at(i)
	escapes := q != '`' && !x.noBackslash
	for i++; ; {
		b := x.f.rest(i)
		if len(b) == 0 {
			return i, false
		}
		n := 0
		for n < len(b) && b[n] != q && (b[n] != '\\' || !escapes) {
			n++
		}
		i += n
		switch {
		case n == len(b):
		case b[n] == '\\':
			i += 2
		case x.f.at(i+1) == q:
			i += 2
		default:
			return i + 1, true
		}
	}
}

// literal returns the literal whose quotes stand at i and before end.
func (x *sqlLexer) literal(i, end int) sqlSpan {
	if x.noBackslash {
		return sqlSpan{i + 1, end - 1, sqlVerbatim}
	}
	return sqlSpan{i + 1, end - 1, sqlQuoted}
}

// word returns the end of the letters, digits, _ and $ from i on.
func (x *sqlLexer) word(i int) int {
	for isWord(x.f.at(i)) {
		i++
	}
	return i
}

func isWord(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '$' || c >= 0x80
}

// keyword returns the word at i in capitals, and its end.
func (x *sqlLexer) keyword(i int) (string, int) {
	end := x.word(i)
	if end-i > 20 {
		return "", end
	}
	return strings.ToUpper(string(x.f.view(end)[i:])), end
}

// name returns the name of a table or column at i without quotes, the last part
// when it has a database before it, and its end. Empty when there is none. Quoted
// ones that no program would have chosen are put aside.
func (x *sqlLexer) name(i int) (string, int) {
	for {
		var name string
		end := i
		switch c := x.f.at(i); {
		case c == '`' || c == '"':
			var ok bool
			if end, ok = x.quoted(i); !ok {
				return "", end
			}
			name = strings.ReplaceAll(string(x.f.view(end - 1)[i+1:]), string([]byte{c, c}), string([]byte{c}))
			x.odd(i+1, end-1)
		default:
			end = x.word(i)
			name = string(x.f.view(end)[i:])
		}
		if name == "" || x.f.at(end) != '.' {
			return name, end
		}
		i = end + 1
	}
}

// odd puts the name in a range aside when no program would have chosen it.
func (x *sqlLexer) odd(start, end int) {
	if !isMemberName(string(x.f.view(end)[start:])) {
		x.aside = append(x.aside, sqlSpan{start, end, sqlQuotedName})
	}
}

// statement skips to behind the delimiter of a statement, remembering the
// literals in it. False at the end of the stream.
func (x *sqlLexer) statement(i int) (int, bool) {
	for {
		i = x.space(i)
		switch c := x.f.at(i); {
		case c == 0 && len(x.f.rest(i)) == 0:
			return i, false
		case c == '\'' || c == '"' || c == '`':
			end, ok := x.quoted(i)
			if !ok {
				return end, false
			}
			if c != '`' {
				x.aside = append(x.aside, x.literal(i, end))
			} else {
				x.odd(i+1, end-1)
			}
			i = end
		case x.f.has(i, x.delimiter):
			return i + len(x.delimiter), true
		default:
			i++
		}
	}
}

// row reads the tuple whose bracket stands at i. False at the end of the stream.
func (x *sqlLexer) row(i int, out []sqlSpan) ([]sqlSpan, int, bool) {
	for i++; ; i++ {
		v, end, ok := x.value(i)
		if !ok {
			return out, end, false
		}
		out = append(out, v)
		i = end
		if x.f.at(i) == ')' {
			return out, i + 1, true
		}
	}
}

// value reads a value up to the comma or bracket behind it. The literals inside
// an expression are put aside.
func (x *sqlLexer) value(i int) (v sqlSpan, end int, ok bool) {
	i = x.space(i)
	v = sqlSpan{i, i, sqlBare}
	literals, depth := 0, 0
	var last sqlSpan
	for {
		switch c := x.f.at(i); {
		case c == 0 && len(x.f.rest(i)) == 0:
			return v, i, false
		case c == '\'' || c == '"':
			if end, ok = x.quoted(i); !ok {
				return v, end, false
			}
			if literals++; literals > 1 || depth > 0 {
				x.aside = append(x.aside, x.literal(i, end))
			} else {
				last = x.literal(i, end)
			}
			i = end
			v.end = end
			continue
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == ')' || c == ',' && depth == 0:
			return x.classify(v, last, literals), i, true
		case c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '/' || c == '-' || c == '#':
			if j := x.space(i); j > i {
				i = j
				continue
			}
		}
		i++
		v.end = i
	}
}

// classify tells what kind of value stands in v, whose first literal is lit.
func (x *sqlLexer) classify(v, lit sqlSpan, literals int) sqlSpan {
	b := x.f.view(v.end)[v.start:]
	if literals == 0 {
		if len(b) > 2 && b[0] == '0' && b[1]|0x20 == 'x' {
			return sqlSpan{v.start + 2, v.end, sqlHex}
		}
		return v
	}
	if lit.end == 0 { // inside brackets only
		v.kind = sqlExpr
		return v
	}
	prefix := bytes.TrimRight(b[:lit.start-1-v.start], " ")
	if lit.end+1 != v.end || literals > 1 {
		x.aside = append(x.aside, lit)
		v.kind = sqlExpr
		return v
	}
	switch {
	case len(prefix) == 1 && prefix[0]|0x20 == 'x':
		lit.kind = sqlHex
	case len(prefix) == 0 || prefix[0] == '_' || len(prefix) == 1 && prefix[0]|0x20 == 'n':
	case len(prefix) == 1 && prefix[0]|0x20 == 'b':
		lit.kind = sqlBare
	default:
		x.aside = append(x.aside, lit)
		v.kind = sqlExpr
		return v
	}
	return lit
}
