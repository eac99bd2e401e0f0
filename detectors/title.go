package detectors

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/namebook"
)

// gluedTitles are titles that are written onto a surname with a hyphen or a
// full stop: hr-janssens, mevr.peeters.
var gluedTitles = setOf("hr dhr mr mevr mvr mw mevrouw meneer juf juffrouw mme mlle madame monsieur frau herr mrs miss")

// longestTitle is the length of the longest of gluedTitles.
const longestTitle = len("juffrouw")

// titleEnd returns where the name begins in a word that is a title, a hyphen or
// full stop, and a name of three letters or more; 0 when it is no such word.
func titleEnd(word string) int {
	at := strings.IndexAny(word, "-.")
	if at < 2 || at > longestTitle || !gluedTitles.has(hashWord(word[:at])) {
		return 0
	}
	if utf8.RuneCountInString(word[at+1:]) < 3 || strings.ContainsFunc(word[at+1:], func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' }) {
		return 0
	}
	return at + 1
}

// titled appends the names that are glued to a title by a hyphen and that the
// tagger has not taken, which reads both as one word. first is the number of
// its first span.
func (r *nameReader) titled(dst []Span, first int, body string) []Span {
	for from := 0; ; from++ {
		at := strings.IndexByte(body[from:], '-')
		if at < 0 {
			return dst
		}
		from += at
		start := from
		for start > 0 && isLetter(body[start-1]) && from-start <= longestTitle {
			start--
		}
		if start == from || !gluedTitles.has(hashWord(body[start:from])) {
			continue
		}
		end := from + 1
		for end < len(body) && (isLetter(body[end]) || body[end] == '-' && end > from+1) {
			end++
		}
		name := strings.TrimRight(body[from+1:end], "-")
		if titleEnd(body[start:from+1]+name) == 0 || ordinaryName(name) || overlapsAny(dst[first:], from+1, from+1+len(name)) {
			continue
		}
		dst = append(dst, Span{Start: from + 1, End: from + 1 + len(name), Type: Person, Score: float64(forceScore[forceWeak]),
			Detector: "names", Rule: "names: glued to a title"})
	}
}

// ordinaryName reports whether a word is no surname but an ordinary word:
// hr-manager, mr-scan.
func ordinaryName(word string) bool {
	e := lexicon.Find(lexicon.Hash(lexicon.Fold(nil, word)))
	return namebook.Common(e) && e.Surname() == 0
}

// overlapsAny reports whether a span of spans overlaps [start, end).
func overlapsAny(spans []Span, start, end int) bool {
	for i := range spans {
		if spans[i].Start < end && start < spans[i].End {
			return true
		}
	}
	return false
}
