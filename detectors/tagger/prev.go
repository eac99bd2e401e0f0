package tagger

import (
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/token"
)

// maxPrev bounds how much of a previous message is read, in bytes.
const maxPrev = 160

// ReadPrev returns what matters of the message before the text of a. It is nil
// when the text of a is no short answer, and valid until the next call.
func (a *Analysis) ReadPrev(text string) *Prev {
	if len(a.words) > shortText || text == "" {
		return nil
	}
	if len(text) > maxPrev {
		text = text[len(text)-maxPrev:]
		for len(text) > 0 && !utf8.RuneStart(text[0]) {
			text = text[1:]
		}
	}
	a.prevTokens = token.Append(a.prevTokens[:0], text)
	a.prev.n = 0
	tokens := a.prevTokens
	for _, t := range tokens[max(0, len(tokens)-prevWords):] {
		a.prevArena = lexicon.Fold(a.prevArena[:0], text[t.Start:t.End])
		a.prev.hashes[a.prev.n] = lexicon.Hash(a.prevArena)
		a.prev.n++
	}
	return &a.prev
}
