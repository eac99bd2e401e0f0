package transcripts

import "strings"

// conversation reads a row by its table.
func (t *tableRow) conversation() (*Conversation, string) {
	c := &Conversation{src: t.r}
	switch {
	case t.name == "p_transcripts":
		h := phpliveChat{t: t, c: c}
		return c, h.conversation()
	case t.name == "lz_chat_archive":
		return c, t.livezillaChat(c)
	case t.name == livezillaPosts && t.find("text") >= 0:
		return c, t.livezillaPost(c)
	case t.name == "p_operators" || t.name == "p_admins":
		c.Participants = append(c.Participants, Participant{Key: RoleOperator, Role: RoleOperator})
		t.person(c, "name", "email", "")
	case strings.HasPrefix(t.name, "p_") && (t.find("vname") >= 0 || t.find("ip") >= 0):
		c.Participants = append(c.Participants, Participant{Key: RoleVisitor, Role: RoleVisitor})
		t.person(c, "vname", "vemail", "ip")
	}
	party := ""
	if len(c.Participants) > 0 {
		party = c.Participants[0].Key
	}
	for i := range t.cells {
		t.metadata(c, i, party)
	}
	return c, ""
}

// person reads name, e-mail address and IP of the first participant from the
// columns with these names.
func (t *tableRow) person(c *Conversation, name, email, ip string) {
	p := &c.Participants[0]
	set := func(column string, value *string, to *ref) {
		if i := t.find(column); i >= 0 && t.cells[i].kind == cellText && !isPlaceholder(t.cells[i].text) {
			*value, *to = t.cells[i].text, t.r.leaf(t.cells[i].place)
		}
	}
	set(name, &p.Name, &p.refs.name)
	set(email, &p.Email, &p.refs.email)
	set(ip, &p.IP, &p.refs.ip)
}

// metadata reads cell i into its place in the conversation.
func (t *tableRow) metadata(c *Conversation, i int, party string) {
	k := &t.cells[i]
	column := t.column(i)
	if k.kind == cellNull || k.text == "" || t.r.places[k.place].leaf || isPlaceholder(k.text) {
		return
	}
	kind := t.kind(i)
	switch {
	case column == "ces" && c.ID == "":
		c.ID, c.refs.id = k.text, t.r.leaf(k.place)
		return
	case column == "created" && c.Started.IsZero():
		if at, ref, ok := t.r.time(k.place); ok {
			c.Started, c.refs.started = at, ref
			return
		}
	case column == "ended" && c.Ended.IsZero():
		if at, ref, ok := t.r.time(k.place); ok {
			c.Ended, c.refs.ended = at, ref
			return
		}
	case kind == FieldText && k.kind == cellText && isPHPSerialized(k.text) && t.serialized(c, k.place, column):
		return
	case column == "custom" && strings.Contains(k.text, "-_-"):
		t.custom(c, k.place, party)
		return
	}
	f := t.field(i, kind, party)
	if personal(kind) {
		t.answer(c, f)
		return
	}
	c.Fields = append(c.Fields, f)
}

// kind returns what cell i holds. A short number in a column of text is none.
func (t *tableRow) kind(i int) FieldKind {
	kind := t.columns[i].kind
	switch text := t.cells[i].text; {
	case kind == FieldText && t.cells[i].kind == cellNumber && len(text) < 6:
		return FieldOther
	case kind == FieldIDHash && (text == "op2op" || text == "grc"): // marks of PHP Live!, no visitor
		return FieldOther
	}
	return kind
}

// personal reports whether a kind of field belongs to one participant.
func personal(k FieldKind) bool {
	return k >= FieldName && k <= FieldUserAgent || k >= FieldCountry && k <= FieldHost
}

// custom reads the answers given before a chat of PHP Live:
// Label-_-value-cus-Label-_-value-cus-
func (t *tableRow) custom(c *Conversation, in int32, party string) {
	s := t.r.text(in)
	for at := 0; at < len(s); {
		end := len(s)
		next := end
		if n := strings.Index(s[at:], "-cus-"); n >= 0 {
			end = at + n
			next = end + len("-cus-")
		}
		label, value, ok := strings.Cut(s[at:end], "-_-")
		if !ok {
			label, value = "custom", s[at:end]
		}
		if value != "" {
			p, _ := t.r.add(in, end-len(value), end, customLayer(value))
			label, _ = customLayer(label).decode(label)
			kind, _ := kindOfLabel(label)
			t.answer(c, t.r.field(p, label, kind, party))
		}
		at = next
	}
}

// htmlField reads cell i as HTML, with what its tags hold.
func (t *tableRow) htmlField(c *Conversation, i int, label string, style htmlText) {
	text, ref, fields := t.r.html(t.cells[i].place, 0, len(t.cells[i].text), style)
	c.Fields = append(append(c.Fields, Field{Label: label, Value: text, ref: ref}), fields...)
}

// answer adds a field of the visitor, to the participant if the table has one.
func (t *tableRow) answer(c *Conversation, f Field) {
	if len(c.Participants) > 0 {
		c.Participants[0].Fields = append(c.Participants[0].Fields, f)
		return
	}
	c.Fields = append(c.Fields, f)
}

// customLayer returns how a value before a chat is encoded: percent encoding
// when it is that, else as HTML references.
func customLayer(s string) layer {
	if _, ok := (percent{}).decode(s); ok && isPercentEncoded(s) {
		return percent{}
	}
	return htmlAttr{}
}
