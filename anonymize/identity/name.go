package identity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors/lexicon"
)

// name is a name taken apart.
type name struct {
	words    []string // folded, of two letters and more; particles are joined to what follows: vandenbroeck
	bare     []string // the same without particles: broeck
	initials []rune   // of single letters, in order
	letters  string   // first letters of all words as written, particles included: sdw
}

// foldText returns text as names are compared: small, without accents, three or
// more of the same letter made one.
func foldText(text string) string { return string(lexicon.Fold(nil, text)) }

// entryOf returns what is known of a folded word.
func entryOf(word string) lexicon.Entry {
	return lexicon.Find(lexicon.Hash([]byte(word)))
}

// usualName is the bucket of the number of people from which on a name is one
// of its own and no form or misspelling of another.
const usualName = 7

// usual reports whether many people bear word as their name.
func usual(word string) bool {
	e := entryOf(word)
	return max(e.First(), e.Surname()) >= usualName
}

// parse takes a name apart. Titles and words of kinship are left out when a name
// remains, and so is what decorates a nickname: digits, marks, xx.
func parse(text string) name {
	var n name
	var particles string
	pieces := split(foldText(text))
	for i, w := range pieces {
		if len(pieces) > 1 && unnamed(w, i) {
			continue
		}
		r, size := utf8.DecodeRuneInString(w)
		n.letters += string(r)
		e := entryOf(w)
		switch {
		case size == len(w):
			n.initials = append(n.initials, r)
		case i+1 < len(pieces) && e.Has(lexicon.Particle) && (i > 0 || e.First() < usualName || e.Common() > 9):
			particles += w
		default:
			n.words = append(n.words, particles+w)
			n.bare = append(n.bare, w)
			particles = ""
		}
	}
	if particles != "" {
		n.words, n.bare = append(n.words, particles), append(n.bare, particles)
	}
	return n
}

// split cuts folded text into words. A hyphen or an apostrophe inside a word
// belongs to it and is dropped, so that ann-sofie is annsofie; genitive 's is cut
// off.
func split(text string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '-'
	}) {
		w = strings.Trim(w, "'-")
		if cut, ok := strings.CutSuffix(w, "'s"); ok && len(cut) > 1 {
			w = cut
		}
		if strings.ContainsAny(w, "'-") {
			w = strings.ReplaceAll(strings.ReplaceAll(w, "'", ""), "-", "")
		}
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

// unnamed reports whether a word beside others is no part of the name.
func unnamed(w string, at int) bool {
	if strings.Trim(w, "x") == "" {
		return true
	}
	e := entryOf(w)
	return at == 0 && (e.Has(lexicon.Honorific) || e.Has(lexicon.Kin))
}

// full reports whether n is a first name with a surname.
func (n name) full() bool { return len(n.words) > 1 }

// partial reports whether n is one word with an initial: s. de wolf, lotte v.
func (n name) partial() bool { return len(n.words) == 1 && len(n.initials) > 0 }

// single reports whether n is one word.
func (n name) single() bool { return len(n.words) == 1 && len(n.initials) == 0 }

// fullness orders names by how much they tell.
func (n name) fullness() int { return 4*min(len(n.words), 4) + min(len(n.initials), 3) }

// usual tells how usual the rarest word of n is as a name.
func (n name) usual() int {
	least := 15
	for _, w := range n.words {
		e := entryOf(w)
		least = min(least, max(e.First(), e.Surname()))
	}
	return least
}

// canonicalName returns the form of a name whose words may stand in any order.
func canonicalName(n name, text string) string {
	parts := slices.Clone(n.words)
	for _, r := range n.initials {
		parts = append(parts, string(r))
	}
	if len(parts) == 0 {
		return strings.Join(strings.Fields(foldText(text)), " ")
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}
