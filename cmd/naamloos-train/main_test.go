package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func runs(t *testing.T, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	require.Equal(t, want, run(args, &out, &errs), errs.String())
	return out.String(), errs.String()
}

func TestACommandIsWanted(t *testing.T) {
	for _, args := range [][]string{nil, {"modle"}} {
		_, errs := runs(t, 2, args...)
		assert.Contains(t, errs, "want lexicon, model, folds or tag")
	}
}

// The packed tables must be made again whenever a list changes.
func TestThePackedListsAreThoseOfTheFolder(t *testing.T) {
	dir := t.TempDir()
	const lexicon = "../../detectors/lexicon"
	runs(t, 0, "lexicon", "-lists", lexicon+"/lists", "-o", dir)
	for _, name := range []string{"lexicon.bin", "spelling.bin"} {
		made, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		shipped, err := os.ReadFile(filepath.Join(lexicon, name))
		require.NoError(t, err)
		assert.True(t, bytes.Equal(made, shipped), "%s is not made of the lists", name)
	}
}

const chats = `=== conv t001 lang=nl domain=clb nick="fien" operator="Griet" ip="192.0.2.1" date=2026-01-12T16:04
visitor: hey ik ben [[PERSON|fien]] en dat is [[PERSON|yassin]]
operator: Dag [[PERSON|Fien]]
`

func TestAModelIsTrainedAndMeasured(t *testing.T) {
	texts, model := t.TempDir(), filepath.Join(t.TempDir(), "m.bin")
	require.NoError(t, os.WriteFile(filepath.Join(texts, "chats-t.txt"), []byte(chats), 0o600))
	args := []string{"model", "-texts", texts, "-lists", "../../detectors/lexicon/lists", "-reserve", "../../anonymize/evaluate/names", "-epochs", "12", "-cutoff", "1", "-o", model}
	runs(t, 0, args...)
	first, err := os.ReadFile(model)
	require.NoError(t, err)
	runs(t, 0, args...)
	again, err := os.ReadFile(model)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(first, again), "the same texts and seed give another model")

	out, _ := runs(t, 0, "tag", "-model", model, "-texts", texts)
	assert.Contains(t, out, "PERSON 100.00% of 3")
}

func TestFaultsSayWhereAndNotWhat(t *testing.T) {
	texts := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(texts, "chats-t.txt"), []byte("=== conv t001 lang=nl\nvisitor: ik ben [[PERSON|geheim\n"), 0o600))
	_, errs := runs(t, 1, "model", "-texts", texts, "-lists", "../../detectors/lexicon/lists", "-reserve", "", "-o", filepath.Join(texts, "m.bin"))
	assert.Contains(t, errs, "chats-t.txt")
	assert.NotContains(t, errs, "geheim")
}
