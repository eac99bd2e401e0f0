package detectors

// beAge takes the number after a form of "be": ik ben 14, he is 12, il a 13.
// before is the verb.
func (s *scan) beAge(a *aged, before int) bool {
	k := before
	switch {
	case !s.is(k, cueBe):
		return false
	case s.in(k, avoirForms):
		return !s.in(k-1, englishBefore) && s.listed(a) && !s.in(a.end, enWords) && !(k+1 < a.first && s.in(k+1, enWords) && s.is(k, cueFiller))
	case s.glued(a.end) && s.word(a.end), s.in(k, haveForms):
		return false
	}
	p := k - 1
	if !s.is(p, cueRelation) {
		p = s.skipBarely(p)
	}
	switch {
	case s.in(k, amForms) && !s.in(p, amSubjects), s.in(p, groups) && s.in(k, estForms): // "am 3. Mai", "on est 27"
		return false
	case before < s.skipBarely(a.first-1) && !s.listed(a): // "ik ben deze week 3 keer"
		return false
	case s.in(p, groupSubjects), s.in(k, shortForms) && s.in(k-2, groupSubjects): // "we zijn met 4", "wij zijn drie talen"
		return a.value >= 10 && s.listed(a)
	case s.selfBe(k):
		return !s.is(p, cueImpersonal) || s.is(p, cuePronoun)
	case p < 0:
		return s.before&cueHowOld != 0
	case s.firstborn(p), s.in(p, demonstratives) && s.in(k, germanForms):
		return s.listed(a)
	case s.is(p, cuePronoun|cueRelation):
		return !s.is(p, cueImpersonal) || s.is(p, cueRelation)
	case s.is(p, cueImpersonal):
		return false
	case s.word(p) && s.toks[p].cue == 0 && (s.in(k, turnForms) || s.in(a.end, turned)):
		return true
	}
	if !s.word(p) { // "... bademeister. ist 19 und ich 16"
		return s.in(a.end, conjunctions) && s.in(a.end+1, firstPersons)
	}
	if s.toks[p].cue == 0 && between(a.value, 13, 99) && s.size(p) > 2 && !s.word(p-1) && s.listed(a) && !s.known(p) { // appa is 61
		return true
	}
	return s.word(p) && s.toks[p].cue == 0 && isUpper(s.b[s.toks[p].start]) && s.listed(a) && !s.known(p)
}

// selfBe reports whether token k is a form of "be" that only persons take.
func (s *scan) selfBe(k int) bool {
	return s.in(k, selfForms) || s.in(k, shortForms) && s.markAt(k-1, '\'') && s.is(k-2, cuePronoun)
}

var (
	selfForms      = setOf("ben kben bin bén kzyn kzen kzijn am im suis bent word werde zyn zen bèn bn bnk kbn benk bennek hes shes")
	shortForms     = setOf("m s re")
	germanForms    = setOf("ist war wird")
	demonstratives = setOf("der er")
	amForms        = setOf("am")
	amSubjects     = setOf("i")
	estForms       = setOf("est")
	groups         = setOf("on")
	turnForms      = setOf("wordt wird turned")
	turned         = setOf("geworden geworre")
	haveForms      = setOf("heb heeft heef avait fait aura telt turning") // they take "jaar"
	avoirForms     = setOf("a ai jai as ont avoir")
	englishBefore  = setOf("got get gets its it s is was want wanted had have gave give given like for of as not just")
	enWords        = setOf("en")
)

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
		a, ok := s.agedAfter(k)
		for n := 0; ok && forceWeak >= least[s.strict] && n < 4; n++ {
			dst = append(dst, Span{
				Start: s.start(int(s.toks[a.first].start)), End: s.shadow.end(int(s.toks[a.end-1].end)), Type: Age,
				Score: float64(forceScore[forceWeak]), Detector: s.list[byAge].name, Rule: "number after a name",
			})
			a, ok = s.andAge(a)
		}
	}
	return dst
}

// andAge reads the age that "en" joins to age a and that ends a clause: Neo und
// Skyla, 9 und 5.
func (s *scan) andAge(a aged) (next aged, ok bool) {
	k := a.end
	if !s.in(k, conjunctions) || !s.number(k+1) || !s.clauseEnds(k+2) {
		return a, false
	}
	next, ok = s.agedAt(k + 1)
	return next, ok && !s.sized(&next) && next.value <= 25
}

// agedAfter reads an age at token k, across "is", "pas" and a bracket.
func (s *scan) agedAfter(k int) (a aged, ok bool) {
	verb, comma, of := false, s.markAt(k, ','), s.in(k, ofWords)
	for n := 0; n < 4 && k < len(s.toks); n, k = n+1, k+1 {
		t := &s.toks[k]
		switch {
		case t.kind == kindMark && t.mark == '(', t.kind == kindWord && t.cue&cueBe != 0 && !s.in(k, haveForms):
			verb = true
			continue
		case n == 0 && of, t.kind == kindMark && t.mark == ',' && n == 0 && !t.gap, t.kind == kindWord && t.cue&cueBarely != 0:
			continue
		}
		break
	}
	if !s.number(k) && !s.is(k, cueAgeWord) {
		return a, false
	}
	a, ok = s.agedAt(k)
	switch {
	case !ok, s.sized(&a), a.years && s.lasts(&a), a.value == 0 && s.number(k):
		return a, false
	case a.young:
		return a, s.listed(&a) && (verb || comma)
	case a.years && comma && s.in(a.end, passed): // Lucienne, 80 ans passés
		return a, true
	case s.is(a.end, cueLives|cueBe) && between(a.value, 3, 25) && !verb: // zita 13 woont bij mij
		return a, true
	case a.value == 0 || !verb:
		return a, s.listed(&a) && (verb || a.value > 2 && a.value <= 25 || a.years || (comma || of) && s.clauseEnds(a.end))
	}
	return a, s.listed(&a) || s.markAt(a.end, ')') || !s.known(a.end) || s.toks[a.end].cue&(cuePronoun|cueBe) != 0
}
