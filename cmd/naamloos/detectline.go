package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/clbchat/naamloos/transcripts"
)

// detectLine is what a line of the input of detect holds: a text, or a whole
// conversation.
type detectLine struct {
	id    string // of a text, as it is written; empty of a conversation
	text  string
	whole *transcripts.Conversation
}

// parseDetectLine reads line number n. Errors of package json quote their input,
// they are not passed on.
func parseDetectLine(line string, n int, canonical transcripts.Format) (detectLine, error) {
	if l, ok := plainLine(line); ok {
		return l, nil
	}
	if strings.Contains(line, `"messages"`) {
		if c, err := conversationLine(line, n, canonical); err == nil {
			return detectLine{whole: c}, nil
		}
	}
	var text struct {
		ID       json.RawMessage `json:"id"`
		Text     *string         `json:"text"`
		Messages json.RawMessage `json:"messages"`
	}
	if json.Unmarshal([]byte(line), &text) != nil {
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
	return detectLine{id: string(text.ID), text: *text.Text}, nil
}

// conversationLine reads a conversation of one line.
func conversationLine(line string, n int, canonical transcripts.Format) (*transcripts.Conversation, error) {
	for c, err := range canonical.Read(strings.NewReader(line), transcripts.ReadOptions{}) {
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
func plainLine(line string) (l detectLine, ok bool) {
	p := plainJSON{left: line}
	id := p.take("{").take(`"id"`).take(":").text()
	text := p.take(",").take(`"text"`).take(":").text()
	if p.take("}").take(""); p.other || len(p.left) > 0 {
		return l, false
	}
	return detectLine{id: id, text: text[1 : len(text)-1]}, true
}

// plainJSON is JSON that is still to be read.
type plainJSON struct {
	left  string
	other bool // something else was there than was to be taken
}

// take steps over blanks and a token.
func (p *plainJSON) take(token string) *plainJSON {
	for len(p.left) > 0 && (p.left[0] == ' ' || p.left[0] == '\t' || p.left[0] == '\r') {
		p.left = p.left[1:]
	}
	after, ok := strings.CutPrefix(p.left, token)
	p.left, p.other = after, p.other || !ok
	return p
}

// text steps over a string without escapes and returns it with its quotes.
func (p *plainJSON) text() string {
	whole := p.take("").left
	end := strings.IndexByte(p.take(`"`).left, '"')
	if p.other || end < 0 {
		p.other = true
		return ""
	}
	text := p.left[:end]
	p.left = p.left[end+1:]
	p.other = strings.IndexByte(text, '\\') >= 0 || !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' })
	return whole[:end+2]
}
