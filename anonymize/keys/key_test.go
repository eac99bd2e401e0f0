package keys

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestKeyNeverPrints(t *testing.T) {
	k := New()
	secret := hex.EncodeToString(k.Bytes())
	var b bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T"} {
		fmt.Fprintf(&b, verb+"\n", k)
		fmt.Fprintf(&b, verb+"\n", &k)
		fmt.Fprintf(&b, verb+"\n", struct{ K Key }{k})
	}
	j, err := json.Marshal(map[string]any{"key": k, "pointer": &k})
	require.NoError(t, err)
	b.Write(j)
	slog.New(slog.NewJSONHandler(&b, nil)).Info("m", "key", k, "pointer", &k)
	slog.New(slog.NewTextHandler(&b, nil)).Info("m", "key", k)
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
	assert.True(t, got == k)
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
	seen := map[Key]string{}
	for _, p := range [][]string{{}, {"a"}, {"ab"}, {"a", "b"}, {"a|1|b"}, {"", "ab"}} {
		d := k.Derive(p...)
		assert.Empty(t, seen[d])
		seen[d] = strings.Join(p, "/")
		assert.True(t, d == k.Derive(p...))
		assert.False(t, d == New().Derive(p...))
	}
}

func TestWipeLeavesNothing(t *testing.T) {
	k := New()
	k.Wipe()
	assert.True(t, k == Key{})
}
