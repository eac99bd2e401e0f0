package risk

import (
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/evaluate"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

// leastOrder is the least chance that of two annotated chats, one of which
// leaks, the leaking one has the higher risk. It may only rise.
const leastOrder = 0.68

// weighed is one annotated chat after anonymisation.
type weighed struct {
	risk  float64
	leaks bool
}

// TestRiskPutsLeakingChatsFirst holds the order by risk against what annotated
// chats that nothing was fitted to still hold after anonymisation.
func TestRiskPutsLeakingChatsFirst(t *testing.T) {
	f, err := os.Open("../../testdata/gold/dev.jsonl")
	require.NoError(t, err)
	defer f.Close()
	gold, err := evaluate.Read(f)
	require.NoError(t, err)
	a, err := anonymize.New(anonymize.Options{Key: keys.Key{}.Derive("risk test")})
	require.NoError(t, err)
	assessor := assessor(t)
	var chats []weighed
	for _, g := range gold {
		chats = append(chats, weigh(t, a, assessor, g))
	}
	slices.SortFunc(chats, func(a, b weighed) int { return int(1e6 * (a.risk - b.risk)) })
	for part := range 5 {
		some := chats[part*len(chats)/5 : (part+1)*len(chats)/5]
		n := 0
		for _, c := range some {
			if c.leaks {
				n++
			}
		}
		t.Logf("risk %.2f to %.2f: %d of %d chats leak", some[0].risk, some[len(some)-1].risk, n, len(some))
	}
	got := order(chats)
	t.Logf("chance that the leaking one of two chats has the higher risk: %.3f", got)
	assert.GreaterOrEqual(t, got, leastOrder)
}

func weigh(t *testing.T, a *anonymize.Anonymizer, assessor *Assessor, g evaluate.Chat) weighed {
	t.Helper()
	c := &transcripts.Conversation{ID: "c1", Participants: []transcripts.Participant{
		{Key: "visitor", Role: transcripts.RoleVisitor, Name: g.Nick}, {Key: "operator", Role: transcripts.RoleOperator, Name: g.Operator}}}
	for _, m := range g.Messages {
		c.Messages = append(c.Messages, transcripts.Message{From: m.From, Text: m.Text})
	}
	out, report, err := a.Conversation(c)
	require.NoError(t, err)
	w := weighed{}
	for i, m := range g.Messages {
		for _, span := range m.Spans {
			w.leaks = w.leaks || !covered(span, report.Replacements[i])
		}
	}
	got, err := assessor.Assess(out, report.Replacements, nil)
	require.NoError(t, err)
	w.risk = got.Risk
	return w
}

// covered reports whether all of a span was replaced.
func covered(span evaluate.Span, replaced []anonymize.Replacement) bool {
	at := span.Start
	for _, r := range replaced {
		if r.From <= at && r.To > at {
			at = r.To
		}
	}
	return at >= span.End
}

// order is the area under the curve: how often a leaking chat is put above one
// that does not leak.
func order(chats []weighed) float64 {
	var above, pairs float64
	for _, leaking := range chats {
		for _, clean := range chats {
			if !leaking.leaks || clean.leaks {
				continue
			}
			pairs++
			switch {
			case leaking.risk > clean.risk:
				above++
			case leaking.risk == clean.risk:
				above += 0.5
			}
		}
	}
	return above / pairs
}
