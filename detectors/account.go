package detectors

// communications finds the structured communication of Belgian transfers.
var communications = classifier{
	name: "ogm",
	doc: "structured communication (gestructureerde mededeling, OGM, VCS): ddd/dddd/ddddd, the last two digits the rest " +
		"of the first ten modulo 97. The frame of plus signs or stars is enough; it leads to who pays.",
	types:  []EntityType{OtherID},
	digits: 1 << 12,
	window: (*scan).communication,
}

func (s *scan) communication(w *window) bool {
	keyword, slashes := (w.cue|w.loose)&cueOGM != 0, w.breaks == 1<<3|1<<7 && s.run.sepsAre(w, '/')
	start, end := s.bounds(w)
	framed := false
	if slashes {
		start, end, framed = s.frame(w, start, end)
	}
	switch {
	case framed:
		s.add(byOGM, OtherID, start, end, forceShape, "frame of plus signs or stars")
	case keyword && (slashes || w.cue&cueOGM != 0):
		s.add(byOGM, OtherID, start, end, forceKeyword, "keyword")
	case slashes && remainder97(w.dig):
		s.add(byOGM, OtherID, start, end, forceSum, "three groups with slashes, check digits hold")
	case slashes:
		return s.pass(w, byOGM, "three groups with slashes", "no frame, no keyword and check digits wrong")
	default:
		return false
	}
	return true
}

// frame widens bytes [start, end) of w over +++ or *** on both sides.
func (s *scan) frame(w *window, start, end int32) (int32, int32, bool) {
	a, b := start, end
	for start-a < 3 && a > 0 && (s.b[a-1] == '+' || s.b[a-1] == '*') {
		a--
	}
	for b-end < 3 && int(b) < len(s.b) && (s.b[b] == '+' || s.b[b] == '*') {
		b++
	}
	return a, b, start-a >= 2 && b-end >= 2
}

// accounts finds Belgian accounts as written before IBAN, and bank codes.
var accounts = classifier{
	name: "account",
	doc: "Belgian account of before 2011, ddd-ddddddd-dd, the last two digits the rest of the first ten modulo 97; " +
		"BIC (ISO 9362) after a keyword only, for half of all eight-letter words have its shape.",
	types:  []EntityType{BankAccount},
	digits: 1<<12 | 1<<14,
	window: (*scan).account,
	words:  cueBIC,
	token:  (*scan).bic,
}

func (s *scan) account(w *window) bool {
	if w.d == 14 {
		if w.cue&cueAccount == 0 || !w.only(1<<2|1<<4|1<<6|1<<10) {
			return false
		}
		return s.take(w, byAccount, BankAccount, forceKeyword, "fourteen digits of a Belgian IBAN, keyword")
	}
	keyword := (w.cue|w.loose)&cueAccount != 0
	grouped := w.breaks == 1<<3|1<<10
	switch holds := remainder97(w.dig); {
	case keyword && (grouped || w.breaks == 0) && (w.cue&cueAccount != 0 || holds):
		return s.take(w, byAccount, BankAccount, forceKeyword, "keyword")
	case w.cue&(cuePhone|cueReference) != 0 && !grouped:
		return false
	case grouped && holds:
		return s.take(w, byAccount, BankAccount, forceSum, "3-7-2 digits, check digits hold")
	case w.breaks == 0 && holds && !s.glued(int(s.run.tok[w.g])) && !s.calls(w):
		return s.take(w, byAccount, BankAccount, forceSum, "twelve digits, check digits hold")
	case grouped:
		return s.pass(w, byAccount, "3-7-2 digits", "check digits wrong and no keyword")
	}
	return false
}

// calls reports whether w is a Belgian number with 0032 before it.
func (s *scan) calls(w *window) bool {
	return w.dig[0] == '0' && w.dig[1] == '0' && w.dig[2] == '3' && w.dig[3] == '2' && nationalPlan(appendZero(w, w.dig[4:])) == planBelgian
}

// bic looks for a bank code after the word at token i.
func (s *scan) bic(i int) {
	for k := i + 1; k < len(s.toks) && k <= i+reachLoose; k++ {
		if s.glued(k) && !s.markAt(k-1, ':') && !s.markAt(k-1, '=') {
			continue
		}
		end := s.label(k)
		code := s.b[s.toks[k].start:s.toks[end].end]
		if isBIC(code) && (isUpper(code[5]) || isDigit(s.b[s.toks[end].end-1]) || k <= i+2) {
			s.add(byAccount, BankAccount, s.toks[k].start, s.toks[end].end, forceKeyword, "keyword and shape of a BIC")
			return
		}
	}
}

// isBIC reports whether b has the shape of a BIC: four letters, the country of
// an IBAN or GB, US, two characters, and three more for a branch.
func isBIC(b []byte) bool {
	if len(b) != 8 && len(b) != 11 {
		return false
	}
	for i, c := range b {
		if c >= 0x80 || fold[c] == 0 && !isDigit(c) || i < 6 && isDigit(c) {
			return false
		}
	}
	country := [2]byte{b[4] &^ 0x20, b[5] &^ 0x20}
	return ibanShapes[countryIndex(country)] != "" || country == [2]byte{'U', 'S'} || country == [2]byte{'M', 'A'} || country == [2]byte{'C', 'D'}
}

// cards finds numbers of payment cards.
var cards = classifier{
	name: "card",
	doc: "payment card: issuer prefix, length and Luhn check (ISO/IEC 7812) of Visa, Mastercard, Maestro, Bancontact, " +
		"American Express, Diners, Discover, JCB, Dankort and UATP; after a keyword whatever the check digit.",
	types:  []EntityType{Card},
	digits: 1<<12 | 1<<13 | 1<<14 | 1<<15 | 1<<16 | 1<<17 | 1<<18 | 1<<19,
	window: (*scan).card,
}

func (s *scan) card(w *window) bool {
	fours := w.only(1<<4 | 1<<8 | 1<<12 | 1<<16)
	if !fours && w.breaks != 1<<4|1<<10 {
		return false
	}
	keyword := w.cue&cueCard != 0
	issuer := issued(w.dig)
	grouped := w.breaks != 0
	switch {
	case keyword && w.d >= 13 && (issuer || grouped):
		return s.take(w, byCard, Card, forceKeyword, "keyword")
	case w.cue&(cueDevice|cueReference|cueCustomer|cuePhone|cueForeign|cueOGM|cueEID) != 0:
		return false
	case issuer && luhn(w.dig) && (grouped || w.d >= 14):
		return s.take(w, byCard, Card, forceSum, "issuer, length and Luhn check")
	case issuer && grouped && w.loose&cueCard != 0:
		return s.take(w, byCard, Card, forceWeak, "issuer and length, a word for card near")
	case w.d >= 15 && grouped:
		return s.pass(w, byCard, "groups of a card", "no such issuer or Luhn check wrong, and no keyword")
	}
	return false
}

// issued reports whether an issuer gives out cards that begin with these
// digits and have this length.
func issued(d []byte) bool {
	n, p2, p3, p4 := len(d), number(d[:2]), number(d[:3]), number(d[:4])
	switch {
	case d[0] == '4':
		return n == 13 || n == 16 || n == 19
	case p2 >= 51 && p2 <= 55, p4 >= 2221 && p4 <= 2720, p4 >= 3528 && p4 <= 3589:
		return n == 16
	case p2 == 34 || p2 == 37:
		return n == 15
	case p4 == 6703:
		return n == 16 || n == 17
	case p3 >= 300 && p3 <= 305 || p2 == 36 || p2 == 38:
		return n == 14
	case p2 == 50 || p2 >= 56 && p2 <= 69:
		return n >= 16
	case d[0] == '1':
		return n == 15
	}
	return false
}
