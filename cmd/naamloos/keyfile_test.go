package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/keys/keyfile"
)

func TestKeysThatWereReadAreOverwrittenWhenACommandEnds(t *testing.T) {
	const digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	dir := t.TempDir()
	one, ring := filepath.Join(dir, "one.key"), filepath.Join(dir, "clb.keys")
	require.NoError(t, os.WriteFile(one, []byte(digits+"\n"), 0o600))
	require.NoError(t, keyfile.Create(ring, keys.NewRing("", keys.Month, time.Now()), keyfile.Lock{}))
	for _, file := range []string{"", one, ring} {
		var held *vault
		s := surroundings{stderr: &bytes.Buffer{}, vault: &vault{}, getenv: func(string) string { return digits }}
		held = s.vault
		got, err := readSecrets(s, file)
		require.NoError(t, err)
		require.False(t, got.key.IsZero())
		_, err = got.generation.Corpus()
		require.NoError(t, err)
		held.wipe()
		assert.True(t, got.key.IsZero(), file)
		_, err = got.generation.Corpus()
		assert.ErrorIs(t, err, keys.ErrDestroyed, file)
	}
	s := surroundings{vault: &vault{}}
	changed, err := s.changeRing(ring, func(r *keys.Ring) error { r.Rotate(time.Now()); return nil })
	require.NoError(t, err)
	require.Len(t, changed.Generations(), 2)
	s.vault.wipe()
	assert.Empty(t, changed.Generations(), "all are gone from memory")
	c, err := keyfile.Read(ring, keyfile.Unlock{})
	require.NoError(t, err)
	assert.Len(t, c.Ring.Generations(), 2, "and none from the file")
}
