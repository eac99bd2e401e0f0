package tagger

import (
	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/token"
)

// reading is what is known of one text.
type reading struct {
	Tokens []token.Token

	text    string
	words   []word
	arena   []byte // folded words, pad bytes around each
	mode    uint64 // letter case of the whole text
	lang    uint64 // language it seems to be in, of package lexicon; 0 unknown
	changed bool   // it is no longer what the text gives
}

// read makes r the reading of text.
func (r *reading) read(text string, m *memory) {
	r.text, r.changed = text, false
	r.Tokens = token.Append(r.Tokens[:0], text)
	if r.lookAll(m) && r.cutStretched() {
		r.lookAll(m)
	}
	r.mode = r.caseMode()
	r.lang = r.language()
	for i := range r.words {
		r.finish(i)
	}
}

// lookAll folds the tokens and looks them up, and reports whether there are
// stretched words.
func (r *reading) lookAll(m *memory) (stretched bool) {
	r.words = grow(r.words, len(r.Tokens))
	r.arena = append(r.arena[:0], padding...)
	for i := range r.Tokens {
		r.look(i, m)
		stretched = stretched || r.isStretched(i)
	}
	return stretched
}

// finish sets what depends on neighbours.
func (r *reading) finish(i int) {
	t, w := &r.Tokens[i], &r.words[i]
	w.flags = uint64(t.Kind) | uint64(t.Shape)<<3 | r.mode<<6 | r.position(i)<<9
	if w.entry.Has(lexicon.PlaceBegin) {
		r.markPhrase(i)
	}
}

// position tells where token i stands: 0 inside, 1 first of the text, 2 of a
// line, 3 after a full stop or another mark that a capital follows.
func (r *reading) position(i int) uint64 {
	if i == 0 {
		return 1
	}
	if r.Tokens[i].Line {
		return 2
	}
	if p := &r.Tokens[i-1]; p.Kind == token.Mark || p.Kind == token.Symbol {
		switch r.text[p.Start] {
		case ',', ';', '-', '\'', '&', '/', '(', '@', '#':
		default:
			return 3
		}
	}
	return 0
}

const maxPhrase = 4

// markPhrase marks the longest place of several words that begins at token i.
func (r *reading) markPhrase(i int) {
	h := r.words[i].hash
	for n := 1; n < maxPhrase && i+n < len(r.words); n++ {
		h = lexicon.Join(h, r.words[i+n].hash)
		if !lexicon.FindPhrase(h).Has(lexicon.Place) {
			continue
		}
		r.words[i].phrase = 1
		for j := i + 1; j <= i+n; j++ {
			r.words[j].phrase = 2
		}
	}
}

// allCapitals is the letter case of a text that is shouted.
const allCapitals = 4

// caseMode tells how the text uses capitals: 0 no letters, 1 none, 2 at the
// start of lines and inside, 3 inside only, [allCapitals].
func (r *reading) caseMode() uint64 {
	var lower, capital, upper, lineLower int
	for i := range r.Tokens {
		t := &r.Tokens[i]
		if t.Kind != token.Word {
			continue
		}
		switch t.Shape {
		case token.Lower:
			lower++
			if t.Line {
				lineLower++
			}
		case token.Title, token.Mixed:
			capital++
		case token.Upper:
			if t.End-t.Start > 1 {
				upper++
			} else {
				capital++
			}
		}
	}
	switch {
	case lower+capital+upper == 0:
		return 0
	case upper > 1 && upper > 2*lower || upper == 1 && lower+capital == 0:
		return allCapitals
	case capital+upper == 0:
		return 1
	case lineLower > 0:
		return 3
	}
	return 2
}

// language guesses the language of the text from its frequent words.
func (r *reading) language() uint64 {
	var hits [8]int
	for i := range r.words {
		hits[r.words[i].entry.Language()]++
	}
	best := uint64(0)
	hits[0] = 0
	for l, n := range hits {
		if n > hits[best] {
			best = uint64(l)
		}
	}
	return best
}
