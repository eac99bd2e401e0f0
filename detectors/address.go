package detectors

// addresses finds addresses.
var addresses = classifier{
	name: "address",
	doc: "addresses as one span: street by its type (nl, fr, de, en) or before a number and a postcode, number, box, postcode and " +
		"town (GeoNames and Statbel tables); a postcode with its town; a street that can be nothing else.",
	types:   []EntityType{Address},
	numbers: wakingNumbers{left: sideAny, never: sideLetter | sideWord | sideDot | sideInner | sideColon},
	words:   cueStreet | cueStreetEnd | cueStreetWord | cuePostcode,
	token:   (*scan).address,
}

func (s *scan) address(i int) {
	if int(s.toks[i].start) < s.streetEnd {
		return
	}
	switch {
	case s.number(i):
		if !s.noHouse(i) && (s.size(i) <= 5 && i+1 < len(s.toks) || s.word(i-1)) {
			s.numberedStreet(i)
		}
	case s.is(i, cuePostcode):
		s.announcedPostcode(i)
	case s.is(i, cueStreet) && s.frenchStreet(i):
	case s.is(i, cueStreetEnd|cueStreetWord):
		s.namedStreet(i)
	}
}

// noHouse reports whether number token i can be neither house number nor
// postcode: it is short, after a word that is no street, as most numbers in
// chats are, and no capital follows.
func (s *scan) noHouse(i int) bool {
	if i == 0 || s.size(i) > 3 {
		return false
	}
	p := &s.toks[i-1]
	if p.cue&cueNotAddress == 0 || p.cue&(cueStreet|cueStreetEnd|cueStreetWord) != 0 || s.streetEnding(i-1) {
		return false
	}
	return i+1 == len(s.toks) || !isUpper(s.b[s.toks[i+1].start])
}

// takeAddress takes tokens [first, end) and reports true.
func (s *scan) takeAddress(first, end int, f force, rule string) bool {
	s.streetEnd = int(s.toks[end-1].end)
	s.add(byAddress, Address, s.toks[first].start, s.toks[end-1].end, f, rule)
	return true
}

// numberedStreet decides about number token i: a house number after a street, a
// postcode before a town, or a number before rue or Road.
func (s *scan) numberedStreet(i int) {
	if s.glued(i) && !s.markAt(i-1, ',') && !s.markAt(i-1, '(') && !s.markAt(i-1, '-') || s.joint(i+1) && s.dateAt(i).full() {
		return
	}
	if s.markAt(i-1, '.') && s.glued(i-1) && s.streetEnding(i-2) && s.dutchStreet(i-2, i) {
		return
	}
	if s.is(i-1, cueStreet|cueStreetEnd|cueStreetWord) || s.streetEnding(i-1) || s.markAt(i-1, ',') && s.streetEnding(i-2) {
		k := i - 1
		if s.markAt(k, ',') {
			k--
		}
		if s.dutchStreet(k, i) {
			return
		}
	}
	if end, ok := s.englishStreet(i); ok {
		s.takeAddress(i, end, forceShape, "number, street and town")
		return
	}
	if s.size(i) == 4 {
		if end := s.postcodeTown(i); end > 0 {
			s.takeAddress(s.countryPrefix(i), end, forceShape, "postcode and its town")
			return
		}
		if end, ok := s.dutchPostcode(i); ok && s.dutchAlone(i, end) {
			if s.number(end) && s.size(end) <= 4 {
				end++
			} else if t := s.town(end); t > 0 {
				end = t
			}
			s.takeAddress(i, end, forceShape, "Dutch postcode")
			return
		}
	}
	s.untypedStreet(i)
}

// untypedStreet takes a street without a type: name, number and box or
// postcode with town; or a name and number after "woont".
func (s *scan) untypedStreet(i int) {
	if s.size(i) > 3 || s.size(i) == 3 && s.num(i) > 999 || !s.word(i-1) || s.size(i-1) < 3 || s.toks[i].start-s.toks[i-1].end > 1 || s.toks[i-1].cue&cueNotAddress != 0 {
		return
	}
	first := s.nameStart(i - 1)
	if !s.postcodes && (s.seen|s.before)&cueLives == 0 && !isUpper(s.b[s.toks[first].start]) {
		return
	}
	end, boxed := s.houseEnd(i)
	full := s.townAfter(end)
	switch {
	case full > end && (s.hasPostcode(end, full) || isUpper(s.b[s.toks[first].start])):
		s.takeAddress(first, full, forceShape, "name, number, postcode and town")
	case s.placeEnding(i-1) && s.town(i-1) == 0 && s.quietHouse(end) && !s.glued(end):
		s.takeAddress(first, max(end, s.joinedTown(end)), forceWeak, "name of a place and number")
	case s.is(i-2, cueStreetBefore) && !s.is(i-2, cueFiller|cueRelation) && s.toks[i-1].cue == 0 && (s.seen|s.before)&cueLives != 0 && s.size(i-1) > 4 && (end == len(s.toks) || s.clauseEnds(end)):
		s.takeAddress(i-2, end, forceWeak, "adjective, name and number where an address is told")
	case boxed && (isUpper(s.b[s.toks[first].start]) || s.livesBefore(first)):
		s.takeAddress(first, end, forceShape, "name, number and box")
	case s.livesBefore(first) && (isUpper(s.b[s.toks[first].start]) && !s.is(end, cueCount|cueYears) || s.size(i-1) > 4 && !s.known(i-1) && s.quietHouse(end)):
		s.takeAddress(first, end, forceWeak, "name and number after a word for living")
	}
}

// hasPostcode reports whether a postcode stands in tokens [i, j).
func (s *scan) hasPostcode(i, j int) bool {
	for ; i < j; i++ {
		if s.number(i) && s.size(i) >= 4 {
			return true
		}
	}
	return false
}

// cueNotAddress are words that are no street although a number follows.
const cueNotAddress = cueFiller | cueMonth | cueBe | cueRelation | cuePronoun | cueNumber | cuePhone | cueRoom | cueClass | cueBox | cueCount | cueYears |
	cueReference | cueCustomer | cuePlate | cueCode | cuePassword | cueBarely | cueDuration | cueAgeWord | cueDigitWord | cueProduct | cueCompany | cueDay

// quietHouse reports whether nothing follows a house number that counts.
func (s *scan) quietHouse(k int) bool { return !s.is(k, cueCount|cueYears|cueMonth) && !s.number(k) }

// livesBefore reports whether a word for living or address stands up to four
// tokens before token i.
func (s *scan) livesBefore(i int) bool {
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		if s.is(k, cueLives) {
			return true
		}
		if !s.is(k, cueFiller|cueStreetLink|cuePronoun|cueBarely) && !s.markAt(k, ':') {
			return false
		}
	}
	return i <= 1 && s.before&cueLives != 0
}

// dutchStreet takes the street that ends in token k, with house number token i.
func (s *scan) dutchStreet(k, i int) bool {
	if s.size(i) > 4 || s.is(k, cueNotStreet) && s.size(k) > 3 {
		return false
	}
	end, boxed := s.houseEnd(i)
	full := s.townAfter(end)
	first := s.nameStart(k)
	alone := first == k && !s.glued(k) && s.bareType(k)
	upper := isUpper(s.b[s.toks[k].start])
	switch {
	case full > end:
		end = full
	case s.joinedTown(end) > end:
		end = s.joinedTown(end)
	case s.is(end, cueCount|cueYears) && !boxed, s.joint(end) && s.glued(end) && s.glued(end+1) && s.number(end+1):
		return false
	case alone && !upper && !boxed && !s.livesBefore(k):
		return false
	case !boxed && s.ordinaryEnding(k) && !s.livesBefore(first):
		s.miss(byAddress, s.toks[first].start, s.toks[i].end, "ends like a street", "an ordinary word")
		return false
	case s.size(i) == 4 && !boxed:
		return false
	}
	return s.takeAddress(s.residence(first), end, forceShape, "street and number")
}

// namedStreet takes a street without a number that can be nothing else:
// turnhoutsebaan, Kempische Steenweg.
func (s *scan) namedStreet(k int) {
	if s.is(k, cueNotStreet) || s.number(k+1) && s.size(k+1) <= 4 || s.glued(k+1) && s.mailPiece(k+1) {
		if !s.number(k+1) || s.size(k+1) > 4 {
			return
		}
	}
	if n := s.numberAhead(k + 1); n > 0 && s.dutchStreet(k, n) {
		return
	}
	first := s.nameStart(k)
	w := s.bytes(k)
	bare := s.bareType(k)
	switch {
	case bare && (first == k || !s.in(k, nameable)):
		return
	case !bare && len(w) < 7:
		return
	case !bare && !s.typedStreet(k):
		return
	case !bare && s.known(k) && !isUpper(w[0]) && !s.sureStreet(k):
		s.miss(byAddress, s.toks[first].start, s.toks[k].end, "ends like a street", "an ordinary word")
		return
	}
	if s.number(k + 1) {
		return // numberedStreet decides
	}
	s.takeAddress(first, s.townRight(k+1), forceWeak, "street by its ending")
}

// townRight returns the token after ", POSTCODE TOWN" at token k, or k.
func (s *scan) townRight(k int) int {
	if end := s.townAfter(k); end > k && s.markAt(k, ',') && s.number(k+1) {
		return end
	}
	return k
}
