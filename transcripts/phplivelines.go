package transcripts

import (
	"strconv"
	"strings"
)

// formatted reads the lines of a chat, which are parted by <>.
func (h *phpliveChat) formatted(in int32) {
	s := h.t.r.text(in)
	h.c.Messages = make([]Message, 0, strings.Count(s, "<>"))
	for at := 0; at < len(s); {
		end := len(s)
		if n := strings.Index(s[at:], "<>"); n >= 0 {
			end = at + n
		}
		if end > at {
			h.line(in, at, end)
		}
		at = end + len("<>")
	}
}

// line reads one line: something said, or a notice.
func (h *phpliveChat) line(in int32, at, end int) {
	s := h.t.r.text(in)[at:end]
	said, ok := parseSaid(s)
	if ok {
		h.said(in, at, end, said)
		return
	}
	if s == "<div></div>" {
		return
	}
	var m Message
	m.Kind = KindSystem
	if len(h.c.Messages) == 0 && strings.HasPrefix(s, "<div class='ca'><i>") {
		m.Kind, m.From = KindText, RoleVisitor // the question
		if n := strings.Index(s, "</i></div>"); n > 0 {
			at, end = at+len("<div class='ca'><i>"), at+n
		}
	} else {
		h.notice(s)
	}
	m.Text, m.ref, m.Fields = h.t.r.html(in, at, end, htmlPHPLive)
	h.c.Messages = append(h.c.Messages, m)
}

// notice learns the name of the member of staff whom a notice tells of.
func (h *phpliveChat) notice(s string) {
	if _, name, ok := strings.Cut(s, "<b>"); ok {
		if name, _, ok = strings.Cut(name, "</b>"); ok && strings.IndexByte(name, '<') < 0 {
			name, _ = htmlPHPLive.decode(name)
			if name != h.c.Participants[0].Name && !isPlaceholder(name) {
				h.operator(name)
			}
		}
	}
}

// operator returns the key of the member of staff with a name.
func (h *phpliveChat) operator(name string) string {
	n := len(h.operators)
	for i, have := range h.operators {
		if have == name {
			n = i
		}
	}
	key := RoleOperator
	if n > 0 {
		key += strconv.Itoa(n + 1)
	}
	if n == len(h.operators) {
		h.operators = append(h.operators, name)
		h.c.Participants = append(h.c.Participants, Participant{Key: key, Role: RoleOperator, Name: name})
	}
	return key
}

// saidLine is where the parts of a line stand that someone said.
type saidLine struct {
	class                string // co operator, cv visitor, cw whisper
	open                 int    // where its <div> begins
	nameStart, nameEnd   int
	timeStart, timeEnd   int
	head, textStart, end int // head: behind </b>
	begin, stop          [2]int
}

// parseSaid finds the parts of a line such as
// <div class='co'><span class='notranslate'><b>NAME<timestamp_1763455220_co>:</b></span>&nbsp;TEXT</div>
func parseSaid(s string) (l saidLine, ok bool) {
	const div = "<div class='c"
	l.open = strings.Index(s, div)
	if l.open < 0 {
		return l, false
	}
	class, _, _ := strings.Cut(s[l.open+len(div)-1:], "'")
	l.class = class
	l.nameStart = strings.Index(s, "<b>") + len("<b>")
	l.nameEnd = strings.Index(s, "<timestamp_")
	if l.nameStart < len("<b>") || l.nameEnd < l.nameStart || l.open > l.nameStart {
		return l, false
	}
	l.timeStart = l.nameEnd + len("<timestamp_")
	l.timeEnd = digits(s, l.timeStart)
	n := strings.Index(s[l.timeEnd:], ":</b>")
	if n < 0 {
		return l, false
	}
	l.head = l.timeEnd + n + len(":</b>")
	l.textStart = l.head + cutPrefix(s[l.head:], "</span>")
	if n := cutPrefix(s[l.textStart:], "&nbsp;"); n > 0 {
		l.textStart += n
	} else {
		l.textStart += cutPrefix(s[l.textStart:], " ")
	}
	l.end = strings.LastIndex(s, "</div>")
	if l.end < l.textStart {
		l.end = len(s)
	}
	l.begin, l.stop = markDigits(s, 0, "<!--begin:"), markDigits(s, l.end, "<!--end:")
	return l, true
}

// cutPrefix returns the length of prefix when s begins with it, else 0.
func cutPrefix(s, prefix string) int {
	if strings.HasPrefix(s, prefix) {
		return len(prefix)
	}
	return 0
}

// markDigits returns the range of the number behind a mark.
func markDigits(s string, from int, mark string) [2]int {
	n := strings.Index(s[from:], mark)
	if n < 0 {
		return [2]int{}
	}
	start := from + n + len(mark)
	return [2]int{start, digits(s, start)}
}

// said adds a message that someone said. Text of the line outside the name and
// the message is a field.
func (h *phpliveChat) said(in int32, at, end int, l saidLine) {
	r := h.t.r
	name, _ := r.add(in, at+l.nameStart, at+l.nameEnd, htmlPHPLive)
	var m Message
	switch {
	case strings.HasPrefix(l.class, "cv"):
		m.From = RoleVisitor
	default:
		m.From = h.operator(r.text(name))
	}
	if strings.Contains(l.class, "cw") {
		m.Kind = KindWhisper
	}
	m.Text, m.ref, m.Fields = r.html(in, at+l.textStart, at+l.end, htmlPHPLive)
	if !isPlaceholder(r.text(name)) {
		m.Fields = append(m.Fields, r.field(name, "speaker", FieldName, m.From))
	}
	h.times(in, at, l, &m)
	m.Fields = h.around(m.Fields, in, at, at+l.nameStart)
	m.Fields = h.around(m.Fields, in, at+l.timeEnd, at+l.head)
	m.Fields = h.around(m.Fields, in, at+l.end, end)
	h.c.Messages = append(h.c.Messages, m)
}

// around reads what stands around a message: tags of the program, rarely more.
func (h *phpliveChat) around(fields []Field, in int32, start, end int) []Field {
	s := h.t.r.text(in)[start:end]
	switch {
	case !strings.Contains(s, "<img") && !strings.Contains(s, "src=") && isFrame(s):
		return fields
	}
	text, _ := htmlPHPLive.decode(s)
	reader := htmlReader{r: h.t.r, in: in, style: htmlPHPLive}
	reader.tags(start, end)
	if text = strings.TrimSpace(text); text != "" && text != "(whisper)" && text != ":" {
		p, _ := h.t.r.add(in, start, end, htmlPHPLive)
		reader.fields = append(reader.fields, h.t.r.field(p, "line", FieldText, ""))
	}
	return append(fields, reader.fields...)
}

// isFrame reports whether s is nothing but what every line has around its text.
func isFrame(s string) bool {
	if n := strings.Index(s, "-->"); n >= len("<!--") && strings.HasPrefix(s, "<!--") && isMark(s[len("<!--"):n]) {
		s = s[n+len("-->"):]
	}
	switch s {
	case "<div class='co'><span class='notranslate'><b>", "<div class='cv'><span class='notranslate'><b>", "<div class='co'><b>", "<div class='cv'><b>",
		"<div class='co cw'><span class='notranslate'>(whisper) <b>", "_co>:</b>", "_cv>:</b>", "_co cw>:</b>", "</div>":
		return true
	}
	return strings.HasPrefix(s, "</div><!--end:") && digits(s, len("</div><!--end:")) == len(s)-len("-->") && strings.HasSuffix(s, "-->")
}

// times reads when a message was said; the marks in milliseconds follow it.
func (h *phpliveChat) times(in int32, at int, l saidLine, m *Message) {
	p, _ := h.t.r.add(in, at+l.timeStart, at+l.timeEnd, nil)
	var ok bool
	if m.At, m.atRef, ok = h.t.r.time(p); !ok {
		return
	}
	for _, mark := range [...][2]int{l.begin, l.stop} {
		if mark[1] > mark[0] {
			p, _ := h.t.r.add(in, at+mark[0], at+mark[1], nil)
			h.t.r.follow(p, m.atRef)
		}
	}
}
