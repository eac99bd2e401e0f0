package transcripts

import (
	"slices"
	"strings"
	"time"
)

// canonicalReader fills a conversation from a canonical JSON object.
type canonicalReader struct {
	d      *jsonDoc
	c      *Conversation
	strict bool
	fault  string
	ips    []memberPlace // members "ip" of participants
	geos   []memberPlace // the insides of their members "geo"
	keys   keyring
	start  int // of the object
}

// memberPlace is where a member of a participant stands.
type memberPlace struct {
	participant, start, end int
	empty                   bool
}

// parseCanonical reads the conversation that begins at byte at of raw.
func parseCanonical(raw string, at int, o ReadOptions) (*Conversation, string) {
	d, fault := newObjectRecord(jsonlName, "a conversation", raw, at)
	if fault != "" {
		return nil, fault
	}
	cr := canonicalReader{d: d, c: &Conversation{src: d.r}, strict: o.Strict}
	d.children(0, cr.member)
	cr.start = int(d.nodes[0].start)
	d.r.extra = cr.extraEdits
	if cr.fault == "" && d.find(0, "messages") < 0 {
		cr.fault = "a conversation has no messages"
	}
	return cr.c, cr.fault
}

// member reads a member of the conversation; false stops at a fault.
func (cr *canonicalReader) member(i int32) bool {
	c, name := cr.c, cr.d.key(i)
	switch {
	case name == "id" && cr.once(i, c.refs.id):
		c.ID, c.refs.id = cr.scalar(i)
	case name == "topic" && cr.once(i, c.refs.topic):
		c.Topic, c.refs.topic = cr.scalar(i)
	case name == keyIDMember && cr.once(i, c.refs.keyID) && isKeyID(cr.d.raw(i)):
		c.KeyID, c.refs.keyID = cr.scalar(i)
	case name == "started" && cr.once(i, c.refs.started):
		c.Started, c.refs.started, c.Fields = cr.time(i, name, c.Fields)
	case name == "ended" && cr.once(i, c.refs.ended):
		c.Ended, c.refs.ended, c.Fields = cr.time(i, name, c.Fields)
	case name == "participants" && cr.d.nodes[i].kind == jsonArray && c.Participants == nil:
		cr.d.children(i, cr.participant)
	case name == "messages" && cr.d.nodes[i].kind == jsonArray && c.Messages == nil:
		c.Messages = make([]Message, 0, min(int(cr.d.nodes[i].next-i)/4+1, 4096))
		cr.d.children(i, cr.message)
	case name == "fields" && cr.d.nodes[i].kind == jsonObject:
		c.Fields = cr.d.fields(c.Fields, i, "", FieldText)
	default:
		c.Fields = cr.unknown(c.Fields, i)
	}
	return cr.fault == ""
}

// once reports whether a member is a string or number and the first of its name.
func (cr *canonicalReader) once(i int32, have ref) bool {
	k := cr.d.nodes[i].kind
	return have == 0 && (k == jsonText || k == jsonNumber)
}

// scalar returns a string or number as a value.
func (cr *canonicalReader) scalar(i int32) (string, ref) {
	p := cr.d.place(i)
	return cr.d.r.text(p), cr.d.r.leaf(p)
}

// time returns a point in time, or text to be scanned when it is none.
func (cr *canonicalReader) time(i int32, name string, fields []Field) (time.Time, ref, []Field) {
	p := cr.d.place(i)
	if t, ref, ok := cr.d.r.time(p); ok {
		return t, ref, fields
	}
	return time.Time{}, 0, append(fields, cr.d.r.field(p, name, FieldText, ""))
}

// unknown keeps a member that the format does not know, as text to be scanned.
func (cr *canonicalReader) unknown(out []Field, i int32) []Field {
	if cr.strict {
		cr.fault = (&unknownField{name: cr.d.key(i)}).Error()
		return out
	}
	return cr.d.member(out, i, "", FieldText)
}

// participant reads one of "participants".
func (cr *canonicalReader) participant(i int32) bool {
	if cr.d.nodes[i].kind != jsonObject {
		cr.c.Fields = cr.d.fields(cr.c.Fields, i, "participants", FieldText)
		return true
	}
	cr.c.Participants = append(cr.c.Participants, Participant{})
	p := &cr.c.Participants[len(cr.c.Participants)-1]
	cr.d.children(i, func(j int32) bool {
		switch name := cr.d.key(j); {
		case name == "key" && p.Key == "" && cr.d.nodes[j].kind == jsonText:
			p.Key, p.Fields = cr.key(j, p.Fields)
		case name == "role" && p.Role == "" && cr.d.nodes[j].kind == jsonText && isKeyWord(cr.d.raw(j)):
			p.Role = cr.d.raw(j)
		case name == "name" && cr.once(j, p.refs.name):
			p.Name, p.refs.name = cr.scalar(j)
		case name == "email" && cr.once(j, p.refs.email):
			p.Email, p.refs.email = cr.scalar(j)
		case name == "ip" && cr.once(j, p.refs.ip):
			p.IP, p.refs.ip = cr.scalar(j)
			cr.ip(j)
		case name == "geo" && cr.d.nodes[j].kind == jsonObject && p.Geo == nil:
			cr.geo(j, p)
		case name == "fields" && cr.d.nodes[j].kind == jsonObject:
			p.Fields = cr.d.fields(p.Fields, j, "", FieldText)
		default:
			p.Fields = cr.unknown(p.Fields, j)
		}
		return cr.fault == ""
	})
	for k := range p.Fields {
		p.Fields[k].Party = p.Key
	}
	return cr.fault == ""
}

// key returns the key of a participant. One that a program would not choose may
// be a name: it becomes a field, and the participant gets another key.
func (cr *canonicalReader) key(i int32, fields []Field) (string, []Field) {
	if k := cr.d.raw(i); isKeyWord(k) {
		return k, fields
	}
	p := cr.d.place(i)
	k := cr.keys.key(cr.d.r.text(p))
	return k, append(fields, cr.d.r.field(p, "key", FieldHandle, k))
}

// geo reads a participant's geography; what is finer than a region is a field.
func (cr *canonicalReader) geo(i int32, p *Participant) {
	p.Geo = &Geo{}
	n := &cr.d.nodes[i]
	cr.geos = append(cr.geos, memberPlace{len(cr.c.Participants) - 1, int(n.start) + 1, int(n.end) - 1, n.next == i+1})
	cr.d.children(i, func(j int32) bool {
		switch name := cr.d.key(j); {
		case name == "country" && cr.once(j, p.refs.country):
			p.Geo.Country, p.refs.country = cr.scalar(j)
		case name == "region" && cr.once(j, p.refs.region):
			p.Geo.Region, p.refs.region = cr.scalar(j)
		default:
			p.Fields = cr.d.member(p.Fields, j, "geo", FieldCity)
		}
		return true
	})
}

// ip remembers where the member "ip" stands, with its comma.
func (cr *canonicalReader) ip(i int32) {
	n := &cr.d.nodes[i]
	cr.ips = append(cr.ips, memberPlace{len(cr.c.Participants) - 1, int(n.keyStart) - 1, int(n.end), cr.d.raw(i) == ""})
}

// keyIDMember is the member that names the key of an anonymised conversation.
const keyIDMember = "naamloos_key"

// isKeyID reports whether s is 8 hexadecimal digits.
func isKeyID(s string) bool {
	return len(s) == 8 && strings.Trim(s, "0123456789abcdef") == ""
}

// extraEdits makes members that the source has not: the key, and geography.
func (cr *canonicalReader) extraEdits(c *Conversation) []Edit {
	var out []Edit
	if c.KeyID != "" && c.refs.keyID == 0 {
		out = append(out, Edit{cr.start + 1, cr.start + 1, `"` + keyIDMember + `":"` + c.KeyID + `",`})
	}
	return append(out, cr.geoEdits(c)...)
}

// geoEdits takes the emptied members "ip" out and puts what is known of the
// geography in their place, or into the member "geo" that is there.
func (cr *canonicalReader) geoEdits(c *Conversation) []Edit {
	var out []Edit
	for _, m := range cr.ips {
		if m.participant >= len(c.Participants) || c.Participants[m.participant].IP != "" {
			continue
		}
		p := &c.Participants[m.participant]
		have := slices.IndexFunc(cr.geos, func(g memberPlace) bool { return g.participant == m.participant })
		switch {
		case p.Geo != nil && have < 0:
			out = append(out, Edit{m.start, m.end, string(appendGeo(nil, p.Geo))})
			continue
		case p.Geo != nil:
			out = append(out, cr.geos[have].complete(p)...)
		}
		if !m.empty {
			start, end := withComma(cr.d.s, m.start, m.end)
			out = append(out, Edit{start, end, ""})
		}
	}
	return out
}

// complete returns the edit that adds to a member "geo" what it has not.
func (m memberPlace) complete(p *Participant) []Edit {
	o := jsonWriter{}
	if p.refs.country == 0 {
		o.text("country", p.Geo.Country)
	}
	if p.refs.region == 0 {
		o.text("region", p.Geo.Region)
	}
	if len(o.b) == 0 {
		return nil
	}
	if !m.empty {
		o.next()
	}
	return []Edit{{m.start, m.start, string(o.b)}}
}

// withComma widens the range of a member to one comma beside it.
func withComma(s string, start, end int) (int, int) {
	i := end
	for strings.IndexByte(" \t\r\n", s[i]) >= 0 {
		i++
	}
	if s[i] == ',' {
		return start, i + 1
	}
	i = start - 1
	for strings.IndexByte(" \t\r\n", s[i]) >= 0 {
		i--
	}
	if s[i] == ',' {
		return i, end
	}
	return start, end
}

// message reads one of "messages".
func (cr *canonicalReader) message(i int32) bool {
	if cr.d.nodes[i].kind != jsonObject {
		cr.fault = "a message must be a JSON object"
		return false
	}
	cr.c.Messages = append(cr.c.Messages, Message{})
	m := &cr.c.Messages[len(cr.c.Messages)-1]
	cr.d.children(i, func(j int32) bool {
		switch name := cr.d.key(j); {
		case name == "text" && m.ref == 0 && cr.d.nodes[j].kind == jsonText:
			m.Text, m.ref, _ = cr.d.text(j)
		case name == "from" && m.From == "" && cr.d.nodes[j].kind == jsonText:
			m.From, m.Fields = cr.key(j, m.Fields)
		case name == "at" && cr.once(j, m.atRef):
			m.At, m.atRef, m.Fields = cr.time(j, name, m.Fields)
		case name == "kind" && cr.kind(j, m):
		case name == "fields" && cr.d.nodes[j].kind == jsonObject:
			m.Fields = cr.d.fields(m.Fields, j, "", FieldText)
		default:
			m.Fields = cr.unknown(m.Fields, j)
		}
		return cr.fault == ""
	})
	if m.ref == 0 && cr.fault == "" {
		cr.fault = "a message has no text"
	}
	return cr.fault == ""
}

// kind reads the kind of a message. False when it is none of ours.
func (cr *canonicalReader) kind(i int32, m *Message) bool {
	if cr.d.nodes[i].kind != jsonText {
		return false
	}
	name := cr.d.s[cr.d.nodes[i].start+1 : cr.d.nodes[i].end-1]
	for k, n := range kindNames {
		if n == name {
			m.Kind = MessageKind(k)
			return true
		}
	}
	return false
}

var kindNames = [...]string{KindText: "text", KindSystem: "system", KindNote: "note", KindWhisper: "whisper"}
