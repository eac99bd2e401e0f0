package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/transcripts"
)

// TestHeldBackLeavesAnEmptyRecordInADump: a dump cannot lose a record, so what
// is held back stays in it without a word.
func TestHeldBackLeavesAnEmptyRecordInADump(t *testing.T) {
	dir := t.TempDir()
	dump, err := os.ReadFile(filepath.Join("..", "..", "testdata", "transcripts", "phplive", "phplive_mysqldump.sql"))
	require.NoError(t, err)
	const plain, doubtful = "Dat begrijp ik & het is goed", "Dat begrijp ik, de Zwelgknoop staat er, het is goed"
	require.Contains(t, string(dump), plain)
	in := filepath.Join(dir, "in.sql")
	require.NoError(t, os.WriteFile(in, []byte(strings.ReplaceAll(string(dump), plain, doubtful)), 0o600))
	out, queue := filepath.Join(dir, "out.sql"), filepath.Join(dir, "queue")
	storyRun(t, "anonymize", in, "-o", out, "--release-below", "0.0001", "--queue", queue)
	chats := func(path, format string) (chats, written int) {
		f, err := os.Open(path)
		require.NoError(t, err)
		defer f.Close()
		reader, ok := transcripts.Lookup(format)
		require.True(t, ok)
		for c, err := range reader.Read(f, transcripts.ReadOptions{}) {
			require.NoError(t, err)
			if len(c.Messages) == 0 {
				continue
			}
			chats++
			for i := range c.Messages {
				written += len(strings.TrimSpace(c.Messages[i].Text))
			}
		}
		return chats, written
	}
	before, _ := chats(in, "phplive")
	held, _ := chats(filepath.Join(queue, "queue-1.jsonl"), "jsonl")
	_, words := chats(out, "phplive")
	assert.Positive(t, held)
	assert.LessOrEqual(t, held, before)
	if held == before {
		assert.Zero(t, words)
	}
}
