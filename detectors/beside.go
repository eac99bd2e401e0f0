package detectors

import "math/bits"

// A side is what stands on one side of a number.
type side uint16

const (
	sideNone   side = 1 << iota // nothing, a gap and then no word, or punctuation and then a gap
	sideLong                    // a gap and a word of five letters or more
	sideShort                   // a gap and a word of one to four letters
	sidePair                    // a gap and a word of two letters
	sideCaps                    // a gap and a word of two to four letters, the second a capital
	sideLetter                  // one letter, glued
	sideWord                    // a word, glued
	sideDot                     // a dot or degree sign, glued, as all below
	sideJoint                   // a dash, slash or underscore
	sideColon
	sideOther // another mark, a placeholder
	sideInner // on the left: a dot, slash or underscore, and a number before it
	sideRange // on the left: a dash, and a number before it

	sideSpaced = sideNone | sideLong | sideShort | sidePair | sideCaps
	sideGlued  = sideLetter | sideWord | sideDot | sideJoint | sideColon | sideOther | sideInner | sideRange
	sideAny    = sideSpaced | sideGlued
	sideCount  = 13
)

// wakingNumbers says which numbers wake a classifier: those with one of left on
// their left or one of right on their right, those of long digits or more, and
// all when the text, or the one before, has one of the cues asked.
type wakingNumbers struct {
	left, right side
	never       side // not when one of these stands on the left, whatever else
	digits      int  // nor when they have more digits; 0 for any number
	long        int  // 0 for none
	asked       cue
	worded      bool // only when a word stands in the row of glued tokens, or asked holds
}

// A numberTable holds, by what stands beside a number and by how many digits it
// has, sets of classifiers.
type numberTable struct {
	left, right, never [sideCount]uint32
	sized, long        [maxSized + 1]uint32
	worded             uint32
	asked              [classifierCount]cue
	asking             []int16 // those with asked
}

// maxSized is the number of digits from which on all numbers are alike.
const maxSized = 10

// enlist files classifier by under what wakes it.
func (n *numberTable) enlist(by int16, w *wakingNumbers) {
	bit := uint32(1) << by
	for k := range sideCount {
		set := func(list *[sideCount]uint32, sides side) {
			if sides>>k&1 != 0 {
				list[k] |= bit
			}
		}
		set(&n.left, w.left)
		set(&n.right, w.right)
		set(&n.never, w.never)
	}
	for k := range n.sized {
		if w.digits == 0 || k <= w.digits {
			n.sized[k] |= bit
		}
		if w.long > 0 && k >= w.long {
			n.long[k] |= bit
		}
	}
	if w.worded {
		n.worded |= bit
	}
	if n.asked[by] = w.asked; w.asked != 0 {
		n.asking = append(n.asking, by)
	}
}

// told returns the classifiers that all numbers wake in a text with the cues c.
func (n *numberTable) told(c cue) (set uint32) {
	for _, by := range n.asking {
		if n.asked[by]&c != 0 {
			set |= 1 << by
		}
	}
	return set
}

// askNumber asks the classifiers that number token i wakes.
func (s *scan) askNumber(i int) {
	n, digits := &s.numbers, min(s.size(i), maxSized)
	left, right := bits.TrailingZeros16(uint16(s.leftOf(i))), bits.TrailingZeros16(uint16(s.rightOf(i)))
	todo := (n.left[left] | n.right[right] | n.long[digits] | s.told) & n.sized[digits] &^ n.never[left]
	if w := todo & n.worded &^ s.told; w != 0 && !s.wordedRow(i) {
		todo &^= w
	}
	s.askAll(todo, i)
}

// leftOf returns what stands on the left of number token i.
func (s *scan) leftOf(i int) side {
	if i == 0 {
		return sideNone
	}
	p := &s.toks[i-1]
	switch {
	case s.toks[i].gap:
		return s.spacedSide(p)
	case p.kind == kindWord:
		if p.end-p.start == 1 {
			return sideLetter
		}
		return sideWord
	case p.gap && (p.mark == '(' || p.mark == '"'):
		return sideNone
	}
	sd := markSides[p.mark]
	if sd&(sideDot|sideJoint) != 0 && !p.gap && s.number(i-2) {
		if p.mark == '-' {
			return sideRange
		}
		return sideInner
	}
	return sd
}

// rightOf returns what stands on the right of number token i.
func (s *scan) rightOf(i int) side {
	if i+1 >= len(s.toks) {
		return sideNone
	}
	q := &s.toks[i+1]
	switch {
	case q.gap:
		return s.spacedSide(q)
	case q.kind == kindWord:
		return sideWord
	case endsClause[q.mark] && !s.glued(i+2):
		return sideNone
	}
	return markSides[q.mark]
}

// spacedSide returns what token t is to a number with a gap between.
func (s *scan) spacedSide(t *token) side {
	n := t.end - t.start
	switch {
	case t.kind != kindWord:
		return sideNone
	case n > 4:
		return sideLong
	case n > 1 && isUpper(s.b[t.start+1]):
		return sideCaps
	case n == 2:
		return sidePair
	}
	return sideShort
}

// markSides gives the side that a glued mark is; a placeholder has none.
var markSides = func() (t [256]side) {
	for c := range 256 {
		switch byte(c) {
		case '.', 0xb0:
			t[c] = sideDot
		case '-', '/', '_':
			t[c] = sideJoint
		case ':':
			t[c] = sideColon
		default:
			t[c] = sideOther
		}
	}
	return t
}()

// endsClause are the marks that end a clause.
var endsClause = [256]bool{',': true, '.': true, '!': true, '?': true, ')': true, ';': true, '"': true}

// A row is tokens without gaps between them: a date, a code, an address.
type row struct {
	first, end int  // tokens
	digits     int  // how many are in it
	worded     bool // there is a word in it, or an emoji
	marked     bool // there is a mark in it
}

// wordedRow reports whether a word or an emoji stands in the row of token i.
func (s *scan) wordedRow(i int) bool {
	return s.rowOf(i).worded
}

// rowOf returns the row of token i, which does not lie before the row asked for
// last. Each row is looked at once.
func (s *scan) rowOf(i int) *row {
	r := &s.row
	if i < r.end {
		return r
	}
	*r = row{first: i, end: i + 1}
	for s.glued(r.first) {
		r.first--
	}
	for s.glued(r.end) {
		r.end++
	}
	for k := r.first; k < r.end; k++ {
		switch t := &s.toks[k]; t.kind {
		case kindNumber:
			r.digits += int(t.end - t.start)
		case kindMark:
			r.marked = true
			r.worded = r.worded || t.mark == 0
		default:
			r.worded = r.worded || t.kind == kindWord
		}
	}
	return r
}
