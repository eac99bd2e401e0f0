package stats

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed data/words.txt
var wordList string

// words are the lists of data/words.txt: kind -> folded word -> value.
type words map[string]map[string]string

var vocabulary = sync.OnceValue(func() words {
	w := words{}
	for line := range strings.Lines(wordList) {
		kind, rest, ok := strings.Cut(strings.TrimSpace(line), "\t")
		value, list, _ := strings.Cut(rest, "\t")
		if !ok || line[0] == '#' {
			continue
		}
		if w[kind] == nil {
			w[kind] = map[string]string{}
		}
		for word := range strings.SplitSeq(list, ",") {
			w[kind][strings.TrimSpace(word)] = value
		}
	}
	return w
})

// longestWord bounds what is looked up: no word of the lists is longer.
const longestWord = 64

// find returns the value of a text in a list.
func (w words) find(kind, text string) (string, bool) {
	if len(text) > longestWord {
		return "", false
	}
	v, ok := w[kind][fold(text)]
	return v, ok
}

// ending returns the value of the longest word of a list that text ends in.
func (w words) ending(kind, text string) (string, bool) {
	if len(text) > longestWord {
		text = strings.ToValidUTF8(text[len(text)-longestWord:], "")
	}
	f := fold(text)
	for {
		if v, ok := w[kind][f]; ok {
			return v, true
		}
		_, rest, ok := strings.Cut(f, " ")
		if !ok {
			return "", false
		}
		f = rest
	}
}

// fold returns text in lower case, without marks, and with one space for all
// that is no letter or digit.
func fold(text string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return b.String()
}

// Bounds of a label.
const (
	maxLabelBytes = 40
	maxLabelWords = 5
)

// label returns a topic or department as it is counted: in lower case, white
// space made one. What is not of the shape that an organisation gives to its
// topics (long, with numbers or pseudonyms in it) is Other, so that no free text
// gets into a table.
func label(text string) string {
	parts := strings.Fields(strings.ToLower(text))
	text = strings.Join(parts, " ")
	switch {
	case text == "":
		return Unknown
	case isShortNumber(text):
		return text
	case len(text) > maxLabelBytes || len(parts) > maxLabelWords:
		return Other
	}
	for i, r := range text {
		if !unicode.IsLetter(r) && (i == 0 || !strings.ContainsRune(" -&/+'’().,", r)) {
			return Other
		}
	}
	return text
}

// isShortNumber reports whether text numbers a department: up to 999.
func isShortNumber(text string) bool {
	return len(text) <= 3 && strings.Trim(text, "0123456789") == ""
}
