package anonymize

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// fixedKey is a key for tests that compare bytes or must not fail by chance.
func fixedKey(t testing.TB, digit string) keys.Key {
	t.Helper()
	k, err := keys.Parse(strings.Repeat(digit, 64))
	require.NoError(t, err)
	return k
}

// newScoped returns an Anonymizer that gives every type pseudonyms of a scope.
func newScoped(t testing.TB, k keys.Key, s Scope, organisation string) *Anonymizer {
	t.Helper()
	a, err := New(Options{Key: k, Policy: Policy{Organisation: organisation, Default: Rule{Scope: s}}})
	require.NoError(t, err)
	return a
}

// held is a conversation of a day.
func held(day string, texts ...string) *transcripts.Conversation {
	c := chat(texts...)
	c.Started, _ = time.Parse(time.DateOnly, day)
	return c
}

// TestPseudonymsAreUnlinkableAcrossScopesOrganisationsPeriodsTypesAndKeys makes
// pseudonyms of the same 100,000 values in every way that must not be linked,
// and looks for a code that two of them share, or that two values share.
func TestPseudonymsAreUnlinkableAcrossScopesOrganisationsPeriodsTypesAndKeys(t *testing.T) {
	n := 100_000
	if testing.Short() {
		n = 10_000
	}
	k := fixedKey(t, "7")
	type way struct {
		name string
		a    *Anonymizer
		c    *transcripts.Conversation
		typ  detectors.EntityType
	}
	corpus, period, within := newScoped(t, k, ScopeCorpus, ""), newScoped(t, k, ScopePeriod, ""), newScoped(t, k, ScopeConversation, "")
	ways := []way{
		{"corpus", corpus, held("2026-01-12"), detectors.Phone},
		{"another type", corpus, held("2026-01-12"), detectors.IBAN},
		{"another key", newScoped(t, fixedKey(t, "8"), ScopeCorpus, ""), held("2026-01-12"), detectors.Phone},
		{"organisation a", newScoped(t, k, ScopeCorpus, "a"), held("2026-01-12"), detectors.Phone},
		{"organisation b", newScoped(t, k, ScopeCorpus, "b"), held("2026-01-12"), detectors.Phone},
		{"january", period, held("2026-01-12"), detectors.Phone},
		{"february", period, held("2026-02-12"), detectors.Phone},
		{"no date", period, held(""), detectors.Phone},
		{"one conversation", within, held("2026-01-12", "een"), detectors.Phone},
		{"another conversation", within, held("2026-01-12", "twee"), detectors.Phone},
	}
	seen := make(map[string]int32, n*len(ways))
	for w, way := range ways {
		cast, err := way.a.newCast(way.c)
		require.NoError(t, err)
		r := way.a.rules.byType[way.typ]
		for i := range n {
			code := cast.code(r.Scope, r.values, fmt.Sprintf("324%08d", i))
			if first, ok := seen[code]; ok {
				t.Fatalf("%s and %s share a code", ways[first].name, way.name)
			}
			seen[code] = int32(w)
		}
	}
}

func TestEqualValuesAreEqualWithinTheirScope(t *testing.T) {
	k := fixedKey(t, "7")
	code := func(a *Anonymizer, c *transcripts.Conversation) string {
		cast, err := a.newCast(c)
		require.NoError(t, err)
		r := a.rules.byType[detectors.Phone]
		return cast.code(r.Scope, r.values, "32470123456")
	}
	for _, s := range Scopes() {
		one, two := newScoped(t, k, s, "a"), newScoped(t, k, s, "a")
		assert.Equal(t, code(one, held("2026-01-12", "x")), code(two, held("2026-01-12", "x")), "two runs, %s", s)
		other := code(one, held("2026-01-31", "y")) == code(one, held("2026-01-01", "x"))
		assert.Equal(t, s != ScopeConversation, other, "two conversations of a month, %s", s)
		far := code(one, held("2026-02-01", "x")) == code(one, held("2026-01-31", "x"))
		assert.Equal(t, s == ScopeCorpus, far, "two months, %s", s)
	}
}

func TestQuartersJoinMonths(t *testing.T) {
	a, err := New(Options{Key: fixedKey(t, "7"), Policy: Policy{Period: keys.Quarter, Default: Rule{Scope: ScopePeriod}}})
	require.NoError(t, err)
	code := func(day string) string {
		cast, err := a.newCast(held(day))
		require.NoError(t, err)
		return cast.code(ScopePeriod, a.rules.byType[detectors.IP].values, "192.0.2.7")
	}
	assert.Equal(t, code("2026-01-01"), code("2026-03-31"))
	assert.NotEqual(t, code("2026-03-31"), code("2026-04-01"))
}

// Whoever has an output and no key must not be able to try all addresses or
// numbers: no unkeyed hash of a value stands anywhere in the output.
func TestNoUnkeyedHashIsInTheOutput(t *testing.T) {
	values := []string{"192.0.2.7", "x@voorbeeld.example", "+32470123456", "Xandrolie"}
	c := held("2026-01-12", "bel +32470123456 of mail x@voorbeeld.example, 192.0.2.7")
	c.Participants[0].Name, c.Participants[0].IP = "Xandrolie", "192.0.2.7"
	c.Participants[0].Fields = []transcripts.Field{{Label: "h", Kind: transcripts.FieldIDHash, Value: fmt.Sprintf("%x", md5.Sum([]byte("192.0.2.7")))}}
	for _, s := range Scopes() {
		a, err := New(Options{Key: fixedKey(t, "7"), Policy: Policy{Default: Rule{Scope: s}, Metadata: Metadata{IP: TreatPseudonym, IDs: TreatRekey}}})
		require.NoError(t, err)
		out, report, err := a.Conversation(c)
		require.NoError(t, err)
		all := strings.ToLower(fmt.Sprintf("%+v %+v", out, report))
		for _, v := range values {
			for _, form := range []string{v, strings.ToLower(v), strings.TrimLeft(v, "+")} {
				for _, h := range unkeyedHashes(form) {
					assert.NotContains(t, all, h)
				}
			}
		}
	}
}

// unkeyedHashes returns what anybody could compute of a value.
func unkeyedHashes(value string) []string {
	m, s1, s2 := md5.Sum([]byte(value)), sha1.Sum([]byte(value)), sha256.Sum256([]byte(value))
	return []string{hex.EncodeToString(m[:])[:8], hex.EncodeToString(s1[:])[:8], hex.EncodeToString(s2[:])[:8],
		encode(binary.BigEndian.Uint64(s2[:8]) % codeSpace)}
}

func TestADestroyedPeriodRefusesItsConversationsOnly(t *testing.T) {
	ring := keys.NewRing("", keys.Month, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	p, err := keys.ParsePeriod("2026-01")
	require.NoError(t, err)
	require.NoError(t, ring.DestroyPeriod(p, time.Now()))
	g, err := ring.Current()
	require.NoError(t, err)
	a, err := New(Options{Generation: g, Policy: Policy{Default: Rule{Scope: ScopePeriod}}})
	require.NoError(t, err)
	out, _, err := a.Conversation(held("2026-01-12", "hallo"))
	var fault *PeriodError
	require.ErrorAs(t, err, &fault)
	assert.ErrorIs(t, err, keys.ErrDestroyed)
	assert.Equal(t, p, fault.Period)
	assert.Nil(t, out)
	_, _, err = a.Conversation(held("2026-02-12", "hallo"))
	assert.NoError(t, err)
}

func TestOutputNamesItsKeyOnlyWhenAskedToAndNeverAnothers(t *testing.T) {
	c := held("2026-01-12", "hallo")
	c.KeyID = "04701234"
	k := fixedKey(t, "7")
	for treat, want := range map[Treatment]string{"": "", TreatDrop: "", TreatKeep: k.ID()} {
		a, err := New(Options{Key: k, Policy: Policy{Metadata: Metadata{KeyID: treat}}})
		require.NoError(t, err)
		out, _, err := a.Conversation(c)
		require.NoError(t, err)
		assert.Equal(t, want, out.KeyID)
	}
}

func TestRingsFitTheirPolicyOnly(t *testing.T) {
	ring := keys.NewRing("a", keys.Quarter, time.Now())
	g, err := ring.Current()
	require.NoError(t, err)
	for _, bad := range []Policy{{Organisation: "b"}, {Period: keys.Month}} {
		_, err := New(Options{Generation: g, Policy: bad})
		var fault *PolicyError
		assert.ErrorAs(t, err, &fault)
	}
	a, err := New(Options{Generation: g, Policy: Policy{Require: []Requirement{RequireKey, RequireOrganisation}}})
	require.NoError(t, err)
	assert.Equal(t, keys.Quarter, a.PeriodLength())
	_, err = New(Options{Generation: g, Key: keys.New()})
	assert.ErrorContains(t, err, "exclude")
	_, err = New(Options{Policy: Policy{Require: []Requirement{RequireKey}}})
	assert.ErrorContains(t, err, "require")
}

func TestSecretsOfAnAnonymizerNeverPrint(t *testing.T) {
	k := fixedKey(t, "7")
	a := newScoped(t, k, ScopePeriod, "a")
	_, err := a.newCast(held("2026-01-12"))
	require.NoError(t, err)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, printed := range []string{fmt.Sprintf(verb, a), fmt.Sprintf(verb, *a.rules.byType[detectors.IP]), fmt.Sprintf(verb, Options{Key: k, Generation: keys.Derived(k)})} {
			assert.NotContains(t, printed, "77777777")
			assert.NotContains(t, printed, "119 119 119")
			assert.NotContains(t, printed, "0x77, 0x77")
		}
	}
}

func BenchmarkPolicyPseudonym(b *testing.B) {
	for _, s := range Scopes() {
		b.Run(string(s), func(b *testing.B) {
			a := newScoped(b, keys.New(), s, "a")
			cast, err := a.newCast(held("2026-01-12", "x"))
			require.NoError(b, err)
			b.ReportAllocs()
			for b.Loop() {
				_ = cast.write(detectors.Phone, "0470 12 34 56", value{canonical: canonical(detectors.Phone, "0470 12 34 56")})
			}
		})
	}
}

func TestATypeThatStaysNeverCoversOneThatGoes(t *testing.T) {
	words := wordRecognizer{"hal Xandrolie": detectors.Location, "Xandrolie": detectors.Person}
	a, err := New(Options{Recognizers: []detectors.Recognizer{words}, Policy: Policy{Rules: map[detectors.EntityType]Rule{detectors.Location: {Operator: OperatorKeep}}}})
	require.NoError(t, err)
	out, _, err := a.Conversation(chat("ik sta in hal Xandrolie nu"))
	require.NoError(t, err)
	assert.NotContains(t, texts(out), "Xandrolie")
	assert.Contains(t, texts(out), "ik sta in hal [")
}

func TestDoubtfulFindingsStayWhenThePolicySaysSo(t *testing.T) {
	sure := wordRecognizer{"Xandrolie": detectors.Person} // score 1
	for score, want := range map[float64]bool{0: false, 1: false} {
		a, err := New(Options{Recognizers: []detectors.Recognizer{sure}, Policy: Policy{Default: Rule{MinScore: score}}})
		require.NoError(t, err)
		out, _, err := a.Conversation(chat("hallo Xandrolie"))
		require.NoError(t, err)
		assert.Equal(t, want, strings.Contains(texts(out), "Xandrolie"))
	}
	a, err := New(Options{Recognizers: []detectors.Recognizer{halfSure{}}, Policy: Policy{Default: Rule{MinScore: 0.9}}})
	require.NoError(t, err)
	out, _, err := a.Conversation(chat("qqq"))
	require.NoError(t, err)
	assert.Equal(t, "qqq\n", texts(out))
}

// halfSure takes every whole text for a plate.
type halfSure struct{}

func (halfSure) Find(dst []detectors.Span, t detectors.Text) ([]detectors.Span, error) {
	if t.Body == "" {
		return dst, nil
	}
	return append(dst, detectors.Span{End: len(t.Body), Type: detectors.Plate, Score: 0.5, Detector: "half"}), nil
}

func TestIDsAreRekeyedAsFarAsTheirDataReach(t *testing.T) {
	code := func(p Policy, day string) [3]string {
		c := held(day, "hallo")
		c.Fields = []transcripts.Field{
			{Label: "id", Kind: transcripts.FieldID, Value: "12345"}, {Label: "hash", Kind: transcripts.FieldIDHash, Value: "c4ca4238"},
			{Label: "file", Kind: transcripts.FieldFileName, Value: "foto van fien.jpg"},
		}
		a, err := New(Options{Key: fixedKey(t, "7"), Policy: p})
		require.NoError(t, err)
		out, _, err := a.Conversation(c)
		require.NoError(t, err)
		return [3]string{out.Fields[0].Value, out.Fields[1].Value, out.Fields[2].Value}
	}
	rekey := Policy{Metadata: Metadata{IDs: TreatRekey}, Default: Rule{Scope: ScopePeriod}}
	jan, feb := code(rekey, "2026-01-12"), code(rekey, "2026-02-12")
	assert.Regexp(t, `^\[ID-`, jan[0])
	assert.Equal(t, jan[0], feb[0], "an id of a record joins records wherever the key is used")
	assert.NotEqual(t, jan[1], feb[1], "a hash of an address reaches no further than the address")
	assert.NotEqual(t, jan[2], feb[2], "a file name reaches no further than a name")
	assert.Equal(t, jan, code(rekey, "2026-01-31"))
	corpus := Policy{}
	assert.Equal(t, code(corpus, "2026-01-12"), code(corpus, "2026-02-12"))
}
