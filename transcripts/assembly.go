package transcripts

import "slices"

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
