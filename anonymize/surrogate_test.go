package anonymize

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/surrogate"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

func newSurrogate(t *testing.T, k keys.Key, s Scope) *Anonymizer {
	t.Helper()
	a, err := New(Options{Key: k, Policy: Policy{Rules: map[detectors.EntityType]Rule{detectors.Person: {Operator: OperatorSurrogate, Scope: s}}}})
	require.NoError(t, err)
	return a
}

// class is a conversation that names many.
func class() *transcripts.Conversation {
	c := chat()
	for _, text := range []string{
		"ik ben Xandrolie Zilverberg", "mijn juf Katrien Peeters is streng", "juf Katrien zei dat", "mevrouw Peeters was boos",
		"mijn vriend Tom en mijn vriendin Lotte Maes", "LOTTE roept", "ja tom ook",
	} {
		c.Messages = append(c.Messages, transcripts.Message{From: "visitor", Text: text})
	}
	return c
}

func TestSurrogatesFollowTheMention(t *testing.T) {
	out, _, err := newSurrogate(t, fixedKey(t, "7"), ScopeCorpus).Conversation(class())
	require.NoError(t, err)
	m := out.Messages
	full := regexp.MustCompile(`juf (\w+) (\w+) is streng`).FindStringSubmatch(m[1].Text)
	require.NotNil(t, full, m[1].Text)
	assert.Contains(t, m[2].Text, "juf "+full[1]+" zei")
	assert.Contains(t, m[3].Text, "mevrouw "+full[2]+" was")
	lotte := regexp.MustCompile(`vriendin (\w+) (\w+)`).FindStringSubmatch(m[4].Text)
	require.NotNil(t, lotte, m[4].Text)
	assert.Equal(t, strings.ToUpper(lotte[1])+" roept", m[5].Text)
	tom := regexp.MustCompile(`vriend (\w+) en`).FindStringSubmatch(m[4].Text)
	require.NotNil(t, tom)
	assert.Equal(t, "ja "+strings.ToLower(tom[1])+" ook", m[6].Text)
}

func TestSurrogatesKeepNoInitialAndAreNobodysInTheConversation(t *testing.T) {
	for i := range 30 {
		a := newSurrogate(t, keys.Key{}, []Scope{ScopeConversation, ScopeCorpus}[i%2])
		k, err := a.newCast(class())
		require.NoError(t, err)
		s := newState(k, class())
		require.NoError(t, s.find(nil))
		seen := map[string]bool{}
		for canonical, n := range k.names {
			for _, part := range []string{n.Given, n.Surname} {
				low := strings.ToLower(part)
				assert.False(t, seen[low], "two persons are %s", part)
				seen[low] = true
				assert.False(t, k.words[low])
				for _, w := range nameWords(canonical) {
					assert.NotEqual(t, w[0], low[0], "%s keeps an initial of %s", part, canonical)
				}
			}
		}
		assert.GreaterOrEqual(t, len(k.names), 4)
	}
}

func TestSurrogatesAreStableWithinTheirScope(t *testing.T) {
	name := func(a *Anonymizer, text string) string {
		out, _, err := a.Conversation(chat(text))
		require.NoError(t, err)
		return strings.TrimPrefix(out.Messages[0].Text, "ik ben ")
	}
	k := fixedKey(t, "7")
	corpus := newSurrogate(t, k, ScopeCorpus)
	assert.Equal(t, name(corpus, "ik ben Xandrolie Zilverberg"), name(newSurrogate(t, k, ScopeCorpus), "ik ben Xandrolie Zilverberg"))
	differ := 0
	for i := range 20 {
		within := newSurrogate(t, k, ScopeConversation)
		a, _, err := within.Conversation(chat("ik ben Xandrolie Zilverberg", fmt.Sprint("nummer ", i)))
		require.NoError(t, err)
		b, _, err := within.Conversation(chat("ik ben Xandrolie Zilverberg", fmt.Sprint("nummer ", i+1)))
		require.NoError(t, err)
		if a.Messages[0].Text != b.Messages[0].Text {
			differ++
		}
	}
	assert.Greater(t, differ, 15)
}

// reservedName returns a given name that a key reserves.
func reservedName(t *testing.T, k keys.Key) string {
	t.Helper()
	n, ok := surrogate.NewBook(k).Pick([16]byte{}, surrogate.Want{}, func(string) bool { return false })
	require.True(t, ok)
	return n.Given
}

// Somebody may bear a name that the key reserves. He is hidden as soon as
// anything else is found in the conversation; alone he is taken for a surrogate.
// That is the limit docs/POLICY.md names.
func TestSomebodyWithAReservedNameIsHiddenUnlessHeIsAllThatIsFound(t *testing.T) {
	k := fixedKey(t, "7")
	name := reservedName(t, k)
	a := newSurrogate(t, k, ScopeCorpus)
	for _, more := range []string{"mail x@voorbeeld.example", "mijn juf Katrien is streng"} {
		out, _, err := a.Conversation(chat("ik ben "+name, more))
		require.NoError(t, err)
		assert.NotContains(t, texts(out), name)
	}
	withIP := chat("ik ben " + name)
	withIP.Participants[0].IP = "192.0.2.7"
	out, _, err := a.Conversation(withIP)
	require.NoError(t, err)
	assert.NotContains(t, texts(out), name, "an address is there: it was not anonymised before")
	other := newSurrogate(t, fixedKey(t, "8"), ScopeCorpus)
	if !surrogate.NewBook(fixedKey(t, "8")).Reserved(strings.ToLower(name)) {
		out, _, err = other.Conversation(chat("ik ben " + name))
		require.NoError(t, err)
		assert.NotContains(t, texts(out), name, "another key reserves other names")
	}
	out, report, err := a.Conversation(chat("ik ben " + name))
	require.NoError(t, err)
	assert.Contains(t, texts(out), name)
	assert.Zero(t, report.Replaced)
}

func TestSessionsKeepTheirCast(t *testing.T) {
	rules := map[string]Rule{
		"surrogate": {Operator: OperatorSurrogate, Scope: ScopeConversation},
		"role":      {Operator: OperatorLabel, Label: LabelRole},
		"pseudonym": {Operator: OperatorPseudonym, Scope: ScopeConversation},
	}
	for name, r := range rules {
		t.Run(name, func(t *testing.T) {
			a, err := New(Options{Key: fixedKey(t, "7"), Policy: Policy{Rules: map[detectors.EntityType]Rule{detectors.Person: r}}})
			require.NoError(t, err)
			s := a.NewSession("c1", transcripts.Participant{Key: "visitor", Role: transcripts.RoleVisitor, Name: "Xandrolie"})
			var said []string
			for _, text := range []string{"ik ben Xandrolie", "mijn juf Katrien is streng", "juf Katrien kent Xandrolie"} {
				out, changes, err := s.Message(transcripts.Message{From: "visitor", Text: text})
				require.NoError(t, err)
				for _, c := range changes {
					said[c.Message] = c.Text
				}
				said = append(said, out.Text)
			}
			all := strings.Join(said, "\n")
			assert.NotContains(t, all, "Xandrolie")
			assert.NotContains(t, all, "Katrien")
			self, juf := strings.TrimPrefix(said[0], "ik ben "), strings.TrimSuffix(strings.TrimPrefix(said[1], "mijn juf "), " is streng")
			assert.Equal(t, "juf "+juf+" kent "+self, said[2])
		})
	}
}

// A surrogate that somebody in the conversation turns out to bear is given up,
// and what was shown is changed.
func TestASurrogateThatSomebodyBearsIsGivenUp(t *testing.T) {
	s := newSurrogate(t, fixedKey(t, "7"), ScopeCorpus).NewSession("c1")
	out, _, err := s.Message(transcripts.Message{From: "visitor", Text: "mijn juf Katrien is streng"})
	require.NoError(t, err)
	given := strings.TrimSuffix(strings.TrimPrefix(out.Text, "mijn juf "), " is streng")
	require.NotEqual(t, "Katrien", given)
	out, changes, err := s.Message(transcripts.Message{From: "visitor", Text: "en mijn vriendin " + given + " ook"})
	require.NoError(t, err)
	require.NotEmpty(t, changes)
	assert.NotContains(t, changes[0].Text, given)
	assert.NotContains(t, out.Text, given)
}

func TestTimesAreCoarsenedAsTheMetadataRulesSay(t *testing.T) {
	for treat, want := range map[Treatment][3]string{
		TreatHour:     {"2026-01-12T16:00:00+01:00", "2026-01-12 16:00", "1768230000"},
		TreatDay:      {"2026-01-12T00:00:00+01:00", "2026-01-12 00:00", "1768176000"},
		TreatRelative: {"2000-01-01T00:00:10Z", "2000-01-01 00:00", "946684805"},
	} {
		c := held("2026-01-12")
		c.Started = mustTime(t, "2026-01-12T16:04:00+01:00")
		c.Messages = []transcripts.Message{{At: mustTime(t, "2026-01-12T16:04:10+01:00"), Text: "hallo"}}
		c.Fields = []transcripts.Field{
			{Label: "a", Kind: transcripts.FieldTime, Value: "2026-01-12 16:04"}, {Label: "b", Kind: transcripts.FieldTime, Value: "1768230245"},
			{Label: "c", Kind: transcripts.FieldTime, Value: "gisteren"},
		}
		a, err := New(Options{Policy: Policy{Metadata: Metadata{Times: treat}}})
		require.NoError(t, err)
		out, _, err := a.Conversation(c)
		require.NoError(t, err)
		assert.Equal(t, want[0], out.Messages[0].At.Format("2006-01-02T15:04:05Z07:00"), treat)
		assert.Equal(t, want[1], out.Fields[0].Value, treat)
		assert.Equal(t, want[2], out.Fields[1].Value, treat)
		assert.Empty(t, out.Fields[2].Value, "what is not understood goes")
		again, _, err := a.Conversation(out)
		require.NoError(t, err)
		assert.Equal(t, out.Messages[0].At, again.Messages[0].At)
	}
}

func mustTime(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return at
}

func TestGeneralisedValuesAreCoarse(t *testing.T) {
	for text, want := range map[string]string{
		"13": "12-14", "14 jaar": "12-14", "15j": "15-17", "veertien": "12-14", "90": "90+", "101 jaar": "90+", "8 maanden": "0-2",
		"jong": "", "400": "", "0": "0-2",
	} {
		assert.Equal(t, want, ageBand(text, 3), text)
	}
	for text, want := range map[string]string{
		"12/03/2011": "2010-2014", "12-03-11": "2010-2014", "12.3.1999": "1995-1999", "12 maart 2011": "2010-2014", "2011-03-12": "2010-2014",
		"4 septembre 2012": "2010-2014", "le 1er mai 2009": "2005-2009", "March 2nd, 2011": "2010-2014", "02032011": "2010-2014",
		"in 2011": "2010-2014", "12/03": "", "": "",
	} {
		assert.Equal(t, want, yearBand(text, 5), text)
	}
}

func TestShiftedDatesAreNearbyAndNeverTheSame(t *testing.T) {
	at, ok := dateOf("12/03/2011")
	require.True(t, ok)
	for n := range uint64(1000) {
		got, err := time.Parse("~2006-01-02", shifted("12/03/2011", n))
		require.NoError(t, err)
		days := got.Sub(at).Hours() / 24
		assert.NotZero(t, days)
		assert.LessOrEqual(t, days, float64(shiftSpan))
		assert.GreaterOrEqual(t, days, float64(-shiftSpan))
	}
	assert.Empty(t, shifted("maart 2011", 1))
	assert.Empty(t, shifted("31/02/2011", 1))
}

func TestOverdueConversationsAreRefused(t *testing.T) {
	now := mustTime(t, "2026-11-22T12:00:00+01:00")
	a, err := New(Options{Policy: Policy{Retention: Retention{Days: 730, Overdue: OverdueSkip}}, Now: func() time.Time { return now }})
	require.NoError(t, err)
	out, _, err := a.Conversation(held("2024-11-21", "hallo"))
	assert.ErrorIs(t, err, ErrOverdue)
	assert.Nil(t, out)
	assert.True(t, a.Skips(err))
	for _, c := range []*transcripts.Conversation{held("2024-11-23", "hallo"), held("", "hallo"), held("2000-01-01", "tijden tellen van het begin")} {
		_, _, err = a.Conversation(c)
		assert.NoError(t, err)
	}
	refuse, err := New(Options{Policy: Policy{Retention: Retention{Days: 730}}, Now: func() time.Time { return now }})
	require.NoError(t, err)
	_, _, err = refuse.Conversation(held("2024-11-21", "hallo"))
	assert.False(t, refuse.Skips(err))
}
