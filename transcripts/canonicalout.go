package transcripts

import (
	"strconv"
	"time"
)

// appendCanonical appends a conversation, read in whatever format, as one
// canonical JSON object. Fields become members named by their labels.
func appendCanonical(b []byte, c *Conversation) []byte {
	o := jsonWriter{b: b}
	o.open('{')
	o.text(keyIDMember, c.KeyID)
	o.text("id", c.ID)
	o.time("started", c.Started)
	o.time("ended", c.Ended)
	o.text("topic", c.Topic)
	if len(c.Participants) > 0 {
		o.name("participants")
		o.open('[')
		for i := range c.Participants {
			o.participant(&c.Participants[i])
		}
		o.shut(']')
	}
	o.fields(c.Fields, "")
	o.name("messages")
	o.open('[')
	for i := range c.Messages {
		o.message(&c.Messages[i])
	}
	o.shut(']')
	o.shut('}')
	return o.b
}

// jsonWriter appends JSON. Empty values are left out.
type jsonWriter struct {
	b     []byte
	comma bool
	style jsonString
}

func (o *jsonWriter) open(c byte) {
	o.next()
	o.b = append(o.b, c)
	o.comma = false
}

func (o *jsonWriter) shut(c byte) {
	o.b = append(o.b, c)
	o.comma = true
}

func (o *jsonWriter) next() {
	if o.comma {
		o.b = append(o.b, ',')
	}
	o.comma = true
}

func (o *jsonWriter) quote(s string) {
	o.b = append(o.b, '"')
	o.b = append(o.b, o.style.encode(s)...)
	o.b = append(o.b, '"')
}

func (o *jsonWriter) name(s string) {
	o.next()
	o.quote(s)
	o.b = append(o.b, ':')
	o.comma = false
}

func (o *jsonWriter) value(name, s string) {
	o.name(name)
	o.quote(s)
	o.comma = true
}

func (o *jsonWriter) text(name, s string) {
	if s != "" {
		o.value(name, s)
	}
}

func (o *jsonWriter) time(name string, t time.Time) {
	if !t.IsZero() {
		o.value(name, t.Format(time.RFC3339Nano))
	}
}

func (o *jsonWriter) participant(p *Participant) {
	o.open('{')
	o.text("key", p.Key)
	o.text("role", p.Role)
	o.text("name", p.Name)
	o.text("email", p.Email)
	o.text("ip", p.IP)
	if p.Geo != nil {
		o.next()
		o.b = appendGeo(o.b, p.Geo)
	}
	o.fields(p.Fields, "")
	o.shut('}')
}

func (o *jsonWriter) message(m *Message) {
	o.open('{')
	o.text("from", m.From)
	o.time("at", m.At)
	if m.Kind != KindText {
		o.value("kind", kindNames[m.Kind])
	}
	o.value("text", m.Text)
	o.fields(m.Fields, m.From)
	o.shut('}')
}

// fields writes fields as one object. A speaker's name in each of his messages
// is left out. Labels that recur are numbered.
func (o *jsonWriter) fields(fields []Field, speaker string) {
	seen := map[string]int{}
	for i := range fields {
		f := &fields[i]
		if f.Value == "" || speaker != "" && f.Kind == FieldName && f.Party == speaker {
			continue
		}
		if len(seen) == 0 {
			o.name("fields")
			o.open('{')
		}
		label := memberName(f.Label)
		if seen[label]++; seen[label] > 1 {
			label += " " + strconv.Itoa(seen[label])
		}
		o.value(label, f.Value)
	}
	if len(seen) > 0 {
		o.shut('}')
	}
}

// appendGeo appends the member "geo".
func appendGeo(b []byte, g *Geo) []byte {
	o := jsonWriter{b: b}
	o.name("geo")
	o.open('{')
	o.text("country", g.Country)
	o.text("region", g.Region)
	o.shut('}')
	return o.b
}
