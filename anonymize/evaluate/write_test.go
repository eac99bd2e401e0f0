package evaluate

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWrittenChatsReadBack(t *testing.T) {
	chats := []Chat{{ID: "a1", Lang: "nl", Nick: "lien", Operator: "Hanne", Messages: []Message{
		{From: "visitor", Text: "ik ben lien\nen jij", Spans: []Span{{7, 11, "PERSON"}}},
		{From: "operator", Text: "Dag [x] | Lien", Spans: []Span{{10, 14, "PERSON"}}},
	}}}
	var b bytes.Buffer
	left, err := Write(&b, chats)
	require.NoError(t, err)
	assert.Zero(t, left)
	back, err := Read(&b)
	require.NoError(t, err)
	assert.Equal(t, chats[0].Messages, back[0].Messages)
	assert.Equal(t, "lien", back[0].Nick)
}

func TestMarkupInATextIsLeftOut(t *testing.T) {
	var b bytes.Buffer
	left, err := Write(&b, []Chat{{ID: "a1", Messages: []Message{{From: "visitor", Text: "[[PERSON|x]]"}}}, {ID: "a b", Messages: []Message{{From: "visitor", Text: "x"}}}})
	require.NoError(t, err)
	assert.Equal(t, 2, left)
	assert.Empty(t, b.String())
}
