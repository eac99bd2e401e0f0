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

// lift gives each piece its share of an edit; the new text stands in the first.
func (l jsonJoin) lift(raw string, edits []Edit) []Edit {
	var out []Edit
	at := 0
	for _, p := range joinPieces(raw) {
		text, _ := l.style.decode(raw[p.start:p.end])
		var own []Edit
		for _, e := range clip(edits, at, len(text)) {
			own = append(own, e)
		}
		for i, e := range own {
			if first(edits, e, at) != at+e.Start {
				own[i].Text = ""
			}
		}
		for _, e := range l.style.lift(raw[p.start:p.end], own) {
			out = append(out, Edit{e.Start + p.start, e.End + p.start, e.Text})
		}
		at += len(text)
	}
	return out
}

// first returns where the edit begins of which e, counted from byte at, is a part.
func first(edits []Edit, e Edit, at int) int {
	for _, whole := range edits {
		if whole.Start <= at+e.Start && at+e.End <= whole.End {
			return whole.Start
		}
	}
	return at + e.Start
}

// joinPieces returns the strings of an array that are pieces of its text.
func joinPieces(raw string) []jsonToken {
	l := jsonLexer{window: window{buf: []byte(raw), eof: true}}
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
