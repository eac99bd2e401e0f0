package stats

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

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
