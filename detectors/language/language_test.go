package language

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type chat struct {
	Lang     string
	Messages []struct{ Text string }
}

func readChats(t testing.TB) []chat {
	data, err := os.ReadFile("../../testdata/gold/dev.jsonl")
	require.NoError(t, err)
	var out []chat
	for line := range strings.Lines(string(data)) {
		var c chat
		require.NoError(t, json.Unmarshal([]byte(line), &c))
		out = append(out, c)
	}
	return out
}

// TestMessagesOfFourWordsAndMore holds the share of messages whose language is
// that of their chat. Floors may only rise.
func TestMessagesOfFourWordsAndMore(t *testing.T) {
	floors := map[string]struct{ right, wrong int }{ // per cent, per cent
		"nl": {98, 1}, "fr": {98, 1}, "de": {98, 1}, "en": {95, 1},
	}
	right, wrong, all := map[string]int{}, map[string]int{}, map[string]int{}
	for _, c := range readChats(t) {
		for _, m := range c.Messages {
			if len(strings.Fields(m.Text)) < 4 || floors[c.Lang].right == 0 {
				continue
			}
			all[c.Lang]++
			switch string(Guess(m.Text)) {
			case c.Lang:
				right[c.Lang]++
			case "":
			default:
				wrong[c.Lang]++
			}
		}
	}
	for lang, floor := range floors {
		require.Positive(t, all[lang], lang)
		t.Logf("%s: %d messages, %.1f%% right, %.1f%% wrong", lang, all[lang],
			100*float64(right[lang])/float64(all[lang]), 100*float64(wrong[lang])/float64(all[lang]))
		assert.GreaterOrEqual(t, 100*right[lang], floor.right*all[lang], lang)
		assert.LessOrEqual(t, 100*wrong[lang], floor.wrong*all[lang], lang)
	}
}

func TestWholeChats(t *testing.T) {
	for _, c := range readChats(t) {
		if c.Lang == "mixed" {
			continue
		}
		var b strings.Builder
		for _, m := range c.Messages {
			b.WriteString(m.Text + "\n")
		}
		assert.Equal(t, Language(c.Lang), Guess(b.String()))
	}
}

func TestNothingToGuess(t *testing.T) {
	for _, text := range []string{"", "ok", "???", "🙂🙂", "123", "0470 12 34 56", "Хто ти?"} {
		assert.Equal(t, Unknown, Guess(text), text)
	}
}

func TestNoAllocation(t *testing.T) {
	Guess("warm")
	assert.Zero(t, testing.AllocsPerRun(100, func() { Guess("hey ik ben lotte en ik zit in het derde middelbaar") }))
}

func FuzzGuess(f *testing.F) {
	f.Add("ik weet niet wat ik moet doen")
	f.Add("ȺȺȺ\xff’")
	f.Fuzz(func(t *testing.T, text string) { Guess(text) })
}

func BenchmarkGuess(b *testing.B) {
	text := "hey ik ben lotte en ik zit in het derde middelbaar, ik weet niet goed wat ik moet doen"
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Guess(text)
	}
}
