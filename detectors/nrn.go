package detectors

// nrns finds the Belgian national register number.
var nrns = classifier{
	name: "nrn",
	doc: "Belgian national register number (rijksregisternummer, INSZ, NISS), BIS numbers included: " +
		"YYMMDD-SSS-CC with CC = 97 - N mod 97, N preceded by 2 for births from 2000 " +
		"(law of 8 August 1983; BIS: royal decree of 8 February 1991). " +
		"The official spelling is enough, whatever its check digits; bare digits need them or a keyword.",
	types:  []EntityType{NRN},
	digits: 1<<9 | 1<<10 | 1<<11 | 1<<12,
	window: (*scan).nrn,
}

func (s *scan) nrn(w *window) bool {
	keyword := w.cue&cueNRN != 0
	if w.d != 11 {
		if w.d == 10 && s.nrnOfficial(w) {
			return s.take(w, byNRN, NRN, forceShape, "official spelling, a digit short")
		}
		if keyword && w.cue&(cuePhone|cueCustomer) == 0 {
			return s.take(w, byNRN, NRN, forceKeyword, "keyword, wrong number of digits")
		}
		return false
	}
	if !nrnDate(w.dig) {
		if keyword {
			return s.take(w, byNRN, NRN, forceKeyword, "keyword, impossible date")
		}
		return s.pass(w, byNRN, "eleven digits", "no month 00-12, 20-32 or 40-52 and no keyword")
	}
	holds := nrnHolds(w.dig)
	switch {
	case keyword:
		return s.take(w, byNRN, NRN, forceKeyword, "keyword")
	case s.nrnOfficial(w) && !holds:
		return s.take(w, byNRN, NRN, forceTypo, "official spelling, check digits wrong")
	case s.nrnOfficial(w):
		return s.take(w, byNRN, NRN, forceShape, "official spelling")
	case w.loose&cueNRN != 0 && w.only(1<<2|1<<4|1<<6|1<<9) && w.cue&cueNumbered&^cueNRN == 0:
		return s.take(w, byNRN, NRN, forceShape, "eleven digits, a keyword further back")
	case w.cue&(cuePhone|cueForeign|cueReference|cueCustomer) != 0 && (!holds || w.breaks == 0):
		return s.pass(w, byNRN, "eleven digits", "a keyword names another kind of number")
	case !holds:
		return s.pass(w, byNRN, "eleven digits", "check digits wrong and no keyword")
	case !w.only(1<<2 | 1<<4 | 1<<6 | 1<<9):
		return s.pass(w, byNRN, "eleven digits, check digits hold", "separators elsewhere and no keyword")
	}
	return s.take(w, byNRN, NRN, forceSum, "check digits hold")
}

// nrnOfficial reports whether w is spelled dd.dd.dd-ddd.dd, with a point, dash
// or space before the check digits, of which one may be missing.
func (s *scan) nrnOfficial(w *window) bool {
	const ends = 1<<2 | 1<<4 | 1<<6
	r := &s.run
	if w.breaks&^(1<<9) != ends || !nrnDate(w.dig) {
		return false
	}
	a, b, c := r.sep[w.g+1], r.sep[w.g+2], r.sep[w.g+3]
	return a == b && (a == '.' || a == '/') && (c == '-' || c == ' ' && w.breaks == ends|1<<9)
}

// nrnDate reports whether the digits begin like a birth date of the register:
// the month may be 00 when it is not known and is raised by 20 or 40 in BIS
// numbers; the day may be any number when a day's sequence was exhausted.
func nrnDate(dig []byte) bool {
	m := number(dig[2:4])
	return m <= 12 || m >= 20 && m <= 32 || m >= 40 && m <= 52
}

// nrnLatest is the last year, without century, that is read as 20xx.
const nrnLatest = 49

// nrnHolds reports whether the check digits of eleven digits hold for a birth
// in either century.
func nrnHolds(dig []byte) bool {
	if number(dig[:9]) == 0 {
		return false
	}
	return complement97(dig, 0) || number(dig[:2]) <= nrnLatest && complement97(dig, 2)
}
