package transcripts

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"strconv"
	"time"
)

// writeVCon writes one vCon per line, those read as vCon as they were.
func writeVCon(w io.Writer, conversations iter.Seq2[*Conversation, error]) error {
	for c, err := range conversations {
		if err != nil {
			return err
		}
		var s string
		if len(c.Messages) == 0 && (c.src == nil || c.src.format() != vconName) {
			continue // no chat
		}
		if c.src != nil && c.src.format() == vconName {
			if s, err = c.src.splice(c); err != nil {
				return err
			}
		} else {
			s = string(appendVCon(nil, c)) + "\n"
		}
		if _, err := io.WriteString(w, s); err != nil {
			return err
		}
	}
	return nil
}

// appendVCon appends a conversation as a vCon. Its uuid is made of its content,
// so that the same conversation gives the same bytes.
func appendVCon(b []byte, c *Conversation) []byte {
	created := c.Started
	for i := 0; created.IsZero() && i < len(c.Messages); i++ {
		created = c.Messages[i].At
	}
	if created.IsZero() {
		created = time.Unix(0, 0).UTC()
	}
	o := jsonWriter{b: b}
	o.open('{')
	o.value("vcon", "0.4.0")
	o.value("uuid", contentUUID(appendCanonical(nil, c)))
	o.value("created_at", created.Format(time.RFC3339))
	o.text("subject", c.Topic)
	o.name("redacted")
	o.open('{')
	o.value("type", "pii-pseudonymised")
	o.shut('}')
	o.name("parties")
	o.open('[')
	for i := range c.Participants {
		o.party(&c.Participants[i])
	}
	o.shut(']')
	o.name("dialog")
	o.open('[')
	for i := range c.Messages {
		o.dialog(&c.Messages[i], c.Participants, created)
	}
	o.shut(']')
	for _, empty := range []string{"analysis", "attachments"} {
		o.name(empty)
		o.open('[')
		o.shut(']')
	}
	o.shut('}')
	return o.b
}

func (o *jsonWriter) party(p *Participant) {
	o.open('{')
	o.text("name", p.Name)
	if p.Email != "" {
		o.value("mailto", p.Email)
	}
	role := p.Role
	if role == RoleOperator {
		role = "agent"
	}
	o.text("role", role)
	if p.Geo != nil {
		o.name("civicaddress")
		o.open('{')
		o.text("country", p.Geo.Country)
		o.text("a1", p.Geo.Region)
		o.shut('}')
	}
	o.shut('}')
}

func (o *jsonWriter) dialog(m *Message, parties []Participant, created time.Time) {
	at := m.At
	if at.IsZero() {
		at = created
	}
	o.open('{')
	o.value("type", "text")
	o.value("start", at.Format(time.RFC3339Nano))
	o.name("parties")
	o.open('[')
	for i := range parties {
		if parties[i].Key == m.From && m.From != "" {
			o.next()
			o.b = strconv.AppendInt(o.b, int64(i), 10)
		}
	}
	o.shut(']')
	o.value("mediatype", "text/plain")
	o.value("body", m.Text)
	o.value("encoding", "none")
	o.shut('}')
}

// contentUUID returns a UUID of version 8 (RFC 9562) made of the hash of b.
func contentUUID(b []byte) string {
	sum := sha256.Sum256(b)
	sum[6] = sum[6]&0x0F | 0x80
	sum[8] = sum[8]&0x3F | 0x80
	s := hex.EncodeToString(sum[:16])
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}
