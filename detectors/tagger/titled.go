package tagger

import (
	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/token"
)

// titleBonus is added to the score of a person for a word with a capital
// behind a title, in parts of [Unit]: Frau Weiß, Meneer Hoop. The words that
// are names only there are too many to be learnt one by one.
const titleBonus = 3 * Unit

// functionWord is the bucket of use from which on a word is no name, unless it
// begins one (De, Van).
const functionWord = 10

// titled returns what token i gains by standing behind a title.
func (a *Analysis) titled(i int) int32 {
	if i == 0 || a.Tokens[i].Shape != token.Title || a.Tokens[i].Line || a.mode == allCapitals {
		return 0
	}
	p := i - 1
	if p > 0 && a.Tokens[p].Glued && a.text[a.Tokens[p].Start] == '.' {
		p--
	}
	title, w := a.words[p].entry, a.words[i].entry
	if !title.Has(lexicon.Honorific) || w.Has(lexicon.Honorific) || w.Has(lexicon.Kin) ||
		w.Common() >= functionWord && !w.Has(lexicon.Particle) {
		return 0
	}
	return titleBonus
}
