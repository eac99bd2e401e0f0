package detectors

// nationals finds personal numbers of Belgium's neighbours and Belgian
// documents.
var nationals = classifier{
	name: "national",
	doc: "French NIR (13 digits and 97 - N mod 97), Luxembourg matricule (Luhn and Verhoeff over the same eleven digits), " +
		"German Steuer-ID (ISO 7064 mod 11,10), Dutch BSN (eleven-test, after a keyword), Belgian identity card " +
		"(ddd-ddddddd-dd, modulo 97), and passport, residence permit and driving licence after a keyword.",
	types:   []EntityType{NationalID},
	digits:  1<<8 | 1<<9 | 1<<10 | 1<<11 | 1<<12 | 1<<13 | 1<<14 | 1<<15,
	window:  (*scan).national,
	numbers: wakingNumbers{right: sideWord},
	words:   cuePassport | cueEID | cueLicence,
	token:   (*scan).document,
}

func (s *scan) national(w *window) bool {
	if rule, f, ok := s.nationalRule(w); ok {
		return s.take(w, byNational, NationalID, f, rule)
	}
	return false
}

func (s *scan) nationalRule(w *window) (rule string, f force, ok bool) {
	switch {
	case w.cue&cueForeign != 0 && w.cue&cueCompany == 0 && (w.d == 8 || w.d == 9 || w.d == 11 || w.d == 13 || w.d == 15):
		return "BSN, Steuer-ID, matricule or NIR, keyword", forceKeyword, true
	case w.cue&cueLicence != 0 && w.d == 10:
		return "driving licence, keyword", forceKeyword, true
	case w.d == 11 && w.loose&cueForeign != 0 && taxHolds(w.dig):
		return "Steuer-ID, check digit and keyword", forceSum, true
	case w.d == 12:
		return s.identityCard(w)
	case w.d == 15 && w.only(1<<1|1<<3|1<<5|1<<7|1<<10|1<<13) && nirHolds(w.dig, 0):
		return "NIR, key holds", forceSum, w.cue&cueDevice == 0
	case w.d == 13 && w.only(1<<4|1<<6|1<<8|1<<11) && matriculeHolds(w.dig):
		return "matricule, check digits hold", forceSum, true
	case w.d == 11 && w.breaks == 1<<2|1<<5|1<<8 && taxHolds(w.dig):
		return "Steuer-ID, spelling and check digit", forceSum, true
	}
	return "", 0, false
}

// identityCard decides about twelve digits: old accounts look the same, the
// keyword or the prefix 59 tells them apart.
func (s *scan) identityCard(w *window) (rule string, f force, ok bool) {
	grouped := w.breaks == 1<<3|1<<10
	keyword := w.cue&cueEID != 0
	switch {
	case w.cue&(cueAccount|cuePhone|cueOGM) != 0 && !keyword:
		return "", 0, false
	case keyword && (grouped || w.breaks == 0):
		return "identity card, keyword", forceKeyword, true
	case grouped && w.dig[0] == '5' && w.dig[1] == '9':
		return "identity card, 59x-ddddddd-dd", forceShape, true
	}
	return "", 0, false
}

// nirHolds reports whether fifteen digits are a NIR; corsica is what the
// letter of a Corsican department takes away (INSEE: 2A is 19, 2B is 18).
func nirHolds(d []byte, corsica uint64) bool {
	m := number(d[3:5])
	if d[0] == '0' || d[0] == '9' || d[0] == '5' || d[0] == '6' || m == 0 || m > 12 && m < 20 || m > 42 && m < 50 {
		return false
	}
	return number(d[13:]) == 97-(number(d[:13])-corsica)%97
}

// matriculeHolds reports whether thirteen digits are a Luxembourg matricule:
// date, serial number, Luhn digit and Verhoeff digit of the first eleven.
func matriculeHolds(d []byte) bool {
	y, m, day := number(d[:4]), number(d[4:6]), number(d[6:8])
	if y < 1880 || y > 2100 || m == 0 || m > 12 || day == 0 || day > 31 {
		return false
	}
	var v [12]byte
	copy(v[:], d[:11])
	v[11] = d[12]
	return luhn(d[:12]) && verhoeff(v[:])
}

// taxHolds reports whether eleven digits are a Steuer-ID: among the first ten
// one digit occurs two or three times and no other more than once.
func taxHolds(d []byte) bool {
	var count [10]int
	for _, c := range d[:10] {
		count[c-'0']++
	}
	repeated := 0
	for _, n := range count {
		if n > 3 {
			return false
		}
		if n > 1 {
			repeated++
		}
	}
	return d[0] != '0' && repeated == 1 && mod11and10(d)
}

// document looks for a Corsican NIR at number token i, or for the value after a
// word for passport, identity card or driving licence.
func (s *scan) document(i int) {
	if s.number(i) {
		s.corsican(i)
		return
	}
	v, ok := s.valueAfter(i)
	if ok = ok || s.spacedDocument(i, &v); !ok || v.digits < 5 || v.end-v.start < 7 && v.digits < 6 || v.end-v.start > 16 || v.date {
		return
	}
	if s.is(i, cueLicence|cueEID) && v.letters == 0 && v.digits < 9 {
		return
	}
	s.add(byNational, NationalID, v.start, v.end, forceKeyword, "document, keyword")
}

// spacedDocument reads a passport number of two letters and spaced digits: ga
// 104 882.
func (s *scan) spacedDocument(i int, v *value) bool {
	k := v.first
	if k <= i || !s.word(k) || s.size(k) != 2 || !s.number(k+1) || !s.number(k+2) || s.size(k+1)+s.size(k+2) != 6 {
		return false
	}
	v.end, v.last, v.digits = s.toks[k+2].end, k+2, 6
	return true
}

// corsican takes a NIR of a Corsican birth, whose sixth character is a letter,
// where number token i ends before that letter.
func (s *scan) corsican(i int) {
	if !s.glued(i+1) || s.size(i+1) != 1 {
		return
	}
	letter := int(s.toks[i+1].start)
	corsica := uint64(1_000_000)
	if s.b[letter]|0x20 == 'b' {
		corsica = 2_000_000
	} else if s.b[letter]|0x20 != 'a' {
		return
	}
	var d [15]byte
	start, end, n := letter, letter+1, 6
	for ; n > 0 && start > 0 && (isDigit(s.b[start-1]) || s.b[start-1] == ' '); start-- {
		if isDigit(s.b[start-1]) {
			n--
			d[n] = s.b[start-1]
		}
	}
	d[6], n = '0', n+7
	for ; n < 15 && end < len(s.b) && (isDigit(s.b[end]) || s.b[end] == ' '); end++ {
		if isDigit(s.b[end]) {
			d[n] = s.b[end]
			n++
		}
	}
	if n == 15 && d[0] != 0 && nirHolds(d[:], corsica) {
		s.add(byNational, NationalID, int32(start), int32(end), forceSum, "NIR of Corsica, key holds")
	}
}
