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
