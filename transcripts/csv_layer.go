package transcripts

import "strings"

// csvQuoted is the inside of a quoted field: a quote is written twice.
type csvQuoted struct{}

func (csvQuoted) decode(raw string) (string, bool) {
	return strings.ReplaceAll(raw, `""`, `"`), true
}

func (l csvQuoted) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{csvPiece, doubleQuotes}.lift(raw, text, edits)
}

func doubleQuotes(text string) string { return strings.ReplaceAll(text, `"`, `""`) }

// csvPiece is the alphabet of quoted fields.
func csvPiece(raw string, at int) piece {
	if strings.HasPrefix(raw[at:], `""`) {
		return piece{2, 1, pieceAtom}
	}
	n := strings.Index(raw[at+1:], `""`)
	if n < 0 {
		n = len(raw) - at - 1
	}
	return piece{n + 1, n + 1, pieceRun}
}

// csvBare is a field without quotes. It gets them when its new text needs them.
type csvBare struct{ delimiter byte }

func (csvBare) decode(raw string) (string, bool) { return raw, true }

func (l csvBare) lift(raw string, edits []Edit) []Edit {
	text := Apply(raw, edits)
	if strings.IndexByte(text, l.delimiter) < 0 && !strings.ContainsAny(text, "\r\n") && !strings.HasPrefix(text, `"`) {
		return edits
	}
	return whole(raw, `"`+doubleQuotes(text)+`"`)
}
