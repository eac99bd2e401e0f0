package main

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// plant is a word that no program writes of itself.
const plant = "Qzplantwoordqz"

// samples lists the sample files of all formats.
func samples(t testing.TB) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir("../../testdata/transcripts", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !strings.HasSuffix(path, ".md") {
			files = append(files, path)
		}
		return err
	})
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

// planted returns text with the plant in place of some of its words, and, when
// damage is asked for, cut off or with bytes changed.
func planted(text []byte, r *rand.Rand, damage bool) []byte {
	var out []byte
	for i := 0; i < len(text); {
		n := i
		for n < len(text) && (text[n]|0x20 >= 'a' && text[n]|0x20 <= 'z' || text[n] >= '0' && text[n] <= '9') {
			n++
		}
		switch {
		case n == i:
			out = append(out, text[i])
			n++
		case r.IntN(40) == 0:
			out = append(out, plant...)
		default:
			out = append(out, text[i:n]...)
		}
		i = n
	}
	if !damage || len(out) == 0 {
		return out
	}
	if r.IntN(2) == 0 {
		return out[:r.IntN(len(out))]
	}
	for range 1 + r.IntN(5) {
		out[r.IntN(len(out))] = byte(r.IntN(256))
	}
	return out
}

// emitted runs the command and returns all it says beside its data.
func emitted(t testing.TB, dir string, input []byte, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	getenv := func(name string) string {
		if name == keyVariable {
			return "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
		}
		return ""
	}
	execute(surroundings{stdin: bytes.NewReader(input), stdout: &stdout, stderr: &stderr, getenv: getenv}, args)
	said := stderr.String()
	for _, name := range []string{"report.json", "trail.jsonl"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			said += string(text)
		}
	}
	notes, _ := filepath.Glob(filepath.Join(dir, "held", "*"))
	for _, note := range notes {
		text, err := os.ReadFile(note)
		require.NoError(t, err)
		said += string(text)
	}
	return said
}

func TestNothingThatIsSaidHoldsText(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 2
	}
	for _, file := range samples(t) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		r := rand.New(rand.NewPCG(uint64(len(text)), 7))
		for round := range rounds {
			dir := t.TempDir()
			input := planted(text, r, round > 1)
			path := filepath.Join(dir, filepath.Base(file))
			require.NoError(t, os.WriteFile(path, input, 0o600))
			for _, args := range [][]string{
				{"anonymize", "--keep-going", "--skip-bad", "--report", filepath.Join(dir, "report.json"), "--audit", filepath.Join(dir, "trail.jsonl"), "--quarantine", filepath.Join(dir, "held"), "-o", filepath.Join(dir, "out"), path},
				{"detect", path}, // --strict names unknown fields, that is what it is for
				{"eval", path},
			} {
				assert.False(t, strings.Contains(emitted(t, dir, nil, args...), plant), "%s %s, round %d", args[0], filepath.Base(file), round)
			}
		}
	}
}

func FuzzNothingThatIsSaidHoldsText(f *testing.F) {
	f.Add([]byte(`{"messages":[{"text":"` + plant + `"}]}`))
	f.Add([]byte("INSERT INTO `p_transcripts` VALUES ('" + plant + "'"))
	f.Add([]byte("12-01-2026 16:04 - " + plant + ": dag"))
	f.Add([]byte("naam;bericht\n" + plant + ";dag"))
	f.Fuzz(func(t *testing.T, input []byte) {
		for _, command := range []string{"anonymize", "detect"} {
			assert.NotContains(t, emitted(t, t.TempDir(), input, command), plant)
		}
	})
}
