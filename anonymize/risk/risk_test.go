package risk

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/transcripts"
)

func assessor(t testing.TB) *Assessor {
	t.Helper()
	a, err := New()
	require.NoError(t, err)
	return a
}

func chat(texts ...string) *transcripts.Conversation {
	c := &transcripts.Conversation{ID: "c1"}
	for _, text := range texts {
		c.Messages = append(c.Messages, transcripts.Message{From: "visitor", Text: text})
	}
	return c
}

func assess(t testing.TB, c *transcripts.Conversation, p *Population) Assessment {
	t.Helper()
	got, err := assessor(t).Assess(c, nil, p)
	require.NoError(t, err)
	return got
}

func kinds(a Assessment) map[Kind]int {
	out := map[Kind]int{}
	for _, s := range a.Signs {
		out[s.Kind]++
	}
	return out
}

func TestHarmlessChatHasLittleRisk(t *testing.T) {
	got := assess(t, chat("hey, ik voel me niet zo goed vandaag", "Dag! Wat vervelend. Wil je er iets over vertellen?",
		"ja t is om 16u30 begonnen en t duurde 2 uur", "bel gerust naar 102 of 1813", "je suis en 4ème",
		"Ik ben met [PERSON-k7mz4qhd9] naar de winkel gegaan"), nil)
	assert.Less(t, got.Risk, 0.12, "%+v", got.Signs)
}

func TestEachSignRaisesTheRisk(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		kind Kind
	}{
		"capital": {"en toen kwam Blikzwaaier binnen", Capital},
		"number":  {"t is 123456 geloof ik", Number},
		"long":    {"code 12 34 56 78 90", Number},
		"spelled": {"t is vier zeven nul een twee drie", Number},
		"code":    {"ik zit in 3LATB", Number},
	} {
		t.Run(name, func(t *testing.T) {
			got := assess(t, chat(c.text), nil)
			assert.Positive(t, got.Risk)
			n := kinds(got)
			assert.Positive(t, n[c.kind]+n[Passed]+n[Name], "%+v", got.Signs)
			for _, s := range got.Signs {
				assert.Less(t, s.Start, s.End)
				assert.Equal(t, 1, s.Message)
			}
		})
	}
}

func TestDoubtOfTheDetectorCounts(t *testing.T) {
	c := chat("dag [PERSON-k7mz4qhd9]")
	doubt := [][]anonymize.Replacement{{{Message: 1, Start: 4, End: 22, Score: 0.5, Rule: "names: tagged as person"}}}
	got, err := assessor(t).Assess(c, doubt, nil)
	require.NoError(t, err)
	assert.Equal(t, 1, kinds(got)[Hesitation])
	doubt[0][0].Score = 0.99
	sure, err := assessor(t).Assess(c, doubt, nil)
	require.NoError(t, err)
	assert.Less(t, sure.Risk, got.Risk)
}

func TestRareCombinationCountsUntilManyShareIt(t *testing.T) {
	c := chat("ik zit op [ORG-k7mz4qhd9] in [OTHER_ID-k7mz4qhd9]", "ik ben [AGE-k7mz4qhd9] en mijn broer is verongelukt")
	alone := assess(t, c, nil)
	require.Equal(t, 1, kinds(alone)[Combination])
	for _, s := range alone.Signs {
		if s.Kind == Combination {
			assert.Equal(t, []Part{School, Class, Age, Event}, s.Parts)
		}
	}
	a, p := assessor(t), NewPopulation()
	for range shared - 1 {
		a.Add(p, c)
	}
	few, err := a.Assess(c, nil, p)
	require.NoError(t, err)
	assert.Equal(t, alone.Risk, few.Risk)
	a.Add(p, c)
	many, err := a.Assess(c, nil, p)
	require.NoError(t, err)
	assert.Less(t, many.Risk, alone.Risk)
}

func TestOneWordManyTimesIsOneSign(t *testing.T) {
	one := assess(t, chat("en toen Blikzwaaier"), nil)
	many := assess(t, chat(strings.Split(strings.Repeat("en toen Blikzwaaier|", 50), "|")...), nil)
	assert.Equal(t, one.Risk, many.Risk)
}

func TestSignsHoldNoText(t *testing.T) {
	got := assess(t, chat("en toen kwam Blikzwaaier met zijn 998877665544"), nil)
	require.NotEmpty(t, got.Signs)
	for _, s := range got.Signs {
		assert.NotContains(t, s.Why, "Blikzwaaier")
		assert.NotContains(t, s.Why, "99887")
	}
}

func FuzzAssess(f *testing.F) {
	a := assessor(f)
	for _, s := range []string{"Dag Jan 14 jaar 3LATB", "[PERSON-k7mz4qhd9] nul vier zeven een twee", "\xff1a", "é️⃣ 🙂", "1 . 2-3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		got, err := a.Assess(chat(text), nil, nil)
		require.NoError(t, err)
		require.True(t, got.Risk >= 0 && got.Risk <= 1)
		for _, s := range got.Signs {
			require.True(t, s.Start >= 0 && s.Start <= s.End && s.End <= len(text))
		}
	})
}

func BenchmarkAssess(b *testing.B) {
	a := assessor(b)
	c := chat(strings.Split(strings.Repeat("en toen zei [PERSON-k7mz4qhd9] dat ik niet mocht meedoen op school|", 40), "|")...)
	n := 0
	for _, m := range c.Messages {
		n += len(m.Text)
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		_, _ = a.Assess(c, nil, nil)
	}
}
