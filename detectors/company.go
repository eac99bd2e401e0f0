package detectors

// companies finds company numbers.
var companies = classifier{
	name: "company",
	doc: "Belgian company number (KBO, BTW, TVA: ten digits from 0 or 1, the last two 97 - the first eight modulo 97; " +
		"establishment units from 2 to 8 after a keyword), VAT numbers of the Netherlands, France, Germany and Luxembourg, " +
		"and KvK after a keyword. It may be the one-person firm of a parent.",
	types:   []EntityType{CompanyID},
	digits:  1<<8 | 1<<9 | 1<<10 | 1<<11,
	window:  (*scan).company,
	numbers: wakingNumbers{left: sideLetter | sideJoint, digits: 2},
	token:   (*scan).dutchVAT,
}

func (s *scan) company(w *window) bool {
	first := int(s.run.tok[w.g])
	country, from := s.countryBefore(first)
	keyword := w.cue&cueCompany != 0
	var rule string
	force := forceSum
	switch {
	case country == "BE" && w.d == 10 && w.dig[0] <= '1':
		rule, force = "BE and ten digits", forceShape
	case country == "BE" && w.d == 9 && (keyword || complement97(w.dig, 0)):
		rule = "BE and nine digits"
	case country == "FR" && w.d == 11 && (keyword || frenchVAT(w.dig)):
		rule = "French VAT number"
	case country == "DE" && w.d == 9 && (keyword || mod11and10(w.dig)):
		rule = "German VAT number"
	case country == "LU" && w.d == 8 && (keyword || number(w.dig[:6])%89 == number(w.dig[6:])):
		rule = "Luxembourg VAT number"
	default:
		return s.bareCompany(w)
	}
	_, end := s.bounds(w)
	s.add(byCompany, CompanyID, from, end, force, rule)
	return true
}

// bareCompany decides about a number without its country.
func (s *scan) bareCompany(w *window) bool {
	keyword := w.cue&(cueCompany|cueKvK) != 0
	dotted := w.breaks == 1<<4|1<<7 && s.run.sepsAre(w, '.')
	holds := w.d == 10 && w.dig[0] <= '1' && complement97(w.dig, 0)
	switch {
	case w.d == 8 && w.cue&cueKvK != 0:
		return s.take(w, byCompany, CompanyID, forceKeyword, "KvK, keyword")
	case keyword && (w.d == 10 || w.d == 9 && w.cue&cuePhone == 0):
		return s.take(w, byCompany, CompanyID, forceKeyword, "keyword")
	case w.d != 10 || w.dig[0] > '1' || w.cue&(cueNumbered&^(cuePlate|cuePlatform|cueCard|cueAccount)) != 0:
		return false
	case dotted && (holds || nationalPlan(w.dig) != planBelgian):
		return s.take(w, byCompany, CompanyID, forceShape, "0ddd.ddd.ddd")
	case holds && w.breaks == 1<<4|1<<7 && nationalPlan(w.dig) != planBelgian:
		return s.take(w, byCompany, CompanyID, forceSum, "4-3-3 digits, check digits hold")
	case w.breaks == 1<<4|1<<7 && nationalPlan(w.dig) != planBelgian && s.companyBefore(w):
		return s.take(w, byCompany, CompanyID, forceTypo, "4-3-3 digits after another company number")
	case holds && w.breaks == 0 && w.dig[0] == '1':
		return s.take(w, byCompany, CompanyID, forceSum, "ten digits, check digits hold")
	}
	return false
}

// countryBefore returns the country of a VAT number whose digits begin at token
// i, and where it begins.
func (s *scan) countryBefore(i int) (country string, from int32) {
	k := i - 1
	if s.markAt(k, '-') && s.glued(i) && s.glued(k) {
		k--
	}
	if !s.word(k) || s.size(k) != 2 || s.toks[i].start-s.toks[k].end > 2 {
		return "", 0
	}
	for _, c := range [...]string{"BE", "FR", "DE", "LU"} {
		if isWord(s.bytes(k), c) && (isUpper(s.bytes(k)[0]) || c == "BE" || s.glued(i)) {
			return c, s.toks[k].start
		}
	}
	return "", 0
}

// countryNear reports whether two letters stand before token i as the country
// stands before a VAT number.
func (s *scan) countryNear(i int) bool {
	k := i - 1
	if s.markAt(k, '-') {
		k--
	}
	return s.word(k) && s.size(k) == 2
}

// frenchVAT reports whether the two digits before a SIREN number are its key.
func frenchVAT(d []byte) bool { return number(d[:2]) == (12+3*(number(d[2:])%97))%97 }

// dutchVAT looks for NLdddddddddBdd, whatever stands between its parts, whose
// last two digits are token i.
func (s *scan) dutchVAT(i int) {
	k := i - 1
	if s.markAt(k, '-') && s.glued(k) {
		k--
	}
	if s.size(i) != 2 || !s.glued(i) || !s.word(k) || s.size(k) != 1 || s.bytes(k)[0]|0x20 != 'b' || s.glued(i+1) && s.mailPiece(i+1) {
		return
	}
	digits := 0
	k--
	for ; digits < 9 && k >= 0 && k > i-maxChunk; k-- {
		switch {
		case s.number(k):
			digits += s.size(k)
		case !s.joint(k):
			return
		}
	}
	if s.joint(k) {
		k--
	}
	if digits != 9 || !s.word(k) || !isWord(s.bytes(k), "NL") {
		return
	}
	s.add(byCompany, CompanyID, s.toks[k].start, s.toks[i].end, forceShape, "NL, nine digits, B and two digits")
}

// companyBefore reports whether a company number was found before w, or the
// text before asked for one.
func (s *scan) companyBefore(w *window) bool {
	if w.loose&cueCompany != 0 || s.before&cueCompany != 0 {
		return true
	}
	for n := len(s.found) - 1; n >= 0 && n >= len(s.found)-4; n-- {
		if s.found[n].by == byCompany {
			return true
		}
	}
	return false
}
