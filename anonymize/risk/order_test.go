package risk

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/evaluate"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

// leastLift is how many times likelier than any word a leaked one must be to
// stand under a sign.
const leastLift = 6

// weighed is one annotated chat after anonymisation.
type weighed struct {
	risk          float64
	leaks         bool
	leaked        int // annotations not wholly covered
	under         int // of them, how many stand under a sign
	words, signed int
}

// TestSignsStandWhereSomethingLeaked holds the signs and the order by risk against
// what annotated chats that nothing was trained on still hold after anonymisation.
func TestSignsStandWhereSomethingLeaked(t *testing.T) {
	f, err := os.Open("../../testdata/gold/dev.jsonl")
	require.NoError(t, err)
	defer f.Close()
	gold, err := evaluate.Read(f)
	require.NoError(t, err)
	a, err := anonymize.New(anonymize.Options{Key: keys.Key{}.Derive("risk test")})
	require.NoError(t, err)
	assessor := assessor(t)
	var chats []weighed
	var all weighed
	for _, g := range gold {
		w := weigh(t, a, assessor, g)
		chats = append(chats, w)
		all.leaked, all.under, all.words, all.signed = all.leaked+w.leaked, all.under+w.under, all.words+w.words, all.signed+w.signed
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
	t.Logf("chance that the leaking one of two chats has the higher risk: %.3f", order(chats))
	t.Logf("%d of %d leaked annotations stand under a sign, as do %d of %d words", all.under, all.leaked, all.signed, all.words)
	if all.leaked > 0 {
		lift := float64(all.under) / float64(all.leaked) / (float64(all.signed) / float64(all.words))
		assert.GreaterOrEqual(t, lift, float64(leastLift))
	}
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
	got, err := assessor.Assess(out, report.Replacements, nil)
	require.NoError(t, err)
	signed := signedWords(out, got)
	w := weighed{risk: got.Risk, signed: len(signed)}
	for i, m := range g.Messages {
		w.words += len(strings.Fields(out.Messages[i].Text))
		for _, span := range m.Spans {
			if covered(span, report.Replacements[i]) {
				continue
			}
			w.leaks = true
			w.leaked++
			if slices.ContainsFunc(strings.Fields(strings.ToLower(m.Text[span.Start:span.End])), func(word string) bool { return signed[word] }) {
				w.under++
			}
		}
	}
	return w
}

// signedWords returns the words under the signs of a conversation.
func signedWords(c *transcripts.Conversation, a Assessment) map[string]bool {
	out := map[string]bool{}
	for _, s := range a.Signs {
		if s.Message == 0 || s.Kind == Hesitation {
			continue
		}
		for _, word := range strings.Fields(strings.ToLower(c.Messages[s.Message-1].Text[s.Start:s.End])) {
			out[word] = true
		}
	}
	return out
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
