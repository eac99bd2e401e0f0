// Package residual looks in an output for what was taken out of it.
//
// [New] takes the values that were removed from a conversation, [Check.Texts]
// looks for them in the texts that came out, in every form the package knows:
// other case, without diacritics, with separators moved or left out, letters
// apart, invisible characters, look-alikes of other alphabets, HTML entities,
// percent, escapes, base64, digits spelled out, "at" and "punt", split over
// consecutive texts. It shares no code with the detectors, so that it does not
// share their blind spots.
//
// It will miss a value that was changed beyond these forms, and leaves values
// alone that say nothing: a common word, two letters, fewer than six digits.
package residual

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/placeholder"
)

// Removed is a value that was taken out.
type Removed struct {
	Type  detectors.EntityType
	Value string
}

// Hit is a place where a removed value still stands: bytes [Start, End) of a
// text. Encoded hits stand somewhere in the text; their range is all of it.
type Hit struct {
	Text       int // number of the text
	Start, End int
	Type       detectors.EntityType
}

// Check knows what was removed from one conversation.
type Check struct {
	sequences map[string][]sequence // by first word
	digits    map[string][]number   // by first digitKey digits
	common    func(string) bool
	place     place
}

// place is where values are sought. Beyond texts, much stands there that is
// nobody's: identifiers, times, words of a format, other conversations.
type place uint8

const (
	inTexts  place = iota
	inBytes        // numbers begin and end where digits do
	inShared       // and a name has several words, another word a digit
)

type sequence struct {
	rest []string
	typ  detectors.EntityType
}

type number struct {
	digits string
	typ    detectors.EntityType
}

// digitKey is the fewest digits that are sought as a number.
const digitKey = 6

// shortestWord is the fewest letters of a single word that is sought.
const shortestWord = 3

// shortestPart is the fewest letters of a part of a name that is sought alone.
const shortestPart = 4

// New prepares to look for removed values. common tells common words, which are
// not sought on their own.
func New(removed []Removed, common func(word string) bool) *Check {
	return newCheck(removed, common, inTexts)
}

// NewBytes prepares to look for removed values in the bytes of a file, where a
// number counts only when it begins and ends with a word: a longer identifier
// may hold the same digits.
func NewBytes(removed []Removed, common func(word string) bool) *Check {
	return newCheck(removed, common, inBytes)
}

// NewShared prepares to look for removed values in bytes that hold more than
// the conversation they were removed from. A name of one word may be an
// ordinary word there, so that single words count only with a digit in them.
func NewShared(removed []Removed, common func(word string) bool) *Check {
	return newCheck(removed, common, inShared)
}

func newCheck(removed []Removed, common func(word string) bool, p place) *Check {
	c := &Check{sequences: map[string][]sequence{}, digits: map[string][]number{}, common: common, place: p}
	for _, r := range removed {
		c.add(r)
	}
	return c
}

// add notes the forms of one value.
func (c *Check) add(r Removed) {
	if r.Type == detectors.Age {
		return
	}
	var w words
	w.add(r.Value, 0)
	var parts []string
	for i := range w.list {
		if s := string(w.at(i)); !linkWord(s) || len(w.list) == 1 {
			parts = append(parts, s)
		}
	}
	if d := onlyDigits(w.buf); len(d) >= digitKey && 2*len(d) >= len(w.buf) {
		n := number{strings.TrimLeft(d, "0"), r.Type}
		if len(n.digits) >= digitKey && !slices.Contains(c.digits[n.digits[:digitKey]], n) {
			c.digits[n.digits[:digitKey]] = append(c.digits[n.digits[:digitKey]], n)
		}
		return
	}
	c.addSequence(parts, r.Type)
	if len(parts) > 1 {
		c.addSequence([]string{strings.Join(parts, "")}, r.Type)
	}
	if r.Type == detectors.Person && c.place != inShared { // a first name or surname alone tells who it is
		for _, p := range parts {
			if utf8.RuneCountInString(p) >= shortestPart {
				c.addSequence([]string{p}, r.Type)
			}
		}
		if tail := strings.Join(parts[min(1, len(parts)):], ""); utf8.RuneCountInString(tail) >= shortestPart { // dhondt
			c.addSequence([]string{tail}, r.Type)
		}
	}
}

func (c *Check) addSequence(parts []string, t detectors.EntityType) {
	if len(parts) == 0 || !c.telling(parts) || c.place == inShared && len(parts) == 1 && !strings.ContainsAny(parts[0], "0123456789") {
		return
	}
	for _, s := range c.sequences[parts[0]] {
		if slices.Equal(s.rest, parts[1:]) {
			return
		}
	}
	c.sequences[parts[0]] = append(c.sequences[parts[0]], sequence{parts[1:], t})
}

// telling reports whether a sequence of words says more than common words do.
func (c *Check) telling(parts []string) bool {
	n := 0
	for _, p := range parts {
		if !c.common(p) {
			n += utf8.RuneCountInString(p)
		}
	}
	return n >= shortestWord && (len(parts) > 1 || strings.Trim(parts[0], "0123456789") != "" && !classCode(parts[0]))
}

// classCode reports whether a word is too short a code to be sought: 3b, 5lat.
func classCode(p string) bool { return len(p) <= 5 && p[0] >= '0' && p[0] <= '9' }

// linkWord reports whether a word only stands for a separator.
func linkWord(s string) bool {
	switch s {
	case "at", "apenstaartje", "apestaartje", "arobase", "punt", "dot", "point", "punkt", "mailto":
		return true
	}
	return false
}

func onlyDigits(b []byte) string {
	var d []byte
	for _, c := range b {
		if c >= '0' && c <= '9' {
			d = append(d, c)
		}
	}
	return string(d)
}

// Texts returns where removed values stand in texts, which follow each other.
func (c *Check) Texts(texts []string) []Hit {
	if len(c.sequences) == 0 && len(c.digits) == 0 {
		return nil
	}
	var w words
	plain := make([]string, len(texts))
	for i, t := range texts {
		plain[i] = withoutPseudonyms(t)
		w.add(plain[i], i)
	}
	hits := c.inWords(&w, nil)
	for i, t := range plain {
		for _, typ := range c.encoded(t) {
			if !slices.ContainsFunc(hits, func(o Hit) bool { return o.Text == i && o.Type == typ }) {
				hits = append(hits, c.around(t, i, typ)...)
			}
		}
	}
	return hits
}

// withoutPseudonyms blanks the pseudonyms of a text; offsets stay.
func withoutPseudonyms(text string) string {
	if strings.IndexByte(text, '[') < 0 {
		return text
	}
	var b []byte
	for i := 0; i < len(text); i++ {
		if end, ok := placeholder.At(text, i); ok {
			if b == nil {
				b = []byte(text)
			}
			for k := i; k < end; k++ {
				b[k] = ' '
			}
			i = end - 1
		}
	}
	if b == nil {
		return text
	}
	return string(b)
}

// inWords appends the hits in a sequence of words.
func (c *Check) inWords(w *words, hits []Hit) []Hit {
	for i := range w.list {
		for _, s := range c.sequences[string(w.at(i))] {
			if last, ok := follows(w, i, s.rest); ok {
				hits = appendRange(hits, w, i, last, s.typ)
			}
		}
	}
	hits = c.apart(w, hits)
	if len(c.digits) > 0 {
		hits = c.numbers(w, hits)
	}
	return hits
}

// follows reports whether the words after i are rest, link words apart, and
// which is the last of them.
func follows(w *words, i int, rest []string) (last int, ok bool) {
	for _, want := range rest {
		i++
		for i < len(w.list) && linkWord(string(w.at(i))) {
			i++
		}
		if i >= len(w.list) || string(w.at(i)) != want {
			return 0, false
		}
	}
	return i, true
}

// appendRange appends a hit for each text that the words from i to last are in.
func appendRange(hits []Hit, w *words, i, last int, t detectors.EntityType) []Hit {
	for i <= last {
		h := Hit{Text: int(w.list[i].text), Start: int(w.list[i].start), Type: t}
		for i <= last && int(w.list[i].text) == h.Text {
			h.End = int(w.list[i].end)
			i++
		}
		hits = append(hits, h)
	}
	return hits
}

// apart finds words whose letters stand apart: "l o t t e".
func (c *Check) apart(w *words, hits []Hit) []Hit {
	for i := 0; i < len(w.list); {
		n := i
		for n < len(w.list) && w.list[n].to-w.list[n].from == 1 {
			n++
		}
		if n-i >= 4 {
			joined := w.buf[w.list[i].from:w.list[n-1].to]
			for first := range c.sequences {
				for _, s := range c.sequences[first] {
					if len(s.rest) == 0 && len(first) >= 4 && strings.Contains(string(joined), first) {
						hits = appendRange(hits, w, i, n-1, s.typ)
					}
				}
			}
		}
		i = max(n, i+1)
	}
	return hits
}
