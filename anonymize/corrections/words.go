package corrections

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/clbchat/naamloos/detectors"
)

// word is a run of letters and digits of a text.
type word struct {
	start, end int  // bytes of the text
	from, to   int  // its folded letters in the buffer
	joined     bool // stands so close behind the word before it that they may be one value
}

// words are the words of a text, folded one behind the other with blanks between.
type words struct {
	words  []word
	buffer []byte
}

// maxGap is how many bytes may stand between two words of one value.
const maxGap = 4

// splitWords splits a text into its words. Pseudonyms are no words, and no value
// goes on across one.
func splitWords(text string) words {
	w := words{words: make([]word, 0, len(text)/5+1), buffer: make([]byte, 0, len(text)+8)}
	apart := true // no value goes on from the word before
	for at := 0; at < len(text); {
		if end, ok := detectors.PseudonymAt(text, at); ok {
			at, apart = end, true
			continue
		}
		r, n := utf8.DecodeRuneInString(text[at:])
		if !wordRune(r) {
			at += n
			continue
		}
		end := at + n
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if !wordRune(r) && !unicode.Is(unicode.Cf, r) {
				break
			}
			end += n
		}
		w.add(text, at, end, apart)
		at, apart = end, false
	}
	return w
}

func (w *words) add(text string, start, end int, apart bool) {
	joined := false
	if n := len(w.words); n > 0 && !apart {
		gap := text[w.words[n-1].end:start]
		joined = len(gap) <= maxGap && !strings.ContainsAny(gap, "\n\r")
	}
	if len(w.buffer) > 0 {
		w.buffer = append(w.buffer, ' ')
	}
	from := len(w.buffer)
	w.buffer = appendFolded(w.buffer, text[start:end])
	w.words = append(w.words, word{start, end, from, len(w.buffer), joined})
}

// folded returns the folded letters of words [i, j) with blanks between.
func (w *words) folded(i, j int) []byte { return w.buffer[w.words[i].from:w.words[j-1].to] }

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// appendFolded appends s in lower case, without diacritics and invisible signs.
func appendFolded(b []byte, s string) []byte {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return appendFoldedUnicode(b, s)
		}
	}
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}

func appendFoldedUnicode(b []byte, s string) []byte {
	for _, r := range strings.ToLower(norm.NFKD.String(s)) {
		if !unicode.IsMark(r) && !unicode.Is(unicode.Cf, r) {
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// Locate returns where the words of value first stand in text, however they are
// written.
func Locate(text, value string) (start, end int, ok bool) {
	w, v := splitWords(text), splitWords(value)
	n := len(v.words)
	if n == 0 {
		return 0, 0, false
	}
	want := string(v.folded(0, n))
	for i := 0; i+n <= len(w.words); i++ {
		if string(w.folded(i, i+n)) == want {
			return w.words[i].start, w.words[i+n-1].end, true
		}
	}
	return 0, 0, false
}
