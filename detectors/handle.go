package detectors

import "bytes"

// handles finds user names.
var handles = classifier{
	name: "handle",
	doc: "user names: @name; what follows a platform or a word for user name; and by their shape words with an underscore, " +
		"name#1234, and words that end in or are mixed with digits. Words that say how the account is doing stay readable.",
	types:       []EntityType{Handle},
	words:       cuePlatform | cueUser | cuePassword,
	marks:       "@",
	wordedMarks: "_#.",
	numbers: wakingNumbers{
		left: sideGlued &^ (sideColon | sideInner | sideRange), right: sideGlued &^ sideColon, never: sideInner | sideRange, worded: true,
	},
	token: (*scan).handle,
}

// maxHandle is the length of the longest handle: X, Instagram, Discord and
// TikTok allow 15 to 32 characters, school accounts more.
const maxHandle = 64

func (s *scan) handle(i int) {
	switch {
	case s.markAt(i, '@'):
		s.atName(i)
	case s.word(i) && s.is(i, cuePlatform|cueUser):
		s.namedAccount(i)
	case s.word(i) && s.is(i, cuePassword):
		s.besidePassword(i)
	default:
		if r := s.rowOf(i); r.marked || !s.number(r.first) {
			s.handleShape(i)
		}
	}
}

// handleByte reports whether c occurs inside handles.
func handleByte(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '_' || c == '.' || c == '-' || c == '#'
}

// handleEnd returns the end of the handle that begins at byte i.
func (s *scan) handleEnd(i int32) int32 {
	j := i
	for int(j) < len(s.b) && j < i+maxHandle && handleByte(s.b[j]) {
		j++
	}
	return s.trimHandle(i, j)
}

// trimHandle takes the punctuation of the sentence from the end of bytes [i, j).
func (s *scan) trimHandle(i, j int32) int32 {
	for j > i && (s.b[j-1] == '.' || s.b[j-1] == '-' || s.b[j-1] == '#') {
		j--
	}
	return j
}

// atName takes @name where it is no e-mail address.
func (s *scan) atName(i int) {
	start, end := s.toks[i].start, s.handleEnd(s.toks[i].end)
	if s.word(i-1) && s.glued(i) {
		s.nameAtPlace(i, end)
		return
	}
	if end-start < 3 || start > 0 && (handleByte(s.b[start-1]) || s.b[start-1] == '@') {
		return
	}
	if s.keep.words[hashWord(s.b[start:end])] {
		s.miss(byHandle, start, end, "at sign", "on the keep-list")
		return
	}
	s.add(byHandle, Handle, start, end, forceShape, "at sign")
}

// nameAtPlace takes jvandamme@itsme, an account at a service without a domain: a
// name before the sign, a word behind it, not both of them ordinary words unless
// accounts are spoken of.
func (s *scan) nameAtPlace(i int, end int32) {
	first := s.chunkStart(i - 1)
	if first < 0 || !s.word(i+1) || !s.glued(i+1) || s.size(i+1) < 3 || s.glued(first) && first > 0 {
		return
	}
	start := s.toks[first].start
	c := s.census(start, s.toks[i].start)
	if c.letters < 4 || c.hash > 0 || bytes.IndexByte(s.b[s.toks[i].end:end], '.') >= 0 || s.toks[i].start-start > maxHandle || s.slashed(end) || !s.accountNear() && s.known(i-1) && s.known(i+1) {
		return
	}
	s.add(byHandle, Handle, start, end, forceWeak, "name, at sign and a word without a domain")
}

// namedAccount looks for the handle after a platform or a word for user name.
func (s *scan) namedAccount(i int) {
	k, strong := s.accountName(i)
	if k < 0 || s.markAt(k, '@') || int(s.toks[k].start) < s.secretEnd {
		return
	}
	start := s.toks[k].start
	end := s.handleEnd(start)
	switch {
	case end <= start, int(end) < len(s.b) && s.b[end] == '@', s.slashed(end):
		return
	case strong && s.nameAndSecret(k, end), s.handleLike(k), s.dotted(start, end), s.schoolAccount(start, end) && strong:
	case !strong || !s.naming(k-1) && !leadsOn(s.toks[k-1].mark) || end-start < 3 || s.toks[k].cue&^(cuePlate|cueRelation) != 0 || s.known(k) || s.number(k):
		s.miss(byHandle, start, end, "word for an account", "the next word is an ordinary word")
		return
	}
	s.add(byHandle, Handle, start, end, forceKeyword, "word for an account")
}

// dotted reports whether bytes [i, j) are words joined by dots.
func (s *scan) dotted(i, j int32) bool {
	dot := bytes.IndexByte(s.b[i:j], '.')
	return dot > 2 && int(j-i)-dot > 1
}

// schoolAccount reports whether bytes [i, j) are a letter and digits: s0123456.
func (s *scan) schoolAccount(i, j int32) bool {
	c := s.census(i, j)
	return c.letters > 0 && c.digits >= 4 && c.dots+c.dashes+c.hash == 0
}

// nameAndSecret takes the secret behind a slash after the account that begins at
// token k and ends at byte end, login: jvandamme / Zomer!2025, and reports
// whether there is one.
func (s *scan) nameAndSecret(k int, end int32) bool {
	for k < len(s.toks) && s.toks[k].start < end {
		k++
	}
	if !s.markAt(k, '/') || !s.toks[k].gap || k+1 >= len(s.toks) || !s.toks[k+1].gap {
		return false
	}
	start := s.toks[k+1].start
	last := s.secretEndAt(start)
	if c := s.census(start, last); c.digits == 0 || c.letters < 2 || last-start < 6 || s.dateAt(k+1).end != 0 {
		return false
	}
	s.takeSecret(start, last, forceKeyword, "behind a slash after an account")
	return true
}

// slashed reports whether a path follows byte i: the word is a domain.
func (s *scan) slashed(i int32) bool {
	return int(i)+1 < len(s.b) && s.b[i] == '/' && isLetter(s.b[i+1])
}

// accountName returns the token after the account word i where its name may
// begin, and whether what stands between says that it is one.
func (s *scan) accountName(i int) (k int, strong bool) {
	for k = i + 1; k < len(s.toks) && k < i+reachNear; k++ {
		t := &s.toks[k]
		switch {
		case t.kind == kindMark && (t.mark == ':' || t.mark == '='):
			strong = true
		case t.kind == kindMark && (leadsOn(t.mark) && t.mark != '.' || t.mark == ','):
		case t.kind != kindWord || !t.gap && !s.markAt(k-1, ':') && !s.markAt(k-1, '=') && !s.markAt(k-1, '"') && !s.markAt(k-1, '('):
			return k, strong && t.kind == kindNumber
		case s.handleLike(k):
			return k, true
		case s.naming(k):
			strong = true
		case t.cue&(cueFiller|cueNumber|cueUser|cuePlatform|cuePronoun) == 0 && !(s.markAt(k+1, ':') && s.glued(k+1)): // inloggegevens portaal: x
			return k, strong
		}
	}
	return -1, false
}

// naming reports whether word k says that a name follows: is, heet, noem.
func (s *scan) naming(k int) bool {
	return s.in(k, namings)
}

var namings = setOf("is was heet heette heißt heisst naam est noem genaamd sappelle sapel appelle ist als called named bij onder")

// handleLike reports whether what begins at token k has the shape of a handle:
// letters with a digit, an underscore, an inner dot or hyphen, or capitals
// inside.
func (s *scan) handleLike(k int) bool {
	i, j := s.toks[k].start, s.handleEnd(s.toks[k].start)
	letters, digits, joints, inner := 0, 0, 0, 0
	for k := i; k < j; k++ {
		switch c := s.b[k]; {
		case isDigit(c):
			digits++
		case isLetter(c):
			letters++
			if k > i && isUpper(c) && !isUpper(s.b[k-1]) {
				inner++
			}
		case c == '-' || c == '.':
			joints++
		default:
			joints += 2
		}
	}
	switch {
	case letters < 2 || j-i < 4:
		return false
	case digits > 0 && isDigit(s.b[i]) && joints == 0 && letters <= 4: // 2de, 14u30, 3LATB
		return false
	case digits > 0:
		return letters+digits >= 5 || joints > 1
	}
	return joints > 1 || joints == 1 && !s.allKnown(k, j) || inner > 0 && !isUpper(s.b[j-1])
}

// allKnown reports whether the words from token k to byte end are ordinary.
func (s *scan) allKnown(k int, end int32) bool {
	for ; k < len(s.toks) && s.toks[k].start < end; k++ {
		if s.toks[k].kind == kindWord && !s.known(k) {
			return false
		}
	}
	return true
}
