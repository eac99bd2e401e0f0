package keys

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestKeyNeverPrints(t *testing.T) {
	k := New()
	ring := NewRing("", Month, time.Now())
	ring.generations[0].corpus, ring.generations[0].periods[""] = k, k
	secret := hex.EncodeToString(k.Bytes())
	var b bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T"} {
		fmt.Fprintf(&b, verb+"\n", k)
		fmt.Fprintf(&b, verb+"\n", &k)
		fmt.Fprintf(&b, verb+"\n", struct{ K Key }{k})
		fmt.Fprintf(&b, verb+"\n", struct{ k Key }{k})
		fmt.Fprintf(&b, verb+"\n", Derived(k))
		fmt.Fprintf(&b, verb+"\n", ring)
		fmt.Fprintf(&b, verb+"\n", *ring)
		fmt.Fprintf(&b, verb+"\n", struct{ g Generation }{ring.generations[0]})
	}
	j, err := json.Marshal(map[string]any{"key": k, "pointer": &k, "generation": Derived(k), "ring": ring})
	require.NoError(t, err)
	b.Write(j)
	slog.New(slog.NewJSONHandler(&b, nil)).Info("m", "key", k, "pointer", &k, "ring", ring, "generation", Derived(k))
	slog.New(slog.NewTextHandler(&b, nil)).Info("m", "key", k, "ring", ring, "generation", Derived(k))
	out := strings.ToLower(b.String())
	for i := 0; i+8 <= len(secret); i += 8 {
		assert.NotContains(t, out, secret[i:i+8])
	}
	assert.NotContains(t, out, fmt.Sprint(k.Bytes()[0])+" "+fmt.Sprint(k.Bytes()[1]))
}

func TestParseReadsWhatWriteHexWrote(t *testing.T) {
	k := New()
	var b bytes.Buffer
	require.NoError(t, k.WriteHex(&b))
	got, err := Parse(b.String())
	require.NoError(t, err)
	assert.True(t, got.Equal(k))
}

func TestParseRefusesWithoutQuoting(t *testing.T) {
	for _, bad := range []string{"", "abc", strings.Repeat("g", 64), strings.Repeat("ab", 31), strings.Repeat("ab", 33)} {
		_, err := Parse(bad)
		assert.ErrorIs(t, err, ErrMalformed)
		if len(bad) > 0 {
			assert.NotContains(t, err.Error(), bad)
		}
	}
}

func TestDeriveSeparatesPurposes(t *testing.T) {
	k := New()
	seen := map[string]string{}
	for _, p := range [][]string{{}, {"a"}, {"ab"}, {"a", "b"}, {"a|1|b"}, {"", "ab"}} {
		d := k.Derive(p...)
		assert.Empty(t, seen[string(d.Bytes())])
		seen[string(d.Bytes())] = strings.Join(p, "/")
		assert.True(t, d.Equal(k.Derive(p...)))
		assert.False(t, d.Equal(New().Derive(p...)))
	}
}

func TestWipeLeavesNothing(t *testing.T) {
	k := New()
	also, memory, sub := k, k.secret(), k.Derive("x")
	k.Wipe()
	assert.True(t, k.IsZero())
	assert.True(t, also.IsZero(), "a copy still counts as a key")
	assert.Equal(t, make([]byte, Size), memory)
	assert.Nil(t, also.Bytes())
	assert.False(t, also.Derive("x").Equal(sub), "a wiped key still gives its subkeys")
	k.Wipe() // nothing happens
}

func TestWhatADestroyedPeriodIsMadeFromIsOverwritten(t *testing.T) {
	r := NewRing("", Month, time.Now())
	p, err := ParsePeriod("2025-12")
	require.NoError(t, err)
	before, err := r.Current()
	require.NoError(t, err)
	root := r.generations[0].periods[""].secret()
	require.NoError(t, r.DestroyPeriod(p, time.Now()))
	assert.Equal(t, make([]byte, Size), root)
	_, err = before.Period(p)
	assert.ErrorIs(t, err, ErrDestroyed, "who held the keys before can still make it")
	after, err := r.Current()
	require.NoError(t, err)
	_, err = after.Period(p.Next())
	assert.NoError(t, err)
	seeds := r.generations[0].periods
	var memory [][]byte
	for _, seed := range seeds {
		memory = append(memory, seed.secret())
	}
	memory = append(memory, r.generations[0].corpus.secret())
	r.Wipe()
	for _, m := range memory {
		assert.Equal(t, make([]byte, Size), m)
	}
	_, err = after.Corpus()
	assert.ErrorIs(t, err, ErrDestroyed)
}

func TestTheZeroKeyMakesNothingThatOthersCanMake(t *testing.T) {
	var zeros bytes.Buffer
	zeros.WriteString(strings.Repeat("00", Size))
	known, err := Parse(zeros.String())
	require.NoError(t, err)
	assert.False(t, known.IsZero())
	assert.False(t, Key{}.Derive("x").Equal(known.Derive("x")))
	assert.True(t, Key{}.Derive("x").Equal(Key{}.Derive("x")))
	assert.Nil(t, Key{}.Bytes())
	assert.ErrorIs(t, Key{}.WriteHex(&zeros), ErrMalformed)
}
