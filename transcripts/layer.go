package transcripts

import (
	"encoding/base64"
	"strings"
)

// layer is one encoding that stands between a text and the bytes of a file.
type layer interface {
	// decode returns the text that raw encodes. False when raw is not in this
	// encoding.
	decode(raw string) (string, bool)
	// lift returns the edits of raw that do the same as edits of its text, in
	// the style in which raw is written. Edits are sorted and disjoint.
	lift(raw string, edits []Edit) []Edit
}

// piece is a stretch of encoded bytes and the bytes of text that it stands for.
type piece struct {
	raw  int       // length in the encoded bytes
	text int       // length in the text
	kind pieceKind // whether it can be cut
}

type pieceKind uint8

const (
	pieceRun  pieceKind = iota // the text is the encoded bytes
	pieceAtom                  // one escape: replaced as a whole
	pieceMark                  // markup: stays when the text around it is replaced
)

// alphabet is what an encoding that works piece by piece tells liftPieces.
type alphabet struct {
	next   func(raw string, at int) piece // the piece that begins at a byte
	encode func(text string) string
}

// lift makes edits of a text into edits of its encoded form. A piece that an
// edit touches in part is written anew; markup inside an edit stays where it is,
// the new text stands before it.
func (a alphabet) lift(raw, text string, edits []Edit) []Edit {
	out := make([]Edit, 0, len(edits))
	w := walker{a: a, raw: raw, text: text}
	for _, e := range edits {
		out = w.edit(out, e)
	}
	return out
}

// walker goes once through encoded bytes and their text side by side.
type walker struct {
	a         alphabet
	raw, text string
	at, tat   int   // where the present piece begins, in raw and in text
	p         piece // the present piece; not read yet when its raw is 0
}

// load reads the present piece. False at the end.
func (w *walker) load() bool {
	if w.p.raw == 0 && w.at < len(w.raw) {
		w.p = w.a.next(w.raw, w.at)
	}
	return w.p.raw > 0
}

func (w *walker) step() {
	w.at += w.p.raw
	w.tat += w.p.text
	w.p = piece{}
}

// seek goes to the piece that holds byte at of the text.
func (w *walker) seek(at int) {
	for w.load() && (w.tat+w.p.text <= at) {
		w.step()
	}
}

// edit appends the raw edits of one edit.
func (w *walker) edit(out []Edit, e Edit) []Edit {
	if e.Start == e.End {
		return w.insert(out, e)
	}
	w.seek(e.Start)
	first := true
	for w.tat < e.End && w.load() {
		if w.p.kind != pieceMark && w.p.text > 0 {
			r := w.cut(e)
			if first {
				r.Text = w.before(e) + w.a.encode(e.Text) + r.Text
				first = false
			}
			out = join(out, r, w.at)
		}
		if w.tat+w.p.text > e.End {
			break
		}
		w.step()
	}
	if first { // only markup: the new text stands before it
		out = append(out, Edit{w.at, w.at, w.a.encode(e.Text)})
	}
	return out
}

// insert appends the edit that puts text between two bytes of the text.
func (w *walker) insert(out []Edit, e Edit) []Edit {
	for w.load() && w.tat+w.p.text < e.Start {
		w.step()
	}
	at := w.at + w.p.raw
	switch {
	case w.p.raw == 0 || e.Start == w.tat:
		at = w.at
	case w.p.kind == pieceRun:
		at = w.at + e.Start - w.tat
	case e.Start < w.tat+w.p.text: // inside an escape
		text := w.text[w.tat:e.Start] + e.Text + w.text[e.Start:w.tat+w.p.text]
		return append(out, Edit{w.at, w.at + w.p.raw, w.a.encode(text)})
	}
	return append(out, Edit{at, at, w.a.encode(e.Text)})
}

// cut returns the raw range of the present piece that an edit covers, with the
// rest of an escape that it cuts at its end as text.
func (w *walker) cut(e Edit) Edit {
	end := w.tat + w.p.text
	if w.p.kind == pieceRun {
		return Edit{Start: w.at + max(e.Start-w.tat, 0), End: w.at + min(e.End, end) - w.tat}
	}
	r := Edit{Start: w.at, End: w.at + w.p.raw}
	if e.End < end {
		r.Text = w.a.encode(w.text[e.End:end])
	}
	return r
}

// before returns the part of an escape that stands before an edit that cuts it.
func (w *walker) before(e Edit) string {
	if w.p.kind == pieceRun || e.Start <= w.tat {
		return ""
	}
	return w.a.encode(w.text[w.tat:e.Start])
}

// join appends an edit, or lengthens the last one when both belong to the same
// change and no markup stands between them.
func join(out []Edit, e Edit, pieceStart int) []Edit {
	if n := len(out); n > 0 && out[n-1].End == e.Start && e.Start == pieceStart {
		out[n-1].End = e.End
		out[n-1].Text += e.Text
		return out
	}
	return append(out, e)
}

// decodePieces returns the text of raw, given the text of each escape.
func decodePieces(raw string, next func(string, int) piece, atom func(string) string) string {
	var b strings.Builder
	b.Grow(len(raw))
	for at := 0; at < len(raw); {
		p := next(raw, at)
		switch {
		case p.kind == pieceRun:
			b.WriteString(raw[at : at+p.raw])
		case p.text > 0:
			b.WriteString(atom(raw[at : at+p.raw]))
		}
		at += p.raw
	}
	return b.String()
}

// scalarLayer is a value that is written as it is, and as blank when it is
// emptied or is no longer a number.
type scalarLayer struct{ blank, quote string }

func (l scalarLayer) decode(raw string) (string, bool) { return raw, true }

func (l scalarLayer) lift(raw string, edits []Edit) []Edit {
	text := Apply(raw, edits)
	switch {
	case isNumber(text):
	case text == "" || l.quote == "":
		text = l.blank
	default:
		text = l.quote + plainLetters(text) + l.quote
	}
	return whole(raw, text)
}

// plainLetters drops what would need escaping in a quoted string.
func plainLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == '\'' || r == '"' || r == '\\' {
			return -1
		}
		return r
	}, s)
}

// isNumber reports whether s is a number as JSON and SQL both write it.
func isNumber(s string) bool {
	i := 0
	if i < len(s) && s[i] == '-' {
		i++
	}
	n := digits(s, i)
	if n == i || n-i > 1 && s[i] == '0' {
		return false
	}
	if n < len(s) && s[n] == '.' {
		i, n = n+1, digits(s, n+1)
		if n == i {
			return false
		}
	}
	if n < len(s) && (s[n] == 'e' || s[n] == 'E') {
		i = n + 1
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if n = digits(s, i); n == i {
			return false
		}
	}
	return n == len(s)
}

// digits returns the end of the digits that begin at i.
func digits(s string, i int) int {
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return i
}

// base64Layer is standard base64, broken into lines or not. A change writes the
// whole anew, with the same line length.
type base64Layer struct{}

func (base64Layer) decode(raw string) (string, bool) {
	text, err := base64.StdEncoding.DecodeString(strings.TrimRight(raw, " \t\r\n"))
	return string(text), err == nil
}

func (l base64Layer) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	body := strings.TrimRight(raw, " \t\r\n")
	code := base64.StdEncoding.EncodeToString([]byte(Apply(text, edits)))
	if n := strings.IndexAny(body, "\r\n"); n > 0 {
		eol := body[n : len(body)-len(strings.TrimLeft(body[n:], "\r\n"))]
		code = wrap(code, n, eol)
	}
	return whole(body, code)
}

// wrap breaks s into lines of n bytes.
func wrap(s string, n int, eol string) string {
	var b strings.Builder
	for len(s) > n {
		b.WriteString(s[:n])
		b.WriteString(eol)
		s = s[n:]
	}
	b.WriteString(s)
	return b.String()
}
