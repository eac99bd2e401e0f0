package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// anonymized runs the main command over a file of some bytes.
func anonymized(t *testing.T, name string, input []byte) (code int, stdout, stderr string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, input, 0o600))
	var out, errs bytes.Buffer
	code = run([]string{"anonymize", path}, nil, &out, &errs, func(string) string { return "" })
	return code, out.String(), errs.String()
}

func TestHugeMessage(t *testing.T) {
	size := 10 << 20
	if testing.Short() {
		size = 1 << 19
	}
	text := strings.Repeat("ja ik weet het niet goed 1 1 1 :: @@ ", size/37)
	code, out, _ := anonymized(t, "chat.jsonl", []byte(`{"messages":[{"text":"ik ben lotte `+text+`"}]}`))
	assert.Equal(t, exitDone, code)
	assert.NotContains(t, out, "lotte")
}

func TestTextOverTheLimitIsRefused(t *testing.T) {
	code, out, errs := anonymized(t, "chat.jsonl", []byte(`{"messages":[{"text":"kort"},{"text":"`+strings.Repeat("x ", 9<<20)+`"}]}`))
	assert.Equal(t, exitFailed, code)
	assert.Empty(t, out)
	assert.Contains(t, errs, "message 2")
	assert.Contains(t, errs, "longer than the limit")
}

func TestManyMessages(t *testing.T) {
	n := 1_000_000
	if testing.Short() {
		n = 20_000
	}
	var b bytes.Buffer
	b.WriteString(`{"messages":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"text":"ok %d"}`, i%10)
	}
	b.WriteString(`,{"text":"ik ben lotte"}]}`)
	code, out, _ := anonymized(t, "chat.jsonl", b.Bytes())
	assert.Equal(t, exitDone, code)
	assert.NotContains(t, out, "lotte")
}

func TestDeepNesting(t *testing.T) {
	deep := strings.Repeat(`{"a":[`, 100_000) + strings.Repeat(`]}`, 100_000)
	for _, text := range []string{deep, `{"messages":[{"text":"x"}],"extra":` + deep + `}`} {
		code, out, errs := anonymized(t, "chat.jsonl", []byte(text))
		assert.Equal(t, exitFailed, code)
		assert.Empty(t, out)
		assert.Less(t, len(errs), 500)
	}
}

func TestInvisibleCharactersDoNotHideNames(t *testing.T) {
	for name, invisible := range map[string]string{
		"right-to-left override": "\u202e", "isolate": "\u2068", "zero width space": "\u200b", "word joiner": "\u2060",
		"soft hyphen": "\u00ad", "zero width joiner": "\u200d", "byte order mark": "\ufeff",
	} {
		c := `{"participants":[{"key":"v","name":"Lotte Wolkenaer"}],"messages":[{"from":"v","text":"ik ben Lot` + invisible + `te Wolke` + invisible + `naer"}]}`
		code, out, _ := anonymized(t, "chat.jsonl", []byte(c))
		assert.Equal(t, exitDone, code, name)
		assert.NotContains(t, out, "Wolke", name)
		assert.NotContains(t, out, "Lot", name)
	}
}

func TestFloods(t *testing.T) {
	size := 200_000
	if testing.Short() {
		size = 10_000
	}
	for _, unit := range []string{"1 ", "BE68 ", "@", "a@", ":", "::", "0", "+32 ", "http://", "[", "[PERSON-", "(", "😀", "'s ", "Jan ", "van ", "1-", "a.", "&amp;", "%41", `\\u0041`, "QUJD"} {
		text := strings.Repeat(unit, size/len(unit))
		code, _, errs := anonymized(t, "chat.jsonl", []byte(`{"messages":[{"text":"`+text+`"}]}`))
		assert.Equal(t, exitDone, code, "%q: %s", unit, errs)
	}
}

func TestSymbolicLinksInFoldersAreNotFollowed(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "outside.jsonl")
	require.NoError(t, os.WriteFile(outside, []byte(`{"messages":[{"text":"buiten"}]}`), 0o600))
	in, out := t.TempDir(), t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(in, "chat.jsonl"), []byte(`{"messages":[{"text":"binnen"}]}`), 0o600))
	if os.Symlink(outside, filepath.Join(in, "link.jsonl")) != nil {
		t.Skip("no symbolic links here")
	}
	require.NoError(t, os.Symlink(in, filepath.Join(in, "loop")))
	var errs bytes.Buffer
	require.Equal(t, exitDone, run([]string{"anonymize", "-o", out, in}, nil, &errs, &errs, func(string) string { return "" }), errs.String())
	entries, err := os.ReadDir(out)
	require.NoError(t, err)
	require.Len(t, entries, 1)
}
