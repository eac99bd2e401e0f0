package detectors

// aslLetter reports whether token k is a letter for the sex: m/15, v14.
func (s *scan) aslLetter(k int) bool {
	if !s.word(k) || s.size(k) != 1 {
		return false
	}
	switch s.bytes(k)[0] | 0x20 {
	case 'm', 'v', 'f', 'j', 'w':
		return true
	}
	return false
}

// asl reports whether a letter for the sex stands right before or after a.
func (s *scan) asl(a aged) bool {
	if !between(a.value, 8, 99) || a.years {
		return false
	}
	if s.aslLetter(a.first-1) && s.glued(a.first) {
		return s.closes(a.end) || !s.glued(a.end)
	}
	return s.markAt(a.first-1, '/') && s.glued(a.first) && s.aslLetter(a.first-2)
}

// relationOf reports whether a follows "zoon van", "een meisje van"; before is
// the token before it.
func (s *scan) relationOf(a aged, before int) bool {
	van := before
	if !s.isVan(van) {
		van = a.first - 1
	}
	if !s.isVan(van) {
		return false
	}
	k := van - 1
	if s.is(a.end, cueRelation) {
		return false
	}
	if s.is(k, cueRelation) {
		return s.listed(a) || s.quiet(a.end) && !s.is(a.end, cueStreet|cueStreetWord)
	}
	return s.is(k-1, cueRelation) && s.word(k) && !s.is(k, cueFiller|cueState) && s.listed(a)
}

func (s *scan) isVan(k int) bool {
	return s.word(k) && (isWord(s.bytes(k), "van") || isWord(s.bytes(k), "vn") || isWord(s.bytes(k), "of") || isWord(s.bytes(k), "von"))
}

// bracketed reports whether a stands alone in brackets after a relation or a
// capitalised word.
func (s *scan) bracketed(a aged) bool {
	if !s.markAt(a.first-1, '(') || !s.markAt(a.end, ')') || !s.word(a.first-2) || !s.toks[a.first-1].gap {
		return false
	}
	w := s.bytes(a.first - 2)
	return s.is(a.first-2, cueRelation) || isUpper(w[0]) && len(w) > 2 && s.toks[a.first-2].cue == 0 && !isUpper(w[1]) && between(a.value, 1, oldest)
}

// beAge reports whether the form of "be" at token k says that a is an age.
func (s *scan) beAge(a aged, k int) bool {
	if french := s.avoir(k); french {
		return s.listed(a) && !isWord(s.bytesAt(a.end), "en") && !(k+1 < a.first && isWord(s.bytes(k+1), "en") && s.is(k, cueFiller))
	}
	if !s.quiet(a.end) && s.word(a.end) && !s.toks[a.end].gap {
		return false
	}
	self := s.selfBe(k)
	p := s.skipBarely(k - 1)
	switch {
	case s.has(k):
		return false
	case self:
		return !s.is(p, cueImpersonal) || s.is(p, cuePronoun)
	case p < 0:
		return s.before&cueHowOld != 0
	case s.is(p, cueImpersonal) && !s.is(p, cueRelation):
		return false
	case s.is(p, cuePronoun|cueRelation):
		return true
	}
	return s.word(p) && s.toks[p].cue == 0 && isUpper(s.b[s.toks[p].start]) && s.listed(a) && !s.known(p)
}

// selfBe reports whether token k is a form of "be" that only persons take.
func (s *scan) selfBe(k int) bool {
	for _, w := range [...]string{"ben", "kben", "bin", "bén", "kzyn", "kzen", "kzijn", "am", "im", "suis", "bent", "word", "zyn", "zen", "bèn"} {
		if isWord(s.bytes(k), w) {
			return true
		}
	}
	return isWord(s.bytes(k), "m") && s.markAt(k-1, '\'')
}

// has reports whether token k is a form of "have", which takes "jaar".
func (s *scan) has(k int) bool {
	for _, w := range [...]string{"heb", "heeft", "heef", "avait", "fait", "aura", "telt", "turning"} {
		if isWord(s.bytes(k), w) {
			return true
		}
	}
	return false
}

// onTurning reports whether a stands in "op je 13".
func (s *scan) onTurning(a aged) bool {
	return between(a.value, 6, 99) && s.in(a.first-1, possessives) && s.word(a.first-2) && isWord(s.bytes(a.first-2), "op") && s.quiet(a.end)
}

var possessives = setOf("je mijn mn men m'n zijn zn haar uw jouw me mien min")

// avoir reports whether token k is a form of French "avoir".
func (s *scan) avoir(k int) bool {
	for _, w := range [...]string{"a", "ai", "jai", "as", "ont"} {
		if isWord(s.bytes(k), w) {
			return true
		}
	}
	return false
}

// agedWhen reports whether a stands between a person and "was": toen ik 15 was.
func (s *scan) agedWhen(a aged) bool {
	if !s.is(a.first-1, cuePronoun|cueRelation) || !s.is(a.end, cueBe) || !s.subject(a.first-1) {
		return false
	}
	for _, w := range [...]string{"was", "ben", "is", "werd", "word", "wordt"} {
		if isWord(s.bytes(a.end), w) {
			return true
		}
	}
	return false
}

// listed reports whether a ends a clause: nothing follows but a mark, a
// conjunction or another person.
func (s *scan) listed(a aged) bool {
	k := a.end
	if k >= len(s.toks) {
		return true
	}
	if s.toks[k].kind == kindMark {
		return s.closes(k) && s.toks[k].mark != '(' || s.toks[k].mark == '(' && s.toks[k].gap
	}
	if s.is(k, cuePronoun|cueRelation) && !isWord(s.bytes(k), "er") {
		return true
	}
	for _, w := range [...]string{"en", "et", "and", "und", "ma", "maar", "mer", "mo", "dus", "haha", "lol", "of", "ou", "mais", "but", "sinds", "ook", "nu", "geworden",
		"bijna", "hè", "hé", "he", "eh", "hoor", "ofzo", "want", "euh", "mdr", "elle", "depuis", "dan", "die", "ans"} {
		if isWord(s.bytes(k), w) {
			return true
		}
	}
	return false
}

// agesAfter appends to dst the ages that stand right after the persons in
// spans: "ine 12, toon 9", "mathis (12)", "emiel is 2".
func (s *scan) agesAfter(dst, persons []Span) []Span {
	k := 0
	for _, p := range persons {
		if p.Type != Person {
			continue
		}
		for k < len(s.toks) && s.start(int(s.toks[k].start)) < p.End {
			k++
		}
		if a, ok := s.agedAfter(k); ok {
			dst = append(dst, Span{
				Start: s.start(int(s.toks[a.first].start)), End: s.shadow.end(int(s.toks[a.end-1].end)), Type: Age,
				Score: float64(forceScore[forceWeak]), Detector: s.list[byAge].name, Rule: "number after a name",
			})
		}
	}
	return dst
}

// agedAfter reads an age at token k, across "is", "van" and a bracket.
func (s *scan) agedAfter(k int) (a aged, ok bool) {
	verb := false
	for n := 0; n < 4 && k < len(s.toks); n++ {
		t := &s.toks[k]
		if t.kind == kindMark && (t.mark == '(' || t.mark == ',' && n == 0 && !s.toks[k].gap) || t.kind == kindWord && t.cue&(cueBe|cueBarely) != 0 && !s.has(k) {
			verb = verb || t.kind == kindWord && t.cue&cueBe != 0 || t.mark == '('
			k++
			continue
		}
		break
	}
	if k >= len(s.toks) || !s.number(k) && !s.is(k, cueAgeWord) {
		return a, false
	}
	a, ok = s.agedAt(k)
	if !ok || s.sized(a) || a.years && s.lasts(a) || a.value == 0 && s.number(k) {
		return a, false
	}
	if a.value == 0 || !verb {
		return a, s.listed(a) && (verb || a.value > 2 && a.value <= 25 || a.years)
	}
	return a, s.listed(a) || s.markAt(a.end, ')') || !s.known(a.end) || s.toks[a.end].cue&(cuePronoun|cueBe) != 0
}
