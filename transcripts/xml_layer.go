package transcripts

import (
	"html"
	"strings"
)

// xmlRuns is a stretch of an office document as the text that is seen: what
// stands in elements such as <w:t>, wherever the runs are split. Tags stay where
// they are when the text around them is replaced.
type xmlRuns struct{}

func (xmlRuns) decode(raw string) (string, bool) {
	return decodePieces(raw, runPiece, xmlAtom), true
}

func (l xmlRuns) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{runPiece, xmlEscapes.Replace}.lift(raw, text, edits)
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")

// runPiece is the alphabet of runs.
func runPiece(raw string, at int) piece {
	if raw[at] == '<' {
		end := strings.IndexByte(raw[at:], '>')
		if end < 0 {
			return piece{len(raw) - at, 0, pieceMark}
		}
		switch localName(raw[at+1:]) {
		case "br", "cr", "tab":
			return piece{end + 1, 1, pieceMark}
		}
		if rest := raw[at:]; strings.HasPrefix(rest, "</") && (localName(rest[2:]) == "del" || localName(rest[2:]) == "instrText") {
			return piece{end + 1, 1, pieceMark} // what follows is not glued to it
		}
		return piece{end + 1, 0, pieceMark}
	}
	if !isRunText(raw[:at]) {
		n := strings.IndexByte(raw[at:], '<')
		if n < 0 {
			n = len(raw) - at
		}
		return piece{n, 0, pieceMark}
	}
	return xmlPiece(raw, at)
}

// isRunText tells whether the text behind before is seen: the last tag in it
// opens an element of text. At the beginning of a range all text is seen.
func isRunText(before string) bool {
	tag := strings.LastIndexByte(before, '<')
	if tag < 0 {
		return true
	}
	switch localName(before[tag+1:]) {
	case "t", "delText", "instrText", "delInstrText", "text":
		return !strings.HasSuffix(before, "/>")
	}
	return false
}

// localName returns the name of the tag whose < stands before s, without prefix;
// empty for a closing tag.
func localName(s string) string {
	end := 0
	start := 0
	for end < len(s) && !isXMLBreak(s[end]) {
		if s[end] == ':' {
			start = end + 1
		}
		end++
	}
	return s[start:end]
}

// xmlPiece is the alphabet of text between tags.
func xmlPiece(raw string, at int) piece {
	if raw[at] == '&' {
		if n := strings.IndexByte(raw[at:min(at+12, len(raw))], ';'); n > 0 && html.UnescapeString(raw[at:at+n+1]) != raw[at:at+n+1] {
			return piece{n + 1, len(html.UnescapeString(raw[at : at+n+1])), pieceAtom}
		}
	}
	n := strings.IndexAny(raw[at+1:], "&<")
	if n < 0 {
		n = len(raw) - at - 1
	}
	return piece{n + 1, n + 1, pieceRun}
}

// xmlAtom returns the text of a reference or of a break.
func xmlAtom(s string) string {
	if s[0] == '&' {
		return html.UnescapeString(s)
	}
	if localName(s[1:]) == "tab" {
		return "\t"
	}
	return "\n"
}

// xmlValue is text between tags, or the value of an attribute. fit, when it is
// set, makes new text of what may stand there.
type xmlValue struct{ fit *strings.Replacer }

func (l xmlValue) decode(raw string) (string, bool) {
	text := decodePieces(raw, xmlPiece, xmlAtom)
	if l.fit == sheetNames {
		text = unfit(text)
	}
	return text, true
}

// unfit gives a code such as (NAME-k7mz4) back the brackets that the name of a
// sheet cannot have. Its length stays.
func unfit(text string) string {
	b := []byte(text)
	for open := range b {
		dash := open + 1
		for dash < len(b) && ('A' <= b[dash] && b[dash] <= 'Z' || b[dash] == '_') {
			dash++
		}
		if b[open] != '(' || dash == open+1 || dash == len(b) || b[dash] != '-' {
			continue
		}
		end := dash + 1
		for end < len(b) && ('a' <= b[end] && b[end] <= 'z' || '0' <= b[end] && b[end] <= '9') {
			end++
		}
		if end < len(b) && b[end] == ')' {
			b[open], b[end] = '[', ']'
		}
	}
	return string(b)
}

func (l xmlValue) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{xmlPiece, func(s string) string {
		if l.fit != nil {
			s = l.fit.Replace(s)
		}
		return attrEscapes.Replace(s)
	}}.lift(raw, text, edits)
}

// Names in a workbook: of a sheet, and of a range of cells.
var (
	sheetNames = strings.NewReplacer("[", "(", "]", ")", ":", "-", "*", "-", "?", "-", "/", "-", "\\", "-")
	rangeNames = strings.NewReplacer("[", "_", "]", "_", ":", "_", "*", "_", "?", "_", "/", "_", "\\", "_", "-", "_", " ", "_", "(", "_", ")", "_")
)
