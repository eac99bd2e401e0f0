package transcripts

import (
	"bytes"
)

// xmlKind tells what a token of XML is.
type xmlKind uint8

const (
	xmlEOF   xmlKind = iota
	xmlStart         // <name a="b">, also <name/>
	xmlEnd           // </name>
	xmlText          // between tags, entities still encoded
	xmlCDATA         // inside <![CDATA[ ]]>
	xmlOther         // comment, processing instruction
)

// xmlToken is one token with its raw range. The range of a CDATA section and of
// a comment is what stands inside.
type xmlToken struct {
	kind       xmlKind
	start, end int
	name       string // local name of a tag, without prefix
	empty      bool   // <name/>: an end tag follows without bytes of its own
	attrs      []xmlAttr
}

// xmlAttr is an attribute: its local name and the raw range of its value.
type xmlAttr struct {
	name       string
	start, end int
}

// attr returns the range of the value of the attribute named name.
func (t *xmlToken) attr(name string) (xmlAttr, bool) {
	for _, a := range t.attrs {
		if a.name == name {
			return a, true
		}
	}
	return xmlAttr{}, false
}

// Faults of XML. They name no text of the file.
var (
	errXMLSyntax    = &lexError{"not well-formed XML"}
	errXMLTruncated = &lexError{"XML ends too early"}
	errXMLDeep      = &lexError{"XML nested too deeply"}
	errXMLDoctype   = &lexError{"XML with a document type is not read"}
)

const maxXMLDepth = 1024

// xmlLexer reads the tokens of a part of an office document: well-formed XML in
// UTF-8 without a document type.
type xmlLexer struct {
	buf   []byte
	pos   int
	open  []string // names of the open elements, outermost first
	empty bool     // the last tag closes itself
	attrs []xmlAttr
}

// next returns the next token. Its attributes are valid until the next call.
func (l *xmlLexer) next() (xmlToken, error) {
	if l.empty {
		return l.closeEmpty(), nil
	}
	if l.pos >= len(l.buf) {
		if len(l.open) > 0 {
			return xmlToken{}, errXMLTruncated
		}
		return xmlToken{kind: xmlEOF, start: l.pos, end: l.pos}, nil
	}
	if l.buf[l.pos] != '<' {
		return l.text()
	}
	rest := l.buf[l.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("</")):
		return l.endTag()
	case bytes.HasPrefix(rest, []byte("<!--")):
		return l.until(xmlOther, "<!--", "-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return l.until(xmlCDATA, "<![CDATA[", "]]>")
	case bytes.HasPrefix(rest, []byte("<?")):
		return l.until(xmlOther, "<?", "?>")
	case bytes.HasPrefix(rest, []byte("<!")):
		return xmlToken{}, errXMLDoctype
	}
	return l.startTag()
}

func (l *xmlLexer) closeEmpty() xmlToken {
	l.empty = false
	name := l.open[len(l.open)-1]
	l.open = l.open[:len(l.open)-1]
	return xmlToken{kind: xmlEnd, start: l.pos, end: l.pos, name: name}
}

func (l *xmlLexer) text() (xmlToken, error) {
	start := l.pos
	if i := bytes.IndexByte(l.buf[l.pos:], '<'); i >= 0 {
		l.pos += i
	} else {
		l.pos = len(l.buf)
	}
	return xmlToken{kind: xmlText, start: start, end: l.pos}, nil
}

// until reads what stands between two marks.
func (l *xmlLexer) until(kind xmlKind, opening, closing string) (xmlToken, error) {
	start := l.pos + len(opening)
	i := bytes.Index(l.buf[start:], []byte(closing))
	if i < 0 {
		return xmlToken{}, errXMLTruncated
	}
	l.pos = start + i + len(closing)
	return xmlToken{kind: kind, start: start, end: start + i}, nil
}

func (l *xmlLexer) endTag() (xmlToken, error) {
	start := l.pos
	l.pos += len("</")
	name := l.name()
	l.space()
	if l.pos >= len(l.buf) {
		return xmlToken{}, errXMLTruncated
	}
	n := len(l.open)
	if l.buf[l.pos] != '>' || n == 0 || l.open[n-1] != name {
		return xmlToken{}, errXMLSyntax
	}
	l.open = l.open[:n-1]
	l.pos++
	return xmlToken{kind: xmlEnd, start: start, end: l.pos, name: name}, nil
}

func (l *xmlLexer) startTag() (xmlToken, error) {
	t := xmlToken{kind: xmlStart, start: l.pos}
	l.pos++
	if t.name = l.name(); t.name == "" {
		return xmlToken{}, errXMLSyntax
	}
	l.attrs = l.attrs[:0]
	for {
		l.space()
		if l.pos >= len(l.buf) {
			return xmlToken{}, errXMLTruncated
		}
		switch l.buf[l.pos] {
		case '/':
			l.empty = true
			l.pos++
			if l.pos >= len(l.buf) {
				return xmlToken{}, errXMLTruncated
			}
			if l.buf[l.pos] != '>' {
				return xmlToken{}, errXMLSyntax
			}
			fallthrough
		case '>':
			return l.opened(t)
		}
		if err := l.attribute(); err != nil {
			return xmlToken{}, err
		}
	}
}

func (l *xmlLexer) opened(t xmlToken) (xmlToken, error) {
	if len(l.open) == maxXMLDepth {
		return xmlToken{}, errXMLDeep
	}
	l.open = append(l.open, t.name)
	l.pos++
	t.end, t.empty, t.attrs = l.pos, l.empty, l.attrs
	return t, nil
}

func (l *xmlLexer) attribute() error {
	name := l.name()
	l.space()
	if name == "" || l.pos >= len(l.buf) || l.buf[l.pos] != '=' {
		return errXMLSyntax
	}
	l.pos++
	l.space()
	if l.pos >= len(l.buf) {
		return errXMLTruncated
	}
	quote := l.buf[l.pos]
	if quote != '"' && quote != '\'' {
		return errXMLSyntax
	}
	l.pos++
	i := bytes.IndexByte(l.buf[l.pos:], quote)
	if i < 0 {
		return errXMLTruncated
	}
	l.attrs = append(l.attrs, xmlAttr{name: name, start: l.pos, end: l.pos + i})
	l.pos += i + 1
	return nil
}

// name reads a qualified name and returns its local part.
func (l *xmlLexer) name() string {
	start := l.pos
	for l.pos < len(l.buf) && !isXMLBreak(l.buf[l.pos]) {
		if l.buf[l.pos] == ':' {
			start = l.pos + 1
		}
		l.pos++
	}
	return string(l.buf[start:l.pos])
}

func (l *xmlLexer) space() {
	for l.pos < len(l.buf) {
		switch l.buf[l.pos] {
		case ' ', '\t', '\r', '\n':
			l.pos++
		default:
			return
		}
	}
}

// isXMLBreak tells whether c ends a name.
func isXMLBreak(c byte) bool {
	switch c {
	case ' ', '\t', '\r', '\n', '/', '>', '=', '<', '"', '\'':
		return true
	}
	return false
}
