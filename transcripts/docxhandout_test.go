package transcripts

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHandoutNamesTheReaderAndCarriesRemarks(t *testing.T) {
	c := &Conversation{ID: "c1", Topic: "pesten", Messages: []Message{{From: "v", Text: "hallo"}, {From: "o", Text: "dag"}}}
	var b bytes.Buffer
	h := Handout{Reader: `Ann <"&'> De Lezer`, Remarks: map[int]string{2: "mooi & kort"}}
	require.NoError(t, h.WriteDocx(&b, c))
	parts := map[string]string{}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		parts[f.Name] = string(text)
		wellFormed(t, f.Name, text)
	}
	assert.Contains(t, parts[docxHeader], "exemplaar van Ann &lt;")
	assert.Contains(t, parts[docxHeader], "textpath")
	assert.Contains(t, parts["word/document.xml"], "mooi &amp; kort")
	assert.Contains(t, parts[docxHeader], handoutNotice)

	b.Reset()
	require.NoError(t, Handout{}.WriteDocx(&b, c))
	assert.NotContains(t, b.String(), "exemplaar")
}

func wellFormed(t *testing.T, name string, text []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err, name)
	}
}
