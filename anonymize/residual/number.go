package residual

import (
	"bytes"
	"strings"
)

// spelled gives the digit of a number word in Dutch, French, German or English.
var spelled = map[string]byte{
	"nul": '0', "een": '1', "één": '1', "twee": '2', "drie": '3', "vier": '4', "vijf": '5', "zes": '6', "zeven": '7', "acht": '8', "negen": '9',
	"zero": '0', "un": '1', "deux": '2', "trois": '3', "quatre": '4', "cinq": '5', "six": '6', "sept": '7', "huit": '8', "neuf": '9',
	"null": '0', "eins": '1', "zwei": '2', "drei": '3', "funf": '5', "sechs": '6', "sieben": '7', "neun": '9',
	"one": '1', "two": '2', "three": '3', "four": '4', "five": '5', "seven": '7', "eight": '8', "nine": '9',
}

// numbers appends hits of removed numbers in the digits of the words, whatever
// stands between them as long as no letter does.
func (c *Check) numbers(w *words, hits []Hit) []Hit {
	var run []byte
	var owner []int // the word each digit came from
	flush := func() {
		hits = c.inRun(w, run, owner, hits)
		run, owner = run[:0], owner[:0]
	}
	for i := range w.list {
		word := w.at(i)
		if d, ok := spelled[string(word)]; ok {
			run, owner = append(run, d), append(owner, i)
			continue
		}
		for k, b := range word {
			switch {
			case b >= '0' && b <= '9':
				run, owner = append(run, b), append(owner, i)
			case b == 'o' && besideDigit(word, k):
				run, owner = append(run, '0'), append(owner, i)
			default: // a letter ends the number
				flush()
			}
		}
	}
	flush()
	return hits
}

// besideDigit reports whether a digit stands next to byte k, as in O471.
func besideDigit(word []byte, k int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(word) && word[i] >= '0' && word[i] <= '9' }
	return digit(k-1) || digit(k+1)
}

// inRun looks for removed numbers in one run of digits.
func (c *Check) inRun(w *words, run []byte, owner []int, hits []Hit) []Hit {
	for i := 0; i+digitKey <= len(run); i++ {
		for _, n := range c.digits[string(run[i:i+digitKey])] {
			if bytes.HasPrefix(run[i:], []byte(n.digits)) && (c.place == inTexts || aligned(run, owner, i, i+len(n.digits))) {
				hits = appendRange(hits, w, owner[i], owner[i+len(n.digits)-1], n.typ)
			}
		}
	}
	return hits
}

// aligned reports whether digits [from, to) of a run begin a word, zeros and the
// country code of Belgium apart, and end one.
func aligned(run []byte, owner []int, from, to int) bool {
	if to < len(run) && owner[to] == owner[to-1] {
		return false
	}
	first := from
	for first > 0 && owner[first-1] == owner[from] {
		first--
	}
	before := strings.TrimLeft(string(run[first:from]), "0")
	return before == "" || before == "32" || before == "320"
}
