package transcripts

import "strings"

// value puts the value at a place where act says.
func (a *assembly) value(act *action, p int32, label string) {
	text := a.r.text(p)
	switch act.slot {
	case slotText, slotID, slotTopic:
		if a.named(act, p) {
			return
		}
	case slotTime, slotStarted, slotEnded:
		a.time(act.slot, p, label)
		return
	case slotGroup:
		if len(a.open) > 0 {
			a.open[len(a.open)-1].group = text
		}
	case slotKey:
		a.key(act, text)
		if act.kind == FieldText {
			a.field(act, a.r.field(p, label, FieldID, ""))
			return
		}
	case slotType, slotRole:
		if a.word(act, text) {
			return
		}
	case slotField:
		if a.profile.generic && act.author && a.word(&action{slot: slotRole, author: true}, text) {
			return // "from": "human"
		}
	}
	if act.kind == FieldFileName && strings.Contains(text, "/") {
		a.path(act, p, label)
		return
	}
	a.field(act, a.r.field(p, label, a.kind(act, label), ""))
}

// kind returns what a value holds: as the profile says, and of one that is to be
// scanned as its name does.
func (a *assembly) kind(act *action, label string) FieldKind {
	if act.kind != FieldText || act.slot != slotField {
		return act.kind
	}
	k, ok := a.answers[label]
	if !ok {
		k = answerKind(label)
		a.answers[label] = k
	}
	return k
}

// named puts a value into the part of the conversation that has its name. False
// when that is taken.
func (a *assembly) named(act *action, p int32) bool {
	m, c := a.inside(scopeMessage), a.here().c
	switch {
	case act.slot == slotText && m != nil && m.msg.ref == 0 && a.open[len(a.open)-1] == m:
		m.msg.Text, m.msg.ref = a.r.text(p), a.r.leaf(p)
	case act.slot == slotID && c.refs.id == 0 && m == nil && (!a.profile.generic || a.owner(act) == nil):
		c.ID, c.refs.id = a.r.text(p), a.r.leaf(p)
	case act.slot == slotTopic && c.refs.topic == 0:
		c.Topic, c.refs.topic = a.r.text(p), a.r.leaf(p)
	default:
		return false
	}
	return true
}

// path adds the parts of a path, each a name of its own, so that a file has the
// same new name wherever it is spoken of.
func (a *assembly) path(act *action, p int32, label string) {
	at := 0
	for part := range strings.SplitSeq(a.r.text(p), "/") {
		if part != "" && !isLayoutName(part) {
			q, _ := a.r.add(p, at, at+len(part), nil)
			a.field(act, a.r.field(q, label, FieldFileName, ""))
		}
		at += len(part) + 1
	}
}

// key notes the identifier of a participant. What stands before act.cut is a role.
func (a *assembly) key(act *action, text string) {
	d := a.owner(act)
	if d == nil {
		return
	}
	if role, id, ok := strings.Cut(text, string(rune(act.cut))); ok && act.cut != 0 {
		text = id
		d.person.role = cmpOr(a.profile.roles[role], d.person.role)
	}
	d.person.key = cmpOr(d.person.key, text)
}

// owner returns the scope whose person a value describes, nil when it is none.
func (a *assembly) owner(act *action) *draft {
	if act.author {
		if m := a.inside(scopeMessage); m != nil {
			return m
		}
	}
	if n := len(a.open); n > 0 && (a.open[n-1].scope == scopeParticipant || a.open[n-1].scope == scopeAuthor) {
		return a.open[n-1]
	}
	return nil
}

// field adds a field where it belongs.
func (a *assembly) field(act *action, f Field) {
	d := a.owner(act)
	switch {
	case d != nil:
		if f.Kind == FieldName && act.slot == slotField {
			d.person.name = cmpOr(d.person.name, f.Value)
		}
		d.person.fields = append(d.person.fields, f)
	case a.inside(scopeMessage) != nil:
		m := a.inside(scopeMessage)
		m.msg.Fields = append(m.msg.Fields, f)
	default:
		c := a.here().c
		c.Fields = append(c.Fields, f)
	}
}

// time puts a point in time where it belongs.
func (a *assembly) time(s slot, p int32, label string) {
	c := a.here().c
	m := a.inside(scopeMessage)
	switch {
	case s == slotTime && m != nil && m.msg.atRef == 0:
		if at, ref, ok := a.r.time(p); ok {
			m.msg.At, m.msg.atRef = at, ref
			return
		}
	case s == slotStarted && c.refs.started == 0:
		if at, ref, ok := a.r.time(p); ok {
			c.Started, c.refs.started = at, ref
			return
		}
	case s == slotEnded && c.refs.ended == 0:
		if at, ref, ok := a.r.time(p); ok {
			c.Ended, c.refs.ended = at, ref
			return
		}
	}
	kind := FieldText
	if strings.Trim(a.r.text(p), "0123456789-:./TZ+ ") == "" {
		kind = FieldTime
	}
	a.field(&action{slot: s}, a.r.field(p, label, kind, ""))
}

// word takes a word of the system for a role or a kind of message. False when
// it is none, and so may be anything.
func (a *assembly) word(act *action, text string) bool {
	if act.slot == slotType {
		k, ok := a.profile.kinds[text]
		if m := a.inside(scopeMessage); ok && m != nil {
			m.msg.Kind = k
		}
		return ok
	}
	role, ok := a.profile.roles[text]
	if !ok {
		role, ok = a.profile.roles["*"]
	}
	if !ok {
		role, ok = a.profile.roles[strings.ToLower(text)]
	}
	if d := a.owner(act); ok && d != nil {
		d.person.role = cmpOr(role, d.person.role)
	}
	return ok
}
