package transcripts

import (
	"strings"
	"unicode/utf8"
)

// headerCodes is the header or footer of a sheet: &C begins its middle, &"Arial"
// sets a font, &12 a size, && is a sign of text. None of the others is text.
type headerCodes struct{}

func (headerCodes) decode(raw string) (string, bool) {
	return decodePieces(raw, codePiece, func(code string) string {
		if strings.Trim(code, "&") == "" {
			return "&"
		}
		return "\n"
	}), true
}

func (headerCodes) lift(raw string, edits []Edit) []Edit {
	text := decodePieces(raw, codePiece, func(code string) string { return code[:1] })
	return sizesApart(raw, alphabet{codePiece, headerEncoding(raw)}.lift(raw, text, edits))
}

// codePiece returns the code or the text that begins at a byte. An & that nothing
// follows is text.
func codePiece(raw string, at int) piece {
	if raw[at] != '&' {
		n := strings.IndexByte(raw[at:], '&')
		if n < 0 {
			n = len(raw) - at
		}
		return piece{n, n, pieceRun}
	}
	if at+1 == len(raw) {
		return piece{1, 1, pieceAtom}
	}
	switch c := raw[at+1]; {
	case c == '&':
		return piece{2, 1, pieceAtom}
	case c == 'L' || c == 'C' || c == 'R':
		return piece{2, 1, pieceMark}
	case c == '"':
		if n := strings.IndexByte(raw[at+2:], '"'); n >= 0 {
			return piece{n + 3, 0, pieceMark}
		}
	case '0' <= c && c <= '9':
		return piece{digits(raw, at+1) - at, 0, pieceMark}
	}
	_, n := utf8.DecodeRuneInString(raw[at+1:])
	return piece{1 + n, 0, pieceMark}
}

// headerEncoding returns what writes text into the header raw. Where the name of
// a font has no end, a quotation mark would end it.
func headerEncoding(raw string) func(string) string {
	r := strings.NewReplacer("&", "&&")
	if i := strings.LastIndex(raw, `&"`); i >= 0 && strings.IndexByte(raw[i+2:], '"') < 0 {
		r = strings.NewReplacer("&", "&&", `"`, "'")
	}
	return r.Replace
}

// sizesApart lets edits of the header raw swallow the sizes before them that
// digits behind would lengthen, and double the & at its end that new text would
// make a code of.
func sizesApart(raw string, edits []Edit) []Edit {
	sizes := map[int]int{} // where a size begins, by its end
	last := 0
	for at := 0; at < len(raw); {
		last = at
		at += codePiece(raw, at).raw
		if raw[last] == '&' && last+1 < at && digits(raw, last+1) > last+1 {
			sizes[at] = last
		}
	}
	out := edits[:0]
	for _, e := range edits {
		if e.Start == len(raw) && raw[last:] == "&" && (len(out) == 0 || out[len(out)-1].End < e.Start) {
			e = Edit{last, e.End, "&&" + e.Text}
		}
		for more := true; more; {
			start, size := sizes[e.Start]
			switch n := len(out); {
			case n > 0 && out[n-1].End >= e.Start:
				e = Edit{out[n-1].Start, e.End, out[n-1].Text + e.Text}
				out = out[:n-1]
			case size && beginsWithDigit(e.Text, raw[e.End:]):
				e.Start = start
			default:
				more = false
			}
		}
		out = append(out, e)
	}
	return out
}

// beginsWithDigit reports whether text, or what follows it when it is empty,
// begins with a digit.
func beginsWithDigit(text, behind string) bool {
	if text == "" {
		text = behind
	}
	return digits(text, 0) > 0
}
