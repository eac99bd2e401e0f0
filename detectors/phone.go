package detectors

// phones finds telephone numbers of persons.
var phones = classifier{
	name: "phone",
	doc: "Telephone numbers of persons in every Belgian spelling, Dutch, French, German, Luxembourg and British ones, " +
		"and E.164 with + or 00 (numbering plans: google/libphonenumber metadata, Apache-2.0). " +
		"Short numbers, toll-free, shared and premium numbers and the lines of the keep-list stay readable.",
	types:  []EntityType{Phone},
	digits: 1<<7 | 1<<8 | 1<<9 | 1<<10 | 1<<11 | 1<<12 | 1<<13 | 1<<14 | 1<<15 | 1<<16 | 1<<17,
	window: (*scan).phone,
}

func (s *scan) phone(w *window) bool {
	dig, plus := s.international(w)
	if plus != noPlus {
		return s.phoneAbroad(w, dig, plus)
	}
	keyword := w.cue&cuePhone != 0
	if !keyword && w.cue&(cueNumbered&^(cuePlatform|cueUser|cuePlate)) != 0 && w.dig[0] != '0' {
		return false
	}
	switch kind := nationalPlan(w.dig); {
	case kind == planPublic || kind != planNone && s.keep.number(w.dig):
		return s.pass(w, byPhone, "national number", "a toll-free, shared, premium or listed public line")
	case kind == planNone && s.mobileBefore(w):
		return s.take(w, byPhone, Phone, forceKeyword, "mobile number without its zero, keyword after it")
	case kind == planNone && s.northAmerican(w):
		return s.take(w, byPhone, Phone, forceShape, "North American number")
	case kind == planNone && s.belgianSpelling(w):
		return s.take(w, byPhone, Phone, forceTypo, "spelled like a Belgian number, no such zone")
	case kind == planNone:
	case w.cue&cueNumbered&^(cuePhone|cuePlatform|cuePlate|cueUser|cueAccount|cueCard) != 0 && !keyword:
		return s.pass(w, byPhone, "national number", "a keyword names another kind of number")
	case kind == planForeign && !keyword && w.cue&cueNumber == 0 && !s.phoneSpelling(w):
		return s.pass(w, byPhone, "foreign national number", "not spelled like a telephone number and no keyword")
	case s.phoneGlued(w):
		return s.pass(w, byPhone, "national number", "part of a longer word")
	case keyword:
		return s.take(w, byPhone, Phone, forceKeyword, "national number, keyword")
	default:
		return s.take(w, byPhone, Phone, forceShape, "national number")
	}
	if keyword && w.d <= 15 && w.dig[0] != '1' && !s.run.sepsAre(w, ' ') || keyword && s.phoneShort(w) {
		return s.phoneAnnounced(w)
	}
	return false
}

// belgianSpelling reports whether w is spelled with a slash after its zone and
// groups of two or three digits, 02/ 123.45.67, or in the groups of a line with
// blanks, 09 555 01 23.
func (s *scan) belgianSpelling(w *window) bool {
	r := &s.run
	line := w.d == 9 && w.dig[1] != '0' && (w.breaks == 1<<2|1<<5|1<<7 || w.breaks == 1<<3|1<<5|1<<7) && r.sep[w.g+1] == ' '
	if w.d != 9 && w.d != 10 || w.dig[0] != '0' || w.h-w.g < 3 || r.sep[w.g+1] != '/' && !line {
		return false
	}
	for g := w.g + 1; g < w.h; g++ {
		if n := r.cum[g+1] - r.cum[g]; n < 2 || n > 3 || g > w.g+1 && r.sep[g] != '.' && r.sep[g] != ' ' {
			return false
		}
	}
	return true
}

// mobileBefore reports whether w is a Belgian mobile number without its zero and
// a word for telephone follows: 471 85 31 42 is mijn gsm.
func (s *scan) mobileBefore(w *window) bool {
	return w.d == 9 && w.dig[0] == '4' && w.dig[1] >= '5' && w.only(1<<3|1<<5|1<<6|1<<7) && s.follows(int(s.run.tok[w.h-1]))&cuePhone != 0
}

// northAmerican reports whether w is spelled (415) 555-0132 or 415-555-0132.
func (s *scan) northAmerican(w *window) bool {
	r := &s.run
	if w.d != 10 || w.breaks != 1<<3|1<<6 || w.dig[0] < '2' || w.dig[3] < '2' || r.sep[w.g+2] != '-' {
		return false
	}
	return r.sep[w.g+1] == '-' || r.sep[w.g+1] == ')' && s.markAt(int(r.tok[w.g])-1, '(')
}

// phoneShort reports whether w looks like a number without its zero or with
// the country code in front: 471 85 31 42, 32 471 42 47 36.
func (s *scan) phoneShort(w *window) bool {
	return w.d >= 8 && w.d <= 13 && (w.h == s.run.n || w.d >= 9)
}

// phoneAnnounced takes w because a keyword says it is a telephone number.
func (s *scan) phoneAnnounced(w *window) bool {
	if s.isDate(w) {
		return s.pass(w, byPhone, "keyword", "a date")
	}
	return s.take(w, byPhone, Phone, forceKeyword, "keyword, no known numbering plan")
}

// isDate reports whether w is spelled like a date: 12/04/2024, 2024-04-12.
func (s *scan) isDate(w *window) bool {
	if w.d > 8 || w.h-w.g != 3 {
		return false
	}
	return s.run.sepsAre(w, s.run.sep[w.g+1]) && s.run.sep[w.g+1] != ' '
}

// phoneSpelling reports whether the digits of w are grouped as people group
// telephone numbers, or not at all.
func (s *scan) phoneSpelling(w *window) bool {
	switch {
	case w.h-w.g == 1:
		return w.d >= 9 && w.d <= 12
	case s.word(int(s.run.tok[w.g])): // zéro six vingt-trois
		return w.h-w.g >= 4
	}
	first := s.run.cum[w.g+1] - s.run.cum[w.g]
	return first >= 2 && first <= 5
}

// phoneGlued reports whether letters stand right before or after w that are
// not a known announcement: gsm0473123456 is a number, a0473123456b is not.
func (s *scan) phoneGlued(w *window) bool {
	first, last := int(s.run.tok[w.g]), int(s.run.tok[w.h-1])
	if s.glued(first) && s.word(first-1) && !s.is(first-1, cueNumbered|cueNumber|cueFiller) {
		return w.d != 10 || s.size(first-1) < 4 || s.glued(last+1) && s.word(last+1) || nationalPlan(w.dig) != planBelgian // mijnnummeris0471...
	}
	return s.glued(last+1) && s.word(last+1) && s.glued(first) && s.word(first-1) && s.size(last+1) < 2
}

// phoneInTwo takes a mobile number told in two breaths, whose first four digits,
// from 0 on, are number token i: 0477 en dan 38 41 60.
func (s *scan) phoneInTwo(i int) {
	if b := s.bytes(i); b[1] != '4' || b[2] < '5' {
		return
	}
	k := i + 1
	for k < i+3 && s.in(k, thenWords) {
		k++
	}
	if k == i+1 || !s.number(k) || s.number(k-1) {
		return
	}
	digits, end := 0, k
	for ; s.number(end) && digits < 6 && (end == k || s.toks[end].start-s.toks[end-1].end <= 1); end++ {
		digits += s.size(end)
	}
	if digits != 6 || s.number(end) || s.is(end, cueCount|cueYears) {
		return
	}
	s.add(byPhone, Phone, s.toks[i].start, s.toks[end-1].end, forceShape, "mobile number in two parts")
}

// thenWords stand between the parts of a number that is told.
var thenWords = setOf("en dan daarna et puis ensuite und dann and then")

// A plus says how a number announces that its country code follows.
type plus uint8

const (
	noPlus   plus = iota
	plusSign      // +32
	plusZero      // 0032
	plusBare      // 32 471, the sign left out
)

// international returns the digits of w after +, 00 or nothing when they begin
// with a country code.
func (s *scan) international(w *window) ([]byte, plus) {
	first := int(s.run.tok[w.g])
	switch {
	case s.markAt(first-1, '+') && (s.glued(first) || w.g == 0):
		return w.dig, plusSign
	case w.dig[0] == '0' && w.dig[1] == '0' && w.d >= 10:
		return w.dig[2:], plusZero
	case w.d >= 10 && w.dig[0] == '3' && w.dig[1] == '2' && nationalPlan(appendZero(w, w.dig[2:])) == planBelgian:
		return w.dig, plusBare
	}
	return nil, noPlus
}

// appendZero writes the trunk zero before a national number.
func appendZero(w *window, dig []byte) []byte {
	w.buf[0] = '0'
	return w.buf[:1+copy(w.buf[1:], dig)]
}

// phoneAbroad decides about a number with its country code.
func (s *scan) phoneAbroad(w *window, dig []byte, p plus) bool {
	nsn, plan, ok := countryPlan(dig)
	if !ok {
		return s.pass(w, byPhone, "country code", "no such country code")
	}
	trunk := len(nsn) > 0 && nsn[0] == '0' && plan.code != "39"
	if trunk {
		nsn = nsn[1:]
	}
	if n := len(nsn); (n < plan.min || n > plan.max) && ((w.cue|w.loose)&cuePhone == 0 || n < minWindow || n > plan.max+1) {
		return s.pass(w, byPhone, "country code", "wrong number of digits for the country")
	}
	if plan.code == "32" {
		nat := appendZero(w, nsn)
		kind := nationalPlan(nat)
		if kind == planPublic || s.keep.number(nat) {
			return s.pass(w, byPhone, "country code", "a toll-free, shared, premium or listed public line")
		}
		if kind != planBelgian && p == plusBare {
			return false
		}
	}
	if p == plusBare && w.cue&(cuePhone|cueNumber) == 0 && !s.phoneSpelling(w) {
		return s.pass(w, byPhone, "country code without plus", "no keyword and not spelled like a telephone number")
	}
	if p == plusZero && w.cue&cuePhone == 0 && w.cue&cueNumbered&^(cuePlatform|cuePlate) != 0 {
		return s.pass(w, byPhone, "country code", "a keyword names another kind of number")
	}
	start, end := s.bounds(w)
	if p == plusSign {
		start = s.toks[s.run.tok[w.g]-1].start
	}
	s.add(byPhone, Phone, start, end, forceShape, "country code")
	return true
}
