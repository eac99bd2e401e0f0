package anonymize

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

func TestReplacementsPointAtOutputAndOriginal(t *testing.T) {
	key := keys.New()
	c := chat("één Xandrolie en Yolantha, dag Xandrolie", "niets")
	out, report, err := newWith(t, key, wordRecognizer{"Xandrolie": detectors.Person, "Yolantha": detectors.Org}).Conversation(c)
	require.NoError(t, err)
	require.Len(t, report.Replacements, 2)
	assert.Empty(t, report.Replacements[1])
	digester := corrections.NewDigester(key)
	var originals []string
	for _, r := range report.Replacements[0] {
		assert.Regexp(t, `^\[`+string(r.Type)+`-.{9}\]$`, out.Messages[0].Text[r.Start:r.End])
		assert.NotEmpty(t, r.Detector)
		assert.Equal(t, 1, r.Message)
		original := c.Messages[0].Text[r.From:r.To]
		digest, _, _ := digester.Digest(original)
		assert.Equal(t, digest, r.Digest)
		originals = append(originals, original)
	}
	assert.Equal(t, []string{"Xandrolie", "Yolantha", "Xandrolie"}, originals)
}

func TestReplacementsFollowThroughRounds(t *testing.T) {
	old := []Replacement{{Start: 2, End: 6, From: 2, To: 3}, {Start: 10, End: 14, From: 7, To: 9}}
	edits := []transcripts.Edit{{Start: 0, End: 1, Text: "XXX"}, {Start: 8, End: 12, Text: "Y"}, {Start: 15, End: 16, Text: "Z"}}
	got := merge(old, make([]Replacement, len(edits)), edits)
	type place struct{ start, end, from, to int }
	var places []place
	for _, r := range got {
		places = append(places, place{r.Start, r.End, r.From, r.To})
	}
	assert.Equal(t, []place{{0, 3, 0, 1}, {4, 8, 2, 3}, {10, 11, 5, 9}, {14, 15, 10, 11}}, places)
}

func corrected(t *testing.T, key keys.Key, deny, allow string) *corrections.List {
	t.Helper()
	set := corrections.Set{KeyID: corrections.KeyID(key)}
	if d, n, ok := corrections.NewDigester(key).Digest(deny); ok {
		set.Deny = []corrections.Entry{{Digest: d, Words: n, Type: detectors.Org}}
	}
	if d, n, ok := corrections.NewDigester(key).Digest(allow); ok {
		set.Allow = []corrections.Entry{{Digest: d, Words: n, Type: detectors.Person}}
	}
	l, err := corrections.New(key, set)
	require.NoError(t, err)
	return l
}

func TestCorrectionsHideAndSpare(t *testing.T) {
	key := keys.New()
	a, err := New(Options{Key: key, Recognizers: []detectors.Recognizer{wordRecognizer{"Xandrolie": detectors.Person, "roos": detectors.Person}},
		Corrections: corrected(t, key, "blokkendoos", "roos")})
	require.NoError(t, err)
	out, _, err := a.Conversation(chat("Xandrolie gaf een roos aan Blokkendoos"))
	require.NoError(t, err)
	assert.Regexp(t, `^\[PERSON-.{9}\] gaf een roos aan \[ORG-.{9}\]$`, out.Messages[0].Text)
}

func TestAllowedByPseudonym(t *testing.T) {
	key := keys.New()
	words := wordRecognizer{"roos": detectors.Person}
	out, _, err := newWith(t, key, words).Conversation(chat("roos"))
	require.NoError(t, err)
	l, err := corrections.New(key, corrections.Set{KeyID: corrections.KeyID(key),
		Allow: []corrections.Entry{{Pseudonym: out.Messages[0].Text, Type: detectors.Person}}})
	require.NoError(t, err)
	a, err := New(Options{Key: key, Recognizers: []detectors.Recognizer{words}, Corrections: l})
	require.NoError(t, err)
	out, _, err = a.Conversation(chat("roos"))
	require.NoError(t, err)
	assert.Equal(t, "roos", out.Messages[0].Text)
}

func TestAllowedWordStaysHiddenWhereItIsAName(t *testing.T) {
	key := keys.New()
	c := chat("een roos")
	c.Participants[0].Name = "roos"
	a, err := New(Options{Key: key, Corrections: corrected(t, key, "", "roos")})
	require.NoError(t, err)
	out, _, err := a.Conversation(c)
	require.NoError(t, err)
	assert.NotEqual(t, "roos", out.Participants[0].Name)
}
