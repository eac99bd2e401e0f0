// Package namebook seeks the names a conversation has taught in its texts.
//
// [New] makes a [Book] of names, [Book.Mark] tells an analysis which tokens it
// knows, and which of them are names whatever stands around them. A name is
// found in any letter case, as first name or surname alone, in the genitive,
// as a Dutch, French or German diminutive, stretched (jolieeen), with the
// letters of its initials, and, from five letters on, with one letter wrong.
//
// A word that is also a common word (roos, lief, storm) is marked, but only its
// context can tell; a name of which less than three letters are left is not
// sought by its parts.
package namebook

import (
	"slices"
	"sync"

	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/tagger"
	"github.com/clbchat/naamloos/detectors/token"
)

// Book holds names ready to be sought. It is safe for concurrent use.
type Book struct {
	words   []entry
	phrases []phrase
	exact   index // by hash of the word
	first   index // phrases by hash of their first word
	roots   index // by hash of the word without its last vowels
	near    index // by hash of the word less one letter
}

// entry is one word of a name.
type entry struct {
	key   string // folded
	hash  uint64
	weak  bool // also a common word
	whole bool // a name by itself, not part of one
}

// phrase is a name of several tokens.
type phrase struct{ hashes []uint64 }

// Span is a run of tokens [First, Last] that is a name known for sure.
type Span struct{ First, Last int }

// New returns a book of names as they were written.
func New(names []string) *Book {
	b := &Book{}
	if len(names) == 0 {
		return b
	}
	a := analyses.Get().(*tagger.Analysis)
	defer analyses.Put(a)
	for _, name := range names {
		a.Reset(name)
		b.addPhrase(a)
		for i := range a.Tokens {
			if h := a.Hash(i); sought(a, i) && !b.holds(h) {
				b.addWord(entry{string(a.Key(i)), h, Common(a.Entry(i)), len(a.Tokens) == 1})
			}
		}
	}
	return b
}

// holds reports whether a word with this hash is in b.
func (b *Book) holds(hash uint64) bool {
	for at := range b.exact.all(hash) {
		if b.words[at].hash == hash {
			return true
		}
	}
	return false
}

var analyses = sync.Pool{New: func() any { return new(tagger.Analysis) }}

// sought reports whether token i of a name is sought on its own.
func sought(a *tagger.Analysis, i int) bool {
	e := a.Entry(i)
	return a.Tokens[i].Kind == token.Word && len(a.Key(i)) >= 2 &&
		!e.Has(lexicon.Particle) && !e.Has(lexicon.Honorific) && !(e.Has(lexicon.Kin) && e.First() < 5)
}

// Common reports whether a word with this entry is also an ordinary word.
func Common(e lexicon.Entry) bool {
	return e.Common() > 2 || e.Has(lexicon.Dutch) || e.Has(lexicon.Calendar) || e.Has(lexicon.Kin)
}

func (b *Book) addWord(w entry) {
	at, key := int32(len(b.words)), w.key
	b.words = append(b.words, w)
	b.exact.add(w.hash, at)
	if w.weak {
		return
	}
	if r := root([]byte(key)); len(r) >= minRoot && len(r) < len(key) {
		b.roots.add(lexicon.Hash(r), at)
	}
	if len(key) >= minNear && len(key) <= maxNear {
		var buf [maxNear]byte
		b.near.add(w.hash, at)
		for i := range key {
			b.near.add(lexicon.Hash(without(buf[:0], []byte(key), i)), at)
		}
	}
}

func (b *Book) addPhrase(a *tagger.Analysis) {
	n := len(a.Tokens)
	if n < 2 || n > maxPhrase || initials(a) {
		return
	}
	p := phrase{}
	for i := range n {
		p.hashes = append(p.hashes, a.Hash(i))
	}
	if slices.ContainsFunc(b.phrases, func(q phrase) bool { return slices.Equal(p.hashes, q.hashes) }) {
		return
	}
	b.first.add(p.hashes[0], int32(len(b.phrases)))
	b.phrases = append(b.phrases, p)
}

// initials reports whether no token of a name has two letters.
func initials(a *tagger.Analysis) bool {
	for i := range a.Tokens {
		if len(a.Key(i)) > 1 {
			return false
		}
	}
	return true
}

// Bounds of what is sought.
const (
	maxPhrase = 8  // tokens of a name
	minNear   = 5  // letters of a word that may have one letter wrong
	maxNear   = 24 // longer ones are sought as they are
	minRoot   = 3  // letters of the root of a diminutive
)

// Empty reports whether b knows no word, so that [Book.Mark] finds nothing.
func (b *Book) Empty() bool { return len(b.words) == 0 }

// Mark tells a which of its tokens the book knows, appends to dst the names
// that are sure, and reports whether any token is known at all.
func (b *Book) Mark(dst []Span, a *tagger.Analysis) (sure []Span, any bool) {
	if b.Empty() {
		return dst, false
	}
	for i := 0; i < len(a.Tokens); i++ {
		if n := b.phraseAt(a, i); n > 0 {
			for j := i; j < i+n; j++ {
				a.Know(j, tagger.KnownPerson)
			}
			dst = append(dst, Span{i, i + n - 1})
			i += n - 1
			any = true
			continue
		}
		as := b.look(a, i)
		if as == tagger.Unknown {
			continue
		}
		any = true
		a.Know(i, as)
		if as != tagger.KnownWeak {
			dst = append(dst, Span{i, i})
		}
	}
	return dst, any
}

// phraseAt returns the number of tokens of the longest name that begins at
// token i, or 0.
func (b *Book) phraseAt(a *tagger.Analysis, i int) int {
	best := 0
	for at := range b.first.all(a.Hash(i)) {
		h := b.phrases[at].hashes
		if len(h) > best && i+len(h) <= len(a.Tokens) && a.HasHashes(i, h) {
			best = len(h)
		}
	}
	return best
}

// look tells how the book knows token i.
func (b *Book) look(a *tagger.Analysis, i int) tagger.KnownAs {
	if a.Tokens[i].Kind != token.Word {
		return tagger.Unknown
	}
	for at := range b.exact.all(a.Hash(i)) {
		if b.words[at].hash != a.Hash(i) {
			continue
		}
		if b.words[at].weak {
			return tagger.KnownWeak
		}
		return tagger.KnownPerson
	}
	if e := a.Entry(i); Common(e) {
		return tagger.Unknown
	}
	key := a.Key(i)
	if b.inflected(key) || b.misspelt(key) {
		return tagger.KnownLike
	}
	return tagger.Unknown
}

// Whole returns the number of tokens of the longest whole name, as it was
// written, that begins at token i, or 0. Common words do not count.
func (b *Book) Whole(a *tagger.Analysis, i int) int {
	if n := b.phraseAt(a, i); n > 0 {
		return n
	}
	for at := range b.exact.all(a.Hash(i)) {
		if w := &b.words[at]; w.hash == a.Hash(i) && !w.weak && w.whole {
			return 1
		}
	}
	return 0
}
