package transcripts

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
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
	return sure(sniffSQL(head, "p_transcripts", "p_footprints_u", "p_req_log", "p_operators"))
}

// sqlStatement is the beginning of a statement that dumps hold.
var sqlStatement = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("(?im)^[ \\t]*(?:INSERT|REPLACE)(?: IGNORE)? INTO [`\"\\w]|^[ \\t]*CREATE TABLE [`\"\\w]")
})

// sniffSQL tells how sure it is that head is a dump with one of the tables; half
// as sure of any other dump.
func sniffSQL(head []byte, tables ...string) int {
	if !sqlStatement().Match(head) {
		return 0
	}
	for _, t := range tables {
		if bytes.Contains(head, []byte("`"+t+"`")) || bytes.Contains(head, []byte(" "+t+" ")) {
			return 95
		}
	}
	return 45
}

// sure returns how sure a sniffer is, unless it only guesses.
func sure(n int) int {
	if n < 50 {
		return 0
	}
	return n
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
		if i != formatted && i != plain && i != question || h.t.cells[i].kind != cellText {
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
			if column == "vname" && strings.IndexByte(h.t.cells[i].text, '&') >= 0 {
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
	if strings.IndexByte(h.t.cells[i].text, '<') < 0 {
		text, _ := h.t.r.add(at, 0, len(h.t.cells[i].text), htmlPHPLive)
		if len(h.c.Messages) > 0 && h.t.r.mirror(text, h.c.Messages[0].ref, 0) {
			return
		}
	}
	h.t.htmlField(h.c, i, "question", htmlPHPLive)
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
	h.t.htmlField(h.c, i, "plain", htmlPHPLive)
}
