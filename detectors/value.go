package detectors

// A value is what follows a word that announces it: a number, a code, a secret.
type value struct {
	start, end  int32
	first, last int // tokens
	digits      int
	letters     int
	upper       int  // capitals among the letters
	joints      int  // dashes, slashes and dots inside
	date        bool // it is spelled like a date
	month       bool // one of its words is a month
	near        bool // nothing but "is" or a mark stands between it and its word
}

// maxValue bounds the length of a value in bytes.
const maxValue = 64

// valueAfter returns the code that follows the word at token i across small
// words: a token row with at least one digit.
func (s *scan) valueAfter(i int) (v value, ok bool) {
	k, near := s.skipSmall(i + 1)
	if s.word(k) && !s.digitsGlued(k) {
		k, near = s.skipTo(k)
	}
	if k >= len(s.toks) {
		return v, false
	}
	v = s.valueAt(k)
	v.near = near
	return v, v.digits > 0
}

// digitsGlued reports whether a number belongs to the word at token k, or
// follows it as in a code.
func (s *scan) digitsGlued(k int) bool {
	return s.number(k+1) || s.joint(k+1) && s.glued(k+1) && s.glued(k+2) && s.mailPiece(k+2)
}

// skipTo looks a few words further for "is" or a colon and returns the token
// after it: "lidnummer van de bond is 4081370".
func (s *scan) skipTo(k int) (next int, near bool) {
	for n := 0; n < 4 && k < len(s.toks); n, k = n+1, k+1 {
		if s.markAt(k, ':') || s.markAt(k, '=') || s.naming(k) {
			return s.skipSmall(k + 1)
		}
		if s.toks[k].kind != kindWord {
			break
		}
	}
	return len(s.toks), false
}

// skipSmall returns the first token from i on that is not a small word or a
// mark that leads to a value, and whether only marks and forms of "is" were
// skipped.
func (s *scan) skipSmall(i int) (k int, near bool) {
	near = true
	for k = i; k < len(s.toks) && k < i+reachNear; k++ {
		t := &s.toks[k]
		switch {
		case t.kind == kindMark && leadsOn(t.mark):
		case t.kind == kindWord && t.cue&(cueFiller|cueNumber|cueBe) != 0 && !s.codeWord(k):
			near = near && t.cue&(cueBe|cueNumber) != 0
		default:
			return k, near
		}
	}
	return k, near
}

// leadsOn reports whether a mark may stand between a word and its value.
func leadsOn(c byte) bool {
	switch c {
	case ':', '=', '(', '"', '\'', '>', '#', '-', '.', '*', '[', '{':
		return true
	}
	return false
}

// codeWord reports whether word i is the beginning of a code although it is a
// small word too: NL-04520215, DE.36.L3.575303, IN-12.
func (s *scan) codeWord(i int) bool {
	if !isUpper(s.b[s.toks[i].start]) || !s.glued(i+1) {
		return false
	}
	return s.number(i+1) || i+2 < len(s.toks) && s.joint(i+1) && s.number(i+2) && s.glued(i+2)
}

// joint reports whether token i is a mark that joins the parts of a code.
func (s *scan) joint(i int) bool {
	if i < 0 || i >= len(s.toks) || s.toks[i].kind != kindMark {
		return false
	}
	switch s.toks[i].mark {
	case '-', '/', '.', '_', '+':
		return true
	}
	return false
}

// valueAt reads the code that begins at token i: words and numbers glued by
// joints, and further groups of digits or capitals after single spaces.
func (s *scan) valueAt(i int) value {
	v := value{first: i, last: i, start: s.toks[i].start, end: s.toks[i].start}
	if !s.mailPiece(i) {
		return v
	}
	for {
		s.glue(&v, i)
		next := v.last + 1
		if next >= len(s.toks) || !s.continues(&v, next) {
			break
		}
		i = next
	}
	v.date = s.dateAt(v.first).end == v.last+1
	return v
}

// glue adds to v the row without gaps that begins at token i.
func (s *scan) glue(v *value, i int) {
	for k := i; k < len(s.toks) && (k == i || s.glued(k)) && int(s.toks[k].end-v.start) <= maxValue; k++ {
		t := &s.toks[k]
		switch {
		case t.kind == kindMark && (!s.joint(k) || !s.glued(k+1) || !s.mailPiece(k+1) && !s.joint(k+1)):
			return
		case t.kind == kindOpaque:
			return
		case t.kind == kindMark:
			v.joints++
			continue
		case t.kind == kindNumber:
			v.digits += int(t.end - t.start)
		default:
			v.letters += int(t.end - t.start)
			v.month = v.month || t.cue&cueMonth != 0
			for _, c := range s.bytes(k) {
				if isUpper(c) {
					v.upper++
				}
			}
		}
		v.last, v.end = k, t.end
	}
}

// continues reports whether token i goes on with v after a single space: a
// group of digits after digits or after a few capitals, capitals at the end of
// a code of digits.
func (s *scan) continues(v *value, i int) bool {
	t := &s.toks[i]
	if !t.gap || t.start-s.toks[i-1].end != 1 || s.breaks(s.toks[i-1].end, t.start) || int(t.end-v.start) > maxValue/2 {
		return false
	}
	switch {
	case t.kind == kindNumber:
		if v.digits == 0 {
			return v.letters == v.upper && v.letters <= 5
		}
		return s.size(i) >= 2 && v.upper == v.letters && !s.is(i+1, cueCount|cueYears|cueMonth) && (s.number(v.last) || v.upper > 0 && s.joint(i+1)) &&
			s.dateAt(i).end == 0 && !s.markAt(i+1, ':') && !(s.markAt(i+1, ',') && s.glued(i+2))
	case t.kind == kindWord && v.digits > 0 && s.size(i) <= 3 && t.cue&(cuePronoun|cueFiller) == 0:
		for _, c := range s.bytes(i) {
			if !isUpper(c) {
				return false
			}
		}
		return v.upper > 0 || v.digits < 4
	}
	return false
}
