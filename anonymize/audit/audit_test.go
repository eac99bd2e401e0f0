package audit

import (
	"bytes"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
)

var then = time.Date(2026, 1, 12, 16, 4, 0, 0, time.UTC)

func trail(t *testing.T, key keys.Key, records int) []string {
	t.Helper()
	var b bytes.Buffer
	l, err := New(&b, key, Run{Started: then, Program: "naamloos test"})
	require.NoError(t, err)
	for range records {
		require.NoError(t, l.Add(Record{Messages: 3, Types: map[detectors.EntityType]int{detectors.Person: 2}, Input: l.Digest([]byte("in")), Output: l.Digest([]byte("out"))}))
	}
	require.NoError(t, l.Close(then))
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
}

func verify(lines []string, public string) error {
	_, err := Verify(strings.NewReader(strings.Join(lines, "\n")+"\n"), public)
	return err
}

func TestASoundTrailIsSound(t *testing.T) {
	key := keys.New()
	lines := trail(t, key, 5)
	sum, err := Verify(strings.NewReader(strings.Join(append(lines, lines...), "\n")), PublicKey(key))
	require.NoError(t, err)
	assert.Equal(t, Summary{Runs: 2, Records: 10, PublicKey: PublicKey(key)}, sum)
	assert.NoError(t, verify(trail(t, key, 0), ""))
}

func TestEveryChangeIsFound(t *testing.T) {
	key := keys.New()
	public := PublicKey(key)
	for i := range trail(t, key, 6) {
		lines := trail(t, key, 6)
		assert.Error(t, verify(append(append([]string{}, lines[:i]...), lines[i+1:]...), public), "line %d removed", i+1)
		if i > 0 {
			swapped := trail(t, key, 6)
			swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
			assert.Error(t, verify(swapped, public), "lines %d and %d swapped", i, i+1)
			doubled := append(append(append([]string{}, lines[:i+1]...), lines[i]), lines[i+1:]...)
			assert.Error(t, verify(doubled, public), "line %d doubled", i+1)
		}
	}
}

// Whoever has the key could sign a line that does not follow: it is found.
func TestSignedLinesThatDoNotFollowAreFound(t *testing.T) {
	for fault, tamper := range map[string]func(*Log){
		"its number is not the next":                                          func(l *Log) { l.records++ },
		"does not follow the line before: lines were removed, added or moved": func(l *Log) { l.before = strings.Repeat("0", 64) },
	} {
		var b bytes.Buffer
		l, err := New(&b, keys.New(), Run{Started: then})
		require.NoError(t, err)
		require.NoError(t, l.Add(Record{}))
		tamper(l)
		require.NoError(t, l.Add(Record{}))
		require.NoError(t, l.Close(then))
		_, err = Verify(&b, "")
		assert.EqualError(t, err, "audit: line 3: "+fault)
	}
}

func TestEveryBitCounts(t *testing.T) {
	key := keys.New()
	lines := trail(t, key, 3)
	whole := strings.Join(lines, "\n")
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		b := []byte(whole)
		i := random.IntN(len(b))
		b[i] ^= 1 << random.IntN(8)
		if b[i] == '\n' || whole[i] == '\n' {
			continue
		}
		_, err := Verify(bytes.NewReader(b), PublicKey(key))
		require.Error(t, err, "byte %d", i)
	}
}

func TestAnotherKeyIsFound(t *testing.T) {
	assert.Error(t, verify(trail(t, keys.New(), 2), PublicKey(keys.New())))
	assert.Error(t, verify([]string{"{}"}, ""))
	assert.Error(t, verify(nil, ""))
}

func TestDigestsAreKeyed(t *testing.T) {
	var b bytes.Buffer
	one, err := New(&b, keys.New(), Run{})
	require.NoError(t, err)
	two, err := New(&b, keys.New(), Run{})
	require.NoError(t, err)
	assert.NotEqual(t, one.Digest([]byte("x")), two.Digest([]byte("x")))
	assert.NotContains(t, b.String(), hex.EncodeToString([]byte("x"))+"\"")
}

func FuzzVerify(f *testing.F) {
	f.Add("{}", "")
	f.Fuzz(func(_ *testing.T, text, public string) { _, _ = Verify(strings.NewReader(text), public) })
}

func TestTheKeysOfAClosedTrailAreOverwritten(t *testing.T) {
	l, err := New(&bytes.Buffer{}, keys.New(), Run{})
	require.NoError(t, err)
	require.NoError(t, l.Close(then))
	assert.True(t, l.digests.IsZero())
	assert.Equal(t, make([]byte, len(l.sign)), []byte(l.sign))
}
