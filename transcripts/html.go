package transcripts

import (
	"html"
	"strings"
)

// htmlText is HTML as the text that a reader sees: references decoded, <br> as a
// line end, and a line end (a tab in tables) behind what stands on its own. Tags
// stay where they are when the text around them is replaced.
type htmlText uint8

const (
	htmlPlain   htmlText = iota // & < > are escaped in new text
	htmlPHPLive                 // < > " ' are, & is not
)

func (l htmlText) decode(raw string) (string, bool) {
	if strings.IndexByte(raw, '<') < 0 && strings.IndexByte(raw, '&') < 0 {
		return raw, true
	}
	return decodePieces(raw, htmlPiece, htmlAtom), true
}

func (l htmlText) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{htmlPiece, l.encode}.lift(raw, text, edits)
}

func (l htmlText) encode(text string) string {
	if !strings.ContainsAny(text, "&<>\"'\n") {
		return text
	}
	if l == htmlPHPLive {
		return phpliveEscapes.Replace(text)
	}
	return htmlEscapes.Replace(text)
}

var (
	htmlEscapes    = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", "<br>")
	phpliveEscapes = strings.NewReplacer("<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;", "\n", "<br>")
	attrEscapes    = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")
)

// htmlPiece is the alphabet of HTML text.
func htmlPiece(raw string, at int) piece {
	switch raw[at] {
	case '<':
		if end := tagEnd(raw, at); end > 0 {
			return tagPiece(raw, at, end)
		}
	case '&':
		if n := referenceLen(raw[at:]); n > 0 {
			return piece{n, len(html.UnescapeString(raw[at : at+n])), pieceAtom}
		}
	}
	n := at + 1
	for n < len(raw) && raw[n] != '<' && raw[n] != '&' {
		n++
	}
	return piece{n - at, n - at, pieceRun}
}

// tagPiece tells what the tag in raw[at:end] means for the text.
func tagPiece(raw string, at, end int) piece {
	name, closing := tagName(raw, at)
	switch name {
	case "br":
		return piece{end - at, 1, pieceAtom}
	case "script", "style":
		if n := strings.Index(raw[end:], "</"); n >= 0 && !closing {
			end += n
		}
	case "p", "div", "li", "tr", "td", "th", "table", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6":
		if closing {
			return piece{end - at, 1, pieceMark}
		}
	}
	return piece{end - at, 0, pieceMark}
}

// htmlAtom returns the text of a piece that is no run.
func htmlAtom(s string) string {
	if s[0] == '&' {
		return html.UnescapeString(s)
	}
	if name, _ := tagName(s, 0); name == "td" || name == "th" {
		return "\t"
	}
	return "\n"
}

// tagName returns the name of the tag at byte at in small letters, and whether
// it closes.
func tagName(s string, at int) (name string, closing bool) {
	at++
	if at < len(s) && s[at] == '/' {
		closing = true
		at++
	}
	end := at
	for end < len(s) && end-at < 12 && isWord(s[end]) {
		end++
	}
	return strings.ToLower(s[at:end]), closing
}

// tagEnd returns the end of the tag or comment at byte at, 0 when none begins
// there. One that never ends is text.
func tagEnd(s string, at int) int {
	rest := s[at:]
	if len(rest) < 3 {
		return 0
	}
	if strings.HasPrefix(rest, "<!--") {
		if n := strings.Index(rest[4:], "-->"); n >= 0 {
			return at + 4 + n + 3
		}
		return 0
	}
	c := rest[1]
	if c == '/' {
		c = rest[2]
	}
	if c|0x20 < 'a' || c|0x20 > 'z' {
		if c != '!' && c != '?' {
			return 0
		}
	}
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '>':
			return at + i + 1
		case '<':
			return 0
		case '"', '\'':
			n := strings.IndexByte(rest[i+1:], rest[i])
			if n < 0 || rest[i-1] != '=' && rest[i-1] != ' ' {
				continue
			}
			i += n + 1
		}
	}
	return 0
}

// referenceLen returns the length of the character reference that s begins
// with, 0 when it is none.
func referenceLen(s string) int {
	n := 1
	for n < len(s) && n < 34 && (s[n] == '#' && n == 1 || s[n] < 0x80 && s[n] != '_' && s[n] != '$' && isWord(s[n])) {
		n++
	}
	if n == 1 {
		return 0
	}
	if n < len(s) && s[n] == ';' {
		n++
	}
	if html.UnescapeString(s[:n]) == s[:n] {
		return 0
	}
	return n
}

// htmlAttr is the value of an attribute.
type htmlAttr struct{}

func (htmlAttr) decode(raw string) (string, bool) {
	if strings.IndexByte(raw, '&') < 0 {
		return raw, true
	}
	return decodePieces(raw, attrPiece, htmlAtom), true
}

func (l htmlAttr) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{attrPiece, attrEscapes.Replace}.lift(raw, text, edits)
}

// attrPiece is the alphabet of attribute values: a reference needs its
// semicolon there, for & also parts the members of a query.
func attrPiece(raw string, at int) piece {
	if raw[at] == '&' {
		if n := referenceLen(raw[at:]); n > 0 && raw[at+n-1] == ';' {
			return piece{n, len(html.UnescapeString(raw[at : at+n])), pieceAtom}
		}
	}
	n := strings.IndexByte(raw[at+1:], '&')
	if n < 0 {
		n = len(raw) - at - 1
	}
	return piece{n + 1, n + 1, pieceRun}
}

// attribute is an attribute of a tag; the range is that of its value.
type attribute struct {
	name       string
	start, end int
}

// attributes returns the attributes with a value of the tag s[at:end].
func attributes(s string, at, end int) []attribute {
	var out []attribute
	i := at + 1
	for i < end && isWord(s[i]) {
		i++
	}
	for i < end-1 {
		for i < end-1 && (s[i] <= ' ' || s[i] == '/') {
			i++
		}
		start := i
		for i < end-1 && s[i] > ' ' && s[i] != '=' && s[i] != '/' {
			i++
		}
		name := strings.ToLower(s[start:i])
		for i < end-1 && s[i] <= ' ' {
			i++
		}
		if i >= end-1 || s[i] != '=' {
			if i == start {
				i++
			}
			continue
		}
		for i++; i < end-1 && s[i] <= ' '; {
			i++
		}
		start, i = attributeValue(s, i, end)
		out = append(out, attribute{name, start, i})
		if i < end-1 && (s[i] == '"' || s[i] == '\'') {
			i++
		}
	}
	return out
}

// attributeValue returns the range of the value at i, inside its quotes.
func attributeValue(s string, i, end int) (int, int) {
	if i < end-1 && (s[i] == '"' || s[i] == '\'') {
		if n := strings.IndexByte(s[i+1:end-1], s[i]); n >= 0 {
			return i + 1, i + 1 + n
		}
	}
	start := i
	for i < end-1 && s[i] > ' ' {
		i++
	}
	return start, i
}
