package transcripts

import (
	"io"
	"iter"
)

// chatMLFormat is the JSONL of messages with roles that language models are
// trained on: visitors are users, staff and bots are the assistant. What the
// system wrote and what staff said among themselves is left out.
func chatMLFormat() Format {
	return Format{
		Name:  "chatml",
		Doc:   "messages of roles user and assistant, one conversation per line (written only)",
		Write: writeChatML,
	}
}

func writeChatML(w io.Writer, conversations iter.Seq2[*Conversation, error]) error {
	for c, err := range conversations {
		if err != nil {
			return err
		}
		if b := appendChatML(nil, c); b != nil {
			if _, err := w.Write(append(b, '\n')); err != nil {
				return err
			}
		}
	}
	return nil
}

// appendChatML appends a conversation; nothing when no one says anything in it.
func appendChatML(b []byte, c *Conversation) []byte {
	staff := map[string]bool{}
	for i := range c.Participants {
		switch p := &c.Participants[i]; p.Role {
		case RoleOperator, RoleBot, "agent", "assistant":
			staff[p.Key] = true
		}
	}
	o := jsonWriter{b: b}
	o.open('{')
	o.name("messages")
	o.open('[')
	said := 0
	for i := range c.Messages {
		m := &c.Messages[i]
		if m.Kind != KindText || m.Text == "" {
			continue
		}
		said++
		role := "user"
		if staff[m.From] {
			role = "assistant"
		}
		o.open('{')
		o.value("role", role)
		o.value("content", m.Text)
		o.shut('}')
	}
	if said == 0 {
		return nil
	}
	o.shut(']')
	o.shut('}')
	return o.b
}
