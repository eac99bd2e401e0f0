package detectors

// references finds customer, file and order numbers.
var references = classifier{
	name: "reference",
	doc: "numbers of customers, contracts, members, policies (ACCOUNT_ID) and of files, orders, claims, reports, meters, frames " +
		"(OTHER_ID) after a word that names them; codes of capitals and five or more digits by their shape.",
	types:   []EntityType{AccountID, OtherID},
	words:   cueCoded | cueNumber | cueNRN,
	numbers: wakingNumbers{left: sideGlued, right: sideGlued, never: sideInner | sideRange, asked: cueCoded | cueNumber, worded: true},
	token:   (*scan).reference,
}

// cueCoded are the words whose numbers this classifier takes.
const cueCoded = cueCustomer | cueReference | cueCard | cueEID

func (s *scan) reference(i int) {
	if s.word(i) && s.toks[i].cue&(cueCoded|cueNumber|cueNRN) != 0 {
		s.announcedCode(i)
		return
	}
	if s.number(i) && int(s.toks[i].start) >= s.codeEnd && s.codeSize(i) {
		s.bareCode(i)
	}
}

// codeSize reports whether the row of number token i can be a code that nothing
// right before it names, or the beginning of one.
func (s *scan) codeSize(i int) bool {
	if s.size(i) < 4 && !s.glued(i) && !s.glued(i+1) && !s.number(i+1) {
		return false
	}
	r := s.rowOf(i)
	if !r.worded && s.seen&cueCoded == 0 && s.before&(cueCoded|cueNumber) == 0 {
		return false
	}
	return r.digits >= 4 || s.number(i+1) && s.told>>byReference&1 != 0 || r.worded && s.before&cueCoded != 0
}

// announcedCode takes the code after the word at token i.
func (s *scan) announcedCode(i int) {
	v, ok := s.valueAfter(i)
	if !ok || !v.isCode(s) {
		return
	}
	if v.first > i+1 && s.is(v.first, cueReference|cueCustomer|cueNumber) && s.word(v.first) && v.first < v.last && s.toks[v.first+1].gap {
		return // that word announces it
	}
	typ, f, rule := OtherID, forceShape, "file, order or other number, keyword"
	near, _ := s.announced(v.first)
	if near&cueNumbered == 0 && s.is(i, cueNumber) { // "nummer" alone: only codes with letters or many digits
		if v.digits < 5 || v.letters == 0 && v.digits < 6 && s.size(i) < len("nummerxxx") {
			return
		}
		f, rule = forceWeak, "code after \"nummer\""
	}
	if near&cueCustomer != 0 || near&cueNumbered == 0 && s.is(i, cueCustomer) {
		typ, rule = AccountID, "customer, contract or member number, keyword"
	}
	if s.keep.number(s.b[v.start:v.end]) || near&cuePhone != 0 && near&(cueCustomer|cueReference) == 0 && v.digits < 7 {
		return
	}
	if near&(cueCustomer|cueReference) == 0 && v.publicLine(s) {
		return
	}
	if k := v.first - 1; k-1 == i && s.joint(k) && s.glued(k) && s.glued(v.first) && s.size(i) <= 4 && isUpper(s.b[s.toks[i].start]) { // PV-26-0031874
		v.start = s.toks[i].start
	}
	s.codeEnd = int(v.end)
	s.add(byReference, typ, v.start, v.end, f, rule)
}

// isCode reports whether v can be a reference after a word that announces one:
// four digits or more, or letters mixed with digits; no date, amount, count or
// year.
func (v *value) isCode(s *scan) bool {
	next := v.last + 1
	switch {
	case v.date, v.month && v.joints < 2, v.end-v.start < 4:
		return false
	case s.is(next, cueCount|cueYears|cueMonth) && v.letters == 0 && (v.joints == 0 || s.size(next) > 2):
		return false
	case s.markAt(next, ',') && s.glued(next+1) && s.number(next+1), s.money(v.first, next):
		return false
	case v.letters == 0 && v.digits == 4 && v.joints == 0:
		n := s.num(v.first)
		return n < 1900 || n > 2099
	case v.letters == 0:
		return v.digits >= 4 && !(v.digits == 13 && v.joints == 0 && s.b[v.start] != '2') // EAN-13 of a product
	case s.glued(next) && s.markAt(next, '@'):
		return false
	}
	return v.digits >= 4 || v.digits >= 2 && v.end-v.start >= 5 && v.upper*2 >= v.letters
}

// money reports whether a currency stands before token first or at token next.
func (s *scan) money(first, next int) bool {
	for _, k := range [...]int{first - 1, next} {
		if k >= 0 && k < len(s.toks) && s.toks[k].kind == kindMark {
			b := s.bytes(k)
			if b[0] == '$' || b[0] == '%' || string(b) == "€" || string(b) == "£" {
				return true
			}
		}
	}
	return false
}

// codeRowEnd returns the byte after the words, numbers and joints in a row from
// token i on.
func (s *scan) codeRowEnd(i int) int {
	for s.glued(i+1) && (s.mailPiece(i+1) || s.joint(i+1)) {
		i++
	}
	return int(s.toks[i].end)
}

// deviceName reports whether the letters before a number name a device or a
// norm: USB-3000, RTX-4090, ISO-9001.
func (s *scan) deviceName(i int) bool {
	return s.in(i, deviceNames)
}

var deviceNames = setOf(`USB RTX GTX ISO DIN HD PS RX BMW IP WP EN NBN HDMI COVID EURO PISA`)
