package tagger

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNamesAreCutOffStretchedWords(t *testing.T) {
	for text, want := range map[string][]string{
		"okeeesarah daag":    {"okeee", "sarah", "daag"},
		"heeeysofie":         {"heeey", "sofie"},
		"zooooveel sarahhhh": {"zooooveel", "sarahhhh"},
		"jolieeeen":          {"jolieeeen"},
		"mooooier":           {"mooooier"},
	} {
		var a Analysis
		a.Reset(text)
		var got []string
		for _, tok := range a.Tokens {
			got = append(got, text[tok.Start:tok.End])
		}
		assert.Equal(t, want, got, text)
	}
}
