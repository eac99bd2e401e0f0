package stats

import (
	"fmt"
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

// written is a conversation as a test writes it down, beside what is made of it.
type written struct {
	start, end       time.Time
	waits            time.Duration // negative: no operator came
	topic, age, role string
	language, ip     string
	country          string // of the address
	province         string
	texts            int // messages of the visitor behind the first
	names            int // pseudonyms in the texts
}

func (w written) outcome() anonymize.Outcome {
	visitor := transcripts.Participant{Key: "visitor", Role: transcripts.RoleVisitor, IP: w.ip}
	for label, value := range map[string]string{"Leeftijd": w.age, "Ik ben": w.role, "taal": w.language} {
		if value != "" {
			visitor.Fields = append(visitor.Fields, transcripts.Field{Label: label, Value: value})
		}
	}
	if w.country != "" {
		visitor.Geo = &transcripts.Geo{Country: w.country, Region: w.province}
	}
	c := &transcripts.Conversation{Started: w.start, Ended: w.end, Topic: w.topic,
		Participants: []transcripts.Participant{visitor, {Key: "operator", Role: transcripts.RoleOperator}}}
	c.Messages = append(c.Messages, transcripts.Message{From: "visitor", At: w.start, Text: "12" + strings.Repeat(" [PERSON-bcdfghjkm]", w.names)})
	if w.waits >= 0 {
		c.Messages = append(c.Messages, transcripts.Message{From: "operator", At: w.start.Add(w.waits), Text: "12"})
	}
	for i := range w.texts {
		c.Messages = append(c.Messages, transcripts.Message{From: "visitor", At: w.start.Add(max(0, w.waits) + time.Duration(i)*time.Minute), Text: "12"})
	}
	return anonymize.Outcome{Original: c, Anonymised: c}
}

func random(r *rand.Rand) written {
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	w := written{
		start: time.Date(2026, time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60), 0, time.FixedZone("", 3600)),
		waits: time.Duration(r.IntN(2400)-200) * time.Second, topic: pick("Pesten", "thuis", "", "Studiekeuze"), age: pick("14", "9 jaar", "17", "veertig", ""),
		role: pick("leerling", "Ouder", "", "leerkracht"), language: pick("nl", "fr-BE", "Deutsch", "sv", ""), texts: r.IntN(9), names: r.IntN(3),
		ip: pick("192.0.2.1", "198.51.100.2", "2001:db8::7", "10.0.0.1", "geen ip", ""),
	}
	if r.IntN(3) > 0 {
		w.country, w.province = "BE", pick("BE-VOV", "BE-VAN", "", "BE-ZZZ")
	}
	if r.IntN(2) > 0 {
		w.end = w.start.Add(time.Duration(r.IntN(90)) * time.Minute)
	}
	return w
}

// slow counts by reading what the test wrote down, one table after the other.
func slow(all []written, brussels *time.Location) map[Table]map[string]int64 {
	n := map[Table]map[string]int64{}
	count := func(t Table, v string, by int) {
		if n[t] == nil {
			n[t] = map[string]int64{}
		}
		if by > 0 {
			n[t][v] += int64(by)
		}
	}
	for _, w := range all {
		at := w.start.In(brussels)
		count(Month, at.Format("2006-01"), 1)
		count(Weekday, map[string]string{"Mon": "1", "Tue": "2", "Wed": "3", "Thu": "4", "Fri": "5", "Sat": "6", "Sun": "7"}[at.Format("Mon")], 1)
		count(Hour, at.Format("15"), 1)
		times := []time.Time{w.start}
		if w.waits >= 0 {
			times = append(times, w.start.Add(w.waits))
		}
		for i := range w.texts {
			times = append(times, w.start.Add(max(0, w.waits)+time.Duration(i)*time.Minute))
		}
		last := times[len(times)-1]
		jumped := !w.end.IsZero() && w.end.Before(last.Add(-time.Minute))
		for _, m := range times {
			v := m.In(brussels).Format("15")
			if jumped {
				v = Unknown
			}
			count(MessageHour, v, 1)
		}
		count(Speaker, "visitor", 1+w.texts)
		minutes := -1
		if w.waits >= 0 {
			count(Speaker, "operator", 1)
		}
		if w.waits >= 0 && !jumped {
			minutes = int(w.waits.Minutes())
		}
		count(Waiting, slowBand(minutes, "0", 0, "1", 1, "2-4", 4, "5-9", 9, "10-29", 29, "30+", 1e9), 1)
		minutes = int(last.Sub(w.start).Minutes())
		if !w.end.IsZero() {
			minutes = int(w.end.Sub(w.start).Minutes())
		}
		if jumped {
			minutes = -1
		}
		count(Duration, slowBand(minutes, "0-4", 4, "5-14", 14, "15-29", 29, "30-44", 44, "45-59", 59, "60+", 1e9), 1)
		count(Topic, map[string]string{"Pesten": "pesten", "thuis": "thuis", "": Unknown, "Studiekeuze": "studiekeuze"}[w.topic], 1)
		count(Age, map[string]string{"14": "12-14", "9 jaar": "6-11", "17": "15-17", "veertig": Unknown, "": Unknown}[w.age], 1)
		count(Role, map[string]string{"leerling": "pupil", "Ouder": "parent", "leerkracht": "teacher", "": Unknown}[w.role], 1)
		count(Language, map[string]string{"nl": "nl", "fr-BE": "fr", "Deutsch": "de", "sv": Other, "": Unknown}[w.language], 1)
		count(Country, map[string]string{"BE": "BE", "": Unknown}[w.country], 1)
		count(Entity, "PERSON", w.names)
	}
	return n
}

// slowBand returns the first band whose end is not before n.
func slowBand(n int, bands ...any) string {
	for i := 0; i < len(bands) && n >= 0; i += 2 {
		if end, _ := bands[i+1].(int); n <= end || bands[i+1] == 1e9 {
			return bands[i].(string)
		}
	}
	return Unknown
}

func brussels(t testing.TB) *time.Location {
	zone, err := time.LoadLocation("Europe/Brussels")
	require.NoError(t, err)
	return zone
}

func collector(t testing.TB, key keys.Key) *Collector {
	c, err := New(Options{Key: key, Zone: brussels(t)})
	require.NoError(t, err)
	return c
}

func TestCountsAgreeWithASlowCount(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var all []written
	c := collector(t, keys.Key{})
	messages := 0
	for range 3000 {
		w := random(r)
		all = append(all, w)
		o := w.outcome()
		messages += len(o.Original.Messages)
		c.Add(o)
	}
	s := c.Stats()
	assert.EqualValues(t, 3000, s.Conversations())
	assert.EqualValues(t, messages, s.Messages())
	for table, want := range slow(all, brussels(t)) {
		got := map[string]int64{}
		for v, c := range s.values[table] {
			got[v] = c.Count
		}
		assert.Equal(t, want, got, table)
	}
	// and what is published of 3000 conversations adds up
	p, err := s.Publish(Disclosure{})
	require.NoError(t, err)
	for _, table := range p.Tables {
		if table.Unit == "conversations" && table.Table != Region {
			sum, absent := Count(0), false
			for _, l := range table.Lines {
				absent = absent || l.Count == Absent
				sum += l.Count
			}
			if !absent {
				assert.EqualValues(t, 3000, sum, table.Table)
			}
		}
	}
}

func TestSumsAreWhatOneCollectorWouldHaveCounted(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	key := keys.New()
	whole := collector(t, key)
	parts := []*Collector{collector(t, key), collector(t, key), collector(t, key)}
	for i := range 900 {
		o := random(r).outcome()
		if i < 300 {
			o.Anonymised.Topic = fmt.Sprintf("onderwerp %c%c", 'a'+i%26, 'a'+i/26%26) // too many for a list
		}
		whole.Add(o)
		parts[r.IntN(3)].Add(o)
	}
	sealed := func(s *Stats) []byte {
		x, err := s.Seal(key)
		require.NoError(t, err)
		return x.Data
	}
	sum := func(order ...int) *Stats {
		s := new(Stats)
		for _, i := range order {
			s.Add(parts[i].Stats())
		}
		return s
	}
	want := sealed(whole.Stats())
	right := parts[1].Stats()
	right.Add(parts[2].Stats())
	nested := parts[0].Stats()
	nested.Add(right)
	for _, s := range []*Stats{sum(0, 1, 2), sum(2, 0, 1), sum(1, 2, 0), nested, whole.Stats().Clone()} {
		assert.Equal(t, want, sealed(s))
	}
	assert.True(t, whole.Stats().free[Topic])
	for _, t2 := range []Table{MonthTopic, AgeTopic} {
		for p := range whole.Stats().pairs[t2] {
			assert.Contains(t, []string{Other, Unknown}, p.column)
		}
	}
}
