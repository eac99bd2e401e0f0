package evaluate

import (
	"bufio"
	"io"
	"strings"

	"github.com/clbchat/naamloos/detectors"
)

// Write writes chats in the markup that Read reads and the trainer too. It
// returns how many it left out because their text holds signs of the markup.
func Write(w io.Writer, chats []Chat) (left int, err error) {
	b := bufio.NewWriter(w)
	for _, c := range chats {
		if !c.writable() {
			left++
			continue
		}
		c.write(b)
	}
	return left, b.Flush()
}

func (c *Chat) writable() bool {
	for _, s := range []string{c.ID, c.Lang, c.Domain} {
		if strings.ContainsAny(s, " \n\"=") {
			return false
		}
	}
	for _, m := range c.Messages {
		if strings.Contains(m.Text, "[[") || strings.Contains(m.Text, "]]") || strings.ContainsAny(m.Text, "\r") {
			return false
		}
		for _, s := range m.Spans {
			if strings.ContainsAny(m.Text[s.Start:s.End], "[]|") {
				return false
			}
		}
	}
	return !strings.ContainsAny(c.Nick+c.Operator, "\"\n")
}

func (c *Chat) write(b *bufio.Writer) {
	b.WriteString("=== conv " + c.ID)
	for _, a := range []struct{ name, value string }{{"lang", c.Lang}, {"domain", c.Domain}} {
		if a.value != "" {
			b.WriteString(" " + a.name + "=" + a.value)
		}
	}
	for _, a := range []struct{ name, value string }{{"nick", c.Nick}, {"operator", c.Operator}} {
		if a.value != "" {
			b.WriteString(" " + a.name + `="` + a.value + `"`)
		}
	}
	b.WriteByte('\n')
	for _, m := range c.Messages {
		from := "visitor"
		if m.From == "operator" {
			from = "operator"
		}
		b.WriteString(from + ": " + strings.ReplaceAll(marked(m), "\n", "\n\t") + "\n")
	}
	b.WriteByte('\n')
}

// marked returns the text of a message with its annotations in it.
func marked(m Message) string {
	var b strings.Builder
	at := 0
	for _, s := range m.Spans {
		b.WriteString(m.Text[at:s.Start] + "[[" + string(s.Type) + "|" + m.Text[s.Start:s.End] + "]]")
		at = s.End
	}
	b.WriteString(m.Text[at:])
	return b.String()
}

// SpansOf returns findings as annotations.
func SpansOf(found []detectors.Span) []Span {
	out := make([]Span, 0, len(found))
	for _, s := range found {
		out = append(out, Span{s.Start, s.End, s.Type})
	}
	return out
}
