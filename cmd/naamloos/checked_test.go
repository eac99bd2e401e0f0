package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/transcripts"
)

// plantingWriter hands on what a format writes, with a value planted in it: what
// a format would do that left an original behind.
func planting(write func(io.Writer, iter.Seq2[*transcripts.Conversation, error]) error, value string) func(io.Writer, iter.Seq2[*transcripts.Conversation, error]) error {
	return func(w io.Writer, in iter.Seq2[*transcripts.Conversation, error]) error {
		return write(w, func(yield func(*transcripts.Conversation, error) bool) {
			for c, err := range in {
				if err == nil && len(c.Messages) > 0 {
					m := &c.Messages[0]
					m.Edit([]transcripts.Edit{{Start: len(m.Text), End: len(m.Text), Text: " " + value}})
				}
				if !yield(c, err) {
					return
				}
			}
		})
	}
}

// released writes a file as the command does, through a format that leaves a
// value in it, and returns what comes out.
func released(t *testing.T, path, value string) ([]byte, error) {
	t.Helper()
	in := input{path: path, relative: filepath.Base(path)}
	src, format, err := in.open(surroundings{}, "")
	require.NoError(t, err)
	defer src.Close()
	a, err := anonymize.New(anonymize.Options{})
	require.NoError(t, err)
	var out bytes.Buffer
	w := &checkedWriter{w: &out, released: func(anonymize.Outcome, []byte) error { return nil }}
	write := format.Write
	if value != "" {
		write = planting(write, value)
	}
	err = write(w, w.checked(a.Conversations(format.Read(src, in.options()), w.observe)))
	if err == nil {
		err = w.flush()
	}
	return out.Bytes(), err
}

// What was taken out of a conversation and still stands in what a format writes
// is found in every format, also packed and in what several share.
func TestWhatAFormatLeavesBehindIsNotReleased(t *testing.T) {
	chats := filepath.Join(t.TempDir(), "chats.jsonl")
	require.NoError(t, os.WriteFile(chats, []byte(`{"messages":[{"text":"ik ben Fenna Wolkenaer"},{"text":"mijn gsm is 0470 12 34 56"}]}`+"\n"+`{"messages":[{"text":"ok"}]}`+"\n"), 0o600))
	for _, name := range []string{
		chats, "csv/export_rfc4180_utf8.csv", "messenger/message_1.json", "phplive/phplive_mysqldump.sql",
		"whatsapp/_chat.txt", "xlsx/chat_export.xlsx", "docx", "eml/transcript_email_412345678ab.eml",
	} {
		path := filepath.Join("../../testdata/transcripts", name)
		if filepath.IsAbs(name) {
			path = name
		}
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			files, err := filepath.Glob(filepath.Join(path, "*"))
			require.NoError(t, err)
			path = files[0]
		}
		plain, err := os.ReadFile(path)
		require.NoError(t, err, name)
		for _, packed := range []string{"", "gz", "zip"} {
			file := path
			if packed != "" {
				file = filepath.Join(t.TempDir(), filepath.Base(path)+"."+packed)
				require.NoError(t, os.WriteFile(file, pack(t, packed, filepath.Base(path), plain), 0o600))
			}
			_, err := released(t, file, "")
			require.NoError(t, err, "%s %s", name, packed)
			planted := 0
			for _, value := range []string{"Fenna Wolkenaer", "fien.wolkenaer@voorbeeld.example", "fenna.wolkenaer@example.com", "fenna_wolkenaer@example.com", "+32 470 12 34 56", "0470/12.34.56"} {
				if !removes(t, path, value) {
					continue
				}
				planted++
				out, err := released(t, file, value)
				var leak *anonymize.LeakError
				assert.ErrorAs(t, err, &leak, "%s %s %q", name, packed, value)
				assert.NotContains(t, string(out), value)
			}
			assert.NotZero(t, planted, "%s %s: nothing to plant", name, packed)
		}
	}
}

// removes reports whether a value is among what is taken out of a file.
func removes(t *testing.T, path, value string) bool {
	t.Helper()
	in := input{path: path, relative: filepath.Base(path)}
	src, format, err := in.open(surroundings{}, "")
	require.NoError(t, err)
	defer src.Close()
	want := strings.NewReplacer(" ", "", "/", "", ".", "", "_", "").Replace(strings.TrimPrefix(value, "+32 "))
	for c, err := range format.Read(src, in.options()) {
		require.NoError(t, err)
		for _, m := range c.Messages {
			if strings.Contains(strings.NewReplacer(" ", "", "/", "", ".", "", "_", "").Replace(m.Text), want) {
				return true
			}
		}
	}
	return false
}

func pack(t *testing.T, how, name string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	switch how {
	case "gz":
		w := gzip.NewWriter(&b)
		_, err := w.Write(data)
		require.NoError(t, err)
		require.NoError(t, w.Close())
	case "zip":
		w := zip.NewWriter(&b)
		e, err := w.Create(name)
		require.NoError(t, err)
		_, err = e.Write(data)
		require.NoError(t, err)
		require.NoError(t, w.Close())
	}
	return b.Bytes()
}
