package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/clbchat/naamloos/transcripts"
)

// detectLines are lines of the input of detect, and whether they are read
// without package json.
var detectLines = map[string]bool{
	`{"id":"x","text":"dag Lotte"}`:              true,
	` { "id" : "x" , "text" : "élan 😭" } `:       true,
	`{"id":"","text":""}`:                        true,
	`{"id":"x","text":"zei \"dag\""}`:            false,
	`{"id":"x","text":"a\nb"}`:                   false,
	"{\"id\":\"x\",\"text\":\"a\tb\"}":           false,
	"{\"id\":\"x\",\"text\":\"a\xff\"}":          false,
	`{"id":7,"text":"dag"}`:                      false,
	`{"text":"dag","id":"x"}`:                    false,
	`{"text":"dag"}`:                             false,
	`{"id":"x","text":"dag","lang":"nl"}`:        false,
	`{"id":"x","text":"dag"} {}`:                 false,
	`{"id":"x","text":"dag"}}`:                   false,
	`{"id":"x","text":"dag"`:                     false,
	`{" id":"x","text":"dag"}`:                   false,
	`{"id":"x","text":null}`:                     false,
	`{"id":"x","messages":[{"text":"ik"}]}`:      false,
	`{"id":"x","meta":{"messages":1},"text":""}`: false,
	`{"id":"x","messages":[{"text":"a\qb"}]}`:    false,
}

func TestPlainLinesAreThoseWithoutEscapes(t *testing.T) {
	for line, want := range detectLines {
		_, ok := plainLine(line)
		assert.Equal(t, want, ok, line)
	}
}

func FuzzPlainLineIsReadAsJSON(f *testing.F) {
	for line := range detectLines {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		l, ok := plainLine(string(line))
		if !ok || bytes.IndexByte(line, '\n') >= 0 {
			return
		}
		var want struct {
			ID   json.RawMessage `json:"id"`
			Text *string         `json:"text"`
		}
		if err := json.Unmarshal(line, &want); err != nil || want.Text == nil || *want.Text != l.text || string(want.ID) != l.id {
			t.Errorf("%q is read as %+v", line, l)
		}
	})
}

func FuzzConversationLinesAreJSON(f *testing.F) {
	for _, line := range []string{
		`{"id":-1.5e+3,"messages":[{"text":"\u00e9\\\/"}],"x":[1,{"a":null,"b":true,"c":false}]}`, `{"messages":[{"text":"a\qb"}]}`,
		"{\"messages\":[{\"text\":\"a\tb\"}]}", `{"messages":[{"text":"a"},]}`, `{"id":01,"messages":[{"text":"a"}]}`,
		`{"messages":[{"text":"a"}]} {}`, `{"id":1. "messages":[]}`, `{"id":NaN,"messages":[]}`,
	} {
		f.Add([]byte(line))
	}
	canonical, _ := transcripts.Lookup("jsonl")
	f.Fuzz(func(t *testing.T, line []byte) {
		if bytes.IndexByte(line, '\n') >= 0 || bytes.HasPrefix(line, []byte("\xef\xbb\xbf")) {
			return
		}
		if _, err := conversationLine(string(line), 1, canonical); err == nil && !json.Valid(line) {
			t.Errorf("%q is read as a conversation", line)
		}
	})
}

func TestLinesThatAreNoJSONAreRefused(t *testing.T) {
	canonical, _ := transcripts.Lookup("jsonl")
	for _, line := range []string{`{"id":"x","messages":[{"text":"a\qb"}]}`, `{"id":"x","text":"dag"}}`, `{"id":"x"}`, `[]`} {
		_, err := parseDetectLine(line, 3, canonical)
		if assert.Error(t, err, line) {
			assert.Contains(t, err.Error(), "line 3: ")
		}
	}
}
