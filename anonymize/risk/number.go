package risk

import (
	"strings"
	"unicode"
)

// number weighs a word with digits, together with the digits that follow it.
func (w *walker) number(word string) (Sign, bool) {
	if !hasDigit(word) {
		return w.spelled(word)
	}
	if strings.ContainsFunc(word, unicode.IsLetter) {
		return Sign{Kind: Number, Start: w.start, End: w.end, Weight: weightCode}, code(word)
	}
	w.end = numberEnd(w.text, w.start)
	w.at = w.end
	number := w.text[w.start:w.end]
	s := Sign{Kind: Number, Start: w.start, End: w.end, Weight: weightNumber}
	switch n := digits(number); {
	case strings.HasPrefix(number, "0800"), strings.HasPrefix(number, "0900"), n <= 4: // help lines, years, times
		return Sign{}, false
	case n >= 8:
		s.Weight = weightLongNumber
	case strings.ContainsAny(number, ".,:/-") && n < 7: // a price, a date, a time
		return Sign{}, false
	}
	return s, true
}

// numberEnd returns where the digits that begin at start end, blanks and signs
// between groups included.
func numberEnd(s string, start int) int {
	end := start
	for i := start; i < len(s); i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			end = i + 1
		case i-end >= 2 || !strings.ContainsRune(" .,:/-", rune(c)):
			return end
		}
	}
	return end
}

// code reports whether a word of letters and digits may be that of a class, a
// login or a plate: not 16u30, 4de, 14jr, 10km, u2.
func code(word string) bool {
	digits, letters, runs := 0, 0, 0
	last := -1
	for _, r := range word {
		kind := 0
		if unicode.IsDigit(r) {
			kind = 1
			digits++
		} else {
			letters++
		}
		if kind != last {
			runs++
		}
		last = kind
	}
	if unit(strings.ToLower(strings.TrimLeft(word, "0123456789"))) {
		return false
	}
	return runs >= 4 || digits+letters >= 4 && runs >= 2 || runs == 2 && digits == 1 && strings.ToUpper(word) == word && word[0] < 'A'
}

// units follow a number without naming anybody.
var units = []string{
	"u", "h", "uur", "min", "m", "km", "cm", "mm", "kg", "g", "kilo", "l", "cl", "ml", "e", "de", "ste", "ème", "eme", "er", "ère", "th", "st", "nd", "rd",
	"x", "j", "jr", "jaar", "ans", "years", "jarige", "d", "w", "s", "sec", "gb", "mb", "k", "euro", "eur", "pm", "am", "uhr", "jährig", "tal", "tjes", "jes", "ers",
}

func unit(s string) bool {
	s = strings.TrimRight(s, "0123456789") // 16u30
	for _, u := range units {
		if s == u {
			return true
		}
	}
	return false
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// digitWords are digits written out.
var digitWords = map[string]bool{
	"nul": true, "een": true, "één": true, "twee": true, "drie": true, "vier": true, "vijf": true, "zes": true, "zeven": true, "acht": true, "negen": true,
	"zéro": true, "zero": true, "un": true, "deux": true, "trois": true, "quatre": true, "cinq": true, "six": true, "sept": true, "huit": true, "neuf": true,
	"null": true, "eins": true, "zwei": true, "drei": true, "fünf": true, "sechs": true, "sieben": true, "neun": true,
	"one": true, "two": true, "three": true, "four": true, "five": true, "seven": true, "eight": true, "nine": true,
}

// spelledRun is from how many digits in words on they are a sign.
const spelledRun = 5

// spelled finds numbers written in words.
func (w *walker) spelled(word string) (Sign, bool) {
	if !digitWords[strings.ToLower(word)] {
		return Sign{}, false
	}
	n, end := 1, w.end
	for at := w.end; at < len(w.text); {
		if strings.IndexByte(" ,.-", w.text[at]) >= 0 {
			at++
			continue
		}
		next := wordEnd(w.text, at)
		if !digitWords[strings.ToLower(w.text[at:next])] {
			break
		}
		n, end, at = n+1, next, next
	}
	w.at = end
	s := Sign{Kind: Number, Start: w.start, End: end, Weight: weightLongNumber}
	w.end = end
	return s, n >= spelledRun
}
