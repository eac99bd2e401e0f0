package store

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/detectors"
)

func open(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, "aabbccdd")
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func add(t testing.TB, s *Store, e review.Event) review.Event {
	t.Helper()
	e, err := s.Append(context.Background(), e)
	require.NoError(t, err)
	return e
}

func state(t testing.TB, s *Store, chat string) *review.State {
	t.Helper()
	log, err := s.Log(context.Background())
	require.NoError(t, err)
	return log.State(chat)
}

func TestWhatIsKeptComesBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "review.db")
	s := open(t, path)
	e := add(t, s, review.Event{Chat: "a/1", Reader: "Ann", Kind: review.Hide, Message: 3, Start: 4, End: 9, Type: detectors.Person,
		Pseudonym: "[PERSON-k7mz4qhd9]", Values: []review.Value{{Digest: corrections.Digest{1, 2}, Words: 1}, {Digest: corrections.Digest{3}, Words: 2}}})
	add(t, s, review.Event{Chat: "a/1", Reader: "Bo", Kind: review.Judge, Verdict: review.Held, Fingerprint: "f"})
	add(t, s, review.Event{Chat: "a/1", Reader: "Bo", Kind: review.Remark, Message: 2, Text: "mooi gezegd"})
	require.NoError(t, s.Close())
	got := state(t, open(t, path), "a/1")
	assert.Equal(t, []review.Event{e}, got.Hidden)
	assert.Equal(t, review.Held, got.VerdictOf("Bo", "f"))
	assert.Equal(t, "mooi gezegd", got.Remarks[0].Text)
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestUndoTakesBackTheLastOfThatReader(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "review.db"))
	add(t, s, review.Event{Chat: "c", Reader: "Ann", Kind: review.Flag})
	add(t, s, review.Event{Chat: "c", Reader: "Bo", Kind: review.Judge, Verdict: review.Released, Fingerprint: "f"})
	_, err := s.Undo(context.Background(), "c", "Ann")
	require.NoError(t, err)
	got := state(t, s, "c")
	assert.False(t, got.Flagged)
	assert.Equal(t, review.Released, got.VerdictOf("Bo", "f"))
	_, err = s.Undo(context.Background(), "c", "Ann")
	assert.ErrorIs(t, err, ErrNothing)
}

func TestUndoneCommentIsWipedFromEveryFile(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "review.db"))
	add(t, s, review.Event{Chat: "c", Reader: "Ann", Kind: review.Remark, Message: 1, Text: "ZILVERBERGOPMERKING"})
	require.NoError(t, s.backUp(context.Background()))
	_, err := s.Undo(context.Background(), "c", "Ann")
	require.NoError(t, err)
	assert.Empty(t, state(t, s, "c").Remarks)
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		require.NoError(t, err)
		assert.False(t, bytes.Contains(b, []byte("ZILVERBERG")), f.Name())
	}
}

func TestTwoReadersAtOnceLoseNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "review.db")
	stores := []*Store{open(t, path), open(t, path)}
	const each = 40
	var wg sync.WaitGroup
	for i, s := range stores {
		wg.Go(func() {
			for n := range each {
				_, err := s.Append(context.Background(), review.Event{Chat: "c", Reader: fmt.Sprint(i), Kind: review.Remark, Message: n + 1, Text: "x"})
				assert.NoError(t, err)
			}
		})
	}
	wg.Wait()
	for _, s := range stores {
		assert.Len(t, state(t, s, "c").Remarks, len(stores)*each)
	}
}

func TestEveryProcessSeesWhatTheOthersDid(t *testing.T) {
	path := filepath.Join(t.TempDir(), "review.db")
	one, two := open(t, path), open(t, path)
	add(t, one, review.Event{Chat: "c", Reader: "Ann", Kind: review.Flag})
	assert.True(t, state(t, two, "c").Flagged)
	_, err := one.Undo(context.Background(), "c", "Ann")
	require.NoError(t, err)
	assert.False(t, state(t, two, "c").Flagged)
}

// TestMain lets the test binary be the program that is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv("STORE_WRITES_TO"); path != "" {
		s, err := Open(context.Background(), path, "aabbccdd")
		if err != nil {
			os.Exit(1)
		}
		for n := 1; ; n++ {
			if _, err := s.Append(context.Background(), review.Event{Chat: "c", Reader: "Ann", Kind: review.Remark, Message: n, Text: "tekst"}); err != nil {
				os.Exit(1)
			}
			fmt.Println(n)
		}
	}
	os.Exit(m.Run())
}

func TestKilledProgramLosesNothingThatWasKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "review.db")
	for range 3 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "STORE_WRITES_TO="+path)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		kept, lines := 0, bufio.NewScanner(out)
		for lines.Scan() && kept < 25 {
			kept++
		}
		require.NoError(t, cmd.Process.Kill())
		_ = cmd.Wait() // it was killed
		require.Equal(t, 25, kept)
	}
	assert.GreaterOrEqual(t, len(state(t, open(t, path), "c").Remarks), 75)
}

func TestHalfWrittenFilesAreRefusedAndRestored(t *testing.T) {
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole.db")
	s := open(t, whole)
	for n := range 300 {
		add(t, s, review.Event{Chat: "c", Reader: "Ann", Kind: review.Remark, Message: n + 1, Text: strings.Repeat("tekst ", 20)})
	}
	require.NoError(t, s.forget(context.Background()))
	require.NoError(t, s.Close())
	content, err := os.ReadFile(whole)
	require.NoError(t, err)
	backup, err := os.ReadFile(whole + BackupExtension)
	require.NoError(t, err)
	for _, n := range []int{1, 50, 100, 4096, len(content) / 2, len(content) - 4096, len(content) - 1} {
		path := filepath.Join(dir, fmt.Sprintf("half-%d.db", n))
		require.NoError(t, os.WriteFile(path, content[:n], 0o600))
		require.NoError(t, os.WriteFile(path+BackupExtension, backup, 0o600))
		_, err := Open(context.Background(), path, "aabbccdd")
		require.Error(t, err, "%d bytes", n)
		kept, err := os.ReadFile(path + BackupExtension)
		require.NoError(t, err)
		assert.Equal(t, backup, kept, "the backup of a damaged file is not touched")
		require.NoError(t, Restore(path))
		assert.Len(t, state(t, open(t, path), "c").Remarks, 300)
	}
}

func TestOverwrittenPagesAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "review.db")
	s := open(t, path)
	add(t, s, review.Event{Chat: "c", Reader: "Ann", Kind: review.Flag})
	require.NoError(t, s.forget(context.Background()))
	require.NoError(t, s.Close())
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	for i := 4096; i < len(content); i++ {
		content[i] = 0xA5
	}
	require.NoError(t, os.WriteFile(path, content, 0o600))
	_, err = Open(context.Background(), path, "aabbccdd")
	assert.ErrorIs(t, err, ErrDamaged)
}

func TestOtherFilesVersionsAndKeysAreRefused(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	require.NoError(t, os.WriteFile(text, []byte(strings.Repeat("dit is geen databank ", 300)), 0o600))
	_, err := Open(context.Background(), text, "aabbccdd")
	assert.ErrorIs(t, err, ErrDamaged)

	path := filepath.Join(dir, "review.db")
	s := open(t, path)
	_, err = Open(context.Background(), path, "11223344")
	var key *KeyError
	assert.ErrorAs(t, err, &key)
	_, err = s.db.Exec("PRAGMA user_version = 9")
	require.NoError(t, err)
	_, err = Open(context.Background(), path, "aabbccdd")
	assert.ErrorIs(t, err, ErrVersion)
	_, err = s.db.Exec("PRAGMA application_id = 7")
	require.NoError(t, err)
	_, err = Open(context.Background(), path, "aabbccdd")
	assert.ErrorIs(t, err, ErrForeign)
}

func TestContextEnds(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "review.db"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := s.Append(ctx, review.Event{Chat: "c", Reader: "Ann", Kind: review.Flag})
	assert.Error(t, err)
	assert.False(t, state(t, s, "c").Flagged)
}

func BenchmarkAppend(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "review.db"))
	for b.Loop() {
		_, _ = s.Append(context.Background(), review.Event{Chat: "c", Reader: "Ann", Kind: review.Flag, At: time.Time{}})
	}
}
