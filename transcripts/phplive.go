package transcripts

import (
	"bytes"
	"strconv"
	"strings"
)

const phpliveName = "phplive"

// phpliveFormat is a SQL dump of PHP Live!, by mysqldump or phpMyAdmin.
//
// The text of a chat stands three times in table p_transcripts: formatted (HTML)
// is read as messages; plain, which PHP Live makes of it by deleting tags, is
// made anew when anything in it changed; question follows the first message.
func phpliveFormat() Format {
	return Format{
		Name:  phpliveName,
		Doc:   "PHP Live! 4.1 to 4.7 in a SQL dump (mysqldump, phpMyAdmin), all tables",
		Sniff: sniffPHPLive,
		Read:  readSQL(phpliveName),
		Write: writeSpliced(phpliveName),
	}
}

func sniffPHPLive(_ string, head []byte) int {
	return sniffSQL(head, "p_transcripts", "p_footprints_u", "p_req_log", "p_operators")
}

// sniffSQL tells how sure it is that head is a dump with one of the tables.
func sniffSQL(head []byte, tables ...string) int {
	if !bytes.Contains(head, []byte("INSERT INTO")) && !bytes.Contains(head, []byte("CREATE TABLE")) {
		return 0
	}
	for _, t := range tables {
		if bytes.Contains(head, []byte("`"+t+"`")) || bytes.Contains(head, []byte(" "+t+" ")) {
			return 95
		}
	}
	return 0
}

// phpliveColumns are the columns of p_transcripts by their number, for dumps
// without CREATE TABLE. Source: table definitions of versions 4.7, 4.5 and 4.1.
func phpliveColumns(n int) []string {
	all := []string{"ces", "created", "ended", "deptID", "opID", "accepted_op", "initiated", "op2op", "rating", "encr", "fsize", "noteID", "marketID", "tag",
		"vname", "vemail", "ip", "md5_vis", "custom", "question", "formatted", "plain"}
	skip := ""
	switch n {
	case 22:
		return all
	case 17:
		skip = " accepted_op noteID marketID tag custom "
	case 15:
		skip = " accepted_op noteID marketID tag custom encr md5_vis "
	default:
		return nil
	}
	var out []string
	for _, c := range all {
		if !strings.Contains(skip, " "+c+" ") {
			out = append(out, c)
		}
	}
	return out
}

// phpliveKind returns what a column of PHP Live holds. False for one that is
// not known.
func phpliveKind(table, column string) (FieldKind, bool) {
	switch column {
	case "vname":
		return FieldName, true
	case "name":
		if table == "p_operators" || table == "p_admins" {
			return FieldName, true
		}
	case "vemail", "email":
		return FieldEmail, true
	case "ip":
		return FieldIP, true
	case "smsnum", "phone":
		return FieldPhone, true
	case "login":
		return FieldHandle, true
	case "password", "ses", "token":
		return FieldSecret, true
	case "md5_vis":
		return FieldIDHash, true
	case "ces":
		return FieldID, true
	case "onpage", "refer", "url":
		return FieldURL, true
	case "country":
		return FieldCountry, true
	case "region":
		return FieldRegion, true
	case "city":
		return FieldCity, true
	case "latitude", "longitude":
		return FieldCoordinate, true
	case "host", "hostname":
		return FieldHost, true
	case "resolution", "os", "browser", "user_agent":
		return FieldUserAgent, true
	case "created", "ended", "updated", "lastactive":
		return FieldTime, true
	case "deptID", "opID", "accepted_op", "accepted", "initiated", "op2op", "rating", "encr", "fsize", "noteID", "marketID", "tag",
		"footID", "chatting", "footprints", "requests", "initiates", "messageID", "chat", "isnote", "duration", "status", "archive",
		"status_msg", "transferred", "disc":
		return FieldOther, true
	case "custom", "question", "formatted", "plain", "message", "subject", "title", "sim_ops":
		return FieldText, true
	}
	return FieldText, false
}

// phpliveChat reads a row of p_transcripts.
type phpliveChat struct {
	t         *tableRow
	c         *Conversation
	operators []string // names, in order of appearance
}

// conversation reads the row.
func (h *phpliveChat) conversation() string {
	if i := h.t.find("encr"); i >= 0 && h.t.cells[i].text == "1" {
		return "encrypted transcript"
	}
	h.c.Participants = append(h.c.Participants, Participant{Key: RoleVisitor, Role: RoleVisitor})
	h.visitor()
	formatted, plain, question := h.t.find("formatted"), h.t.find("plain"), h.t.find("question")
	for i := range h.t.cells {
		if i != formatted && i != plain && i != question {
			h.t.metadata(h.c, i, RoleVisitor)
		}
	}
	if formatted >= 0 && h.t.cells[formatted].kind == cellText {
		h.formatted(h.t.cells[formatted].place)
	}
	h.question(question)
	h.plain(plain, formatted)
	return ""
}

// visitor reads what the row says of the visitor.
func (h *phpliveChat) visitor() {
	p := &h.c.Participants[0]
	set := func(column string, value *string, to *ref) {
		if i := h.t.find(column); i >= 0 && h.t.cells[i].kind == cellText && !isPlaceholder(h.t.cells[i].text) {
			at := h.t.cells[i].place
			if column == "vname" {
				at, _ = h.t.r.add(at, 0, len(h.t.r.text(at)), htmlAttr{})
				h.t.cells[i].place = at
			}
			*value, *to = h.t.r.text(at), h.t.r.leaf(at)
		}
	}
	set("vname", &p.Name, &p.refs.name)
	set("vemail", &p.Email, &p.refs.email)
	set("ip", &p.IP, &p.refs.ip)
}

// question makes the first question follow the first message, which repeats it.
func (h *phpliveChat) question(i int) {
	if i < 0 || h.t.cells[i].kind != cellText || h.t.cells[i].text == "" {
		return
	}
	at := h.t.cells[i].place
	text, _ := h.t.r.add(at, 0, len(h.t.cells[i].text), htmlPHPLive)
	if len(h.c.Messages) > 0 && h.t.r.mirror(text, h.c.Messages[0].ref, 0) {
		return
	}
	h.c.Fields = append(h.c.Fields, h.t.r.field(text, "question", FieldText, RoleVisitor))
}

// plain makes the text without tags follow the one with tags. One that is not
// made of it is text by itself.
func (h *phpliveChat) plain(i, formatted int) {
	if i < 0 || h.t.cells[i].kind != cellText || h.t.cells[i].text == "" {
		return
	}
	k := h.t.cells[i]
	if formatted >= 0 && h.t.cells[formatted].kind == cellText && h.t.r.derive(k.place, h.t.cells[formatted].place, phplivePlain) {
		return
	}
	text, _ := h.t.r.add(k.place, 0, len(k.text), htmlPHPLive)
	h.c.Fields = append(h.c.Fields, h.t.r.field(text, "plain", FieldText, ""))
}

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
	m.Fields = h.around(m.Fields, in, at+l.open, at+l.nameStart)
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

// phplivePlain makes the column plain of the column formatted: links become
// their address, <> a line end, and what is left of tags goes, without a space.
func phplivePlain(formatted string) string {
	var b strings.Builder
	b.Grow(len(formatted))
	s := strings.ReplaceAll(plainLinks(formatted), "<>", "\r\n")
	for {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '>')
		if n := strings.IndexByte(s[open:], '\n'); end < 0 || n >= 0 && n < end {
			b.WriteString(s[:open+1]) // the pattern .*? does not go over a line end
			s = s[open+1:]
			continue
		}
		b.WriteString(s[:open])
		s = s[open+end+1:]
	}
	b.WriteString(s)
	return b.String()
}

// plainLinks replaces <a href='X'...a> by X.
func plainLinks(s string) string {
	const open = "<a href='"
	at := strings.Index(s, open)
	if at < 0 {
		return s
	}
	var b strings.Builder
	for ; at >= 0; at = strings.Index(s, open) {
		b.WriteString(s[:at])
		s = s[at:]
		line := s
		if n := strings.IndexByte(s, '\n'); n >= 0 {
			line = s[:n]
		}
		q := strings.IndexByte(line[len(open):], '\'')
		end := -1
		if q >= 0 {
			end = strings.Index(line[len(open)+q+1:], "a>")
		}
		if end < 0 {
			b.WriteString(open)
			s = s[len(open):]
			continue
		}
		b.WriteString(s[len(open) : len(open)+q])
		s = s[len(open)+q+1+end+len("a>"):]
	}
	b.WriteString(s)
	return b.String()
}
