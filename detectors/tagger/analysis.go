package tagger

import (
	"encoding/binary"
	"strings"

	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/token"
)

// Analysis is a text cut into tokens, with what is known of each. It is
// working memory: reset it for each text, use it in one goroutine.
type Analysis struct {
	Tokens []token.Token

	text   string
	words  []word
	arena  []byte // folded words, pad bytes around each
	mode   uint64 // letter case of the whole text
	lang   uint64 // language it seems to be in, of package lexicon; 0 unknown
	feats  []uint64
	cuts   [NumGroups]int // ends of the groups in feats
	scores [][numLabels]int32
	back   [][numLabels]Label
	labels []Label
	prev   Prev

	prevTokens []token.Token
	prevArena  []byte
}

// KnownAs tells what the conversation has taught about a token.
type KnownAs uint8

// How a conversation knows a token.
const (
	Unknown     KnownAs = iota
	KnownPerson         // part of the name of someone in this conversation
	KnownLike           // resembles such a name
	KnownWeak           // such a name that is also a common word
)

// word is what the features of one token are made of.
type word struct {
	hash     uint64 // of the folded word
	key      [2]int // in arena
	entry    lexicon.Entry
	class    uint64 // coarse summary of entry, to be joined with others
	stem     uint64 // what is known of the word without genitive or diminutive
	phrase   uint64 // position in a place of several words: 1 first, 2 further
	head     uint64 // first eight bytes
	tail     uint64 // last eight bytes
	suffix3  uint64
	org      uint64 // what it tells of organisations: 1 a kind of them, 2 the name of one
	spelt    uint64 // how much like a first name and a surname it is spelt
	flags    uint64 // shape and neighbours in white space
	known    KnownAs
	isPseudo bool
}

const pad = 8

// Reset makes a the analysis of text.
func (a *Analysis) Reset(text string) {
	a.text = text
	a.Tokens = token.Append(a.Tokens[:0], text)
	a.words = a.words[:0]
	a.arena = append(a.arena[:0], "\x00\x00\x00\x00\x00\x00\x00\x00"...)
	for i := range a.Tokens {
		a.words = append(a.words, word{})
		a.look(i)
	}
	a.mode = a.caseMode()
	a.lang = a.language()
	for i := range a.words {
		a.finish(i)
	}
}

// Key returns the folded token i. It is valid until the next Reset.
func (a *Analysis) Key(i int) []byte {
	k := a.words[i].key
	return a.arena[k[0]:k[1]]
}

// Hash returns the hash of the folded token i.
func (a *Analysis) Hash(i int) uint64 { return a.words[i].hash }

// Entry returns what the lexicon knows of token i.
func (a *Analysis) Entry(i int) lexicon.Entry { return a.words[i].entry }

// Know tells that the conversation knows token i.
func (a *Analysis) Know(i int, k KnownAs) { a.words[i].known = k }

// Known returns what the conversation knows of token i.
func (a *Analysis) Known(i int) KnownAs { return a.words[i].known }

// Unlearn takes back all that Know told.
func (a *Analysis) Unlearn() {
	for i := range a.words {
		a.words[i].known = Unknown
	}
}

// look folds token i and looks it up.
func (a *Analysis) look(i int) {
	t, w := &a.Tokens[i], &a.words[i]
	from := len(a.arena)
	piece := a.text[t.Start:t.End]
	switch t.Kind {
	case token.Word:
		a.arena = lexicon.Fold(a.arena, piece)
	case token.Mark:
		a.arena = append(a.arena, firstChar(piece)...)
	case token.Number:
		a.arena = append(a.arena, '0', byte('0'+min(len(piece), 9)))
	case token.Symbol:
		a.arena = append(a.arena, '*')
	case token.Pseudonym:
		a.arena = append(a.arena, pseudonymKey(piece)...)
		w.isPseudo = true
	}
	to := len(a.arena)
	a.arena = append(a.arena, "\x00\x00\x00\x00\x00\x00\x00\x00"...)
	w.key = [2]int{from, to}
	w.head = binary.LittleEndian.Uint64(a.arena[from:]) & low(to-from)
	w.tail = binary.BigEndian.Uint64(a.arena[to-pad:]) & low(to-from)
	w.suffix3 = w.tail & 0xFFFFFF
	w.hash = lexicon.Hash(a.arena[from:to])
	if t.Kind == token.Word {
		w.entry = lexicon.Find(w.hash)
		w.stem = a.stemClass(w)
		w.org = a.orgClass(w)
		if w.entry.Common() < 12 {
			w.spelt = lexicon.Spelt(a.arena[from:to])
		}
	}
	if w.isPseudo {
		w.entry = pseudonymEntry(piece)
	}
	w.class = class(w.entry)
}

// low is a mask of the n lowest bytes.
func low(n int) uint64 {
	if n >= 8 {
		return ^uint64(0)
	}
	return 1<<(8*n) - 1
}

func firstChar(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

// A pseudonym looks to its neighbours like what it stands for.
func pseudonymKey(piece string) string {
	if strings.HasPrefix(piece, "[PERSON-") {
		return "[person]"
	}
	return "[other]"
}

func pseudonymEntry(piece string) lexicon.Entry {
	switch {
	case strings.HasPrefix(piece, "[PERSON-"):
		return lexicon.Pack(9, 0, 0)
	case strings.HasPrefix(piece, "[LOC-"):
		return lexicon.Place
	}
	return 0
}

// finish sets what depends on neighbours.
func (a *Analysis) finish(i int) {
	t, w := &a.Tokens[i], &a.words[i]
	w.flags = uint64(t.Kind) | uint64(t.Shape)<<3 | a.mode<<6 | a.position(i)<<9
	if w.entry.Has(lexicon.PlaceBegin) {
		a.markPhrase(i)
	}
}

// position tells where token i stands: 0 inside, 1 first of the text, 2 of a
// line, 3 after a full stop or another mark that a capital follows.
func (a *Analysis) position(i int) uint64 {
	if i == 0 {
		return 1
	}
	if a.Tokens[i].Line {
		return 2
	}
	if p := &a.Tokens[i-1]; p.Kind == token.Mark || p.Kind == token.Symbol {
		switch a.text[p.Start] {
		case ',', ';', '-', '\'', '&', '/', '(', '@', '#':
		default:
			return 3
		}
	}
	return 0
}

const maxPhrase = 4

// markPhrase marks the longest place of several words that begins at token i.
func (a *Analysis) markPhrase(i int) {
	h := a.words[i].hash
	for n := 1; n < maxPhrase && i+n < len(a.words); n++ {
		h = lexicon.Join(h, a.words[i+n].hash)
		if !lexicon.FindPhrase(h).Has(lexicon.Place) {
			continue
		}
		a.words[i].phrase = 1
		for j := i + 1; j <= i+n; j++ {
			a.words[j].phrase = 2
		}
	}
}

// allCapitals is the letter case of a text that is shouted.
const allCapitals = 4

// caseMode tells how the text uses capitals: 0 no letters, 1 none, 2 at the
// start of lines and inside, 3 inside only, [allCapitals].
func (a *Analysis) caseMode() uint64 {
	var lower, capital, upper, lineLower int
	for _, t := range a.Tokens {
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
func (a *Analysis) language() uint64 {
	var hits [8]int
	for i := range a.words {
		hits[a.words[i].entry.Language()]++
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

// Forget makes token i a word of no list, as most names of the world are. The
// trainer uses it so that spelling and context are learnt too.
func (a *Analysis) Forget(i int) {
	w := &a.words[i]
	w.entry &= lexicon.Dutch
	w.stem = 0
	w.class = class(w.entry)
}

// class is a summary of e in eight bits.
func class(e lexicon.Entry) uint64 {
	c := bucket(e.First(), 5, 10) | bucket(e.Surname(), 6, 16)<<2
	switch {
	case e.Common() > 7:
		c |= 3 << 4
	case e.Common() > 0:
		c |= 2 << 4
	case e.Has(lexicon.Dutch):
		c |= 1 << 4
	}
	switch {
	case e.Has(lexicon.Honorific):
		return c | 1<<6
	case e.Has(lexicon.Kin):
		return c | 2<<6
	case e.Has(lexicon.Calendar):
		return c | 3<<6
	case e.Has(lexicon.Particle):
		return c | 4<<6
	case e.Has(lexicon.Country):
		return c | 5<<6
	case e.Has(lexicon.Place):
		return c | 6<<6
	case e.Has(lexicon.PlaceBegin):
		return c | 7<<6
	}
	return c
}

func bucket(n, a, b int) uint64 {
	switch {
	case n == 0:
		return 0
	case n <= a:
		return 1
	case n <= b:
		return 2
	}
	return 3
}

// HasHashes reports whether the tokens from i on hash to want.
func (a *Analysis) HasHashes(i int, want []uint64) bool {
	for k, h := range want {
		if i+k >= len(a.words) || a.words[i+k].hash != h {
			return false
		}
	}
	return true
}
