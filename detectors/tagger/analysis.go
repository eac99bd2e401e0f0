package tagger

import (
	"hash/maphash"

	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/token"
)

// Analysis is a text cut into tokens, with what is known of each. It is
// working memory: reset it for each text, use it in one goroutine. It remembers
// the words and the short texts that it has read last, and reads them faster
// when they come again: a conversation is gone through twice.
type Analysis struct {
	*reading

	feats  []uint64
	cuts   [NumGroups]int // ends of the groups in feats
	scores [][numLabels]int32
	back   [][numLabels]Label
	labels []Label
	prev   Prev

	prevTokens []token.Token
	prevArena  []byte

	memory *memory
	read   *[1 << readBits]reading
	long   reading // the last of the texts that are not remembered
	seed   maphash.Seed
}

// Texts of up to maxRead bytes are remembered, the last ones of 1<<readBits.
const (
	maxRead  = 1 << 10
	readBits = 7
)

// KnownAs tells what the conversation has taught about a token.
type KnownAs uint8

// How a conversation knows a token.
const (
	Unknown     KnownAs = iota
	KnownPerson         // part of the name of someone in this conversation
	KnownLike           // resembles such a name
	KnownWeak           // such a name that is also a common word
)

// Reset makes a the analysis of text.
func (a *Analysis) Reset(text string) {
	if a.memory == nil {
		a.memory, a.read, a.seed = new(memory), new([1 << readBits]reading), maphash.MakeSeed()
	}
	a.reading = &a.long
	if len(text) <= maxRead {
		a.reading = &a.read[maphash.String(a.seed, text)>>(64-readBits)]
	}
	if a.text == text && !a.changed {
		a.Unlearn()
		return
	}
	a.reading.read(text, a.memory)
}

// Key returns the folded token i. It is valid until the next Reset.
func (a *Analysis) Key(i int) []byte {
	w := &a.words[i]
	return a.arena[w.from:w.to]
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

// Forget makes token i a word of no list, as most names of the world are. The
// trainer uses it so that spelling and context are learnt too.
func (a *Analysis) Forget(i int) {
	w := &a.words[i]
	w.forgotten, a.changed = true, true
	w.entry &= lexicon.Dutch
	w.stem = 0
	w.class = class(w.entry)
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
