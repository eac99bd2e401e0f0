package transcripts

import (
	"slices"
	"strings"
)

// chat is a conversation at work.
type chat struct {
	c      *Conversation
	people []person // parallel to c.Participants
	known  directory
	main   *chat // where others of the same file may be known from, nil for that one
}

// person is what the source says of a participant.
type person struct {
	key, role string // as the source has them
	name      string
	fields    []Field
}

// continued begins a further part of a conversation: what is known of it stays
// known, but stands in the earlier part.
func (ch *chat) continued() *chat {
	n := &chat{c: &Conversation{ID: ch.c.ID, Topic: ch.c.Topic}, people: ch.people, known: ch.known}
	for i := range ch.c.Participants {
		p := &ch.c.Participants[i]
		n.c.Participants = append(n.c.Participants, Participant{Key: p.Key, Role: p.Role, Name: p.Name, Email: p.Email})
	}
	return n
}

// addPerson adds what the source says of a participant to what is known.
func (ch *chat) addPerson(p *person) {
	fields := p.fields
	if i := ch.find(p); i >= 0 {
		fields = ch.know(i, fields)
		ch.c.Participants[i].Fields = append(ch.c.Participants[i].Fields, fields...)
		return
	}
	ch.c.Fields = append(ch.c.Fields, fields...)
}

// find returns the number of the participant that p is, who is new when nobody
// fits; -1 when p says nothing of who it is.
func (ch *chat) find(p *person) int {
	for i := range ch.people {
		if p.is(&ch.people[i]) {
			ch.people[i].learn(p)
			ch.c.Participants[i].Role = ch.people[i].role
			return i
		}
	}
	if p.key == "" && p.name == "" && (p.role == "" || ch.roles(p.role) != 0) {
		return ch.only(p.role)
	}
	ch.people = append(ch.people[:len(ch.people):len(ch.people)], person{key: p.key, name: p.name, role: p.role})
	o := ch.lookUp(p.key)
	o.Key, o.Role = keyNumber(len(ch.c.Participants)), cmpOr(p.role, o.Role)
	o.Fields = slices.Clone(o.Fields)
	ch.c.Participants = append(ch.c.Participants, o)
	return len(ch.people) - 1
}

// lookUp returns what another part of the export says of who is called key.
func (ch *chat) lookUp(key string) Participant {
	o, ok := ch.known[key]
	if ok || ch.main == nil || key == "" {
		return o
	}
	for i := range ch.main.people {
		if ch.main.people[i].key == key {
			_, o = ch.main.c.Participants[i].known()
		}
	}
	return o
}

// is tells whether two descriptions are of one participant.
func (p *person) is(q *person) bool {
	if p.key != "" && q.key != "" {
		return p.key == q.key
	}
	return p.name != "" && p.name == q.name && !isPlaceholder(p.name) && (p.role == "" || q.role == "" || p.role == q.role)
}

func (p *person) learn(q *person) {
	p.key = cmpOr(p.key, q.key)
	p.name = cmpOr(p.name, q.name)
	p.role = cmpOr(p.role, q.role)
}

// join adds what an object inside the message says of its author.
func (p *person) join(q *person) {
	p.learn(q)
	p.fields = append(p.fields, q.fields...)
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// roles counts the participants of a role.
func (ch *chat) roles(role string) int {
	n := 0
	for i := range ch.people {
		if ch.people[i].role == role {
			n++
		}
	}
	return n
}

// only returns the participant of a role, -1 when there is not just one.
func (ch *chat) only(role string) int {
	if role == "" || ch.roles(role) != 1 {
		return -1
	}
	return slices.IndexFunc(ch.people, func(p person) bool { return p.role == role })
}

// know gives participant i the name and addresses that it lacks, and returns
// the other fields as belonging to it.
func (ch *chat) know(i int, fields []Field) []Field {
	p := &ch.c.Participants[i]
	rest := fields[:0]
	for _, f := range fields {
		switch {
		case f.Kind == FieldName && p.Name == "" && f.Value != "":
			p.Name, p.refs.name = f.Value, f.ref
			continue
		case f.Kind == FieldEmail && p.Email == "" && f.Value != "":
			p.Email, p.refs.email = f.Value, f.ref
			continue
		case f.Kind == FieldIP && p.IP == "" && f.Value != "":
			p.IP, p.refs.ip = f.Value, f.ref
			continue
		case f.Kind == FieldCountry && p.Geo == nil && len(f.Value) == 2:
			p.Geo = &Geo{Country: strings.ToUpper(f.Value)}
		}
		f.Party = p.Key
		rest = append(rest, f)
	}
	return rest
}
