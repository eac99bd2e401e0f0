package transcripts

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"
)

// Words of the hand-outs, in Dutch, for those who read chats to learn from them.
const (
	handoutNotice = "geanonimiseerd - niet verspreiden"
	handoutTitle  = "Gesprek"
)

// handout is a format that is written for people: conversations one after
// another between a header and a footer. It is meant for anonymised ones.
type handout struct {
	header, footer string
	conversation   func(w *bufio.Writer, sheet *handoutSheet)
}

// write implements Format.Write. Records that are no chats are left out.
func (h handout) write(w io.Writer, conversations iter.Seq2[*Conversation, error]) error {
	b := bufio.NewWriter(w)
	b.WriteString(h.header)
	n := 0
	for c, err := range conversations {
		if err != nil {
			return err
		}
		if len(c.Messages) == 0 {
			continue
		}
		n++
		h.conversation(b, newHandoutSheet(c, n))
		if err := b.Flush(); err != nil { // before the next is asked for
			return err
		}
	}
	b.WriteString(h.footer)
	return b.Flush()
}

// handoutSheet is a conversation as people read it.
type handoutSheet struct {
	number int
	topic  string
	people []handoutPerson
	rows   []handoutRow
}

// handoutPerson is a participant with the role he has.
type handoutPerson struct{ name, role, class string }

// handoutRow is a message: its number, the time since the conversation began,
// who says it, and what.
type handoutRow struct {
	number       int
	time, who    string
	class, label string // label: role or kind, empty when who says it all
	text         string
	remark       string // of whoever hands it out
}

// newHandoutSheet lays out a conversation.
func newHandoutSheet(c *Conversation, n int) *handoutSheet {
	s := &handoutSheet{number: n, topic: c.Topic}
	byKey := map[string]handoutPerson{}
	for i := range c.Participants {
		p := &c.Participants[i]
		person := handoutPerson{name: p.Name, role: roleWord(p.Role), class: roleClass(p.Role)}
		if person.name == "" {
			person.name = p.Key
			if person.role != "" {
				person.name, person.role = person.role, ""
			}
		}
		byKey[p.Key] = person
		s.people = append(s.people, person)
	}
	start := startOf(c)
	for i := range c.Messages {
		s.rows = append(s.rows, handoutRowOf(&c.Messages[i], i+1, start, byKey))
	}
	return s
}

func handoutRowOf(m *Message, n int, start time.Time, byKey map[string]handoutPerson) handoutRow {
	row := handoutRow{number: n, text: m.Text, class: "other"}
	if p, ok := byKey[m.From]; ok {
		row.who, row.label, row.class = p.name, p.role, p.class
	} else if m.From != "" {
		row.who = m.From
	}
	switch m.Kind {
	case KindSystem:
		row.label, row.class = "systeem", "system"
	case KindNote:
		row.label, row.class = "notitie", "note"
	case KindWhisper:
		row.label, row.class = "intern", "note"
	}
	if !m.At.IsZero() && !start.IsZero() {
		row.time = relativeTime(m.At.Sub(start))
	}
	return row
}

// startOf returns when a conversation began: as it says, or its first message.
func startOf(c *Conversation) time.Time {
	start := c.Started
	for i := range c.Messages {
		if at := c.Messages[i].At; !at.IsZero() && (start.IsZero() || at.Before(start)) {
			return at
		}
	}
	return start
}

// relativeTime returns +mm:ss, or +h:mm:ss from an hour on.
func relativeTime(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	if s < 3600 {
		return fmt.Sprintf("+%02d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("+%d:%02d:%02d", s/3600, s/60%60, s%60)
}

func roleWord(role string) string {
	switch role {
	case RoleVisitor:
		return "bezoeker"
	case RoleOperator, "agent":
		return "medewerker"
	case RoleBot:
		return "bot"
	case RoleSystem:
		return "systeem"
	}
	return role
}

func roleClass(role string) string {
	switch role {
	case RoleVisitor, RoleOperator, RoleBot, RoleSystem:
		return role
	case "agent":
		return RoleOperator
	}
	return "other"
}

// title returns the heading of a sheet.
func (s *handoutSheet) title() string {
	t := fmt.Sprintf("%s %d", handoutTitle, s.number)
	if s.topic != "" {
		t += ": " + s.topic
	}
	return t
}

// printable drops what cannot stand in a document: control characters, and the
// marks that turn the direction of the text around.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || 0x7F <= r && r < 0xA0, r == 0xFFFE || r == 0xFFFF,
			0x202A <= r && r <= 0x202E, 0x2066 <= r && r <= 0x2069, r == 0x200E || r == 0x200F || r == 0xFEFF:
			return -1
		}
		return r
	}, s)
}
