package transcripts

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"strings"
)

const vconName = "vcon"

// vconFormat is the conversation container of the IETF working group vcon
// (draft-ietf-vcon-vcon-core-04): one JSON object per conversation, one per file
// or one per line. What was not read as vCon is written as redacted, for
// anonymised conversations.
func vconFormat() Format {
	return Format{
		Name: vconName,
		Doc:  "vCon, the IETF container for conversations (draft-ietf-vcon-vcon-core-04)",
		Sniff: func(_ string, head []byte) int {
			head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(utf8BOM)), " \t\r\n")
			if bytes.HasPrefix(head, []byte("{")) && bytes.Contains(head, []byte(`"parties"`)) && bytes.Contains(head, []byte(`"uuid"`)) &&
				(bytes.Contains(head, []byte(`"dialog"`)) || bytes.Contains(head, []byte(`"vcon"`))) {
				return 90
			}
			return 0
		},
		Read:  readVCon,
		Write: writeVCon,
	}
}

// readVCon reads lines when the first one is an object, else one object.
func readVCon(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		l := newLines(r, o.maxRecord())
		first, err := l.next()
		_, _, fault := parseJSON(strings.TrimPrefix(first, utf8BOM), 0)
		rest := io.MultiReader(strings.NewReader(first), l.r)
		if err == nil && fault == "" {
			readJSONLines(rest, o, vconName, parseVCon)(yield)
			return
		}
		if err == errLong {
			rest = &faultReader{err}
		}
		wholeFile{vconName, func(rec *record, o ReadOptions) (*Conversation, string) {
			if rec.places[0].layer != nil {
				return nil, "not UTF-8"
			}
			return parseVCon(rec.raw, 0, o)
		}}.read(rest, o)(yield)
	}
}

// faultReader fails.
type faultReader struct{ err error }

func (f *faultReader) Read([]byte) (int, error) { return 0, f.err }

// vconReader fills a conversation from a vCon.
type vconReader struct {
	d       *jsonDoc
	c       *Conversation
	parties int32 // the member with the participants, -1 for none
	strict  bool
	fault   string
}

func parseVCon(raw string, at int, o ReadOptions) (*Conversation, string) {
	d, fault := newObjectRecord(vconName, "a vCon", raw, at)
	if fault != "" {
		return nil, fault
	}
	v := vconReader{d: d, c: &Conversation{src: d.r}, strict: o.Strict}
	v.parties = d.find(0, "parties")
	if i := v.parties; i >= 0 && d.nodes[i].kind == jsonArray {
		d.children(i, v.party)
	}
	d.children(0, v.member)
	return v.c, v.fault
}

// member reads a member of the vCon; false stops at a fault.
func (v *vconReader) member(i int32) bool {
	c, d := v.c, v.d
	isText := d.nodes[i].kind == jsonText
	switch name := d.key(i); {
	case i == v.parties && d.nodes[i].kind == jsonArray:
	case name == "vcon" || name == "redacted" || name == "extensions" || name == "critical":
		c.Fields = d.fields(c.Fields, i, name, FieldOther)
	case name == "uuid" && isText && c.refs.id == 0:
		c.ID, c.refs.id, _ = d.text(i)
	case name == "subject" && isText && c.refs.topic == 0:
		c.Topic, c.refs.topic, _ = d.text(i)
	case (name == "created_at" || name == "updated_at") && isText:
		p := d.place(i)
		at, ref, ok := d.r.time(p)
		if !ok || name == "updated_at" {
			c.Fields = append(c.Fields, d.r.field(p, name, FieldTime, ""))
			return true
		}
		c.Started, c.refs.started = at, ref
	case name == "dialog" && d.nodes[i].kind == jsonArray:
		d.children(i, v.dialog)
	case name == "analysis" || name == "attachments" || name == "group" || name == "meta":
		v.attached(i, name)
	case v.strict:
		v.fault = (&unknownField{name: name}).Error()
	default:
		c.Fields = d.member(c.Fields, i, "", FieldText)
	}
	return v.fault == ""
}

// party reads one of "parties". Dialogs refer to parties by number.
func (v *vconReader) party(i int32) bool {
	n := len(v.c.Participants)
	v.c.Participants = append(v.c.Participants, Participant{Key: keyNumber(n)})
	p := &v.c.Participants[n]
	if v.d.nodes[i].kind != jsonObject {
		p.Fields = v.d.fields(p.Fields, i, "parties", FieldText)
		return true
	}
	v.d.children(i, func(j int32) bool {
		name, isText := v.d.key(j), v.d.nodes[j].kind == jsonText
		switch {
		case name == "name" && isText && p.refs.name == 0:
			p.Name, p.refs.name, _ = v.d.text(j)
		case name == "mailto" && isText && p.refs.email == 0:
			p.Email, p.refs.email = v.address(j, "mailto:")
		case name == "role" && isText && isKeyWord(v.d.raw(j)):
			if p.Role = v.d.raw(j); p.Role == "agent" {
				p.Role = RoleOperator
			}
		case isText && (name == "tel" || name == "sip" || name == "did" || name == "stir"):
			kind := FieldHandle
			if name == "tel" {
				kind = FieldPhone
			}
			p.Fields = append(p.Fields, v.d.r.field(v.d.place(j), name, kind, p.Key))
		case name == "uuid" && isText:
			p.Fields = append(p.Fields, v.d.r.field(v.d.place(j), name, FieldID, p.Key))
		case name == "gmlpos":
			p.Fields = v.d.fields(p.Fields, j, name, FieldCoordinate)
		case name == "civicaddress":
			v.civic(j, p)
		default:
			p.Fields = v.d.member(p.Fields, j, "", FieldText)
		}
		return true
	})
	return true
}

// address reads an address without its scheme.
func (v *vconReader) address(i int32, scheme string) (string, ref) {
	p := v.d.place(i)
	if text := v.d.r.text(p); strings.HasPrefix(text, scheme) {
		p, _ = v.d.r.add(p, len(scheme), len(text), nil)
	}
	return v.d.r.text(p), v.d.r.leaf(p)
}

// civic reads an address by RFC 5139: only country and a1 are coarse enough.
func (v *vconReader) civic(i int32, p *Participant) {
	if v.d.nodes[i].kind != jsonObject {
		p.Fields = v.d.fields(p.Fields, i, "civicaddress", FieldCity)
		return
	}
	v.d.children(i, func(j int32) bool {
		kind := FieldCity
		switch v.d.key(j) {
		case "country":
			kind = FieldCountry
		case "a1":
			kind = FieldRegion
		}
		p.Fields = v.d.member(p.Fields, j, "civicaddress", kind)
		return true
	})
}

// dialog reads one of "dialog". Only those of type text are messages.
func (v *vconReader) dialog(i int32) bool {
	d := v.d
	kind := d.find(i, "type")
	body := d.find(i, "body")
	if kind < 0 || d.raw(kind) != "text" || body < 0 || d.nodes[body].kind != jsonText {
		v.c.Fields = v.unread(v.c.Fields, i, "dialog")
		return true
	}
	var m Message
	if t := d.find(i, "mediatype"); t >= 0 && strings.HasPrefix(d.raw(t), "text/html") {
		p := d.place(body)
		m.Text, m.ref, m.Fields = d.r.html(p, 0, len(d.r.text(p)), htmlPlain)
	} else {
		m.Text, m.ref, _ = d.text(body)
	}
	d.children(i, func(j int32) bool {
		if j == body {
			return true
		}
		switch name := d.key(j); name {
		case "type", "encoding", "mediatype", "duration", "application":
			if !slices.Contains(vconWords, d.raw(j)) {
				m.Fields = d.fields(m.Fields, j, name, FieldOther)
			}
		case "start":
			p := d.place(j)
			var ok bool
			if m.At, m.atRef, ok = d.r.time(p); !ok {
				m.Fields = append(m.Fields, d.r.field(p, name, FieldTime, ""))
			}
		case "parties", "originator":
			if m.From == "" || name == "originator" {
				m.From = v.from(j)
			}
		default:
			m.Fields = d.member(m.Fields, j, "", FieldText)
		}
		return true
	})
	v.c.Messages = append(v.c.Messages, m)
	return true
}

// vconWords are values of a dialog that say no more than that it is text.
var vconWords = []string{"text", "text/plain", "text/html", "none", "json", "chat"}

// from returns the key of the first party of a dialog.
func (v *vconReader) from(i int32) string {
	if v.d.nodes[i].kind == jsonArray {
		if v.d.nodes[i].next == i+1 {
			return ""
		}
		i++
	}
	if n := atoi(v.d.raw(i)); v.d.nodes[i].kind == jsonNumber && isNumber(v.d.raw(i)) && n < len(v.c.Participants) && v.d.raw(i)[0] != '-' {
		return keyNumber(n)
	}
	return ""
}

// attached reads analysis and attachments: their bodies are text when they can
// be read, else they have to go.
func (v *vconReader) attached(i int32, name string) {
	if v.d.nodes[i].kind != jsonArray {
		v.c.Fields = v.d.fields(v.c.Fields, i, name, FieldText)
		return
	}
	v.d.children(i, func(j int32) bool {
		v.c.Fields = v.unread(v.c.Fields, j, name)
		return true
	})
}

// unread reads an object whose body is no message.
func (v *vconReader) unread(fields []Field, i int32, name string) []Field {
	d := v.d
	if d.nodes[i].kind != jsonObject {
		return d.fields(fields, i, name, FieldText)
	}
	coded := false
	if e := d.find(i, "encoding"); e >= 0 {
		coded = d.raw(e) == "base64url" || d.raw(e) == "base64"
	}
	d.children(i, func(j int32) bool {
		kind := FieldText
		switch key := d.key(j); key {
		case "body":
			if coded {
				kind = FieldDrop
			}
		case "type", "encoding", "mediatype", "dialog", "party", "parties", "content_hash", "duration", "vendor", "product", "schema", "application":
			kind = FieldOther
		case "url":
			kind = FieldURL
		case "filename":
			kind = FieldFileName
		case "start":
			kind = FieldTime
		}
		fields = d.member(fields, j, name, kind)
		return true
	})
	return fields
}
