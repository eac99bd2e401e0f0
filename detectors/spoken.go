package detectors

import "bytes"

// numberNames gives the number words from 0 to 99 of Dutch, French, German and
// English that are written as one word, with usual spellings, their values.
// Those of several words, quarante-cinq, are read by [scan.spokenNumber].
var numberNames = func() map[string]int {
	m := map[string]int{}
	for value, names := range [...][]string{
		{"nul", "zero", "zéro", "null", "oh"}, {"een", "één", "ein", "eins", "un", "une", "one"},
		{"twee", "zwei", "zwo", "deux", "two"}, {"drie", "drei", "trois", "three"}, {"vier", "quatre", "four"},
		{"vijf", "fünf", "cinq", "five"}, {"zes", "sechs", "six"}, {"zeven", "sieben", "sept", "seven"},
		{"acht", "huit", "eight"}, {"negen", "neun", "neuf", "nine"}, {"tien", "zehn", "dix", "ten"},
		{"elf", "onze", "eleven"}, {"twaalf", "zwölf", "douze", "twelve"}, {"dertien", "dreizehn", "treize", "thirteen"},
		{"veertien", "vierzehn", "quatorze", "fourteen"}, {"vijftien", "fünfzehn", "quinze", "fifteen"},
		{"zestien", "sechzehn", "seize", "sixteen"}, {"zeventien", "siebzehn", "seventeen"},
		{"achttien", "achtzehn", "eighteen"}, {"negentien", "neunzehn", "nineteen"},
	} {
		for _, name := range names {
			m[name] = value
		}
	}
	for ten, names := range [...][]string{
		2: {"twintig", "zwanzig", "vingt", "vingts", "twenty"}, 3: {"dertig", "dreißig", "dreissig", "trente", "thirty"},
		4: {"veertig", "vierzig", "quarante", "forty", "fourty"}, 5: {"vijftig", "fünfzig", "cinquante", "fifty"},
		6: {"zestig", "sechzig", "soixante", "sixty"}, 7: {"zeventig", "siebzig", "septante", "seventy"},
		8: {"tachtig", "achtzig", "huitante", "octante", "eighty"}, 9: {"negentig", "neunzig", "nonante", "ninety"},
	} {
		for i, name := range names {
			m[name] = 10 * ten
			if i < len(names) && bytes.HasSuffix([]byte(name), []byte("ig")) {
				addCompounds(m, name, 10*ten)
			}
		}
	}
	return m
}()

// addCompounds adds the Dutch and German words of which the unit stands first:
// eenentwintig, dreiundzwanzig.
func addCompounds(m map[string]int, ten string, value int) {
	for unit, name := range [...]string{1: "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"} {
		if unit > 0 {
			m[name+"en"+ten], m[name+"ën"+ten] = value+unit, value+unit
		}
	}
	for unit, name := range [...]string{1: "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"} {
		if unit > 0 {
			m[name+"und"+ten] = value + unit
		}
	}
}

// numberWords has the values of numberNames by the hash of the word.
var numberWords = func() map[uint64]int {
	m := make(map[uint64]int, len(numberNames))
	for name, value := range numberNames {
		m[hashWord(name)] = value
	}
	return m
}()

// hundredMarks stand between the hundreds and the rest of a number of one word.
var hundredMarks = [...]string{"honderd", "hundert"}

// wordValue returns the value of number word i, up to 999.
func (s *scan) wordValue(i int) (value int, ok bool) {
	if !s.word(i) {
		return 0, false
	}
	if value, ok = numberWords[s.toks[i].hash]; ok || s.size(i) < 9 {
		return value, ok
	}
	w := s.bytes(i)
	for _, mark := range hundredMarks {
		at := bytes.Index(w, []byte(mark))
		if at < 3 {
			continue
		}
		value, ok = numberWords[hashWord(w[:at])]
		if rest := w[at+len(mark):]; ok && len(rest) > 0 {
			n, known := numberWords[hashWord(rest)]
			return 100*value + n, known && value < 10
		}
		return 100 * value, ok && value < 10
	}
	return 0, false
}

// spokenNumber reads the number that begins with number word i and returns its
// value and its last token: drieëntwintig, vierhonderd zeventig, vingt-trois,
// quatre-vingt-dix-sept, quatre cent septante, forty five.
func (s *scan) spokenNumber(i int) (value, last int, ok bool) {
	if value, ok = s.wordValue(i); !ok {
		return 0, i, false
	}
	last = i
	if between(value, 2, 9) && s.in(i+1, hundreds) {
		value, last = 100*value, i+1
	}
	if value >= 100 && value%100 == 0 {
		if n, end, more := s.belowHundred(s.spokenNext(last)); more && n > 0 {
			return value + n, end, true
		}
		return value, last, true
	}
	return s.belowHundred(i)
}

// belowHundred is spokenNumber for numbers below a hundred.
func (s *scan) belowHundred(i int) (value, last int, ok bool) {
	if value, ok = s.wordValue(i); !ok || value >= 100 {
		return 0, i, false
	}
	last = i
	next := s.spokenNext(i)
	if value == 4 && s.in(next, twenties) && s.wordIs(i, "quatre") { // quatre-vingt
		value, last = 80, next
		next = s.spokenNext(next)
	} else if !s.in(i, tensFirst) {
		return value, last, true
	}
	if n, known := s.wordValue(next); known && s.joins(value, n) {
		value, last = value+n, next
		if after := s.spokenNext(next); n == 10 {
			if n, known = s.wordValue(after); known && between(n, 7, 9) { // soixante-dix-sept
				value, last = value+n, after
			}
		}
	}
	return value, last, true
}

// joins reports whether n goes on the number of tens that is read so far:
// vingt-trois, soixante et onze, quatre-vingt-dix, dix-sept.
func (s *scan) joins(tens, n int) bool {
	switch {
	case tens == 10:
		return between(n, 7, 9)
	case tens == 60 || tens == 80:
		return between(n, 1, 16)
	}
	return between(n, 1, 9)
}

// spokenNext returns the token where a number of several words goes on after
// token i: across a hyphen, or "et".
func (s *scan) spokenNext(i int) int {
	i++
	if s.markAt(i, '-') && s.glued(i) && s.glued(i+1) {
		i++
	}
	if s.in(i, etWords) {
		i++
		if s.markAt(i, '-') && s.glued(i) && s.glued(i+1) {
			i++
		}
	}
	return i
}

// wordIs reports whether token i is the word w.
func (s *scan) wordIs(i int, w string) bool { return s.word(i) && isWord(s.bytes(i), w) }

var (
	hundreds = setOf("cent cents honderd hundert hundred")
	twenties = setOf("vingt vingts")
	etWords  = setOf("et")
	// tensFirst are the tens of the languages that say them before the unit.
	tensFirst = setOf("dix vingt vingts trente quarante cinquante soixante septante huitante octante nonante " +
		"twenty thirty forty fourty fifty sixty seventy eighty ninety")
)
