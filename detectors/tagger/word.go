package tagger

import (
	"encoding/binary"
	"strings"

	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/token"
)

// word is what the features of one token are made of.
type word struct {
	hash     uint64 // of the folded word
	head     uint64 // first eight bytes
	tail     uint64 // last eight bytes
	class    uint64 // coarse summary of entry, to be joined with others
	flags    uint64 // shape and neighbours in white space
	from, to int32  // in the arena
	entry    lexicon.Entry
	stem     uint16 // what is known of the word without genitive or diminutive
	org      uint8  // what it tells of organisations: 1 a kind of them, 2 the name of one
	spelt    uint8  // how much like a first name and a surname it is spelt
	heard    uint8  // how it can be made of ordinary words
	phrase   uint8  // position in a place of several words: 1 first, 2 further
	known    KnownAs

	isPseudo  bool
	forgotten bool // it is taken for a word of no list
}

// pad is how many zeros stand around each word of the arena, and padding they.
const (
	pad     = 8
	padding = "\x00\x00\x00\x00\x00\x00\x00\x00"
)

// look folds token i and looks it up.
func (r *reading) look(i int, m *memory) {
	t, w := &r.Tokens[i], &r.words[i]
	*w = word{}
	from := len(r.arena)
	piece := r.text[t.Start:t.End]
	switch t.Kind {
	case token.Word:
		r.arena = lexicon.Fold(r.arena, piece)
	case token.Mark:
		r.arena = append(r.arena, firstChar(piece)...)
	case token.Number:
		r.arena = append(r.arena, '0', byte('0'+min(len(piece), 9)))
	case token.Symbol:
		r.arena = append(r.arena, '*')
	case token.Pseudonym:
		r.arena = append(r.arena, pseudonymKey(piece)...)
		w.isPseudo = true
	}
	to := len(r.arena)
	r.arena = append(r.arena, padding...)
	w.from, w.to = int32(from), int32(to)
	w.head = binary.LittleEndian.Uint64(r.arena[from:]) & low(to-from)
	w.tail = binary.BigEndian.Uint64(r.arena[to-pad:]) & low(to-from)
	key := r.arena[from:to]
	w.hash = lexicon.Hash(key)
	switch t.Kind {
	case token.Word:
		m.tell(w, key)
	case token.Pseudonym:
		w.entry = pseudonymEntry(piece)
		w.class = class(w.entry)
	}
}

// suffix3 is the last three letters.
func (w *word) suffix3() uint64 { return w.tail & 0xFFFFFF }

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

// class is a summary of e in nine bits.
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
