package evaluate

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/clbchat/naamloos/detectors"
)

// readMarkup reads chats in which each annotation is written in the text:
//
//	=== conv a1 lang=nl domain=clb nick="lien" operator="Hanne" ip="192.0.2.7"
//	visitor: ik ben [[PERSON|lien]]
//	operator: Dag [[PERSON|Lien]]
//
// A line that begins with a tab goes on with the message before.
func readMarkup(r io.Reader) ([]Chat, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), longestLine)
	m := markup{}
	for lines.Scan() {
		m.n++
		if err := m.line(lines.Text()); err != nil {
			return nil, fmt.Errorf("annotated chats: line %d: %w", m.n, err)
		}
	}
	if lines.Err() != nil {
		return nil, fmt.Errorf("annotated chats: line %d: cannot be read", m.n+1)
	}
	if err := m.close(); err != nil {
		return nil, fmt.Errorf("annotated chats: line %d: %w", m.n, err)
	}
	return m.chats, nil
}

type markup struct {
	chats []Chat
	raw   *strings.Builder // markup of the last message, nil when there is none
	n     int
}

func (m *markup) line(line string) error {
	if rest, ok := strings.CutPrefix(line, "=== conv "); ok {
		if err := m.close(); err != nil {
			return err
		}
		m.chats = append(m.chats, header(rest))
		return nil
	}
	if more, ok := strings.CutPrefix(line, "\t"); ok && m.raw != nil {
		m.raw.WriteString("\n" + more)
		return nil
	}
	from, text, ok := strings.Cut(line, ": ")
	switch {
	case ok && len(m.chats) > 0 && (from == "visitor" || from == "operator"):
		if err := m.close(); err != nil {
			return err
		}
		chat := &m.chats[len(m.chats)-1]
		chat.Messages = append(chat.Messages, Message{From: from})
		m.raw = &strings.Builder{}
		m.raw.WriteString(text)
	case strings.TrimSpace(line) != "":
		return errors.New("neither a header nor a message")
	}
	return nil
}

// close reads the markup of the message that is complete now.
func (m *markup) close() error {
	if m.raw == nil {
		return nil
	}
	chat := &m.chats[len(m.chats)-1]
	last := &chat.Messages[len(chat.Messages)-1]
	var err error
	last.Text, last.Spans, err = parseMarkup(m.raw.String())
	m.raw = nil
	return err
}

// header reads the rest of a header line: an id and key=value or key="value".
func header(rest string) Chat {
	var c Chat
	c.ID, rest, _ = strings.Cut(rest, " ")
	fields := map[string]*string{"lang": &c.Lang, "domain": &c.Domain, "nick": &c.Nick, "operator": &c.Operator, "ip": &c.IP}
	for rest != "" {
		key, value, _ := strings.Cut(strings.TrimLeft(rest, " "), "=")
		if quoted, ok := strings.CutPrefix(value, `"`); ok {
			value, rest, _ = strings.Cut(quoted, `"`)
		} else {
			value, rest, _ = strings.Cut(value, " ")
		}
		if field := fields[key]; field != nil {
			*field = value
		}
	}
	return c
}

// parseMarkup splits marked text into plain text and annotations.
func parseMarkup(raw string) (text string, spans []Span, err error) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(raw, "[[")
		b.WriteString(before)
		if !found {
			return b.String(), spans, nil
		}
		inside, rest, closed := strings.Cut(after, "]]")
		label, value, labelled := strings.Cut(inside, "|")
		typ := detectors.EntityType(label)
		if !closed || !labelled || value == "" || !typ.Valid() {
			return "", nil, errors.New("an annotation is not of the form [[TYPE|text]]")
		}
		spans = append(spans, Span{Start: b.Len(), End: b.Len() + len(value), Type: typ})
		b.WriteString(value)
		raw = rest
	}
}
