package transcripts

import (
	"bytes"
	"io"
)

// tokenKind tells what a token of JSON is.
type tokenKind uint8

const (
	tokenEOF     tokenKind = iota
	tokenObject            // {
	tokenArray             // [
	tokenEnd               // } or ]
	tokenKey               // "name":
	tokenString            // "text"
	tokenNumber            // 12.5
	tokenLiteral           // true, false, null
)

// jsonToken is one token. Its range is that of the raw bytes between the quotes
// of a key or string, and of all bytes of anything else.
type jsonToken struct {
	kind       tokenKind
	start, end int
}

// Faults of JSON. They name no text of the file.
var (
	errJSONSyntax    = &lexError{"not valid JSON"}
	errJSONTruncated = &lexError{"JSON ends too early"}
	errJSONDeep      = &lexError{"JSON nested too deeply"}
)

// maxJSONDepth bounds nesting, so that hostile input costs no stack.
const maxJSONDepth = 512

// jsonLexer reads the tokens of a sequence of JSON values: one document, or
// JSON Lines. Positions count from the last cut. It takes strings as they are,
// escapes that no standard knows included: some systems write them.
type jsonLexer struct {
	window
	stack []jsonFrame
}

// jsonFrame is one open object or array.
type jsonFrame struct {
	array bool
	state jsonState
}

// jsonState tells what an open object or array expects next.
type jsonState uint8

const (
	wantFirst jsonState = iota // first key or element, or the end
	wantNext                   // comma or the end
	wantItem                   // key or element, after a comma
	wantValue                  // value, after a key
)

// next returns the next token, or tokenEOF where the input ends between values.
func (l *jsonLexer) next() (jsonToken, error) {
	if err := l.skipSpace(); err != nil {
		return l.atEOF(err)
	}
	if len(l.stack) == 0 {
		return l.value()
	}
	top := &l.stack[len(l.stack)-1]
	if top.state == wantNext {
		return l.separator(top)
	}
	c := l.buf[l.pos]
	if top.state == wantFirst && closes(top, c) {
		return l.close()
	}
	if top.array || top.state == wantValue {
		return l.value()
	}
	return l.key(top)
}

// atEOF tells an end between values from one inside a value.
func (l *jsonLexer) atEOF(err error) (jsonToken, error) {
	if err != io.EOF {
		return jsonToken{}, err
	}
	if len(l.stack) > 0 {
		return jsonToken{}, errJSONTruncated
	}
	return jsonToken{kind: tokenEOF, start: l.pos, end: l.pos}, nil
}

func closes(f *jsonFrame, c byte) bool {
	return f.array && c == ']' || !f.array && c == '}'
}

// separator reads the comma or the end after an item.
func (l *jsonLexer) separator(top *jsonFrame) (jsonToken, error) {
	c := l.buf[l.pos]
	if closes(top, c) {
		return l.close()
	}
	if c != ',' {
		return jsonToken{}, errJSONSyntax
	}
	l.pos++
	top.state = wantItem
	return l.next()
}

func (l *jsonLexer) close() (jsonToken, error) {
	l.stack = l.stack[:len(l.stack)-1]
	l.pos++
	return jsonToken{kind: tokenEnd, start: l.pos - 1, end: l.pos}, nil
}

// key reads a name and the colon behind it.
func (l *jsonLexer) key(top *jsonFrame) (jsonToken, error) {
	if l.buf[l.pos] != '"' {
		return jsonToken{}, errJSONSyntax
	}
	t, err := l.quoted(tokenKey)
	if err != nil {
		return t, err
	}
	if err := l.skipSpace(); err != nil {
		return l.atEOF(err)
	}
	if l.buf[l.pos] != ':' {
		return jsonToken{}, errJSONSyntax
	}
	l.pos++
	top.state = wantValue
	return t, nil
}

// value reads a scalar or opens an object or array.
func (l *jsonLexer) value() (jsonToken, error) {
	if n := len(l.stack); n > 0 {
		l.stack[n-1].state = wantNext
	}
	switch c := l.buf[l.pos]; {
	case c == '"':
		return l.quoted(tokenString)
	case c == '{':
		return l.open(tokenObject)
	case c == '[':
		return l.open(tokenArray)
	case c == '-' || '0' <= c && c <= '9':
		return l.word(tokenNumber)
	case c == 't' || c == 'f' || c == 'n':
		return l.word(tokenLiteral)
	}
	return jsonToken{}, errJSONSyntax
}

func (l *jsonLexer) open(kind tokenKind) (jsonToken, error) {
	if len(l.stack) == maxJSONDepth {
		return jsonToken{}, errJSONDeep
	}
	l.stack = append(l.stack, jsonFrame{array: kind == tokenArray})
	l.pos++
	return jsonToken{kind: kind, start: l.pos - 1, end: l.pos}, nil
}

// quoted reads a string in quotes.
func (l *jsonLexer) quoted(kind tokenKind) (jsonToken, error) {
	start := l.pos + 1
	at, quote := start, -1
	for seen := start; ; {
		if quote < at {
			if quote = l.find('"', max(at, seen)); quote < 0 {
				seen = len(l.buf)
				if err := l.fill(); err != nil {
					return jsonToken{}, truncated(err)
				}
				continue
			}
		}
		escape := bytes.IndexByte(l.buf[at:quote], '\\')
		if escape < 0 {
			l.pos = quote + 1
			return jsonToken{kind: kind, start: start, end: quote}, nil
		}
		at += escape + 2
	}
}

// find returns the position of the first c from at on, or -1.
func (l *jsonLexer) find(c byte, at int) int {
	if at > len(l.buf) {
		return -1
	}
	i := bytes.IndexByte(l.buf[at:], c)
	if i < 0 {
		return -1
	}
	return at + i
}

// word reads a number or a literal and checks its spelling.
func (l *jsonLexer) word(kind tokenKind) (jsonToken, error) {
	at := l.pos
	for {
		for at < len(l.buf) && isJSONWord(l.buf[at]) {
			at++
		}
		if at < len(l.buf) {
			break
		}
		if err := l.fill(); err == io.EOF {
			break
		} else if err != nil {
			return jsonToken{}, err
		}
	}
	t := jsonToken{kind: kind, start: l.pos, end: at}
	l.pos = at
	if !validJSONWord(kind, l.buf[t.start:at]) {
		return jsonToken{}, errJSONSyntax
	}
	return t, nil
}

func isJSONWord(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || c == '-' || c == '+' || c == '.' || c == 'E'
}

func validJSONWord(kind tokenKind, word []byte) bool {
	if kind == tokenLiteral {
		s := string(word)
		return s == "true" || s == "false" || s == "null"
	}
	return isNumber(string(word))
}

// skipSpace stops at the next byte that is no space.
func (l *jsonLexer) skipSpace() error {
	for {
		for l.pos < len(l.buf) {
			switch l.buf[l.pos] {
			case ' ', '\t', '\r', '\n':
				l.pos++
			default:
				return nil
			}
		}
		if err := l.fill(); err != nil {
			return err
		}
	}
}

func truncated(err error) error {
	if err == io.EOF {
		return errJSONTruncated
	}
	return err
}
