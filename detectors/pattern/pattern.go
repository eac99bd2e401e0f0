// Package pattern reads recognizers that users write for identifiers of their
// own, such as the numbers of a help line's files:
//
//	recognizers:
//	  - name: dossier-clb
//	    type: OTHER_ID
//	    pattern: '\bCLB-\d{4}/\d{3}\b'
//	    doc: file number of our centre
//	    tests:
//	      - 'zie [[CLB-2024/117]] in het dossier'
//	      - 'CLB-2024 is geen nummer'
//
// [Read] is the call you want; what it returns goes into
// [detectors.Options.Recognizers]. The tests of a file run while it is read,
// and a file whose tests fail is refused.
//
// Patterns are those of .NET and Perl 5, look-around included
// (github.com/dlclark/regexp2). A pattern that takes longer than [Timeout] on
// a text makes the text fail, so that it is not released. No error quotes the
// text that was searched.
package pattern

import (
	"errors"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"

	"github.com/clbchat/naamloos/detectors"
)

// Timeout is how long a pattern may search one text.
const Timeout = 250 * time.Millisecond

// ErrTimeout means that a pattern took too long; the text must not be released.
var ErrTimeout = errors.New("pattern: a pattern takes too long on this text")

// A Recognizer finds what one pattern describes. It is safe for concurrent
// use. Its fields are those of the file.
type Recognizer struct {
	name     string
	doc      string
	typ      detectors.EntityType
	checksum checksum
	context  []string
	score    float64
	tests    []string
	re       *regexp2.Regexp
}

// Name returns the name of the recognizer.
func (r *Recognizer) Name() string { return r.name }

// Doc says what the recognizer finds, in its author's words.
func (r *Recognizer) Doc() string { return r.doc }

// Type returns the type of the spans the recognizer finds.
func (r *Recognizer) Type() detectors.EntityType { return r.typ }

// Tests returns the number of tests that the recognizer has passed.
func (r *Recognizer) Tests() int { return len(r.tests) }

// fineClock makes the clock of the time limit tick every millisecond; its own
// tick of a tenth of a second would let a limit of 250 ms last twice as long.
var fineClock = sync.OnceFunc(func() { regexp2.SetTimeoutCheckPeriod(time.Millisecond) })

// compile sets the expression of r.
func (r *Recognizer) compile(expr string) error {
	fineClock()
	re, err := regexp2.Compile(expr)
	if err != nil {
		return err
	}
	re.MatchTimeout = Timeout
	r.re = re
	return nil
}

// Find appends to dst what the pattern describes in t, where the checksum holds
// and a context word is near.
func (r *Recognizer) Find(dst []detectors.Span, t detectors.Text) ([]detectors.Span, error) {
	deadline := time.Now().Add(Timeout)
	m, err := r.re.FindStringMatch(t.Body)
	for ; m != nil && err == nil; m, err = r.re.FindNextMatch(m) {
		start, n := m.ByteRange()
		if value := t.Body[start : start+n]; n > 0 && r.checksum.holds(value) && r.announced(t.Body, start, start+n) {
			dst = append(dst, detectors.Span{
				Start: start, End: start + n, Type: r.typ, Score: r.score, Detector: r.name, Rule: "pattern",
			})
		}
		if time.Now().After(deadline) {
			return nil, ErrTimeout
		}
	}
	if err != nil { // its text quotes the input
		return nil, ErrTimeout
	}
	return dst, nil
}

// Words before and after a match in which a context word is sought.
const (
	wordsBefore = 6
	wordsAfter  = 3
)

// announced reports whether a context word stands near bytes [start, end) of
// text, or none is asked for.
func (r *Recognizer) announced(text string, start, end int) bool {
	if len(r.context) == 0 {
		return true
	}
	for n := 0; n < wordsBefore && start > 0; n++ {
		var word string
		if word, start = wordBefore(text, start); r.isContext(word) {
			return true
		}
	}
	for n := 0; n < wordsAfter && end < len(text); n++ {
		var word string
		if word, end = wordAfter(text, end); r.isContext(word) {
			return true
		}
	}
	return false
}

func (r *Recognizer) isContext(word string) bool {
	for _, c := range r.context {
		if equalFold(word, c) {
			return true
		}
	}
	return false
}

// wordBefore returns the word that ends before byte i and where it begins.
func wordBefore(text string, i int) (word string, start int) {
	end := i
	for end > 0 {
		c, n := utf8.DecodeLastRuneInString(text[:end])
		if isWordRune(c) {
			break
		}
		end -= n
	}
	start = end
	for start > 0 {
		c, n := utf8.DecodeLastRuneInString(text[:start])
		if !isWordRune(c) {
			break
		}
		start -= n
	}
	return text[start:end], start
}

// wordAfter returns the word that begins after byte i and where it ends.
func wordAfter(text string, i int) (word string, end int) {
	start := i
	for start < len(text) {
		c, n := utf8.DecodeRuneInString(text[start:])
		if isWordRune(c) {
			break
		}
		start += n
	}
	end = start
	for end < len(text) {
		c, n := utf8.DecodeRuneInString(text[end:])
		if !isWordRune(c) {
			break
		}
		end += n
	}
	return text[start:end], end
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
