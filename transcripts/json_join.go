package transcripts

import "strings"

// joinName is the member that holds a piece of a text in an array of pieces.
const joinName = "text"

// jsonJoin is an array of pieces that together make one text: strings, and
// members named text of the objects in it. Telegram and Slack write formatted
// text so. Everything between the pieces is markup.
type jsonJoin struct{ style *jsonString }

func (l jsonJoin) decode(raw string) (string, bool) {
	pieces := joinPieces(raw)
	if pieces == nil {
		return "", false
	}
	var b strings.Builder
	for _, p := range pieces {
		text, _ := l.style.decode(raw[p.start:p.end])
		b.WriteString(text)
	}
	return b.String(), true
}

// lift gives each piece its share of an edit.
func (l jsonJoin) lift(raw string, edits []Edit) []Edit {
	pieces := joinPieces(raw)
	sizes := make([]int, len(pieces))
	for i, p := range pieces {
		text, _ := l.style.decode(raw[p.start:p.end])
		sizes[i] = len(text)
	}
	var out []Edit
	for i, own := range distribute(edits, sizes) {
		p := pieces[i]
		out = append(out, shift(l.style.lift(raw[p.start:p.end], own), p.start)...)
	}
	return out
}

// joinPieces returns the strings of an array that are pieces of its text.
func joinPieces(raw string) []jsonToken {
	l := jsonLexer{window: textWindow([]byte(raw))}
	var out []jsonToken
	named := false
	for {
		t, err := l.next()
		if err != nil {
			return nil
		}
		switch t.kind {
		case tokenEOF:
			return out
		case tokenKey:
			named = raw[t.start:t.end] == joinName
		case tokenString:
			if top := l.stack; t.end > t.start && len(top) > 0 && (top[len(top)-1].array || named) {
				out = append(out, t)
			}
		}
	}
}
