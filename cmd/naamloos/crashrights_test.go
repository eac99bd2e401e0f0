//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/keys/keyfile"
)

// ringFile makes a key ring and returns its file and the bytes of it.
func ringFile(t *testing.T) (string, []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clb.keys")
	require.NoError(t, keyfile.Create(path, keys.NewRing("", keys.Month, time.Now()), keyfile.Lock{}))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return path, text
}

func destroyedPeriods(t *testing.T, path string) int {
	t.Helper()
	c, err := keyfile.Read(path, keyfile.Unlock{})
	require.NoError(t, err)
	return len(c.Ring.DestroyedPeriods())
}

// A destruction that is killed at any step leaves a ring that works; once it has
// been carried out, the old ring is nowhere any more. Carried out again it is done.
func TestKilledWhileDestroying(t *testing.T) {
	killed := 0
	for step := 1; ; step++ {
		path, old := ringFile(t)
		err := process(t, step, "key", "destroy", "--period", "2025-12", path).Run()
		gone := destroyedPeriods(t, path) == 1
		if gone {
			for name, text := range tree(t, filepath.Dir(path)) {
				assert.NotEqual(t, string(old), text, "step %d: the old ring is still in %s", step, name)
				assert.True(t, name == "clb.keys" || name == "clb.keys.lock", name)
			}
		}
		if err == nil {
			assert.True(t, gone)
			break
		}
		killed++
		again := process(t, neverKilled, "key", "destroy", "--period", "2025-12", path).Run()
		assert.Equal(t, gone, again != nil, "step %d: destroyed before and now", step)
		assert.Equal(t, 1, destroyedPeriods(t, path))
	}
	assert.GreaterOrEqual(t, killed, 5)
}

func TestKilledWhileRotating(t *testing.T) {
	for step := 1; ; step++ {
		path, _ := ringFile(t)
		before, err := keyfile.Read(path, keyfile.Unlock{})
		require.NoError(t, err)
		err = process(t, step, "key", "rotate", path).Run()
		after, read := keyfile.Read(path, keyfile.Unlock{})
		require.NoError(t, read)
		old := before.Ring.Generations()[0]
		assert.Equal(t, old.ID(), after.Ring.Generations()[0].ID(), "what the old key made is found no more")
		if err == nil {
			assert.Len(t, after.Ring.Generations(), 2)
			return
		}
	}
}

// archive makes a folder of anonymised chats, of which half are of one person.
func archive(t *testing.T, year int) string {
	t.Helper()
	in, dir := t.TempDir(), filepath.Join(t.TempDir(), "archive")
	for i := range 3 {
		var b bytes.Buffer
		for k := range 4 {
			name := []string{marker, "wendelien"}[k%2]
			fmt.Fprintf(&b, `{"id":"c%d-%d","started":"%d-01-12T16:04:00Z","participants":[{"key":"v","email":"%s@voorbeeld.example"}],"messages":[{"from":"v","text":"ok"}]}`+"\n",
				i, k, []int{year, 2199}[k%2], name)
		}
		require.NoError(t, os.WriteFile(filepath.Join(in, fmt.Sprintf("export-%d.jsonl", i)), b.Bytes(), 0o600))
	}
	require.NoError(t, process(t, neverKilled, "anonymize", "-o", dir, in).Run())
	return dir
}

// killedOften runs a command that rewrites an archive, killed at every step, and
// checks that each file is as before or as after; then runs it to its end.
func killedOften(t *testing.T, year int, args ...string) {
	done := archive(t, year)
	before := tree(t, done)
	require.NoError(t, process(t, neverKilled, append(args, done)...).Run())
	after := tree(t, done)
	require.Len(t, after, 3)
	killed := 0
	for step := 1; ; step++ {
		dir := archive(t, year)
		err := process(t, step, append(args, dir)...).Run()
		for name, text := range tree(t, dir) {
			if !strings.HasPrefix(name, partPrefix) {
				assert.True(t, text == before[name] || text == after[name], "step %d: %s is half-written", step, name)
			}
		}
		if err == nil {
			break
		}
		killed++
		require.NoError(t, process(t, neverKilled, append(args, dir)...).Run())
		for name, text := range tree(t, dir) {
			if !strings.HasPrefix(name, partPrefix) {
				assert.Equal(t, after[name], text, "step %d", step)
			}
		}
	}
	assert.GreaterOrEqual(t, killed, 9)
}

func TestKilledWhileErasing(t *testing.T) {
	killedOften(t, 2026, "subject", "erase", "--email", marker+"@voorbeeld.example")
}

func TestKilledWhileExpiring(t *testing.T) { killedOften(t, 2001, "expire") }
