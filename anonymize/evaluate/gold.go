// Package evaluate measures detection against annotated chats.
//
// [Read] reads annotated chats in three shapes, [Measure] runs a detector over
// them, [Scores.Result] gives the figures with 95% intervals, [Swap] gives the
// same chats with names of another origin. What is measured:
//
//   - covered: annotated spans whose every letter and digit lies in some span
//     found, whatever its type ("not leaked");
//   - strict precision, recall and F1: same start, same end, same type;
//   - precision: found spans that touch something annotated, whatever its type;
//   - over-redaction: share of the letters and digits outside all annotation
//     that are covered;
//   - clean: conversations in which no annotated letter or digit of a type leaks.
//
// It quotes annotated text, which real chats must never become: use it with
// invented chats only.
package evaluate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// Chat is one annotated conversation.
type Chat struct {
	ID       string    `json:"id"`
	Lang     string    `json:"lang"`
	Domain   string    `json:"domain"`
	Nick     string    `json:"nick"`     // of the visitor
	Operator string    `json:"operator"` // name of the operator
	IP       string    `json:"ip"`
	Messages []Message `json:"messages"`

	// Alone says that the texts stand alone: none knows of the others, and
	// there is no header.
	Alone bool `json:"-"`
}

// Message is one annotated text.
type Message struct {
	ID    string `json:"id"` // of a text that stands alone
	From  string `json:"from"`
	Text  string `json:"text"`
	Spans []Span `json:"spans"`
}

// Span is one annotation: bytes [Start, End) of the text.
type Span struct {
	Start int                  `json:"start"`
	End   int                  `json:"end"`
	Type  detectors.EntityType `json:"type"`
}

const longestLine = 16 << 20

// Read reads annotated chats: conversations of one JSON object a line, single
// texts of one JSON object a line ({"id":"c1/3","text":...,"spans":...}; those
// of one conversation follow each other), or chats with markup (see
// docs/EVALUATION.md). The shape is told by the first line.
func Read(r io.Reader) ([]Chat, error) {
	b := bufio.NewReader(r)
	for {
		c, err := b.ReadByte()
		if err != nil {
			return nil, fmt.Errorf("annotated chats: the file is empty")
		}
		if c != '\n' && c != '\r' && c != ' ' && c != '\t' {
			_ = b.UnreadByte() // a byte was just read
			if c == '{' {
				return readJSON(b)
			}
			return readMarkup(b)
		}
	}
}

// readJSON reads either shape of JSON lines.
func readJSON(r io.Reader) ([]Chat, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), longestLine)
	var chats []Chat
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		var err error
		if chats, err = appendLine(chats, line); err != nil {
			return nil, fmt.Errorf("annotated chats: line %d: %w", n, err)
		}
	}
	if lines.Err() != nil {
		return nil, fmt.Errorf("annotated chats: line %d: cannot be read", n+1)
	}
	return chats, nil
}

func appendLine(chats []Chat, line []byte) ([]Chat, error) {
	var chat Chat
	if json.Unmarshal(line, &chat) != nil {
		return nil, fmt.Errorf("not a JSON object of annotated text")
	}
	if chat.Messages != nil {
		return append(chats, chat), check(chat.Messages)
	}
	var m Message
	if json.Unmarshal(line, &m) != nil || m.ID == "" {
		return nil, fmt.Errorf("neither a conversation nor a text with an id")
	}
	id, _, _ := strings.Cut(m.ID, "/")
	if len(chats) == 0 || chats[len(chats)-1].ID != id {
		chats = append(chats, Chat{ID: id, Alone: true})
	}
	last := &chats[len(chats)-1]
	last.Messages = append(last.Messages, m)
	return chats, check(last.Messages[len(last.Messages)-1:])
}

// check reports the first span that lies outside its text.
func check(messages []Message) error {
	for i, m := range messages {
		for _, s := range m.Spans {
			if s.Start < 0 || s.Start >= s.End || s.End > len(m.Text) || !onRune(m.Text, s.Start) || !onRune(m.Text, s.End) {
				return fmt.Errorf("message %d: a span is outside the text or inside a character", i+1)
			}
			if !s.Type.Valid() {
				return fmt.Errorf("message %d: a span has an unknown type", i+1)
			}
		}
	}
	return nil
}

func onRune(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }

// conversations returns what a detector is given of c: one conversation, or one
// for each text that stands alone.
func (c *Chat) conversations() []*transcripts.Conversation {
	if !c.Alone {
		return []*transcripts.Conversation{c.conversation(c.Messages)}
	}
	out := make([]*transcripts.Conversation, len(c.Messages))
	for i := range c.Messages {
		out[i] = c.conversation(c.Messages[i : i+1])
	}
	return out
}

func (c *Chat) conversation(messages []Message) *transcripts.Conversation {
	out := &transcripts.Conversation{ID: c.ID}
	if c.Nick != "" || c.IP != "" {
		out.Participants = append(out.Participants,
			transcripts.Participant{Key: transcripts.RoleVisitor, Role: transcripts.RoleVisitor, Name: c.Nick, IP: c.IP})
	}
	if c.Operator != "" {
		out.Participants = append(out.Participants,
			transcripts.Participant{Key: transcripts.RoleOperator, Role: transcripts.RoleOperator, Name: c.Operator})
	}
	for _, m := range messages {
		out.Messages = append(out.Messages, transcripts.Message{From: m.From, Text: m.Text})
	}
	return out
}

// messageID names message i of c.
func (c *Chat) messageID(i int) string {
	if id := c.Messages[i].ID; id != "" {
		return id
	}
	return fmt.Sprintf("%s/%d", c.ID, i+1)
}
