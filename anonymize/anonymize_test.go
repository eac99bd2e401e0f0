package anonymize

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// wordRecognizer finds given words, whatever else the built-in detectors find.
type wordRecognizer map[string]detectors.EntityType

func (w wordRecognizer) Find(dst []detectors.Span, t detectors.Text) ([]detectors.Span, error) {
	for word, typ := range w {
		for at := 0; ; {
			i := strings.Index(t.Body[at:], word)
			if i < 0 {
				break
			}
			at += i + len(word)
			dst = append(dst, detectors.Span{Start: at - len(word), End: at, Type: typ, Score: 1, Detector: "words"})
		}
	}
	return dst, nil
}

type failing struct{}

func (failing) Find([]detectors.Span, detectors.Text) ([]detectors.Span, error) {
	return nil, errors.New("geheim")
}

type panicking struct{}

func (panicking) Find(_ []detectors.Span, t detectors.Text) ([]detectors.Span, error) { panic(t.Body) }

type outside struct{}

func (outside) Find(dst []detectors.Span, t detectors.Text) ([]detectors.Span, error) {
	return append(dst, detectors.Span{Start: 0, End: len(t.Body) + 1, Type: detectors.Person}), nil
}

// halving gives a position inside a character.
type halving struct{}

func (halving) Find(dst []detectors.Span, t detectors.Text) ([]detectors.Span, error) {
	if i := strings.IndexByte(t.Body, 0xc3); i >= 0 {
		dst = append(dst, detectors.Span{Start: i + 1, End: i + 2, Type: detectors.Person})
	}
	return dst, nil
}

func newWith(t *testing.T, key keys.Key, r ...detectors.Recognizer) *Anonymizer {
	t.Helper()
	a, err := New(Options{Key: key, Recognizers: r})
	require.NoError(t, err)
	return a
}

func chat(texts ...string) *transcripts.Conversation {
	c := &transcripts.Conversation{ID: "c1", Participants: []transcripts.Participant{{Key: "visitor", Role: transcripts.RoleVisitor}}}
	for _, text := range texts {
		c.Messages = append(c.Messages, transcripts.Message{From: "visitor", Text: text})
	}
	return c
}

func texts(c *transcripts.Conversation) string {
	var b strings.Builder
	for _, m := range c.Messages {
		b.WriteString(m.Text + "\n")
	}
	return b.String()
}

func TestSameKeySamePseudonymOtherKeyOther(t *testing.T) {
	words := wordRecognizer{"Xandrolie": detectors.Person}
	key := keys.New()
	out := func(k keys.Key) string {
		c, _, err := newWith(t, k, words).Conversation(chat("Xandrolie is er", "en toen zei Xandrolie ja"))
		require.NoError(t, err)
		return texts(c)
	}
	first := out(key)
	assert.NotContains(t, first, "Xandrolie")
	assert.Equal(t, first, out(key))
	assert.NotEqual(t, first, out(keys.New()))
	assert.NotEqual(t, out(keys.Key{}), out(keys.Key{}), "without a key each run has its own")
}

func TestOriginalStaysUntouched(t *testing.T) {
	c := chat("hallo Xandrolie")
	_, _, err := newWith(t, keys.Key{}, wordRecognizer{"Xandrolie": detectors.Person}).Conversation(c)
	require.NoError(t, err)
	assert.Equal(t, "hallo Xandrolie", c.Messages[0].Text)
}

func TestTwiceIsOnce(t *testing.T) {
	a := newWith(t, keys.New(), wordRecognizer{"Xandrolie": detectors.Person})
	once, _, err := a.Conversation(chat("hallo Xandrolie, hoe gaat het", "goed"))
	require.NoError(t, err)
	twice, report, err := a.Conversation(once)
	require.NoError(t, err)
	assert.Equal(t, texts(once), texts(twice))
	assert.Zero(t, report.Replaced)
}

func TestDetectorFaultsFailClosedWithoutText(t *testing.T) {
	for name, r := range map[string]detectors.Recognizer{"error": failing{}, "panic": panicking{}, "position": outside{}, "half a character": halving{}} {
		t.Run(name, func(t *testing.T) {
			out, report, err := newWith(t, keys.Key{}, r).Conversation(chat("mijn geheim verhaal, één"))
			require.Error(t, err)
			assert.Nil(t, out)
			assert.Zero(t, report.Replaced)
			assert.NotContains(t, err.Error(), "geheim")
		})
	}
}

func TestInvalidTextFailsClosed(t *testing.T) {
	out, _, err := newWith(t, keys.Key{}).Conversation(chat("goed", "slecht \xff"))
	assert.Nil(t, out)
	var at *ValueError
	require.ErrorAs(t, err, &at)
	assert.Equal(t, 2, at.Message)
	a, err := New(Options{MaxText: 4})
	require.NoError(t, err)
	_, _, err = a.Conversation(chat("langer"))
	assert.ErrorAs(t, err, &at)
}

func TestOptionsAreChecked(t *testing.T) {
	_, err := New(Options{Workers: -1})
	assert.ErrorContains(t, err, "Workers")
	_, err = New(Options{MaxText: -1})
	assert.ErrorContains(t, err, "MaxText")
}

func TestMetadataGoes(t *testing.T) {
	c := chat("hallo")
	c.Participants[0] = transcripts.Participant{Key: "visitor", Name: "Fientje Zilverberg", Email: "f.z@voorbeeld.example", IP: "192.0.2.7",
		Fields: []transcripts.Field{
			{Label: "ua", Kind: transcripts.FieldUserAgent, Value: "Mozilla"},
			{Label: "page", Kind: transcripts.FieldURL, Value: "https://voorbeeld.example/chat?user=fz#x"},
			{Label: "file", Kind: transcripts.FieldFileName, Value: "foto_fientje.jpg"},
			{Label: "hash", Kind: transcripts.FieldIDHash, Value: "c4ca4238a0b923820dcc509a6f75849b"},
			{Label: "land", Kind: transcripts.FieldCountry, Value: "BE"},
			{Label: "referer", Kind: transcripts.FieldURL, Value: "/hulp?stap=2"},
		}}
	a := newWith(t, keys.New())
	out, _, err := a.Conversation(c)
	require.NoError(t, err)
	p := out.Participants[0]
	assert.Regexp(t, `^\[PERSON-[b-z2-9]{9}\]$`, p.Name)
	assert.Regexp(t, `^\[EMAIL-[b-z2-9]{9}\]$`, p.Email)
	assert.Empty(t, p.IP)
	assert.Empty(t, p.Fields[0].Value)
	assert.NotContains(t, p.Fields[1].Value, "user=")
	assert.NotContains(t, p.Fields[1].Value, "#")
	assert.NotContains(t, p.Fields[5].Value, "?", "the query goes, whatever stands in it")
	assert.Regexp(t, `^\[ID-[b-z2-9]{9}\]\.jpg$`, p.Fields[2].Value)
	assert.Regexp(t, `^\[ID-[b-z2-9]{9}\]$`, p.Fields[3].Value)
	assert.Equal(t, "BE", p.Fields[4].Value)
	again, _, err := a.Conversation(out)
	require.NoError(t, err)
	assert.Equal(t, out.Participants, again.Participants)
}

func TestStopValuesStay(t *testing.T) {
	c := chat("hallo")
	c.Participants[0].Name, c.Participants[0].Email = "Bezoeker", "null"
	out, _, err := newWith(t, keys.Key{}).Conversation(c)
	require.NoError(t, err)
	assert.Equal(t, "Bezoeker", out.Participants[0].Name)
	assert.Equal(t, "null", out.Participants[0].Email)
}

func TestSessionSaysWhatItChanges(t *testing.T) {
	a := newWith(t, keys.New(), wordRecognizer{"ik ben Xandrolie": detectors.Person})
	s := a.NewSession("c1")
	out, changes, err := s.Message(transcripts.Message{Text: "dag allemaal"})
	require.NoError(t, err)
	assert.Equal(t, "dag allemaal", out.Text)
	assert.Empty(t, changes)
	out, _, err = s.Message(transcripts.Message{Text: "ja ik ben Xandrolie hoor"})
	require.NoError(t, err)
	assert.NotContains(t, out.Text, "Xandrolie")
}

func TestSessionForgetsAMessageThatFails(t *testing.T) {
	s := newWith(t, keys.New()).NewSession("c1")
	_, _, err := s.Message(transcripts.Message{Text: "slecht \xff"})
	require.Error(t, err)
	out, _, err := s.Message(transcripts.Message{Text: "goed"})
	require.NoError(t, err)
	assert.Equal(t, "goed", out.Text)
}

func TestFileNamesLoseWhatMayBeAName(t *testing.T) {
	a := newWith(t, keys.New())
	for name, want := range map[string]string{
		"phplive_mysqldump.sql":                "^phplive_mysqldump.sql$",
		"export-2026-01-12.jsonl":              "^export-2026-01-12.jsonl$",
		"WhatsApp-chat met Fien Peeters.txt":   `^WhatsApp-chat met \[ID-[b-z2-9]{9}\]\.txt$`,
		"inbox/fienpeeters_10203/message.json": `^inbox/\[ID-[b-z2-9]{9}\]_10203/message.json$`,
		"32470123456.txt":                      `^\[ID-[b-z2-9]{9}\]\.txt$`,
	} {
		got := a.FileName(name)
		assert.Regexp(t, want, got)
		assert.Equal(t, got, a.FileName(got))
	}
}

func TestCodesDoNotCollideAtTheLengthUsed(t *testing.T) {
	c := newCoder(keys.New(), "PERSON")
	seen := make(map[string]bool, 100_000)
	for i := range 100_000 {
		code := c.code(strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("y", i/26%11) + itoa(i))
		assert.False(t, seen[code])
		seen[code] = true
	}
}

func itoa(n int) string {
	if n == 0 {
		return ""
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

func BenchmarkPseudonym(b *testing.B) {
	c := newCoder(keys.New(), "PERSON")
	b.ReportAllocs()
	for b.Loop() {
		_ = token(detectors.Person, c.code("xandrolie van den wolkenveld"))
	}
}

func TestResidueIsHiddenOrRefused(t *testing.T) {
	a := newWith(t, keys.New(), wordRecognizer{"Qwrtzpolie": detectors.Person, "0470 99 88 77": detectors.Phone})
	out, _, err := a.Conversation(chat("dag Qwrtzpolie", "bel 0470 99 88 77", "q w r t z p o l i e", "nul vier zeven nul negen negen acht acht zeven zeven"))
	require.NoError(t, err)
	assert.NotContains(t, texts(out), "q w r")
	assert.NotContains(t, texts(out), "negen negen")

	c := chat("bel 0470 99 88 77")
	c.Fields = []transcripts.Field{{Label: "score", Kind: transcripts.FieldOther, Value: "0470998877"}}
	out, report, err := a.Conversation(c)
	var leak *LeakError
	require.ErrorAs(t, err, &leak)
	assert.Nil(t, out)
	assert.Zero(t, report.Replaced)
	assert.Equal(t, detectors.Phone, leak.Type)
}

func TestLabelsOfFieldsAnnounceTheirValues(t *testing.T) {
	c := chat("hallo")
	c.Fields = []transcripts.Field{{Label: "visitor.gsm_nummer", Value: "0470 12 34 56"}, {Label: "naam", Value: "lotte"}, {Label: "aantal", Value: "3"}, {Label: "kind.dossier", Value: "12345"}}
	out, _, err := newWith(t, keys.Key{}).Conversation(c)
	require.NoError(t, err)
	assert.Regexp(t, `^\[PHONE-.{9}\]$`, out.Fields[0].Value)
	assert.Regexp(t, `^\[PERSON-.{9}\]$`, out.Fields[1].Value)
	assert.Equal(t, "3", out.Fields[2].Value)
	assert.Regexp(t, `^\[OTHER_ID-.{9}\]$`, out.Fields[3].Value, "a number of a file because its label says so")
}

// from is a message of a participant.
func from(party, text string) transcripts.Message {
	return transcripts.Message{From: party, Text: text}
}

func TestNumbersSplitOverMessagesAreHidden(t *testing.T) {
	for name, c := range map[string]struct {
		said []transcripts.Message
		want bool
	}{
		"one after the other":  {[]transcripts.Message{from("visitor", "mijn gsm is 0470 12"), from("visitor", "34 56")}, true},
		"in three":             {[]transcripts.Message{from("visitor", "mijn gsm is 0470"), from("visitor", "12 34"), from("visitor", "56")}, true},
		"another in between":   {[]transcripts.Message{from("visitor", "mijn gsm is 0470 12"), from("operator", "ja?"), from("visitor", "34 56")}, true},
		"too many in between":  {[]transcripts.Message{from("visitor", "punten 0470 12"), from("operator", "a"), from("operator", "b"), from("operator", "c"), from("operator", "d"), from("visitor", "34 56")}, false},
		"by different persons": {[]transcripts.Message{from("visitor", "punten 0470 12"), from("operator", "34 56")}, false},
	} {
		chat := &transcripts.Conversation{Messages: c.said}
		out, _, err := newWith(t, keys.Key{}).Conversation(chat)
		require.NoError(t, err, name)
		last := out.Messages[len(out.Messages)-1].Text
		assert.Equal(t, c.want, !strings.Contains(last, "34 56") && !strings.Contains(last, "56"), "%s: %s", name, last)
	}
}

func TestWordsForNobodyTeachNothing(t *testing.T) {
	c := chat("de bezoeker was er niet", "een anoniem briefje")
	c.Participants[0].Name = "bezoeker8630"
	c.Participants = append(c.Participants, transcripts.Participant{Key: "o", Role: transcripts.RoleOperator, Name: "xx_anoniem_xx"})
	out, _, err := newWith(t, keys.Key{}).Conversation(c)
	require.NoError(t, err)
	assert.Equal(t, texts(c), texts(out))
}

func TestAClosedAnonymizerHasNoKeysAndMakesNothing(t *testing.T) {
	key := fixedKey(t, "7")
	for name, o := range map[string]Options{
		"a key": {Key: key, Policy: Policy{Organisation: "clb", Default: Rule{Scope: ScopePeriod}}}, "a key of its own": {},
		"surrogates": {Key: key, Policy: Policy{Rules: map[detectors.EntityType]Rule{detectors.Person: {Operator: OperatorSurrogate}}}},
	} {
		a, err := New(o)
		require.NoError(t, err)
		c := held("2026-01-12", "bel 0470 12 34 56")
		_, _, err = a.Conversation(c)
		require.NoError(t, err, name)
		coders := []*coder{a.digests, a.rules.ids, a.rules.chats, a.rules.hashes.coder, a.rules.files.coder}
		for _, r := range a.rules.byType {
			coders = append(coders, r.values.coder, r.people.coder)
		}
		a.rules.periods.Range(func(_, of any) bool {
			for _, c := range of.(map[detectors.EntityType]*coder) {
				coders = append(coders, c)
			}
			return true
		})
		a.Close()
		for _, c := range coders {
			assert.True(t, c.key.IsZero(), name)
		}
		out, _, err := a.Conversation(c)
		require.ErrorIs(t, err, ErrInternal, name)
		assert.Nil(t, out)
	}
	assert.False(t, key.IsZero(), "the key is its owner's")
}
