package detectors

// bareCode takes the code around number token i that no word right before it
// names: an answer to a question for it, one that goes on a series, one whose
// word stands further back, and codes by their shape.
func (s *scan) bareCode(i int) {
	first := s.codeStart(i)
	if i-first == maxChunk {
		s.codeEnd = s.codeRowEnd(i) // too long for a code: nothing of it is looked at again
		return
	}
	v := value{first: first, last: first, start: s.toks[first].start, end: s.toks[first].start}
	s.glue(&v, first)
	s.codeEnd = max(int(v.end), s.codeEnd)
	if s.told>>byReference&1 == 0 && !s.goesOn(&v) { // no word names a code
		if !s.insideLonger(&v, i) {
			s.shapedCode(&v)
		}
		return
	}
	glued := v
	near, loose := s.announced(first)
	about := loose | s.before
	asked := about&(cueCoded|cueNumber) != 0 || s.goesOn(&v)
	if asked {
		v = s.prefixed(first)
		s.withJoints(&v)
	}
	if s.insideLonger(&v, i) {
		return
	}
	if !asked {
		s.shapedCode(&v)
	} else if typ, rule := s.askedCode(&v, near, about); rule == "" {
		s.shapedCode(&glued)
	} else {
		s.codeEnd = max(int(v.end), s.codeEnd)
		s.add(byReference, typ, v.start, v.end, forceWeak, rule)
	}
}

// insideLonger reports whether v ends before number token i, belongs to an
// address or a handle, or is a date with the name of its month.
func (s *scan) insideLonger(v *value, i int) bool {
	before, next := v.first-1, v.last+1
	return v.last < i || v.month || s.glued(next) && (s.markAt(next, '@') || s.markAt(next, '_')) || s.markAt(before, '@') || s.markAt(before, '#')
}

// prefixed reads the code that begins at token i, or with the letters before it.
func (s *scan) prefixed(i int) value {
	p := s.codePrefix(i)
	if v := s.valueAt(p); p == i || v.last >= i {
		return v
	}
	v := s.valueAt(i)
	v.first, v.start, v.letters = p, s.toks[p].start, v.letters+s.size(p)
	return v
}

// codeStart returns the first token of the row without gaps around number
// token i.
func (s *scan) codeStart(i int) int {
	first := i
	for first > 0 && first > i-maxChunk && s.glued(first) && (s.mailPiece(first-1) || s.joint(first-1)) {
		first--
	}
	for first < i && !s.mailPiece(first) {
		first++
	}
	return first
}

// codePrefix steps back from token i, the first of a code, over up to five
// letters that belong to it: KL 20417, P 0088.417.3.
func (s *scan) codePrefix(i int) int {
	p := i - 1
	if !s.number(i) || !s.word(p) || s.size(p) > 5 || s.glued(p) && !s.markAt(p-1, '"') || s.toks[i].start-s.toks[p].end != 1 {
		return i
	}
	letter := s.size(p) == 1 && !s.number(p-1) || s.size(p) == 2 && s.in(p, countryLetters) && isUpper(s.b[s.toks[p].end-1])
	if letter = letter && isUpper(s.b[s.toks[p].start]); !letter && s.toks[p].cue&cueNoPrefix != 0 {
		return i
	}
	for _, c := range s.bytes(p) {
		if !isUpper(c) {
			return s.smallPrefix(i)
		}
	}
	if s.size(p) > 3 && s.known(p) || isWord(s.bytes(p), "ISO") || s.deviceName(p) {
		return i
	}
	return p
}

// smallPrefix is codePrefix for letters that are not all capitals, which begin
// an answer.
func (s *scan) smallPrefix(i int) int {
	p := i - 1
	if p > 0 || s.size(p) > 4 || s.toks[p].cue != 0 || s.usual(p) || s.size(i) < 3 {
		return i
	}
	return p
}

// cueNoPrefix are words that are no part of the code after them.
const cueNoPrefix = cueFiller | cueBe | cuePronoun | cueMonth | cueCount | cueYears | cueDay | cueProduct | cueNumber | cuePhone | cueStreet | cueStreetWord |
	cueRelation | cueBarely | cueDuration | cueClass | cueRoom | cueCode | cueCard | cueCustomer | cueAccount | cueCompany | cueBox

// withJoints adds to v a single last group after a dash or slash with spaces
// around, 4471 - 20, or a last digit alone: 35 441 902 7.
func (s *scan) withJoints(v *value) {
	k := v.last + 1
	if v.digits >= 6 && v.last > v.first && s.number(k) && s.size(k) == 1 && s.number(v.last) && s.toks[k].start-v.end == 1 && s.clauseEnds(k+1) {
		v.digits, v.last, v.end = v.digits+1, k, s.toks[k].end
		return
	}
	if v.digits >= 4 && (s.markAt(k, '-') || s.markAt(k, '/')) && !s.glued(k) && !s.glued(k+1) && s.number(k+1) && !s.is(k+2, cueCount|cueYears|cueMonth) &&
		s.dateAt(k+1).end == 0 && !s.breaks(s.toks[k].end, s.toks[k+1].start) && s.size(k+1) <= 4 {
		v.digits, v.joints, v.last, v.end = v.digits+s.size(k+1), v.joints+1, k+1, s.toks[k+1].end
	}
}

// askedCode says by which rule v is a code that something asked for or told of,
// "" when by none; near and about are what the words near it and around say.
func (s *scan) askedCode(v *value, near, about cue) (EntityType, string) {
	typ := OtherID
	if about&cueCustomer != 0 {
		typ = AccountID
	}
	answers := v.first <= 2 && s.before&(cueCoded|cueNumber) != 0 || s.markAt(v.first-1, '?') && about&(cueCustomer|cueReference) != 0
	switch {
	case v.publicLine(s):
		s.codeEnd = int(v.end)
		return typ, ""
	case !v.isCode(s) || s.keep.number(s.b[v.start:v.end]) || near&cuePhone != 0:
		return typ, ""
	case v.short(s):
		return typ, ""
	case s.goesOn(v):
		if about&cueCustomer == 0 {
			typ = s.found[len(s.found)-1].typ
		}
		return typ, "code of the same shape as the one before"
	case answers && about&cueCoded != 0 && (v.digits >= 5 || v.upper > 0) && !v.amount(s):
		return typ, "code after a question for it"
	case answers && v.distinct(s) && (v.upper > 0 || v.joints > 0 || v.last > v.first):
		return typ, "code after a question for a number"
	case about&(cueCustomer|cueReference) != 0 && near&(cueNumbered&^(cueCustomer|cueReference|cuePlatform|cuePlate)) == 0 && v.distinct(s):
		return typ, "code, a keyword further back"
	}
	return typ, ""
}

// goesOn reports whether v has the shape of the code found last: klant A is
// 70.118.33 en B is 70.220.15.
func (s *scan) goesOn(v *value) bool {
	if len(s.found) == 0 {
		return false
	}
	f := &s.found[len(s.found)-1]
	if f.by != byReference || f.end > v.start || v.end-v.start != f.end-f.start || v.digits < 4 {
		return false
	}
	for k := range v.end - v.start {
		a, b := s.b[f.start+k], s.b[v.start+k]
		if isDigit(a) != isDigit(b) || isLetter(a) != isLetter(b) || !isDigit(a) && !isLetter(a) && a != b {
			return false
		}
	}
	return v.joints > 0 || v.letters > 0 || v.digits >= 6
}

// distinct reports whether v looks like a code wherever it stands: capitals and
// four digits, groups of which one has three digits, or many digits; school
// years, hours, scores and amounts do not.
func (v *value) distinct(s *scan) bool {
	digits, longest := 0, 0
	for k := v.first; k <= v.last; k++ {
		if !s.number(k) {
			continue
		}
		if n := s.num(k); s.size(k) == 4 && n >= 1900 && n <= 2099 {
			continue
		}
		digits, longest = digits+s.size(k), max(longest, s.size(k))
	}
	switch {
	case v.letters > 0:
		return v.upper == v.letters && v.letters <= 6 && digits >= 4 && (longest >= 3 || v.joints > 1) && !s.is(v.first, cueProduct) && !s.deviceName(v.first)
	case v.first == v.last:
		return digits >= 7
	}
	return digits >= 6 && longest >= 3 && !v.amount(s)
}

// short reports whether v is groups of one or two digits, as hours, dates and
// scores are.
func (v *value) short(s *scan) bool {
	for k := v.first; k <= v.last; k++ {
		if s.word(k) || s.number(k) && s.size(k) > 2 {
			return false
		}
	}
	return true
}

// amount reports whether v is written like an amount: 12.500, 1 250 000.
func (v *value) amount(s *scan) bool {
	if v.letters > 0 || v.digits > 6 || v.first == v.last || s.size(v.first) > 3 || s.bytes(v.first)[0] == '0' {
		return false
	}
	for k := v.first + 1; k <= v.last; k++ {
		if s.number(k) && s.size(k) != 3 || !s.number(k) && !s.markAt(k, '.') {
			return false
		}
	}
	return true
}

// publicLine reports whether v is a toll-free, shared or premium number: 0800,
// 0900, 070, 078.
func (v *value) publicLine(s *scan) bool {
	if v.letters > 0 || v.digits < 8 || v.digits > 9 {
		return false
	}
	var head [4]byte
	n := 0
	for i := v.start; i < v.end && n < len(head); i++ {
		if isDigit(s.b[i]) {
			head[n] = s.b[i]
			n++
		}
	}
	return head[0] == '0' && (head[1] == '7' && (head[2] == '0' || head[2] == '8') || (head[1] == '8' || head[1] == '9') && head[2] == '0' && head[3] == '0')
}

// shapedCode takes v by its shape: a vehicle identification number, the EAN of
// a meter, capitals and digits in a row.
func (s *scan) shapedCode(v *value) {
	switch {
	case v.end-v.start == 17 && v.joints == 0 && v.upper == v.letters && v.digits >= 4 && v.letters >= 4:
		s.add(byReference, OtherID, v.start, v.end, forceShape, "vehicle identification number")
	case v.letters == 0 && v.first == v.last && v.digits == 18 && meterEAN(s.b[v.start:v.end]):
		s.add(byReference, OtherID, v.start, v.end, forceSum, "EAN of a meter, check digit holds")
	case v.letters == 0 || v.upper != v.letters || v.letters > 8 || s.is(v.first, cueProduct|cueMonth) || v.digits < 4:
		return
	case v.digits >= 6 || v.digits == 5 && v.letters <= 6 || v.joints > 0 && v.digits >= 4 && s.toks[v.first].kind == kindWord && s.size(v.first) <= 6 && !s.deviceName(v.first):
		s.add(byReference, OtherID, v.start, v.end, forceWeak, "capitals and digits of a code")
	}
}

// meterEAN reports whether b is the GSRN of a Belgian or Dutch meter: eighteen
// digits from 54 or 87 whose check digit (GS1, modulo 10) holds.
func meterEAN(b []byte) bool {
	if b[0] != '5' && b[0] != '8' || b[1] != '4' && b[1] != '7' {
		return false
	}
	sum := 0
	for i, c := range b[:17] {
		n := int(c - '0')
		if i%2 == 0 {
			n *= 3
		}
		sum += n
	}
	return (sum+int(b[17]-'0'))%10 == 0
}
