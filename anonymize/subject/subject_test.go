package subject_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/subject"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

var noon = time.Date(2026, 3, 15, 12, 0, 0, 0, time.UTC)

// held anonymises a conversation of a day, in which a visitor says text.
func held(t *testing.T, g keys.Generation, p anonymize.Policy, day, text string) *transcripts.Conversation {
	t.Helper()
	a, err := anonymize.New(anonymize.Options{Generation: g, Policy: p})
	require.NoError(t, err)
	at, err := time.Parse(time.DateOnly, day)
	require.NoError(t, err)
	out, _, err := a.Conversation(&transcripts.Conversation{ID: "c", Started: at,
		Participants: []transcripts.Participant{{Key: "v", Role: transcripts.RoleVisitor, Name: "Xandrolie", Email: "x@voorbeeld.example", IP: "192.0.2.7"}},
		Messages:     []transcripts.Message{{From: "v", Text: text}}})
	require.NoError(t, err)
	return out
}

func scoped(s anonymize.Scope) anonymize.Policy {
	return anonymize.Policy{Default: anonymize.Rule{Scope: s}, Metadata: anonymize.Metadata{IP: anonymize.TreatPseudonym}}
}

func TestAPersonIsFoundUnderEveryKeyAndPeriodThatIsLeft(t *testing.T) {
	ring := keys.NewRing("", keys.Month, noon)
	old, err := ring.Current()
	require.NoError(t, err)
	ring.Rotate(noon)
	now, err := ring.Current()
	require.NoError(t, err)
	p := scoped(anonymize.ScopePeriod)
	made := []*transcripts.Conversation{held(t, old, p, "2026-01-12", "hallo"), held(t, now, p, "2026-02-12", "hallo"), held(t, now, p, "2026-01-12", "hallo")}
	gone, err := keys.ParsePeriod("2026-01")
	require.NoError(t, err)
	values := []subject.Value{{Type: detectors.Email, Text: " X@Voorbeeld.example "}}
	found := func() (n int, limits string) {
		s, err := subject.New(subject.Options{Generations: ring.Generations(), Destroyed: ring.DestroyedPeriods(), Policy: p, Until: noon}, values)
		require.NoError(t, err)
		for _, c := range made {
			if m, ok := s.Match(c); ok {
				assert.Equal(t, []detectors.EntityType{detectors.Email}, m.Types)
				assert.True(t, m.Party)
				n++
			}
		}
		return n, strings.Join(s.Limits(), "\n")
	}
	n, _ := found()
	assert.Equal(t, 3, n)
	require.NoError(t, ring.DestroyPeriod(gone, noon))
	n, limits := found()
	assert.Equal(t, 1, n)
	assert.Contains(t, limits, "period 2026-01: its key was destroyed")
	require.NoError(t, ring.DestroyGeneration(now.ID(), noon))
	n, _ = found()
	assert.Zero(t, n)
	require.NoError(t, ring.DestroyGeneration(old.ID(), noon))
	n, limits = found()
	assert.Zero(t, n)
	assert.Contains(t, limits, "all keys were destroyed")
}

func TestEverythingThatTellsThePersonFinds(t *testing.T) {
	g := keys.Derived(keys.New())
	p := scoped(anonymize.ScopeCorpus)
	c := held(t, g, p, "2026-01-12", "bel 0470 12 34 56, rekening BE71 0961 2345 6769")
	for _, values := range [][]subject.Value{
		subject.Nickname("xandrolie"), subject.Name("XANDROLIE"), {{Type: detectors.Phone, Text: "+32 470 12.34.56"}},
		{{Type: detectors.IP, Text: "192.0.2.7"}}, {{Type: detectors.IBAN, Text: "be71096123456769"}},
	} {
		s, err := subject.New(subject.Options{Generations: []keys.Generation{g}, Policy: p}, values)
		require.NoError(t, err)
		_, ok := s.Match(c)
		assert.True(t, ok, "%v", values[0].Type)
	}
	for _, values := range [][]subject.Value{subject.Name("Wendelien"), {{Type: detectors.Phone, Text: "0470123457"}}} {
		s, err := subject.New(subject.Options{Generations: []keys.Generation{g}, Policy: p}, values)
		require.NoError(t, err)
		_, ok := s.Match(c)
		assert.False(t, ok)
	}
}

func TestWhatJoinsNothingCannotBeFoundAndThatIsSaid(t *testing.T) {
	g := keys.Derived(keys.New())
	for _, p := range []anonymize.Policy{scoped(anonymize.ScopeConversation), {Default: anonymize.Rule{Operator: anonymize.OperatorLabel}},
		{Default: anonymize.Rule{Operator: anonymize.OperatorSurrogate, Scope: anonymize.ScopeCorpus}}} {
		s, err := subject.New(subject.Options{Generations: []keys.Generation{g}, Policy: p}, subject.Name("Xandrolie"))
		require.NoError(t, err)
		_, ok := s.Match(held(t, g, p, "2026-01-12", "hallo"))
		assert.False(t, ok)
		assert.Contains(t, strings.Join(s.Limits(), "\n"), "PERSON: the policy leaves nothing")
	}
	_, err := subject.New(subject.Options{Generations: []keys.Generation{g}}, nil)
	assert.ErrorIs(t, err, subject.ErrNoValue)
	_, err = subject.New(subject.Options{Generations: []keys.Generation{g}}, []subject.Value{{Type: detectors.Email, Text: "  "}})
	assert.ErrorIs(t, err, subject.ErrNoValue)
}

func TestOtherOrganisationsAreNotSearched(t *testing.T) {
	g := keys.Derived(keys.New())
	a, b := scoped(anonymize.ScopeCorpus), scoped(anonymize.ScopeCorpus)
	a.Organisation, b.Organisation = "a", "b"
	c := held(t, g, a, "2026-01-12", "hallo")
	for p, want := range map[string]bool{"a": true, "b": false} {
		policy := map[string]anonymize.Policy{"a": a, "b": b}[p]
		s, err := subject.New(subject.Options{Generations: []keys.Generation{g}, Policy: policy}, []subject.Value{{Type: detectors.Email, Text: "x@voorbeeld.example"}})
		require.NoError(t, err)
		_, ok := s.Match(c)
		assert.Equal(t, want, ok)
	}
}
