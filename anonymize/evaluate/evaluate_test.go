package evaluate

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

const testdata = "../../testdata/"

func readGold(t testing.TB, name string) []Chat {
	t.Helper()
	f, err := os.Open(testdata + "gold/" + name)
	require.NoError(t, err)
	defer f.Close()
	chats, err := Read(f)
	require.NoError(t, err)
	return chats
}

// alone makes each text of chats a conversation of its own.
func alone(chats []Chat) []Chat {
	var out []Chat
	for _, c := range chats {
		for i, m := range c.Messages {
			m.ID = c.messageID(i)
			out = append(out, Chat{ID: m.ID, Alone: true, Messages: []Message{m}})
		}
	}
	return out
}

func TestThreeShapesAreTheSameChats(t *testing.T) {
	chats := readGold(t, "dev.jsonl")
	assert.Len(t, chats, 60)
	marked := readGold(t, "dev.txt")
	require.Len(t, marked, len(chats))
	var lines strings.Builder
	for i := range chats {
		for k, m := range chats[i].Messages {
			assert.Equal(t, m.Text, marked[i].Messages[k].Text)
			assert.ElementsMatch(t, m.Spans, marked[i].Messages[k].Spans)
			assert.Equal(t, chats[i].Operator, marked[i].Operator)
			assert.Equal(t, chats[i].Nick, marked[i].Nick)
			m.ID, m.From = chats[i].messageID(k), ""
			line, err := json.Marshal(m)
			require.NoError(t, err)
			lines.Write(append(line, '\n'))
		}
	}
	single, err := Read(strings.NewReader(lines.String()))
	require.NoError(t, err)
	require.Len(t, single, len(chats))
	for i := range single {
		assert.True(t, single[i].Alone)
		assert.Len(t, single[i].Messages, len(chats[i].Messages))
		assert.Len(t, single[i].conversations(), len(chats[i].Messages))
	}
}

func TestFaultsInGoldNameTheLine(t *testing.T) {
	for _, bad := range []string{
		"",
		`{"id":"a","messages":[{"text":"geheim","spans":[{"start":2,"end":9,"type":"PERSON"}]}]}`,
		`{"id":"a","messages":[{"text":"geheim","spans":[{"start":2,"end":4,"type":"NAAM"}]}]}`,
		`{"id":"a","messages":[{"text":"é geheim","spans":[{"start":1,"end":4,"type":"PERSON"}]}]}`,
		`{"geheim":1}`,
		`{"geheim`,
		"visitor: geheim",
		"=== conv a\nvisitor: [[PERSON|geheim",
		"=== conv a\nvisitor: [[NAAM|geheim]]\n",
	} {
		_, err := Read(strings.NewReader(bad))
		require.Error(t, err, bad)
		assert.NotContains(t, err.Error(), "geheim")
	}
}

// expected.json was counted by an independent scorer (Python) over the texts of
// dev.jsonl and the spans of predictions.jsonl, which are right, shifted, of
// another type, missing or beyond the annotation, at random.
func TestCountsAgreeWithAnIndependentScorer(t *testing.T) {
	predicted := map[string][]detectors.Span{}
	lines, err := os.ReadFile(testdata + "evaluate/predictions.jsonl")
	require.NoError(t, err)
	for line := range strings.Lines(string(lines)) {
		var p struct {
			ID    string
			Spans []detectors.Span
		}
		require.NoError(t, json.Unmarshal([]byte(line), &p))
		predicted[p.ID] = p.Spans
	}
	type row struct{ Gold, Pred, TP, Hit, Covered, Chars, Missed int }
	var want struct {
		Types map[string]row
		Total map[string]int
	}
	data, err := os.ReadFile(testdata + "evaluate/expected.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &want))

	chats := alone(readGold(t, "dev.jsonl"))
	next := 0
	detect := func(*transcripts.Conversation) ([][]detectors.Span, error) {
		next++
		return [][]detectors.Span{predicted[chats[next-1].ID]}, nil
	}
	scores, err := Measure(detect, chats, Alias{detectors.Address: detectors.Location})
	require.NoError(t, err)
	total := newTally()
	for i := range scores.tallies {
		total.add(&scores.tallies[i])
	}
	for i, typ := range detectors.EntityTypes() {
		c, name := total.rows[1+i], string(typ)
		if typ == detectors.Location {
			name = "LOCATION"
		}
		assert.Equal(t, want.Types[name], row{c.gold, c.pred, c.exact, c.hit, c.covered, c.chars, c.leaks}, name)
	}
	all := total.rows[everything]
	assert.Equal(t, want.Total, map[string]int{"gold": all.gold, "pred": all.pred, "tp": all.exact, "hit": all.hit,
		"covered": all.covered, "pii": all.chars, "pii_missed": all.leaks, "non": total.outside, "non_cov": all.extra,
		"convs": len(chats), "convs_pii": all.chats, "clean_pii": all.clean, "clean": want.Total["clean"], "touched": want.Total["touched"]})
}

// gold detects exactly what is annotated.
func gold(chats []Chat) Detect {
	next := 0
	return func(c *transcripts.Conversation) ([][]detectors.Span, error) {
		chat := chats[next]
		next++
		var out [][]detectors.Span
		for _, m := range chat.Messages {
			var spans []detectors.Span
			for _, s := range m.Spans {
				spans = append(spans, detectors.Span{Start: s.Start, End: s.End, Type: s.Type})
			}
			out = append(out, spans)
		}
		return out, nil
	}
}

func TestPerfectDetectionScoresFullAndTheSameEachTime(t *testing.T) {
	chats := readGold(t, "dev.jsonl")
	scores, err := Measure(gold(chats), chats, nil)
	require.NoError(t, err)
	r := scores.Result(nil)
	for _, f := range r.Figures {
		assert.Equal(t, Rate{1, 1, 1, f.Gold}, f.Covered, f.Type)
		assert.InDelta(t, 1, f.StrictF1.Value, 1e-9, f.Type)
		assert.Zero(t, f.OverRedaction.Value)
	}
	assert.Equal(t, r, scores.Result(nil))
	assert.Empty(t, scores.Leaks("", 10))
	assert.Empty(t, scores.Extra("", 10))
}

func TestIntervalsHoldTheValueAndAreNotEmpty(t *testing.T) {
	chats := readGold(t, "dev.jsonl")
	half := gold(chats)
	detect := func(c *transcripts.Conversation) ([][]detectors.Span, error) {
		spans, err := half(c)
		for i := range spans {
			spans[i] = spans[i][:len(spans[i])/2]
		}
		return spans, err
	}
	scores, err := Measure(detect, chats, nil)
	require.NoError(t, err)
	f := scores.Result(nil).Of(detectors.Person).Covered
	assert.Less(t, f.Low, f.Value)
	assert.Greater(t, f.High, f.Value)
	assert.Greater(t, f.High-f.Low, 0.02)
	assert.Less(t, f.High-f.Low, 0.3)
	assert.Len(t, scores.Leaks(detectors.Person, 5), 5)
}

func TestSwapKeepsAnnotationAndPeopleApart(t *testing.T) {
	chats := readGold(t, "dev.jsonl")
	for _, origin := range Origins() {
		swapped := Swap(chats, origin)
		assert.Equal(t, swapped, Swap(chats, origin), "the same each time")
		changed, all := 0, 0
		for i := range chats {
			require.NoError(t, check(swapped[i].Messages))
			became := map[string]string{}
			for k, m := range chats[i].Messages {
				n := swapped[i].Messages[k]
				require.Len(t, n.Spans, len(m.Spans))
				for j, s := range m.Spans {
					if s.Type != detectors.Person {
						continue
					}
					old, now := m.Text[s.Start:s.End], n.Text[n.Spans[j].Start:n.Spans[j].End]
					all++
					if old != now {
						changed++
					}
					if before, ok := became[old]; ok {
						assert.Equal(t, before, now, "one name becomes one name")
					}
					became[old] = now
				}
			}
		}
		assert.Greater(t, changed, all*95/100, origin)
	}
}

func TestSwapKeepsForms(t *testing.T) {
	chats, err := Read(strings.NewReader(`=== conv z1 nick="hanneke_07" operator="Joris"
visitor: ik ben [[PERSON|hanneke]] en [[PERSON|hanne]] is ook [[PERSON|HANNES]]
operator: Dag [[PERSON|Hanne Zilverberg]], mail [[EMAIL|hanne.zilverberg@voorbeeld.example]]
`))
	require.NoError(t, err)
	c := Swap(chats, "polish")[0]
	mention := func(m, i int) string {
		s := c.Messages[m].Spans[i]
		return c.Messages[m].Text[s.Start:s.End]
	}
	name := mention(0, 1)
	assert.Equal(t, strings.ToLower(name), name)
	assert.Equal(t, name+"ke", mention(0, 0))
	assert.True(t, strings.HasPrefix(mention(0, 2), strings.ToUpper(name)))
	assert.True(t, strings.HasPrefix(strings.ToLower(mention(1, 0)), name+" "))
	assert.Equal(t, name+"ke_07", c.Nick)
	assert.NotContains(t, mention(1, 1), "hanne")
	assert.NotContains(t, mention(1, 1), "zilverberg")
	assert.True(t, strings.HasSuffix(mention(1, 1), "@voorbeeld.example"))
}

func TestEveryOriginHasEnoughNames(t *testing.T) {
	for _, origin := range Origins() {
		assert.GreaterOrEqual(t, len(nameList(origin+".first")), 80, origin)
		assert.GreaterOrEqual(t, len(nameList(origin+".last")), 60, origin)
	}
}
