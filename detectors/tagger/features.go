package tagger

import (
	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/token"
)

// Role is who writes.
type Role uint8

// The roles that writing differs by.
const (
	AnyRole Role = iota
	Visitor      // who seeks help
	Staff        // who gives it
)

// Context is what is known about a text from outside it.
type Context struct {
	Role Role
	Prev *Prev // the message before it; nil when unknown
}

// Prev is the message before a text, as far as it bears on it: an answer of
// one word is a name when a name was asked.
type Prev struct {
	hashes [prevWords]uint64
	n      int
}

const (
	prevWords = 12 // words of the previous message that are used, the last ones
	shortText = 6  // tokens of a text that is read as an answer
)

// Mul and step spread the features over the table.
const (
	mul  = 0x9E3779B97F4A7C15
	step = 0xD1B54A32D192ED03
)

// feature is the hash of template t with value v.
func feature(t, v uint64) uint64 {
	h := (v ^ t*step) * mul
	return (h ^ h>>29) * 0xBF58476D1CE4E5B9
}

// two and three join hashes in order.
func two(a, b uint64) uint64      { return (a^a>>31)*0x9FB21C651E98DF25 + b }
func three(a, b, c uint64) uint64 { return two(two(a, b), c) }

// outside stands for the tokens before the first and after the last.
var outside = word{hash: 0x1F83D9ABFB41BD6B, class: 1 << 10}

func (a *Analysis) at(i int) *word {
	if i < 0 || i >= len(a.words) {
		return &outside
	}
	return &a.words[i]
}

// Groups of features, in the order they are appended. A trainer leaves whole
// groups out now and then, so that each learns to tell names by itself.
const (
	contextGroup = iota // the words around
	wordGroup           // the word and its spelling
	listGroup           // what the lists and the letter case say
	jointGroup          // two of these together

	NumGroups
)

// appendFeatures appends the features of token i to dst, and notes in a.cuts
// where each group ends.
func (a *Analysis) appendFeatures(dst []uint64, i int, c Context) []uint64 {
	w := &a.words[i]
	dst = a.appendContext(dst, i)
	a.cuts[contextGroup] = len(dst)
	dst = a.appendIdentity(dst, w)
	dst = a.appendPairs(dst, i)
	dst = a.appendSpelling(dst, w)
	a.cuts[wordGroup] = len(dst)
	dst = a.appendLists(dst, w, c)
	a.cuts[listGroup] = len(dst)
	dst = a.appendJoint(dst, i, c)
	a.cuts[jointGroup] = len(dst)
	return dst
}

// appendOwn appends the features of token i that its neighbours have no part
// in, appendAround the others.
func (a *Analysis) appendOwn(dst []uint64, i int, c Context) []uint64 {
	w := &a.words[i]
	return a.appendLists(a.appendSpelling(a.appendIdentity(dst, w), w), w, c)
}

func (a *Analysis) appendAround(dst []uint64, i int, c Context) []uint64 {
	return a.appendJoint(a.appendPairs(a.appendContext(dst, i), i), i, c)
}

// appendContext appends features of the words around token i.
func (a *Analysis) appendContext(dst []uint64, i int) []uint64 {
	p1, p2, p3 := a.at(i-1), a.at(i-2), a.at(i-3)
	n1, n2, n3 := a.at(i+1), a.at(i+2), a.at(i+3)
	return append(dst,
		feature(5, p1.hash), feature(6, n1.hash),
		feature(7, p2.hash), feature(8, n2.hash),
		feature(9, p3.hash), feature(10, n3.hash),
		feature(11, two(p2.hash, p1.hash)), feature(12, two(n1.hash, n2.hash)),
		feature(13, two(p1.hash, n1.hash)),
	)
}

// appendIdentity appends which word w is.
func (a *Analysis) appendIdentity(dst []uint64, w *word) []uint64 {
	return append(dst, feature(0, w.hash), feature(60, two(a.lang, w.hash)))
}

// appendPairs appends which word token i is together with its neighbours.
func (a *Analysis) appendPairs(dst []uint64, i int) []uint64 {
	w := &a.words[i]
	return append(dst, feature(14, two(a.at(i-1).hash, w.hash)), feature(15, two(w.hash, a.at(i+1).hash)))
}

// appendLists appends features of what the lists, the letter case and the
// language say of a word.
func (a *Analysis) appendLists(dst []uint64, w *word, c Context) []uint64 {
	e, role := uint64(w.entry), uint64(c.Role)
	dst = append(dst,
		feature(1, w.flags), feature(64, w.flags|role<<12),
		feature(2, e),
		feature(3, e|w.flags<<32),
		feature(4, w.class|w.flags<<32),
		feature(33, three(role, w.class, w.flags)),
		feature(58, a.lang|w.flags<<3), feature(65, a.lang|w.flags<<3|role<<16), feature(59, two(a.lang, w.class|w.flags<<32)),
	)
	if w.phrase != 0 {
		dst = append(dst, feature(50, uint64(w.phrase)|w.flags<<8))
	}
	return dst
}

// appendJoint appends features of token i and its neighbours together.
func (a *Analysis) appendJoint(dst []uint64, i int, c Context) []uint64 {
	w, p2, p1, n1, n2 := &a.words[i], a.at(i-2), a.at(i-1), a.at(i+1), a.at(i+2)
	cs := w.class | w.flags&0x3F<<11 // with kind and shape
	dst = appendNear(dst, w, [...]*word{p2, p1, n1, n2}, cs)
	dst = append(dst, feature(34, two(a.gaps(i), cs)))
	if o := uint64(p2.org) | uint64(p1.org)<<2 | uint64(w.org)<<4 | uint64(n1.org)<<6; o != 0 {
		dst = append(dst, feature(66, o|w.flags<<8), feature(67, two(o, cs)), feature(68, two(o, p1.hash)), feature(69, two(o, n1.hash)))
	}
	if w.known|p1.known|n1.known != 0 {
		dst = appendKnown(dst, w, p1, n1)
	}
	if len(a.words) <= shortText {
		dst = a.appendAnswer(dst, i, cs, c)
	}
	return dst
}

// appendNear appends features of what the lists say of a word and of which
// words its neighbours are.
func appendNear(dst []uint64, w *word, near [4]*word, cs uint64) []uint64 {
	p2, p1, n1, n2 := near[0], near[1], near[2], near[3]
	e := uint64(w.entry)
	dst = append(dst,
		feature(16, two(p1.hash, cs)), feature(17, two(n1.hash, cs)),
		feature(18, three(p2.hash, p1.hash, cs)), feature(19, three(n1.hash, n2.hash, cs)),
		feature(20, three(p1.hash, n1.hash, cs)),
		feature(21, two(p2.hash, cs)), feature(22, two(n2.hash, cs)),
		feature(23, three(p1.class, cs, n1.class)),
		feature(24, three(p2.class, p1.class, cs)), feature(25, three(cs, n1.class, n2.class)),
		feature(26, two(p1.class, e)), feature(27, two(n1.class, e)),
		feature(28, three(p1.flags&0x3F, w.flags, n1.flags&0x3F)),
		feature(29, three(p2.class, p1.hash, cs)), feature(30, three(n1.hash, n2.class, cs)),
		feature(31, two(p1.suffix3(), cs)), feature(32, two(n1.suffix3(), cs)),
	)
	if w.phrase != 0 {
		dst = append(dst, feature(51, two(p1.hash, uint64(w.phrase))))
	}
	return dst
}

// appendKnown appends features of what the conversation knows of a word and its
// neighbours.
func appendKnown(dst []uint64, w, p1, n1 *word) []uint64 {
	k := uint64(w.known)
	return append(dst,
		feature(52, k|w.flags<<8),
		feature(53, two(k, uint64(w.entry))),
		feature(54, two(k, p1.hash)), feature(55, two(k, n1.hash)),
		feature(56, two(k, w.hash)),
		feature(57, uint64(p1.known)|k<<4|uint64(n1.known)<<8),
	)
}

// everyday is the bucket of use from which on the spelling of a word tells
// nothing.
const everyday = 12

// maxSpelled bounds the letters of a word that give features.
const maxSpelled = 14

// appendSpelling appends features of the letters of a word that is no very
// common one.
func (a *Analysis) appendSpelling(dst []uint64, w *word) []uint64 {
	if w.entry.Common() >= everyday || token.Kind(w.flags&7) != token.Word {
		return dst
	}
	n, spelt := int(w.to-w.from), uint64(w.spelt)
	dst = append(dst,
		feature(35, w.tail&0xFFFF), feature(36, w.suffix3()),
		feature(37, w.head&0xFFFF), feature(38, w.head&0xFFFFFF),
		feature(61, spelt|w.flags<<8), feature(62, two(spelt, w.class|w.flags<<32)), feature(63, two(spelt, a.lang)),
	)
	if n > 3 {
		dst = append(dst, feature(39, w.tail&low(4)), feature(40, w.head&low(4)))
	}
	if n > 4 {
		dst = append(dst, feature(41, w.tail&low(5)), feature(42, w.head&low(5)))
	}
	if w.stem != 0 {
		dst = append(dst, feature(43, uint64(w.stem)), feature(44, uint64(w.stem)|w.flags<<32))
	}
	if w.entry.Common() > 0 || w.entry.Has(lexicon.Dutch) {
		return dst
	}
	if w.heard != asWritten {
		h := uint64(w.heard)
		dst = append(dst, feature(70, h|w.flags<<2), feature(71, two(h, uint64(w.spelt))), feature(72, two(h, w.suffix3())))
	}
	dst = append(dst, feature(45, uint64(min(n, 12))|w.flags<<8), feature(46, two(w.suffix3(), w.flags)))
	for j := w.from + 1; j+3 < min(w.to, w.from+maxSpelled); j++ {
		b := a.arena[j : j+3]
		dst = append(dst, feature(47, uint64(b[0])|uint64(b[1])<<8|uint64(b[2])<<16))
	}
	return dst
}

// gaps tells where white space stands around token i, and where lines and the
// text end.
func (a *Analysis) gaps(i int) uint64 {
	var g uint64
	if a.Tokens[i].Glued {
		g |= 1
	}
	if a.Tokens[i].Line {
		g |= 2
	}
	if i+1 == len(a.Tokens) {
		return g | 4
	}
	if a.Tokens[i+1].Glued {
		g |= 8
	}
	if a.Tokens[i+1].Line {
		g |= 16
	}
	return g
}

// appendAnswer appends features of a short text: its length and the words of
// the message before it.
func (a *Analysis) appendAnswer(dst []uint64, i int, cs uint64, c Context) []uint64 {
	place := uint64(i) | uint64(len(a.words))<<4
	dst = append(dst, feature(48, two(place, cs)))
	if c.Prev == nil {
		return dst
	}
	for _, h := range c.Prev.hashes[:c.Prev.n] {
		dst = append(dst, feature(49, two(h, cs)))
	}
	return dst
}
