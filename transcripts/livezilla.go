package transcripts

const (
	livezillaName = "livezilla"
	sqlName       = "sql"

	livezillaPosts = "lz_chat_posts" // rows of one chat that follow each other make a conversation
)

// livezillaFormat is a SQL dump of LiveZilla. Its archive keeps four copies of
// a chat: transcript_text is read as messages, the others are fields. Each row
// of lz_chat_posts is a conversation of one message.
func livezillaFormat() Format {
	return Format{
		Name:  livezillaName,
		Doc:   "LiveZilla chat archive and posts in a SQL dump",
		Sniff: func(_ string, head []byte) int { return sure(sniffSQL(head, "lz_chat_archive", livezillaPosts)) },
		Read:  readSQL(livezillaName),
		Write: writeSpliced(livezillaName),
	}
}

// sqlFormat is any other SQL dump: what a column holds is told by its name,
// everything else is text.
func sqlFormat() Format {
	return Format{
		Name:  sqlName,
		Doc:   "any other SQL dump; columns are judged by name, unknown ones are text",
		Sniff: func(_ string, head []byte) int { return sniffSQL(head) },
		Read:  readSQL(sqlName),
		Write: writeSpliced(sqlName),
	}
}

// livezillaKind returns what a column of LiveZilla holds. False for one that is
// not known.
func livezillaKind(column string) (FieldKind, bool) {
	switch column {
	case "fullname", "sender_name":
		return FieldName, true
	case "email", "transcript_receiver":
		return FieldEmail, true
	case "phone":
		return FieldPhone, true
	case "company":
		return FieldOrganisation, true
	case "ip":
		return FieldIP, true
	case "host":
		return FieldHost, true
	case "ref_url":
		return FieldURL, true
	case "iso_country":
		return FieldCountry, true
	case "external_id", "sender", "receiver", "internal_id", "id", "chat_id":
		return FieldID, true
	case "time", "endtime", "closed":
		return FieldTime, true
	case "micro", "gzip", "whisper", "iso_language", "group_id":
		return FieldOther, true
	case "html", "plaintext", "transcript_text", "transcript_html", "question", "customs", "subject", "tags", "area_code", "text", "translation":
		return FieldText, true
	}
	return FieldText, false
}

// livezillaChat reads a row of lz_chat_archive.
func (t *tableRow) livezillaChat(c *Conversation) string {
	if i := t.find("gzip"); i >= 0 && t.cells[i].text == "1" {
		return "compressed transcript"
	}
	c.Participants = append(c.Participants, Participant{Key: RoleVisitor, Role: RoleVisitor})
	t.person(c, "fullname", "email", "ip")
	for i := range t.cells {
		k := &t.cells[i]
		switch name := t.column(i); {
		case k.kind != cellText || k.text == "":
			t.metadata(c, i, RoleVisitor)
		case name == "transcript_text" || name == "plaintext" && !t.holds("transcript_text"):
			t.spoken(c, k.place)
		case name == "html" || name == "transcript_html":
			t.htmlField(c, i, name, htmlPlain)
		case name == "chat_id":
			c.ID, c.refs.id = k.text, t.r.leaf(k.place)
		default:
			t.metadata(c, i, RoleVisitor)
		}
	}
	return ""
}

// holds reports whether the column with a name has a text.
func (t *tableRow) holds(name string) bool {
	i := t.find(name)
	return i >= 0 && t.cells[i].kind == cellText && t.cells[i].text != ""
}

// spoken reads a transcript of lines.
func (t *tableRow) spoken(c *Conversation, in int32) {
	lr := lineReader{r: t.r, in: in, c: c}
	lr.read()
}

// livezillaPost reads a row of lz_chat_posts.
func (t *tableRow) livezillaPost(c *Conversation) string {
	text := t.find("text")
	if text < 0 || t.cells[text].kind != cellText {
		for i := range t.cells {
			t.metadata(c, i, "")
		}
		return ""
	}
	key := keyNumber(0)
	m := Message{From: key}
	m.Text, m.ref, m.Fields = t.r.html(t.cells[text].place, 0, len(t.cells[text].text), htmlPlain)
	p := Participant{Key: key}
	for i := range t.cells {
		k := &t.cells[i]
		switch name := t.column(i); {
		case i == text || k.kind == cellNull || k.text == "":
		case name == "chat_id":
			c.ID, c.refs.id = k.text, t.r.leaf(k.place)
		case name == "sender_name" && !isPlaceholder(k.text):
			p.Name, p.refs.name = k.text, t.r.leaf(k.place)
		case name == "whisper" && k.text == "1":
			m.Kind = KindWhisper
		case name == "time":
			if at, ref, ok := t.r.time(k.place); ok {
				m.At, m.atRef = at, ref
			}
		case name == "translation":
			s, ref, fields := t.r.html(k.place, 0, len(k.text), htmlPlain)
			m.Fields = append(append(m.Fields, Field{Label: name, Value: s, ref: ref}), fields...)
		default:
			t.metadata(c, i, "")
		}
	}
	c.Participants = append(c.Participants, p)
	c.Messages = append(c.Messages, m)
	return ""
}
