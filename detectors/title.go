package detectors

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/namebook"
)

// gluedTitles are titles that are written onto a surname with a full stop, and
// stay (mevr.peeters), or with a hyphen, and go with it, because that may as
// well be a user name (hr-janssens).
var gluedTitles = setOf("hr dhr mr mevr mvr mw mevrouw meneer juf juffrouw mme mlle madame monsieur frau herr mrs miss")

// longestTitle is the length of the longest of gluedTitles.
const longestTitle = len("juffrouw")

// longestTitled bounds the bytes of a name that is glued to its title.
const longestTitled = 64

// titleEnd returns where the name begins in a word that is a title, a full stop,
// and a name of three letters or more; 0 when it is no such word.
func titleEnd(word string) int { return behindTitle(word, ".") }

func behindTitle(word, marks string) int {
	at := strings.IndexAny(word, marks)
	if at < 2 || at > longestTitle || !gluedTitles.has(hashWord(word[:at])) {
		return 0
	}
	if utf8.RuneCountInString(word[at+1:]) < 3 || strings.ContainsFunc(word[at+1:], func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' }) {
		return 0
	}
	return at + 1
}

// titled appends the names that are glued to a title by a hyphen and that the
// tagger, which reads both as one word, has not taken. Its spans, sorted, are
// those from number first on.
func (r *nameReader) titled(dst []Span, first int, body string) []Span {
	next, tagged := first, len(dst)
	for from := 0; ; from++ {
		at := strings.IndexByte(body[from:], '-')
		if at < 0 {
			break
		}
		from += at
		name := nameBehind(body, from)
		if name == "" || ordinaryName(name) {
			continue
		}
		start, end := from-titleBefore(body, from), from+1+len(name)
		for next < tagged && dst[next].End <= start {
			next++
		}
		if next == tagged || dst[next].Start >= end {
			dst = append(dst, Span{Start: start, End: end, Type: Person, Score: float64(forceScore[forceWeak]), Detector: "names", Rule: "names: glued to a title"})
		}
	}
	if len(dst) > tagged {
		slices.SortFunc(dst[first:], func(a, b Span) int { return a.Start - b.Start })
	}
	return dst
}

// nameBehind returns the name behind the hyphen at byte i when a title stands
// before it, or "".
func nameBehind(body string, i int) string {
	start, end := i-titleBefore(body, i), i+1
	if start == i || !gluedTitles.has(hashWord(body[start:i])) {
		return ""
	}
	for end < len(body) && end-i <= longestTitled && (isLetter(body[end]) || body[end] == '-' && end > i+1) {
		end++
	}
	if end-i > longestTitled || behindTitle(strings.TrimRight(body[start:end], "-"), "-") == 0 {
		return ""
	}
	return strings.TrimRight(body[i+1:end], "-")
}

// titleBefore returns how many letters, of a title at most, end at byte i.
func titleBefore(body string, i int) int {
	start := i
	for start > 0 && isLetter(body[start-1]) && i-start <= longestTitle {
		start--
	}
	return i - start
}

// ordinaryName reports whether a word is no surname but an ordinary word:
// hr-manager, mr-scan.
func ordinaryName(word string) bool {
	e := lexicon.Find(lexicon.Hash(lexicon.Fold(nil, word)))
	return namebook.Common(e) && e.Surname() == 0
}
