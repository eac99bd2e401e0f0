package transcripts

import (
	"slices"
	"strings"
)

// assembly puts the values of a record together to conversations, as a profile
// says what each of them is. Engines open and close scopes and hand in values.
type assembly struct {
	r       *record
	profile *Profile
	chats   []*chat          // those of this record; the first holds what belongs to none
	groups  map[string]*chat // by what the source calls the conversation
	open    []*draft
	spare   []*draft
	people  directory
	answers map[string]FieldKind // what values to be scanned hold, by their names
}

// draft is an object of the source whose end is not reached.
type draft struct {
	scope  scope
	person person // the participant that it is, or the author of the message that it is
	msg    Message
	group  string // conversation of the message
}

// newAssembly returns an assembly of one conversation, which goes on where an
// earlier part of the same file ended (nil: it is the first).
func newAssembly(r *record, p *Profile, people directory, earlier *assembly) *assembly {
	a := &assembly{r: r, profile: p, groups: map[string]*chat{}, people: people, answers: map[string]FieldKind{}}
	main := &chat{c: &Conversation{}, known: people}
	if earlier != nil {
		main = earlier.chats[0].continued()
		for id, ch := range earlier.groups {
			next := ch.continued()
			next.main = main
			a.groups[id] = next
		}
	}
	a.chats = []*chat{main}
	return a
}

// begin opens a scope.
func (a *assembly) begin(act *action) {
	d := &draft{}
	if n := len(a.spare); n > 0 {
		d, a.spare = a.spare[n-1], a.spare[:n-1]
	}
	*d = draft{scope: act.scope}
	d.person.role = act.role
	d.msg.Kind = act.as
	a.open = append(a.open, d)
}

// end closes the innermost scope.
func (a *assembly) end() {
	if len(a.open) == 0 {
		return // it began in an earlier part
	}
	d := a.open[len(a.open)-1]
	a.open = a.open[:len(a.open)-1]
	a.spare = append(a.spare, d)
	switch d.scope {
	case scopeMessage:
		a.addMessage(d)
	case scopeParticipant:
		a.here().addPerson(&d.person)
	case scopeAuthor:
		if m := a.inside(scopeMessage); m != nil {
			m.person.join(&d.person)
		} else {
			a.here().addPerson(&d.person)
		}
	}
}

// inside returns the innermost open scope of a kind, nil when there is none.
func (a *assembly) inside(s scope) *draft {
	for _, d := range slices.Backward(a.open) {
		if d.scope == s {
			return d
		}
	}
	return nil
}

// here returns the conversation at hand.
func (a *assembly) here() *chat {
	for _, d := range slices.Backward(a.open) {
		if d.group != "" {
			return a.chat(d.group)
		}
	}
	return a.chats[0]
}

// chat returns the conversation that the source calls id.
func (a *assembly) chat(id string) *chat {
	ch := a.groups[id]
	if ch == nil {
		ch = &chat{c: &Conversation{ID: id}, known: a.people, main: a.chats[0]}
		a.groups[id] = ch
	}
	if !slices.Contains(a.chats, ch) {
		a.chats = append(a.chats, ch)
	}
	return ch
}

// addMessage adds a message to its conversation. What stands in it of its
// author becomes fields that belong to that participant.
func (a *assembly) addMessage(d *draft) {
	ch := a.here()
	if d.group != "" {
		ch = a.chat(d.group)
	}
	fields := d.person.fields
	if i := ch.find(&d.person); i >= 0 {
		d.msg.From = ch.c.Participants[i].Key
		fields = ch.know(i, fields)
	}
	d.msg.Fields = append(d.msg.Fields, fields...)
	ch.c.Messages = append(ch.c.Messages, d.msg)
}

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

// conversations returns what was put together. The ones that share the record
// are written when the last of them has arrived.
func (a *assembly) conversations() []*Conversation {
	out := make([]*Conversation, 0, len(a.chats))
	for _, ch := range a.chats {
		c := ch.c
		if len(a.chats) > 1 && len(c.Messages)+len(c.Fields)+len(c.Participants) == 0 && c.ID == "" {
			continue
		}
		out = append(out, c)
	}
	for _, c := range out {
		c.src = a.r
		if len(out) > 1 {
			c.src = &share{record: a.r, of: len(out)}
		}
	}
	return out
}
