package detectors

// frenchStreet takes a street whose type comes first: rue de la Station 45, 7000
// Mons; 12 rue des Lilas; place Saint-Lambert. It reports whether it did.
func (s *scan) frenchStreet(i int) bool {
	if s.glued(i) && s.joint(i-1) || s.is(i, cueStreetWord) && s.number(i+1) {
		return false
	}
	name := s.frenchName(i)
	if name == 0 {
		return false
	}
	first, end, numbered := i, name, false
	if s.number(i-1) && s.size(i-1) <= 4 && !s.glued(i) && !s.money(i-1, i) && s.toks[i].start-s.toks[i-1].end <= 2 {
		first, numbered = i-1, true
	}
	k := name
	if s.markAt(k, ',') {
		k++
	}
	if s.is(k, cueNumber) && s.number(k+1) {
		k++
	}
	if s.number(k) && s.size(k) <= 4 && !s.is(k+1, cueCount|cueYears) && !numbered {
		end, _ = s.houseEnd(k)
		numbered = true
	} else if numbered && s.is(name, cueBox) {
		if b := s.boxEnd(name); b > 0 {
			end = b
		}
	}
	if t := s.joinedTown(end); numbered && t > end {
		end = t
	} else if t := s.townAfter(end); t > end && (numbered || s.number(end) || s.markAt(end, ',') && s.number(end+1)) {
		end = t
	}
	if (!numbered || first < i) && !s.plainStreet(i) && !s.nameOfPlace(i) {
		return false
	}
	return s.takeAddress(first, end, forceShape, "type and name of a street")
}

// plainStreet reports whether the type at token i is used for streets only.
func (s *scan) plainStreet(i int) bool {
	return s.in(i, plainStreets)
}

var plainStreets = setOf(`rue avenue boulevard chaussée chaussee av bd bld steenweg`)

// nameOfPlace reports whether the name after the type at token i is that of a
// place: saint, or a capital after a type that is not the beginning of a
// phrase such as "à la place de".
func (s *scan) nameOfPlace(i int) bool {
	if s.is(i-1, cueFiller) && s.in(i-1, phraseWords) && !isUpper(s.b[s.toks[i].start]) {
		return false
	}
	if s.in(i, closeTypes) && s.is(i+1, cueStreetLink) || s.in(i+1, saints) || s.in(i, placeWords) && s.word(i+1) && s.toks[i+1].cue == 0 && !s.known(i+1) && s.size(i+1) > 3 {
		return true
	}
	k := i + 1
	for s.is(k, cueStreetLink) {
		k++
	}
	return s.word(k) && isUpper(s.b[s.toks[k].start]) && !isUpper(s.bytes(k)[len(s.bytes(k))-1]) && (k > i+1 || isUpper(s.b[s.toks[i].start]))
}

var (
	phraseWords = setOf("la ma sa ta") // "à la place de"
	saints      = setOf("saint sainte st ste")
	placeWords  = setOf("place")
	closeTypes  = setOf("clos allée impasse drève dreve venelle thier cité")
	links       = setOf("de du des d la le")
)

// frenchName returns the token after the name that follows the type at token i,
// or 0: links (de la, des, du, l', Saint) and one word with its hyphens, more
// words while they are capitalised or a number follows soon.
func (s *scan) frenchName(i int) int {
	k, links := i+1, 0
	for k < len(s.toks) && links < 5 && (s.is(k, cueStreetLink) && s.word(k) || s.markAt(k, '\'') || s.markAt(k, '-') && s.glued(k)) {
		k, links = k+1, links+1
	}
	if !s.word(k) || s.breaks(s.toks[k-1].end, s.toks[k].start) || s.toks[k].cue&(cuePronoun|cueBe|cueRelation) != 0 && !isUpper(s.b[s.toks[k].start]) {
		return 0
	}
	if links == 0 && !isUpper(s.b[s.toks[k].start]) && !s.is(k, cueStreetBefore) && !s.numberSoon(k) && !s.in(i, placeWords) {
		return 0
	}
	if s.toks[k].cue&(cueFiller|cueState|cueDuration|cueBarely) != 0 && !isUpper(s.b[s.toks[k].start]) && s.toks[k].cue&cueStreetBefore == 0 {
		return 0
	}
	k = s.hyphens(k + 1)
	for n := 0; n < 4 && s.word(k) && !s.breaks(s.toks[k-1].end, s.toks[k].start); n++ {
		if !isUpper(s.b[s.toks[k].start]) && !s.numberSoon(k) && !(s.is(k, cueStreetLink) && s.word(k+1) && isUpper(s.b[s.toks[k+1].start]) && s.plainLink(k)) {
			break
		}
		k = s.hyphens(k + 1)
		if s.markAt(k, '\'') && s.glued(k+1) && s.word(k+1) {
			k = s.hyphens(k + 2)
		}
	}
	return k
}

// plainLink reports whether word k links the parts of a name, and is not the
// "à" or "sur" before a town.
func (s *scan) plainLink(k int) bool {
	return s.in(k, links)
}

// hyphens returns the token after the hyphenated and apostrophised parts that
// go on at token k.
func (s *scan) hyphens(k int) int {
	for (s.markAt(k, '-') || s.markAt(k, '\'')) && s.glued(k) && s.glued(k+1) && s.word(k+1) {
		k += 2
	}
	return k
}

// numberSoon reports whether a house number follows within three words from
// token k on, and no small word that ends the name.
func (s *scan) numberSoon(k int) bool {
	for j := k; j < len(s.toks) && j < k+4; j++ {
		if s.number(j) {
			return j > k && s.size(j) <= 4 && !s.is(j+1, cueCount|cueYears)
		}
		if !s.word(j) || s.toks[j].cue&(cuePronoun|cueBe) != 0 || s.toks[j].cue&(cueFiller|cueState) != 0 && !s.plainLink(j) {
			return false
		}
	}
	return false
}

// englishStreet reports whether number token i begins an English address: 24
// Maple Road, London SE15 3QY; and the token after it.
func (s *scan) englishStreet(i int) (end int, ok bool) {
	k := i + 1
	for ; k < len(s.toks) && k < i+4 && s.word(k) && isUpper(s.b[s.toks[k].start]); k++ {
		if k > i+1 && s.is(k, cueStreetWord) {
			break
		}
	}
	if k <= i+1 || k > i+4 || !s.is(k, cueStreetWord) || !s.englishType(k) {
		return 0, false
	}
	end = k + 1
	j := end
	if s.markAt(j, ',') {
		j++
	}
	for s.word(j) && isUpper(s.b[s.toks[j].start]) && j < end+4 {
		j++
		if s.number(j) && s.glued(j) && s.number(j+1) && s.glued(j+2) && s.word(j+2) && s.size(j+2) == 2 { // SE15 3QY
			return j + 3, true
		}
	}
	return end, true
}

var englishTypes = setOf("road street lane drive avenue")

// englishType reports whether word k is an English street type.
func (s *scan) englishType(k int) bool {
	return s.in(k, englishTypes) && isUpper(s.b[s.toks[k].start])
}
