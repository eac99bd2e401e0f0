package keyfile

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
)

var noon = time.Date(2026, 3, 15, 12, 0, 0, 0, time.UTC)

func created(t *testing.T, l Lock) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clb.keys")
	require.NoError(t, Create(path, keys.NewRing("clb", keys.Month, noon), l))
	return path
}

func destroyed(t *testing.T, text string) func(*keys.Ring) error {
	t.Helper()
	p, err := keys.ParsePeriod(text)
	require.NoError(t, err)
	return func(r *keys.Ring) error { return r.DestroyPeriod(p, noon) }
}

func TestCreateNeverOverwritesAndIsItsOwnersOnly(t *testing.T) {
	path := created(t, Lock{})
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	assert.ErrorIs(t, Create(path, keys.NewRing("", keys.Month, noon), Lock{}), os.ErrExist)
	c, err := Read(path, Unlock{})
	require.NoError(t, err)
	assert.Equal(t, "clb", c.Ring.Organisation())
	require.NoError(t, os.Chmod(path, 0o640))
	_, err = Read(path, Unlock{})
	assert.ErrorIs(t, err, ErrOpen)
	assert.ErrorIs(t, Create(filepath.Join(t.TempDir(), "x"), keys.NewRing("", keys.Month, noon), Lock{Passphrase: "kort"}), ErrPassphrases)
}

func TestSealedRingsOpenAndStaySealed(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	pass := "vier losse woorden samen"
	right := Unlock{
		Passphrase: func() (string, error) { return pass, nil },
		Identities: func() ([]byte, error) { return []byte(id.String()), nil },
	}
	for name, l := range map[string]Lock{"passphrase": {Passphrase: pass}, "recipient": {Recipients: []string{id.Recipient().String()}}} {
		t.Run(name, func(t *testing.T) {
			path := created(t, l)
			_, err := Change(path, right, nil, destroyed(t, "2025-12"))
			require.NoError(t, err)
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.True(t, bytes.HasPrefix(data, []byte("-----BEGIN AGE")))
			c, err := Read(path, right)
			require.NoError(t, err)
			assert.True(t, c.Sealed())
			assert.Len(t, c.Ring.DestroyedPeriods(), 1)
			_, err = Read(path, Unlock{})
			assert.ErrorIs(t, err, ErrLocked)
			_, err = Read(path, Unlock{Passphrase: func() (string, error) { return "verkeerd woord", nil },
				Identities: func() ([]byte, error) { return []byte("geen"), nil }})
			assert.Error(t, err)
			assert.NotContains(t, err.Error(), "woord")
		})
	}
}

func TestOneKeyIsNoRing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "one.key")
	var b bytes.Buffer
	k := keys.New()
	require.NoError(t, k.WriteHex(&b))
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	c, err := Read(path, Unlock{})
	require.NoError(t, err)
	assert.True(t, c.Key.Equal(k))
	_, err = Change(path, Unlock{}, nil, func(*keys.Ring) error { return nil })
	assert.ErrorIs(t, err, ErrNoRing)
	require.NoError(t, DestroyFile(path, nil))
	assert.NoFileExists(t, path)
	assert.ErrorIs(t, DestroyFile(path, nil), os.ErrNotExist)
}

func TestAFailedChangeChangesNothing(t *testing.T) {
	path := created(t, Lock{})
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	fault := errors.New("no")
	_, err = Change(path, Unlock{}, nil, func(r *keys.Ring) error { r.Rotate(noon); return fault })
	assert.ErrorIs(t, err, fault)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, before, after)
	assert.False(t, leftover(path))
	_, err = Change(filepath.Join(t.TempDir(), "no", "file"), Unlock{}, nil, nil)
	assert.ErrorIs(t, err, os.ErrNotExist)
}

// A change that is cut off at any step is undone or finished, and what it was
// to destroy is not left lying about.
func TestCutOffChangesAreFinishedOrUndone(t *testing.T) {
	type cut struct{}
	undone, finished := 0, 0
	for at := 1; ; at++ {
		path := created(t, Lock{})
		old, err := os.ReadFile(path)
		require.NoError(t, err)
		n, whole := 0, false
		func() {
			defer func() {
				if r := recover(); r != nil && r != (cut{}) {
					panic(r)
				}
			}()
			_, err = Change(path, Unlock{}, func() {
				if n++; n == at {
					panic(cut{})
				}
			}, destroyed(t, "2025-12"))
			require.NoError(t, err)
			whole = true
		}()
		c, err := Read(path, Unlock{})
		require.NoError(t, err, "step %d", at)
		gone := len(c.Ring.DestroyedPeriods()) == 1
		entries, err := os.ReadDir(filepath.Dir(path))
		require.NoError(t, err)
		for _, e := range entries {
			assert.True(t, e.Name() == "clb.keys" || strings.HasSuffix(e.Name(), lockSuffix), e.Name())
			data, err := os.ReadFile(filepath.Join(filepath.Dir(path), e.Name()))
			require.NoError(t, err)
			if gone {
				assert.NotEqual(t, old, data, "step %d: the old ring is still there", at)
			}
		}
		if gone {
			finished++
		} else {
			undone++
			assert.Equal(t, 0, finished, "a later step was undone")
		}
		if whole {
			assert.True(t, gone)
			break
		}
	}
	assert.Equal(t, 2, undone)
	assert.GreaterOrEqual(t, finished, 4)
}
