package transcripts

import (
	"strings"
)

// jsonKind is the kind of a JSON value.
type jsonKind uint8

const (
	jsonObject jsonKind = iota
	jsonArray
	jsonText
	jsonNumber
	jsonLiteral // true, false, null
)

// jsonNode is one value of a JSON document. A document is the list of its
// values in source order; what a value holds follows it, up to next.
type jsonNode struct {
	kind             jsonKind
	keyStart, keyEnd int32 // the name inside its quotes; both 0 in an array
	start, end       int32 // with quotes or brackets
	next             int32 // number of the node behind this one and all it holds
}

const jsonMaxDepth = 200

// jsonParser finds the values of one JSON document as RFC 8259 has it. It stands
// beside [jsonLexer], which reads streams: made of its tokens, a document takes a
// seventh longer.
type jsonParser struct {
	s     string
	at    int
	nodes []jsonNode
	open  []int32 // arrays and objects not closed yet
}

// parseJSON returns the values of the document that begins at byte at of s, and
// the byte behind it. When s is not JSON, end is where and fault is how.
func parseJSON(s string, at int) (nodes []jsonNode, end int, fault string) {
	p := jsonParser{s: s, at: at, nodes: make([]jsonNode, 0, 16+len(s)/40)}
	fault = p.document()
	return p.nodes, p.at, fault
}

// document reads one value and all it holds.
func (p *jsonParser) document() string {
	for {
		if fault := p.value(); fault != "" {
			return fault
		}
		for done := false; !done; {
			if len(p.open) == 0 {
				return ""
			}
			var fault string
			if done, fault = p.behind(); fault != "" {
				return fault
			}
		}
	}
}

// value reads a name, when one must stand here, and the beginning of a value.
// An opened array or object stays open.
func (p *jsonParser) value() string {
	var n jsonNode
	if len(p.open) > 0 && p.nodes[p.open[len(p.open)-1]].kind == jsonObject {
		if p.space() != '"' {
			return "malformed JSON: a member name is missing"
		}
		n.keyStart = int32(p.at + 1)
		if fault := p.text(); fault != "" {
			return fault
		}
		n.keyEnd = int32(p.at - 1)
		if p.space() != ':' {
			return "malformed JSON: a colon is missing"
		}
		p.at++
	}
	c := p.space()
	n.start = int32(p.at)
	switch {
	case c == '"':
		n.kind = jsonText
		if fault := p.text(); fault != "" {
			return fault
		}
	case c == '{' || c == '[':
		return p.enter(n, c)
	case c == '-' || '0' <= c && c <= '9':
		n.kind = jsonNumber
		if fault := p.number(); fault != "" {
			return fault
		}
	default:
		n.kind = jsonLiteral
		if fault := p.literal(); fault != "" {
			return fault
		}
	}
	n.end = int32(p.at)
	n.next = int32(len(p.nodes) + 1)
	p.nodes = append(p.nodes, n)
	return ""
}

// enter opens an array or object. An empty one is left at its bracket.
func (p *jsonParser) enter(n jsonNode, c byte) string {
	if len(p.open) == jsonMaxDepth {
		return "JSON nested too deeply"
	}
	if c == '[' {
		n.kind = jsonArray
	}
	p.open = append(p.open, int32(len(p.nodes)))
	p.nodes = append(p.nodes, n)
	p.at++
	if c = p.space(); c == ']' || c == '}' {
		return ""
	}
	return p.value()
}

// behind reads what follows a value inside an array or object: a comma (done:
// the next value follows) or the bracket that closes it.
func (p *jsonParser) behind() (done bool, fault string) {
	top := p.open[len(p.open)-1]
	n := &p.nodes[top]
	c := p.space()
	empty := int(top) == len(p.nodes)-1
	switch {
	case c == ',' && !empty:
		p.at++
		return true, ""
	case c == ']' && n.kind == jsonArray, c == '}' && n.kind == jsonObject:
		p.at++
		n.end = int32(p.at)
		n.next = int32(len(p.nodes))
		p.open = p.open[:len(p.open)-1]
		return false, ""
	}
	if p.at >= len(p.s) {
		return true, "truncated JSON"
	}
	return true, "malformed JSON: a comma or a closing bracket is missing"
}

// space skips white space and returns the byte behind it, 0 at the end.
func (p *jsonParser) space() byte {
	for p.at < len(p.s) {
		if c := p.s[p.at]; c > ' ' || c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c
		}
		p.at++
	}
	return 0
}

// text reads a string from its opening quote to behind its closing one.
func (p *jsonParser) text() string {
	s, i := p.s, p.at+1
	for i < len(s) {
		switch c := s[i]; {
		case c == '"':
			p.at = i + 1
			return ""
		case c == '\\':
			n := escapeLen(s, i)
			if n == 0 || s[i+1] == 'x' { // \xHH is Telegram's
				p.at = i
				return "malformed JSON: unknown escape"
			}
			i += n
		case c < ' ':
			p.at = i
			return "malformed JSON: control character in a string"
		default:
			i++
		}
	}
	p.at = i
	return "truncated JSON"
}

func (p *jsonParser) number() string {
	i := p.at
	for i < len(p.s) && strings.IndexByte("+-.0123456789Ee", p.s[i]) >= 0 {
		i++
	}
	if !isNumber(p.s[p.at:i]) {
		return "malformed JSON: not a number"
	}
	p.at = i
	return ""
}

func (p *jsonParser) literal() string {
	for _, w := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(p.s[p.at:], w) {
			p.at += len(w)
			return ""
		}
	}
	if p.at >= len(p.s) {
		return "truncated JSON"
	}
	return "malformed JSON: a value is missing"
}
