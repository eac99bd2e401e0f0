package tagger

import (
	"testing"

	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/stretchr/testify/assert"
)

func TestUnknownWordsAreHeardAsOrdinaryOnes(t *testing.T) {
	for word, want := range map[string]uint8{
		"dadolescent":       glued,
		"kwandelde":         glued,
		"versnippern":       byEar,
		"verdoagn":          byEar,
		"koffieautomaatje":  compound,
		"verdrietgroep":     compound,
		"puberteitsgroep":   compound,
		"fiets":             asWritten, // known
		"wolodymyrivna":     asWritten,
		"zygmuntowicz":      asWritten,
		"abdurrahmanoğlu":   asWritten,
		"vandenkerckhovens": asWritten,
	} {
		key := lexicon.Fold(nil, word)
		assert.Equal(t, want, heard(key, lexicon.Find(lexicon.Hash(key))), word)
	}
}

func TestNamesEndWhereSentencesEnd(t *testing.T) {
	m, err := Default()
	assert.NoError(t, err)
	for _, text := range []string{"dat was cornelis. wout ging mee", "ik vroeg het aan Yasmina! Pieter wist het ook"} {
		var a Analysis
		a.Reset(text)
		labels := m.Tag(&a, Context{}, 64)
		for i, tok := range a.Tokens {
			if c := text[tok.Start]; c == '.' || c == '!' {
				assert.NotEqual(t, PersonInside, labels[i], text)
			}
		}
	}
	var a Analysis
	a.Reset("Beste, J. Peeters")
	labels := m.Tag(&a, Context{}, 48)
	assert.Equal(t, PersonInside, labels[len(labels)-1], "a name goes on behind an initial")
}
