package detectors

// references finds customer, file and order numbers.
var references = classifier{
	name: "reference",
	doc: "numbers of customers, contracts, members, policies (ACCOUNT_ID) and of files, orders, claims, reports, meters, frames " +
		"(OTHER_ID) after a word that names them; codes of capitals and five or more digits by their shape.",
	types:   []EntityType{AccountID, OtherID},
	words:   cueCustomer | cueReference | cueCard | cueEID | cueNumber | cueNRN,
	numbers: wakingNumbers{left: sideGlued, right: sideGlued, never: sideInner | sideRange, asked: cueCustomer | cueReference | cueCard | cueEID, worded: true},
	token:   (*scan).reference,
}

func (s *scan) reference(i int) {
	if s.word(i) && s.toks[i].cue&(cueCustomer|cueReference|cueCard|cueEID|cueNumber|cueNRN) != 0 {
		s.announcedCode(i)
		return
	}
	if s.number(i) && int(s.toks[i].start) >= s.codeEnd && (s.before != 0 || s.rowOf(i).digits >= 4) {
		s.bareCode(i)
	}
}

// announcedCode takes the code after the word at token i.
func (s *scan) announcedCode(i int) {
	v, ok := s.valueAfter(i)
	if !ok || !v.isCode(s) {
		return
	}
	typ, f, rule := OtherID, forceShape, "file, order or other number, keyword"
	near, _ := s.announced(v.first)
	if near&cueNumbered == 0 && s.is(i, cueNumber) { // "nummer" alone: only codes with letters or many digits
		if v.digits < 5 || v.letters == 0 && v.digits < 6 {
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
	case s.is(next, cueCount|cueYears|cueMonth) && v.letters == 0 && v.joints == 0:
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

// bareCode takes a code by its shape: capitals and digits in a row, at least
// five digits or four after a dash.
func (s *scan) bareCode(i int) {
	first := i
	for first > 0 && first > i-maxChunk && s.glued(first) && (s.mailPiece(first-1) || s.joint(first-1)) {
		first--
	}
	if i-first == maxChunk {
		s.codeEnd = s.codeRowEnd(i) // too long for a code: nothing of it is looked at again
		return
	}
	for first < i && !s.mailPiece(first) {
		first++
	}
	v := value{first: first, last: first, start: s.toks[first].start, end: s.toks[first].start}
	s.glue(&v, first)
	s.codeEnd = max(int(v.end), s.codeEnd)
	if v.first <= 2 && s.before&(cueCustomer|cueReference|cueCard|cueEID) != 0 {
		v = s.valueAt(first)
	}
	near, loose := s.announced(first)
	asked := v.first <= 2 && s.before&(cueCustomer|cueReference|cueCard|cueEID) != 0 && v.isCode(s) && (v.digits >= 5 || v.upper > 0) && near&cuePhone == 0
	told := loose&(cueCustomer|cueReference) != 0 && v.joints > 0 && v.digits >= 7 && v.isCode(s) && near&cueNumbered == 0
	switch {
	case v.last < i || s.glued(v.last+1) && (s.markAt(v.last+1, '@') || s.markAt(v.last+1, '_')) || s.markAt(first-1, '@') || s.markAt(first-1, '#') || v.month:
		return
	case asked && s.before&cueCustomer != 0:
		s.add(byReference, AccountID, v.start, v.end, forceWeak, "code after a question for it")
	case asked:
		s.add(byReference, OtherID, v.start, v.end, forceWeak, "code after a question for it")
	case told:
		s.add(byReference, OtherID, v.start, v.end, forceWeak, "code, a keyword further back")
	case v.end-v.start == 17 && v.joints == 0 && v.upper == v.letters && v.digits >= 4 && v.letters >= 4:
		s.add(byReference, OtherID, v.start, v.end, forceShape, "vehicle identification number")
	case v.letters == 0 || v.upper != v.letters || v.letters > 8 || s.is(first, cueProduct|cueMonth) || v.digits < 4:
		return
	case v.digits >= 6 || v.digits == 5 && v.letters <= 6 || v.joints > 0 && v.digits >= 4 && s.toks[first].kind == kindWord && s.size(first) <= 6 && !s.deviceName(first):
		s.add(byReference, OtherID, v.start, v.end, forceWeak, "capitals and digits of a code")
	}
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
