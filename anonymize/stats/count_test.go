package stats

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
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

func TestClocksAndZones(t *testing.T) {
	utc := func(h, m int) time.Time { return time.Date(2026, 7, 5, h, m, 0, 0, time.UTC) } // a Sunday; Brussels is two hours ahead
	msg := func(from string, at time.Time) transcripts.Message {
		return transcripts.Message{From: from, At: at, Text: "x"}
	}
	floating := func(text string) time.Time {
		f, ok := transcripts.Lookup("jsonl")
		require.True(t, ok)
		for c, err := range f.Read(strings.NewReader(`{"started":"`+text+`","messages":[{"text":"x"}]}`), transcripts.ReadOptions{}) {
			require.NoError(t, err)
			return c.Started
		}
		return time.Time{}
	}
	for name, c := range map[string]struct {
		chat                      transcripts.Conversation
		hour, weekday, dur, waits string
	}{
		"steady": {transcripts.Conversation{Started: utc(22, 30), Ended: utc(23, 0), Messages: []transcripts.Message{msg("visitor", utc(22, 30)), msg("operator", utc(22, 33))}},
			"00", "1", "30-44", "2-4"}, // Monday in Brussels
		"no times": {transcripts.Conversation{Messages: []transcripts.Message{msg("visitor", time.Time{})}}, Unknown, Unknown, Unknown, Unknown},
		"only messages": {transcripts.Conversation{Messages: []transcripts.Message{msg("visitor", utc(10, 0)), msg("visitor", utc(10, 1)), msg("operator", utc(10, 11))}},
			"12", "7", "5-14", "10-29"},
		"back in time": {transcripts.Conversation{Started: utc(10, 0), Messages: []transcripts.Message{msg("visitor", utc(10, 5)), msg("operator", utc(9, 0))}},
			"12", "7", Unknown, Unknown},
		"back without a start": {transcripts.Conversation{Messages: []transcripts.Message{msg("visitor", utc(10, 5)), msg("operator", utc(9, 0))}}, Unknown, Unknown, Unknown, Unknown},
		"within a second": {transcripts.Conversation{Started: utc(10, 0).Add(time.Second), Messages: []transcripts.Message{msg("visitor", utc(10, 0)), msg("operator", utc(10, 0))}},
			"12", "7", "0-4", "0"},
		"ended before it began": {transcripts.Conversation{Started: utc(10, 0), Ended: utc(8, 0), Messages: []transcripts.Message{msg("visitor", utc(10, 0))}}, "12", "7", Unknown, Unknown},
		"left open for days": {transcripts.Conversation{Started: utc(10, 0), Ended: utc(10, 0).AddDate(0, 0, 3), Messages: []transcripts.Message{msg("operator", utc(10, 2))}},
			"12", "7", Unknown, "2-4"},
		"the clock was never set": {transcripts.Conversation{Started: time.Unix(0, 0), Messages: []transcripts.Message{msg("visitor", time.Unix(60, 0))}}, Unknown, Unknown, "0-4", Unknown},
		"the far future":          {transcripts.Conversation{Started: time.Date(9000, 1, 1, 1, 1, 1, 0, time.UTC), Messages: []transcripts.Message{{Text: "x"}}}, Unknown, Unknown, Unknown, Unknown},
		"no zone: as it stands": {transcripts.Conversation{Started: floating("2026-07-05T22:30:00"), Messages: []transcripts.Message{{Text: "x"}}},
			"22", "7", Unknown, Unknown},
		"a zone of its own": {transcripts.Conversation{Started: floating("2026-07-05T22:30:00-05:00"), Messages: []transcripts.Message{{Text: "x"}}},
			"05", "1", Unknown, Unknown},
		"half of it without a zone": {transcripts.Conversation{Started: floating("2026-07-05T22:30:00"), Messages: []transcripts.Message{msg("operator", utc(22, 31))}},
			"22", "7", Unknown, Unknown},
		"nobody answered": {transcripts.Conversation{Started: utc(10, 0), Messages: []transcripts.Message{msg("visitor", utc(10, 0)), {From: "operator", At: utc(10, 1), Kind: transcripts.KindNote}}},
			"12", "7", "0-4", Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			col := collector(t, keys.Key{})
			col.Add(anonymize.Outcome{Original: &c.chat, Anonymised: &c.chat})
			s := col.Stats()
			for table, want := range map[Table]string{Hour: c.hour, Weekday: c.weekday, Duration: c.dur, Waiting: c.waits} {
				assert.Equal(t, []string{want}, s.sortedValues(table), table)
			}
		})
	}
}

// answered counts one conversation with answers of a form and returns a table.
func answered(t *testing.T, table Table, fields ...string) string {
	t.Helper()
	c := &transcripts.Conversation{Participants: []transcripts.Participant{{Key: "visitor", Role: "visitor"}}, Messages: []transcripts.Message{{From: "visitor", Text: "dag"}}}
	for i := 0; i < len(fields); i += 2 {
		c.Participants[0].Fields = append(c.Participants[0].Fields, transcripts.Field{Label: fields[i], Value: fields[i+1]})
	}
	col, err := New(Options{})
	require.NoError(t, err)
	col.Add(anonymize.Outcome{Original: c, Anonymised: c})
	values := col.Stats().sortedValues(table)
	require.Len(t, values, 1)
	return values[0]
}

func TestAnswersOfForms(t *testing.T) {
	for _, c := range []struct {
		table  Table
		fields []string
		want   string
	}{
		{Age, []string{"Leeftijd?", "14"}, "12-14"},
		{Age, []string{"custom.leeftijd", "14 jaar"}, "12-14"},
		{Age, []string{"Hoe oud ben je?", "12-14"}, "12-14"},
		{Age, []string{"âge", "16 ans"}, "15-17"},
		{Age, []string{"Alter", "70 Jahre alt"}, Unknown},
		{Age, []string{"leeftijd", "14-16"}, Unknown},
		{Age, []string{"leeftijd", "18 maanden"}, Unknown},
		{Age, []string{"leeftijd", "2011"}, Unknown},
		{Age, []string{"leeftijd", "-3000000000000000000000"}, Unknown},
		{Age, []string{"leeftijd", "14", "age", "15"}, Unknown}, // which of them?
		{Age, []string{"leeftijd", "13", "age", "14", "alter", "13"}, "12-14"},
		{Role, []string{"Ik ben", "Leerling"}, "pupil"},
		{Role, []string{"hoedanigheid", "mijn buurman"}, Unknown},
		{Language, []string{"Taal", "Français"}, "fr"},
		{Language, []string{"lang", "nl_BE"}, "nl"},
		{Country, []string{"land", "België"}, "BE"},
		{Country, []string{"country", "Nergensland"}, Unknown},
		{Region, []string{"provincie", "Oost-Vlaanderen"}, "BE-VOV"},
		{Region, []string{"provincie", "Limburg"}, "unknown-"}, // there are two
		{Region, []string{"land", "Nederland", "provincie", "Limburg"}, "NL-LI"},
		{Region, []string{"postcode", "9000"}, "BE-VOV"},
		{Region, []string{"postcode", "9000", "gemeente", "Antwerpen"}, "BE-"},
		{Region, []string{"postcode", "9000", "postcode", "1011 AB"}, "unknown-"}, // which country?
		{Region, []string{"postcode", "geen idee"}, "unknown-"},
		{Region, []string{"Waar woon je?", "9000 Gent"}, "BE-VOV"},
	} {
		assert.Equal(t, c.want, answered(t, c.table, c.fields...), "%q", c.fields)
	}
}

func TestWhatVisitorsTellOfThemselves(t *testing.T) {
	key := keys.New()
	a, err := anonymize.New(anonymize.Options{Key: key, Recognizers: []detectors.Recognizer{words{"": {"15": "AGE", "11": "AGE", "Gent": "LOC"}}}})
	require.NoError(t, err)
	count := func(from string, texts ...string) *Stats {
		col, err := New(Options{})
		require.NoError(t, err)
		c := &transcripts.Conversation{Participants: []transcripts.Participant{{Key: "visitor", Role: "visitor"}, {Key: "operator", Role: "operator"}}}
		for _, text := range texts {
			c.Messages = append(c.Messages, transcripts.Message{From: from, Text: text})
		}
		in := func(yield func(*transcripts.Conversation, error) bool) { yield(c, nil) }
		for _, err := range a.Conversations(in, col.Add) {
			require.NoError(t, err)
		}
		return col.Stats()
	}
	s := count("visitor", "hey ik ben 15 en ik woon in Gent")
	assert.Equal(t, []string{"15-17"}, s.sortedValues(Age))
	assert.Equal(t, []string{"BE-VOV"}, s.sortedValues(Region))
	for _, s := range []*Stats{count("visitor", "mijn zus is 15 en zij woont in Gent"), count("operator", "ik ben 15 en ik woon in Gent"), count("visitor", "ik ben 15", "ik ben 11")} {
		assert.Equal(t, []string{Unknown}, s.sortedValues(Age))
		assert.Equal(t, []string{"unknown-"}, s.sortedValues(Region))
	}
}

// words finds its words as entities of a type, for tests.
func (w words) Find(dst []detectors.Span, t detectors.Text) ([]detectors.Span, error) {
	for word, typ := range w[""] {
		if i := strings.Index(t.Body, word); i >= 0 {
			dst = append(dst, detectors.Span{Start: i, End: i + len(word), Type: detectors.EntityType(typ), Score: 1, Detector: "words"})
		}
	}
	return dst, nil
}

func TestSourcesAreKeyedByMonth(t *testing.T) {
	key := keys.New()
	c := collector(t, key)
	jan, feb := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC), time.Date(2026, 2, 5, 10, 0, 0, 0, time.UTC)
	source := func(c *Collector, ip string, at time.Time) string {
		s, ok := c.Source(netip.MustParseAddr(ip), at)
		require.True(t, ok, ip)
		require.Regexp(t, `^\[IP-[bcdfghjkmnpqrstvwxz23456789]{9}\]$`, s)
		return s
	}
	one := source(c, "192.0.2.1", jan)
	assert.Equal(t, one, source(collector(t, key), "::ffff:192.0.2.1", jan))
	assert.NotEqual(t, one, source(c, "192.0.2.2", jan))
	assert.NotEqual(t, one, source(c, "192.0.2.1", feb), "months cannot be linked")
	assert.NotEqual(t, one, source(collector(t, keys.New()), "192.0.2.1", jan), "nor keys")
	assert.Equal(t, source(c, "2001:db8:1:2::1", jan), source(c, "2001:db8:1:2:ffff::2", jan), "one network, one source")
	assert.NotEqual(t, source(c, "2001:db8:1:2::1", jan), source(c, "2001:db8:1:3::1", jan))
	for _, ip := range []string{"10.0.0.1", "100.64.0.1", "127.0.0.1", "fe80::1%eth0", "::", "224.0.0.1"} {
		_, ok := c.Source(netip.MustParseAddr(ip), jan)
		assert.False(t, ok, ip)
	}
	_, ok := c.Source(netip.MustParseAddr("192.0.2.1"), time.Time{})
	assert.False(t, ok)
}

func TestRepeatersAreListedForThoseWhoAct(t *testing.T) {
	c := collector(t, keys.New())
	at := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)
	for ip, n := range map[string]int{"192.0.2.1": 12, "192.0.2.2": 4, "192.0.2.3": 1} {
		for range n {
			c.Add(written{start: at, ip: ip}.outcome())
		}
	}
	list, err := c.Stats().Repeaters(4)
	require.NoError(t, err)
	often, _ := c.Source(netip.MustParseAddr("192.0.2.1"), at)
	four, _ := c.Source(netip.MustParseAddr("192.0.2.2"), at)
	assert.Equal(t, []Source{{"2026-01", often, 12}, {"2026-01", four, 4}}, list)
	_, err = c.Stats().Repeaters(3)
	assert.ErrorIs(t, err, ErrThreshold)
}

func TestRecordsThatAreNoChatsAreNotCounted(t *testing.T) {
	c := collector(t, keys.Key{})
	note := &transcripts.Conversation{Fields: []transcripts.Field{{Label: "note", Value: "x"}}}
	c.Add(anonymize.Outcome{Original: note, Anonymised: note})
	assert.Zero(t, c.Stats().Conversations())
}

func TestTheVisitorsLanguageIsGuessedWhenNobodyDeclaresIt(t *testing.T) {
	for text, want := range map[string]string{
		"ik voel mij niet zo goed de laatste tijd": "nl", "je ne me sens pas bien depuis quelques jours": "fr", "ok": Unknown, "[PERSON-bcdfghjkm]": Unknown,
	} {
		c := &transcripts.Conversation{Participants: []transcripts.Participant{{Key: "visitor", Role: "visitor"}},
			Messages: []transcripts.Message{{From: "visitor", Text: text}, {From: "operator", Text: "Wat ligt er op je hart en hoe gaat het met je?"}}}
		col := collector(t, keys.Key{})
		col.Add(anonymize.Outcome{Original: c, Anonymised: c})
		assert.Equal(t, []string{want}, col.Stats().sortedValues(Language), text)
	}
}
