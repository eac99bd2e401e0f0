// Package language guesses which language a chat message is written in.
//
// [Guess] is the only call. It knows Dutch, French, German and English by their
// frequent words, chat spellings included, and by how words are spelled; it takes
// one pass, allocates nothing, and says [Unknown] rather than guess when a message
// is too short or fits two languages alike. A message that mixes languages gets
// the one most of it is in. Dialects of Flanders and Limburg are taken for Dutch,
// or for German when they look more like it.
package language

import (
	"embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Language is a language code of ISO 639-1, empty when unknown.
type Language string

// The languages that are told apart.
const (
	Unknown Language = ""
	Dutch   Language = "nl"
	French  Language = "fr"
	German  Language = "de"
	English Language = "en"
)

var languages = [...]Language{Dutch, French, German, English}

// votes count for each of languages.
type votes [len(languages)]int

// Weights of evidence. A word of one language counts whole; what several
// languages share counts for each of them in part.
const (
	wordWeight  = 12
	spellWeight = 3
	leastVotes  = 12 // fewer say nothing
	leastLead   = 5  // the first leads the second by this many votes
)

// maxGuess is how many bytes of a text are looked at.
const maxGuess = 2048

// Guess returns the language of text.
func Guess(text string) Language {
	if len(text) > maxGuess {
		text = text[:maxGuess]
	}
	words := frequentWords()
	var v votes
	var buf [maxWord]byte
	for word := range wordsOf(text) {
		w := lower(buf[:0], word)
		if known, ok := words[string(w)]; ok {
			for k := range v {
				v[k] += int(known[k])
			}
			continue
		}
		spelling(&v, w)
	}
	return v.winner()
}

func (v *votes) winner() Language {
	first, second := 0, -1
	for k := 1; k < len(v); k++ {
		switch {
		case v[k] > v[first]:
			first, second = k, first
		case second < 0 || v[k] > v[second]:
			second = k
		}
	}
	if v[first] < leastVotes || v[first]-v[second] < leastLead {
		return Unknown
	}
	return languages[first]
}

// maxWord is the most bytes of a word that are looked at.
const maxWord = 32

// wordsOf yields the words of text: letters, with apostrophes inside them.
func wordsOf(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start := -1
		for i, r := range text {
			inside := unicode.IsLetter(r) || unicode.IsMark(r) || start >= 0 && (r == '\'' || r == '’')
			switch {
			case inside && start < 0:
				start = i
			case !inside && start >= 0:
				if !yield(text[start:i]) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(text[start:])
		}
	}
}

// lower appends word in small letters with straight apostrophes, as far as it
// fits.
func lower(dst []byte, word string) []byte {
	for _, r := range word {
		if r == '’' {
			r = '\''
		}
		r = unicode.ToLower(r)
		if len(dst)+utf8.RuneLen(r) > maxWord {
			break
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

//go:embed words/*.txt
var wordFiles embed.FS

// frequentWords returns the votes of each frequent word.
var frequentWords = sync.OnceValue(func() map[string][len(languages)]int8 {
	in := map[string][]int{}
	for k, lang := range languages {
		text, _ := wordFiles.ReadFile("words/" + string(lang) + ".txt") // embedded
		for line := range strings.Lines(string(text)) {
			if w := strings.TrimSpace(line); w != "" && w[0] != '#' {
				in[w] = append(in[w], k)
			}
		}
	}
	out := make(map[string][len(languages)]int8, len(in))
	for w, langs := range in {
		var v [len(languages)]int8
		for _, k := range langs {
			v[k] = int8(wordWeight / len(langs))
		}
		out[w] = v
	}
	return out
})
