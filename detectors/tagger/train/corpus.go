// Package train makes the model of the names tagger and the tables of the
// lexicon, deterministically, from annotated chats, sentences and BIO files.
//
// [ReadChats], [ReadSentences] and [ReadBIO] read what is annotated, [Fit]
// makes a model, [CrossValidate] measures one on conversations it has not seen.
package train

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/clbchat/naamloos/detectors/tagger"
)

// Span is an annotation: bytes [Start, End) of a text.
type Span struct {
	Start, End int
	Type       string
}

// Message is one annotated text.
type Message struct {
	Text  string
	Spans []Span
	Role  tagger.Role
}

// Conversation is one annotated chat, or a piece of news, or a single sentence.
type Conversation struct {
	ID       string
	Lang     string
	Names    []string // of the participants, from the header
	Messages []Message
	News     bool // edited or public text, not a chat
}

// FaultError tells where an annotated file is faulty.
type FaultError struct {
	File  string
	Line  int
	Fault string
}

func (e *FaultError) Error() string { return fmt.Sprintf("train: %s:%d: %s", e.File, e.Line, e.Fault) }

// ReadChats reads conversations in the markup of testdata/train: a header line
// beginning with ===, lines "visitor: text" and "operator: text", and lines
// beginning with a tab that continue a message.
func ReadChats(name string, r io.Reader) ([]Conversation, error) {
	var out []Conversation
	var raw []rawMessage
	finish := func() error {
		if len(out) == 0 {
			return nil
		}
		c := &out[len(out)-1]
		for _, m := range raw {
			text, spans, ok := parseMarkup(m.text)
			if !ok {
				return &FaultError{name, m.line, "unbalanced markup"}
			}
			c.Messages = append(c.Messages, Message{Text: text, Spans: spans, Role: m.role})
		}
		raw = raw[:0]
		return nil
	}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for line := 1; sc.Scan(); line++ {
		l := sc.Text()
		switch {
		case strings.HasPrefix(l, "=== conv "):
			if err := finish(); err != nil {
				return nil, err
			}
			out = append(out, parseHeader(l))
		case strings.HasPrefix(l, "visitor: "):
			raw = append(raw, rawMessage{l[len("visitor: "):], tagger.Visitor, line})
		case strings.HasPrefix(l, "operator: "):
			raw = append(raw, rawMessage{l[len("operator: "):], tagger.Staff, line})
		case strings.HasPrefix(l, "\t") && len(raw) > 0:
			raw[len(raw)-1].text += "\n" + l[1:]
		case strings.TrimSpace(l) != "" && !strings.HasPrefix(l, "#"):
			return nil, &FaultError{name, line, "neither header nor message"}
		}
	}
	if err := sc.Err(); err != nil {
		return nil, err
	}
	return out, finish()
}

type rawMessage struct {
	text string
	role tagger.Role
	line int
}

func parseHeader(l string) Conversation {
	id, _, _ := strings.Cut(l[len("=== conv "):], " ")
	c := Conversation{ID: id, Lang: attribute(l, "lang")}
	for _, a := range []string{"nick", "operator"} {
		if v := attribute(l, a); v != "" {
			c.Names = append(c.Names, v)
		}
	}
	return c
}

// attribute returns the value of name=value or name="value" in a header.
func attribute(l, name string) string {
	_, v, ok := strings.Cut(l, " "+name+"=")
	if !ok {
		return ""
	}
	if strings.HasPrefix(v, `"`) {
		v, _, _ = strings.Cut(v[1:], `"`)
		return v
	}
	v, _, _ = strings.Cut(v, " ")
	return v
}

// parseMarkup takes [[TYPE|text]] out of raw.
func parseMarkup(raw string) (text string, spans []Span, ok bool) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(raw, "[[")
		b.WriteString(before)
		if !found {
			return b.String(), spans, !strings.Contains(before, "]]")
		}
		inner, after, closed := strings.Cut(rest, "]]")
		typ, value, bar := strings.Cut(inner, "|")
		if !closed || !bar || value == "" {
			return "", nil, false
		}
		spans = append(spans, Span{b.Len(), b.Len() + len(value), typ})
		b.WriteString(value)
		raw = after
	}
}

// ReadSentences reads lines "language<TAB>marked-up text", each a conversation
// of one message.
func ReadSentences(name string, r io.Reader) ([]Conversation, error) {
	var out []Conversation
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for line := 1; sc.Scan(); line++ {
		l := sc.Text()
		if strings.TrimSpace(l) == "" || strings.HasPrefix(l, "#") {
			continue
		}
		lang, raw, tab := strings.Cut(l, "\t")
		text, spans, ok := parseMarkup(raw)
		if !tab || !ok {
			return nil, &FaultError{name, line, "not language, tab and marked-up text"}
		}
		out = append(out, Conversation{ID: fmt.Sprintf("%s/%d", name, line), Lang: lang,
			Messages: []Message{{Text: text, Spans: spans}}})
	}
	return out, sc.Err()
}

// maxSentence cuts files without sentence breaks.
const maxSentence = 60

// ReadBIO reads lines "token<TAB>label" with labels O, B-PER, I-PER, B-LOC and
// so on, and an empty line between sentences. Labels are those of CoNLL; others
// than persons, organisations and places are read as O.
func ReadBIO(r io.Reader) ([]Conversation, error) {
	var out []Conversation
	var s bioSentence
	flush := func() {
		if len(s.spans)+s.text.Len() > 0 {
			out = append(out, Conversation{News: true, Messages: []Message{{Text: s.text.String(), Spans: s.spans}}})
		}
		s = bioSentence{}
	}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		cols := strings.Split(sc.Text(), "\t")
		if len(cols) < 2 || cols[0] == "" {
			flush()
			continue
		}
		s.add(cols[0], cols[len(cols)-1])
		if s.n >= maxSentence || s.n > 3 && strings.ContainsAny(cols[0], ".!?") && len(cols[0]) == 1 {
			flush()
		}
	}
	flush()
	return out, sc.Err()
}

type bioSentence struct {
	text  strings.Builder
	spans []Span
	n     int
	open  bool // the last token was part of a span
}

// add appends a token with the white space that running text would have.
func (s *bioSentence) add(tok, label string) {
	if s.n > 0 && !strings.Contains(".,!?;:)'’", tok[:1]) {
		s.text.WriteByte(' ')
	}
	start := s.text.Len()
	s.text.WriteString(tok)
	s.n++
	typ := map[string]string{"PER": "PERSON", "LOC": "LOC", "ORG": "ORG"}[label[min(2, len(label)):]]
	if typ == "" || strings.HasPrefix(tok, "@") {
		s.open = false
		return
	}
	if last := len(s.spans) - 1; s.open && label[0] == 'I' && s.spans[last].Type == typ {
		s.spans[last].End = s.text.Len()
		return
	}
	s.spans = append(s.spans, Span{start, s.text.Len(), typ})
	s.open = true
}
