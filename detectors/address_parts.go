package detectors

import "github.com/clbchat/naamloos/detectors/place"

// houseEnd returns the token after house number token i with letter, range and
// box, and whether there is a box: 14 bus 3, 7C/405, 9-11, 41/0201, 410-4, 60 b12.
func (s *scan) houseEnd(i int) (end int, boxed bool) {
	end = i + 1
	if s.glued(end) && s.word(end) && s.size(end) <= 3 && !s.is(end, cueYears) {
		end++
	} else if s.word(end) && s.size(end) == 1 && s.toks[end].start-s.toks[i].end == 1 && s.houseLetter(end) {
		end++
	}
	for n := 0; n < 2 && (s.markAt(end, '/') || s.markAt(end, '-')) && s.glued(end) && s.glued(end+1) && s.mailPiece(end+1) && s.size(end+1) <= 5; n++ {
		boxed = boxed || s.toks[end].mark == '/'
		end += 2
		if s.glued(end) && s.word(end) && s.size(end) <= 2 {
			end++
		}
	}
	k := end
	if s.markAt(k, ',') {
		k++
	}
	if s.is(k, cueBox) && s.word(k) {
		if b := s.boxEnd(k); b > 0 {
			return b, true
		}
	}
	return end, boxed
}

// houseLetter reports whether word k of one letter belongs to the house number:
// 155 A, 6 a 6900.
func (s *scan) houseLetter(k int) bool {
	c := s.bytes(k)[0]
	return c >= 'A' && c <= 'H' || c >= 'a' && c <= 'h' && (s.markAt(k+1, ',') || s.number(k+1) && s.size(k+1) == 4 && c != 'a' || s.number(k+1) && s.size(k+1) >= 4)
}

// boxEnd returns the token after the box whose word is token k, or 0.
func (s *scan) boxEnd(k int) int {
	k++
	if s.markAt(k, '.') {
		k++
	}
	switch {
	case s.number(k) && s.size(k) <= 4:
		if s.glued(k+1) && s.word(k+1) && s.size(k+1) <= 2 {
			k++
		}
		if s.markAt(k+1, '.') && s.glued(k+1) && s.glued(k+2) && s.number(k+2) {
			k += 2
		}
		return k + 1
	case s.word(k) && s.size(k) == 1 && isUpper(s.bytes(k)[0]):
		return k + 1
	}
	return 0
}

// townAfter returns the token after the postcode and town, or the town alone,
// that follow at token k; k when there are none.
func (s *scan) townAfter(k int) int {
	j, comma := k, false
	if s.ordinalFloor(j) {
		j += 3
	}
	for j < len(s.toks) && j < k+4 && (s.markAt(j, ',') || s.markAt(j, '-') && s.toks[j].gap || s.markAt(j, '(')) {
		j, comma = j+1, true
	}
	joined := s.word(j) && s.townLink(j)
	if joined {
		j++
	}
	if j < len(s.toks) && s.breaks(s.toks[max(j-1, 0)].end, s.toks[j].start) && !s.number(j) {
		return k
	}
	if s.number(j) && s.size(j) >= 4 && s.size(j) <= 5 {
		if end := s.afterPostcode(j); end > 0 {
			return end
		}
		return k
	}
	if s.word(j) && s.in(j, countryLetters) && s.markAt(j+1, '-') && s.number(j+2) {
		if end := s.afterPostcode(j + 2); end > 0 {
			return end
		}
	}
	if joined || !s.word(j) || s.is(j, cuePronoun|cueBe) || !comma && s.is(j, cueFiller|cueStreetLink) {
		return k
	}
	if end := s.town(j); end > 0 && (comma || isUpper(s.b[s.toks[j].start]) || !s.known(j) || end > j+1 || s.size(j) > 5 || s.lineEnds(end)) {
		return end
	}
	return k
}

// countryLetters stand before a postcode: B-3500.
var countryLetters = setOf("b l d be lu de")

// lineEnds reports whether a line ends before token k.
func (s *scan) lineEnds(k int) bool {
	return k >= len(s.toks) || s.breaks(s.toks[k-1].end, s.toks[k].start)
}

// ordinalFloor reports whether a floor stands at token k: 2de verd.
func (s *scan) ordinalFloor(k int) bool {
	return s.number(k) && s.glued(k+1) && s.word(k+1) && s.is(k+2, cueBox)
}

// townLink reports whether word k links a street to its town: in, te, à.
func (s *scan) townLink(k int) bool {
	return s.in(k, townLinks)
}

var townLinks = setOf(`in te à a at bij en`)

// afterPostcode returns the token after the postcode at number token j and the
// town behind it, or 0.
func (s *scan) afterPostcode(j int) int {
	if end, ok := s.dutchPostcode(j); ok {
		if t := s.town(end); t > 0 {
			return t
		}
		if s.word(end) && (isUpper(s.b[s.toks[end].start]) || s.toks[end].cue == 0 && !s.known(end)) {
			return s.townGuess(end)
		}
		return end
	}
	if s.size(j) == 4 && s.num(j) < 1000 || s.glued(j+1) && s.mailPiece(j+1) {
		return 0
	}
	if end := s.town(j + 1); end > 0 {
		return end
	}
	if s.word(j+1) && !s.breaks(s.toks[j].end, s.toks[j+1].start) && s.toks[j+1].cue&(cueFiller|cuePronoun|cueBe|cueCount) == 0 {
		return s.townGuess(j + 1)
	}
	if s.size(j) == 4 {
		if _, ok := place.Postcode(s.num(j)); ok {
			return j + 1
		}
	}
	return 0
}

// townGuess returns the token after a town that is in no table: a word with its
// hyphens, and one more after De, Sankt and the like.
func (s *scan) townGuess(k int) int {
	end := k + 1
	for s.markAt(end, '-') && s.glued(end) && s.glued(end+1) && s.word(end+1) {
		end += 2
	}
	if s.is(k, cueStreetLink|cueStreetBefore) && s.word(end) && s.toks[end].gap && isUpper(s.b[s.toks[end].start]) {
		return s.townGuess(end)
	}
	return end
}

// town returns the token after the longest known town that begins at token k,
// or 0.
func (s *scan) town(k int) int {
	if !s.word(k) {
		return 0
	}
	best := 0
	s.key = s.key[:0]
	for j := k; j < len(s.toks) && j < k+2*place.MaxWords; j++ {
		if t := &s.toks[j]; t.kind == kindMark && (t.mark == '-' || t.mark == '\'' || t.mark == '.') && s.glued(j) {
			s.key = append(s.key, ' ')
			continue
		} else if t.kind != kindWord || j > k && t.gap && s.breaks(s.toks[j-1].end, t.start) {
			break
		}
		if n := len(s.key); n > 0 && s.key[n-1] != ' ' {
			s.key = append(s.key, ' ')
		}
		s.key = place.AppendKey(s.key, s.bytes(j))
		if _, ok := place.TownKey(s.key); ok {
			best = j + 1
		}
		if !place.Begins(s.key) {
			break
		}
	}
	if best > 0 && s.markAt(best, '-') && s.glued(best) && s.glued(best+1) && s.word(best+1) {
		return s.townGuess(best - 1)
	}
	return best
}

// postcodeTown returns the token after the Belgian postcode at number token i
// and its town, or 0. A year may look the same, so the town must be the
// postcode's or be written with a capital.
func (s *scan) postcodeTown(i int) int {
	code := s.num(i)
	if code < 1000 || s.toks[i].start > 0 && s.b[s.toks[i].start-1] == '.' {
		return 0
	}
	end := s.town(i + 1)
	if end == 0 || s.breaks(s.toks[i].end, s.toks[i+1].start) {
		return 0
	}
	_, real := place.Postcode(code)
	year := code >= 1900 && code <= 2099
	switch {
	case place.Holds(s.key, code):
		return end
	case real && !year && (isUpper(s.b[s.toks[i+1].start]) || !s.known(i+1)):
		return end
	}
	return 0
}

// countryPrefix steps back from postcode token i over B- or BE-.
func (s *scan) countryPrefix(i int) int {
	if s.markAt(i-1, '-') && s.glued(i) && s.word(i-2) && s.size(i-2) <= 2 && s.glued(i-1) {
		return i - 2
	}
	return i
}

// dutchPostcode reports whether a Dutch postcode begins at number token j, and
// the token after it.
func (s *scan) dutchPostcode(j int) (end int, ok bool) {
	if s.size(j) != 4 || s.bytes(j)[0] == '0' || !s.word(j+1) || s.size(j+1) != 2 || s.toks[j+1].start-s.toks[j].end > 1 {
		return 0, false
	}
	w := s.bytes(j + 1)
	if w[0] >= 0x80 || w[0]|0x20 == 's' && (w[1]|0x20 == 'a' || w[1]|0x20 == 'd' || w[1]|0x20 == 's') {
		return 0, false
	}
	if isUpper(w[0]) != isUpper(w[1]) || s.glued(j+2) && s.mailPiece(j+2) {
		return 0, false
	}
	return j + 2, isUpper(w[0]) || s.toks[j+1].cue&(cueFiller|cuePronoun|cueBe|cueState|cueCount) == 0
}

// dutchAlone reports whether the postcode of tokens [i, end) is one although no
// street stands before it: letters that are no word, a house number, a town or
// a keyword near.
func (s *scan) dutchAlone(i, end int) bool {
	near := s.is(i-1, cuePostcode|cueLives) || s.is(i-2, cuePostcode)
	ordinary := s.toks[i+1].cue&^cueStreetLink != 0 || s.known(i+1) && len(s.bytes(i+1)) == 2 && s.toks[i+1].cue&cueFiller != 0
	return near || !ordinary && s.num(i) >= 1000 && (isUpper(s.bytes(i + 1)[0]) && (s.number(end) || s.town(end) > 0 || s.markAt(end, ',') || end == len(s.toks)) || s.town(end) > 0)
}

// announcedPostcode takes the number after "postcode".
func (s *scan) announcedPostcode(i int) {
	k, _ := s.skipSmall(i + 1)
	if !s.number(k) || s.size(k) < 4 || s.size(k) > 5 || s.glued(k+1) && s.mailPiece(k+1) {
		return
	}
	end := k + 1
	if e, ok := s.dutchPostcode(k); ok {
		end = e
	}
	if t := s.town(end); t > 0 {
		end = t
	}
	s.takeAddress(k, end, forceKeyword, "postcode, keyword")
}
