package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/transcripts"
)

// said returns the texts of the messages of the conversations in a file.
func said(t *testing.T, path string) (texts [][]string) {
	t.Helper()
	in := input{path: path, relative: filepath.Base(path)}
	src, format, err := in.open(surroundings{}, "")
	require.NoError(t, err)
	defer src.Close()
	for c, err := range format.Read(src, transcripts.ReadOptions{Name: in.relative}) {
		require.NoError(t, err)
		var all []string
		for _, m := range c.Messages {
			all = append(all, m.Text)
		}
		texts = append(texts, all)
	}
	return texts
}

// rare returns a text of the file that is long enough to tell a conversation.
func rare(texts [][]string) string {
	for _, all := range texts {
		for _, text := range all {
			if len(text) >= 10 {
				return text
			}
		}
	}
	return ""
}

// Whatever the format, a conversation is taken out of a file and the others stay,
// or the file stays as it was and the error says so.
func TestAConversationIsTakenOutOfAnyFormatOrNothingIsChanged(t *testing.T) {
	done, refused := 0, 0
	for _, sample := range samples(t) {
		data, err := os.ReadFile(sample)
		require.NoError(t, err)
		path := filepath.Join(t.TempDir(), filepath.Base(sample))
		require.NoError(t, os.WriteFile(path, data, 0o640))
		in := input{path: path, relative: filepath.Base(path)}
		src, format, err := in.open(surroundings{}, "")
		if err != nil || format.Write == nil {
			continue
		}
		src.Close()
		before := said(t, path)
		target := rare(before)
		if target == "" {
			continue
		}
		w := &rewriter{surroundings: surroundings{stderr: io.Discard}, decide: func(c *transcripts.Conversation) verdict {
			for _, m := range c.Messages {
				if m.Text == target {
					return verdictDrop
				}
			}
			return verdictKeep
		}}
		counts, err := w.rewrite(in)
		if err != nil {
			refused++
			after, readErr := os.ReadFile(path)
			require.NoError(t, readErr)
			assert.Equal(t, data, after, "%s was changed", sample)
			assert.ErrorIs(t, err, errUnwritable, sample)
			t.Log("refused:", sample)
			continue
		}
		done++
		if counts.Removed {
			assert.NoFileExists(t, path)
			continue
		}
		left := 0
		for _, all := range said(t, path) {
			if len(all) > 0 {
				left++
			}
			assert.NotContains(t, all, target, sample)
		}
		kept := 0
		for _, all := range before {
			if len(all) > 0 {
				kept++
			}
		}
		assert.GreaterOrEqual(t, left, kept-counts.Dropped, sample)
		info, err := os.Stat(path)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o640), info.Mode().Perm(), sample)
	}
	t.Logf("%d files rewritten, %d refused", done, refused)
	assert.Greater(t, done, 30)
	assert.Zero(t, refused)
}
