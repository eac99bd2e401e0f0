package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/clbchat/naamloos/transcripts"
)

// detectLine is what a line of the input of detect holds: a text, or a whole
// conversation.
type detectLine struct {
	id    json.RawMessage // of a text, as it is written
	text  string
	whole *transcripts.Conversation // nil of a text
}

// parseDetectLine reads line number n. Errors of package json quote their input,
// they are not passed on.
func parseDetectLine(line []byte, n int, canonical transcripts.Format) (detectLine, error) {
	if l, ok := plainLine(line); ok {
		return l, nil
	}
	if bytes.Contains(line, []byte(`"messages"`)) {
		if c, err := conversationLine(line, n, canonical); err == nil {
			return detectLine{whole: c}, nil
		}
	}
	var text struct {
		ID       json.RawMessage `json:"id"`
		Text     *string         `json:"text"`
		Messages json.RawMessage `json:"messages"`
	}
	if json.Unmarshal(line, &text) != nil {
		return detectLine{}, fmt.Errorf("line %d: not a JSON object with a text or messages", n)
	}
	if text.Messages != nil {
		c, err := conversationLine(line, n, canonical)
		return detectLine{whole: c}, err
	}
	if text.Text == nil {
		return detectLine{}, fmt.Errorf("line %d: neither \"text\" nor \"messages\"", n)
	}
	if text.ID == nil {
		text.ID = json.RawMessage("null")
	}
	return detectLine{id: text.ID, text: *text.Text}, nil
}

// conversationLine reads a conversation of one line.
func conversationLine(line []byte, n int, canonical transcripts.Format) (*transcripts.Conversation, error) {
	for c, err := range canonical.Read(bytes.NewReader(line), transcripts.ReadOptions{}) {
		var bad *transcripts.ReadError
		if errors.As(err, &bad) {
			return nil, fmt.Errorf("line %d: %s", n, bad.Fault)
		}
		return c, err
	}
	return nil, fmt.Errorf("line %d: not a conversation", n)
}

// plainLine reads a line that holds an id and a text and nothing else, both of
// them strings without escapes. Most lines are such.
func plainLine(line []byte) (l detectLine, ok bool) {
	p := plainJSON{left: line}
	id := p.take("{").take(`"id"`).take(":").text()
	text := p.take(",").take(`"text"`).take(":").text()
	if p.take("}").take(""); p.other || len(p.left) > 0 {
		return l, false
	}
	return detectLine{id: json.RawMessage(`"` + string(id) + `"`), text: string(text)}, true
}

// plainJSON is JSON that is still to be read.
type plainJSON struct {
	left  []byte
	other bool // something else was there than was to be taken
}

// take steps over blanks and a token.
func (p *plainJSON) take(token string) *plainJSON {
	for len(p.left) > 0 && (p.left[0] == ' ' || p.left[0] == '\t' || p.left[0] == '\r') {
		p.left = p.left[1:]
	}
	if len(p.left) < len(token) || string(p.left[:len(token)]) != token {
		p.other = true
		return p
	}
	p.left = p.left[len(token):]
	return p
}

// text steps over a string without escapes and returns what its quotes hold.
func (p *plainJSON) text() []byte {
	end := bytes.IndexByte(p.take(`"`).left, '"')
	if end < 0 {
		p.other = true
		return nil
	}
	text := p.left[:end]
	p.left = p.left[end+1:]
	p.other = p.other || !utf8.Valid(text) || slices.ContainsFunc(text, func(c byte) bool { return c < ' ' || c == '\\' })
	return text
}
