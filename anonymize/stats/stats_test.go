package stats

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

func published(t *testing.T, s *Stats, d Disclosure) (*Published, string) {
	t.Helper()
	p, err := s.Publish(d)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, p.WriteJSON(&b))
	return p, b.String()
}

func lineOf(p *Published, t Table, value string) (Count, bool) {
	for _, table := range p.Tables {
		for _, l := range table.Lines {
			if table.Table == t && l.Value == value {
				return l.Count, true
			}
		}
	}
	return 0, false
}

// chats returns counts of n conversations with a topic and a country.
func chats(topics map[string]int) *Stats {
	s := new(Stats)
	for topic, n := range topics {
		for range n {
			s.see(&facts{messages: 2, month: "2026-01", weekday: "1", hour: "10", topic: topic, department: Unknown, age: Unknown, role: Unknown,
				language: "nl", country: "BE", region: Unknown, months: map[string]int{"2026-01": 2}, speakers: map[string]int{"visitor": 2}})
		}
	}
	return s
}

func TestFewConversationsAreAbsent(t *testing.T) {
	p, text := published(t, chats(map[string]int{"pesten": 20, "thuis": 9, "zwanger van een leraar": 1}), Disclosure{})
	assert.EqualValues(t, 30, p.Conversations)
	assert.NotContains(t, text, "zwanger", "not even that it occurs")
	n, ok := lineOf(p, Topic, Other)
	assert.True(t, ok)
	assert.EqualValues(t, 10, n, "gathered with the next smallest")
	_, ok = lineOf(p, Topic, "thuis")
	assert.False(t, ok)

	p, text = published(t, chats(map[string]int{"pesten": 4}), Disclosure{})
	assert.Equal(t, Absent, p.Conversations)
	assert.Empty(t, p.Tables)
	assert.NotContains(t, text, "4")
}

func TestNoCountBelowTheThresholdIsShown(t *testing.T) {
	for seed := range 40 {
		s := people(rand.New(rand.NewPCG(uint64(seed), 9)), 20+10*seed)
		for _, k := range []int{3, 5, 20} {
			p, _ := published(t, s, Disclosure{Threshold: k})
			for _, table := range p.Tables {
				for _, l := range table.Lines {
					assert.False(t, l.Count > 0 && l.Count < Count(k) && table.Unit != "messages", "%s %d", table.Table, l.Count)
				}
			}
			for _, g := range p.Grids {
				for _, row := range g.Counts {
					for _, n := range row {
						assert.False(t, n > 0 && n < Count(k), "%s %d", g.Table, n)
					}
				}
			}
		}
	}
}

func TestTheSameCountsGiveTheSameTables(t *testing.T) {
	first := ""
	for range 5 {
		s := people(rand.New(rand.NewPCG(5, 5)), 200)
		_, text := published(t, s.Clone(), Disclosure{})
		if first == "" {
			first = text
		}
		assert.Equal(t, first, text)
	}
}

func TestCountsAreRounded(t *testing.T) {
	s := people(rand.New(rand.NewPCG(5, 5)), 200)
	exact, _ := published(t, s, Disclosure{})
	for _, base := range []int{3, 5} {
		p, _ := published(t, s, Disclosure{Round: base})
		for i, table := range p.Tables {
			for j, l := range table.Lines {
				if l.Count >= 0 {
					assert.Zero(t, int(l.Count)%base)
				}
				assert.InDelta(t, float64(exact.Tables[i].Lines[j].Count), float64(l.Count), float64(base)/2)
			}
		}
	}
}

func TestOnlyTheTablesOfThePolicyAreShown(t *testing.T) {
	s := people(rand.New(rand.NewPCG(5, 5)), 200)
	p, _ := published(t, s, Disclosure{Tables: []Table{Topic, MonthTopic}})
	require.Len(t, p.Tables, 1)
	assert.Equal(t, Topic, p.Tables[0].Table)
	require.Len(t, p.Grids, 1)
	assert.Equal(t, MonthTopic, p.Grids[0].Table)
	assert.Empty(t, p.Times)
}

func TestDisclosureIsChecked(t *testing.T) {
	for _, c := range []struct {
		d    Disclosure
		want error
	}{{Disclosure{Threshold: 2}, ErrSmall}, {Disclosure{Threshold: -1}, ErrSmall}, {Disclosure{Round: 2}, ErrRound}, {Disclosure{Tables: []Table{"names"}}, ErrTable}} {
		_, err := new(Stats).Publish(c.d)
		assert.ErrorIs(t, err, c.want)
	}
}

func TestCSVHoldsWhatJSONHolds(t *testing.T) {
	p, _ := published(t, people(rand.New(rand.NewPCG(5, 5)), 200), Disclosure{})
	var b bytes.Buffer
	require.NoError(t, p.WriteCSV(&b))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	cells := 0
	for _, table := range p.Tables {
		for _, l := range table.Lines {
			cells++
			if l.Conversations != nil {
				cells++
			}
		}
	}
	for _, g := range p.Grids {
		cells += len(g.Rows) * len(g.Columns)
	}
	assert.Len(t, rows, 1+2+cells+2*len(p.Times))
	absent := 0
	for _, r := range rows {
		if r[4] == "" {
			absent++
		}
	}
	assert.Greater(t, absent, 5)
}

func TestQuantilesAreReadFromAHistogram(t *testing.T) {
	var h histogram
	for i := 1; i <= 100; i++ {
		h.count(time.Duration(i) * 10 * time.Second)
	}
	assert.InDelta(t, 500, float64(h.quantile(50)), 50)
	assert.InDelta(t, 900, float64(h.quantile(90)), 90)
	h.count(longest)
	h.count(0)
	assert.EqualValues(t, 102, h.total())
	assert.EqualValues(t, 0, new(histogram).quantile(50))
	assert.GreaterOrEqual(t, edgeSeconds[bins-1], int64(longest/time.Second))
}

func TestSealedCountsAreForWhoHasTheKey(t *testing.T) {
	key, s := keys.New(), people(rand.New(rand.NewPCG(5, 5)), 200)
	p, _ := published(t, s, Disclosure{})
	sealed, err := s.Seal(key)
	require.NoError(t, err)
	p.Sealed = sealed
	var b bytes.Buffer
	require.NoError(t, p.WriteJSON(&b))
	assert.True(t, IsFile(b.Bytes()))
	assert.True(t, json.Valid(b.Bytes()))

	read, err := ReadSealed(bytes.NewReader(b.Bytes()))
	require.NoError(t, err)
	back, err := read.Open(key)
	require.NoError(t, err)
	again, err := back.Seal(key)
	require.NoError(t, err)
	assert.Equal(t, sealed, again, "equal counts, equal bytes")

	_, err = read.Open(keys.New())
	assert.ErrorIs(t, err, ErrKey)
	_, err = read.Open(keys.Key{})
	assert.ErrorIs(t, err, ErrKey)
	read.Data[len(read.Data)/2] ^= 1
	_, err = read.Open(key)
	assert.ErrorIs(t, err, ErrSealed)
	_, err = (&Sealed{KeyID: key.ID(), Data: []byte("kort")}).Open(key)
	assert.ErrorIs(t, err, ErrSealed)
}

func TestBadFilesSayWhatTheyAre(t *testing.T) {
	for text, want := range map[string]error{
		"": ErrFile, "{}": ErrFile, `{"messages":[]}`: ErrFile, fileHead + `"threshold":5}`: ErrNoCounts, fileHead + `"sealed":"geheim`: ErrFile,
		fileHead + `"sealed":{"data":"geheim!"}}`: ErrFile, `{"naamloos_stats":2,"sealed":{}}`: ErrFile,
	} {
		_, err := ReadSealed(strings.NewReader(text))
		require.ErrorIs(t, err, want, text)
		assert.NotContains(t, err.Error(), "geheim")
	}
}

func TestLabelsHaveTheShapeOfTopics(t *testing.T) {
	for text, want := range map[string]string{
		"Pesten": "pesten", "  Thuis &  gezin ": "thuis & gezin", "": Unknown, "12": "12", "école / études": "école / études", "LGBT+": "lgbt+",
		"bel mij op 0470123456": Other, "[PERSON-bcdfghjkm] pest mij": Other, "hij heeft mij gisteren heel erg geslagen": Other, "x@y": Other, "=cmd()": Other,
		strings.Repeat("lang", 20): Other, "klas 3B": Other, "12345": Other,
	} {
		assert.Equal(t, want, label(text), text)
	}
}

func TestNothingOfATextGetsIntoTheFiles(t *testing.T) {
	marker := "zqxjkvw"
	key := keys.New()
	c, err := New(Options{Key: key})
	require.NoError(t, err)
	for range 50 {
		chat := &transcripts.Conversation{ID: marker, Topic: "over " + marker + " 1",
			Participants: []transcripts.Participant{{Key: "visitor", Role: "visitor", Name: marker, Email: marker, IP: "192.0.2.1", Geo: &transcripts.Geo{Country: marker, Region: marker},
				Fields: []transcripts.Field{{Label: "leeftijd", Value: marker}, {Label: "taal", Value: marker}, {Label: "rol", Value: marker}, {Label: "land", Value: marker}, {Label: marker, Value: marker}}}},
			Fields:   []transcripts.Field{{Label: "afdeling", Value: marker + " 0470"}},
			Messages: []transcripts.Message{{From: marker, Text: marker}}}
		c.Add(anonymize.Outcome{Original: chat, Anonymised: chat})
	}
	s := c.Stats()
	p, text := published(t, s, Disclosure{})
	assert.NotContains(t, text, marker)
	assert.NotContains(t, text, "192.0")
	var b bytes.Buffer
	require.NoError(t, p.WriteCSV(&b))
	assert.NotContains(t, b.String(), marker)
	st, err := json.Marshal(s.state())
	require.NoError(t, err)
	assert.NotContains(t, string(st), marker, "not even sealed")
}

func FuzzCount(f *testing.F) {
	f.Add([]byte(`{"started":"2026-01-12T16:04:00+01:00","topic":"pesten","participants":[{"key":"visitor","role":"visitor","ip":"192.0.2.1","fields":{"leeftijd":"14"}}],"messages":[{"from":"visitor","at":"2026-01-12T16:04:10Z","text":"x"}]}`))
	f.Add([]byte(`{"started":"9999-12-31T23:59:59Z","messages":[{"at":"0001-01-01T00:00:00Z","text":""}]}`))
	f.Add([]byte(`{"participants":[{"role":"visitor","geo":{"country":"BE","region":"BE-VOV"}}],"messages":[{"text":"[AGE-bcdfghjkm] ["}]}`))
	format, _ := transcripts.Lookup("jsonl")
	f.Fuzz(func(t *testing.T, data []byte) {
		key := keys.New()
		c, err := New(Options{Key: key})
		require.NoError(t, err)
		for chat, err := range format.Read(bytes.NewReader(data), transcripts.ReadOptions{}) {
			if err != nil {
				break
			}
			for range 6 {
				c.Add(anonymize.Outcome{Original: chat, Anonymised: chat})
			}
		}
		s := c.Stats()
		if _, err := s.Publish(Disclosure{}); err != nil {
			t.Fatal(err)
		}
		sealed, err := s.Seal(key)
		require.NoError(t, err)
		back, err := sealed.Open(key)
		require.NoError(t, err)
		require.Equal(t, s.Conversations(), back.Conversations())
	})
}

func TestNoTableIsFinerThanThePolicy(t *testing.T) {
	assert.Equal(t, AllTables(), Allowed(anonymize.Policy{}))
	p := anonymize.Policy{}
	p.Metadata.Geo, p.Metadata.Times = anonymize.TreatCountry, anonymize.TreatDay
	allowed := Allowed(p)
	assert.Contains(t, allowed, Country)
	assert.Contains(t, allowed, Weekday)
	for _, finer := range []Table{Region, Hour, MessageHour, WeekdayHour, Waiting} {
		assert.NotContains(t, allowed, finer)
	}
	p.Metadata.Geo, p.Metadata.Times = anonymize.TreatDrop, anonymize.TreatRelative
	allowed = Allowed(p)
	assert.NotContains(t, allowed, Country)
	assert.NotContains(t, allowed, Month)
	shown, text := published(t, people(rand.New(rand.NewPCG(5, 5)), 200), Disclosure{Tables: allowed})
	assert.NotEmpty(t, shown.Tables)
	assert.NotContains(t, text, "2026")
	assert.NotContains(t, text, "BE")
}

func TestExactCountsDoNotShowThemselves(t *testing.T) {
	c := collector(t, keys.New())
	c.Add(written{start: time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC), topic: "rouw"}.outcome())
	s := c.Stats()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		for _, shown := range []string{fmt.Sprintf(verb, s), fmt.Sprintf(verb, *s), fmt.Sprintf(verb, c), fmt.Sprintf(verb, []*Stats{s})} {
			assert.NotContains(t, shown, "rouw")
			assert.NotContains(t, shown, "2026")
			assert.NotRegexp(t, `0x[0-9a-f]{2},`, shown)
		}
	}
	text, err := json.Marshal(struct {
		Stats     *Stats
		Collector *Collector
	}{s, c})
	require.NoError(t, err)
	assert.NotContains(t, string(text), "rouw")
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "stats", s, "collector", c)
	assert.NotContains(t, log.String(), "rouw")
}
