package trace

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

func chat(texts ...string) *transcripts.Conversation {
	c := &transcripts.Conversation{ID: "c1"}
	for _, text := range texts {
		c.Messages = append(c.Messages, transcripts.Message{Text: text})
	}
	return c
}

func written(t *testing.T, keyID string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, keyID)
	require.NoError(t, err)
	replaced := [][]anonymize.Replacement{{{Message: 1, Start: 4, End: 22, From: 4, To: 8, Type: detectors.Person, Detector: "names", Rule: "names: tagged as person",
		Score: 0.9, Digest: corrections.Digest{1, 2, 3}}}}
	require.NoError(t, w.Add("a.jsonl", 1, chat("dag [PERSON-k7mz4qhd9]"), replaced))
	return b.String()
}

func TestTraceReadsBack(t *testing.T) {
	f, err := Read(strings.NewReader(written(t, "aabbccdd")))
	require.NoError(t, err)
	assert.Equal(t, "aabbccdd", f.KeyID)
	assert.Nil(t, f.In("b.jsonl"))
	got := f.In("a.jsonl").Of(chat("dag [PERSON-k7mz4qhd9]"), 1)
	require.Len(t, got, 1)
	assert.Equal(t, "names: tagged as person", got[0][0].Rule)
	assert.Equal(t, corrections.Digest{1, 2, 3}, got[0][0].Digest)
}

func TestWithoutAKeyThereAreNoDigests(t *testing.T) {
	assert.NotContains(t, written(t, ""), "digest")
	assert.Contains(t, written(t, "aabbccdd"), "digest")
}

func TestPlacesThatDoNotFitAreNotUsed(t *testing.T) {
	text := written(t, "aabbccdd")
	for name, change := range map[string][2]string{
		"beside the pseudonym": {`"start":4`, `"start":3`}, "behind the end": {`"end":22`, `"end":99`}, "backwards": {`"start":4`, `"start":30`},
		"no such message": {`"message":1`, `"message":7`}, "unknown type": {`PERSON`, `GEHEIM`}, "other conversation": {`"id":"c1"`, `"id":"c2"`},
	} {
		f, err := Read(strings.NewReader(strings.Replace(text, change[0], change[1], 1)))
		require.NoError(t, err, name)
		assert.Nil(t, f.In("a.jsonl").Of(chat("dag [PERSON-k7mz4qhd9]"), 1), name)
	}
}

func TestBadTracesAreRefused(t *testing.T) {
	text := written(t, "aabbccdd")
	for name, bad := range map[string]string{"empty": "", "other": `{"format":"geheim","version":1}`, "half": text[:len(text)-9], "no JSON": "geheim"} {
		_, err := Read(strings.NewReader(bad))
		require.ErrorIs(t, err, ErrMalformed, name)
		assert.NotContains(t, err.Error(), "geheim")
	}
	_, err := Read(strings.NewReader(strings.Replace(text, `"version":1`, `"version":2`, 1)))
	assert.ErrorIs(t, err, ErrVersion)
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"format":"naamloos trace","version":1}` + "\n" + `{"number":1,"replacements":[{"message":1,"start":0,"end":3,"type":"PERSON"}]}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := Read(bytes.NewReader(file))
		if err != nil || r.In("") == nil {
			return
		}
		text := "dag [PERSON-k7mz4qhd9] é"
		for _, message := range r.In("").Of(chat(text), 1) {
			at := 0
			for _, m := range message {
				require.True(t, at <= m.Start && m.Start <= m.End && m.End <= len(text))
				at = m.End
			}
		}
	})
}
