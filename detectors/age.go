package detectors

// ages finds ages of persons.
var ages = classifier{
	name: "age",
	doc: "age of a person with its unit: \"ik ben 14\", \"14j\", \"zoon van 11\", \"quinze ans et demi\", m/15. Counts, ranks, marks, " +
		"times, durations and the ages a law names stay readable.",
	types:   []EntityType{Age},
	numbers: numberAny,
	words:   cueAgeWord,
	token:   (*scan).age,
}

// oldest is the highest number taken for an age.
const oldest = 109

// aged is an expression that may be an age: tokens [first, end).
type aged struct {
	first, end int
	value      int // 0 for a word
	years      bool
}

func (s *scan) age(i int) {
	a, ok := s.agedAt(i)
	if !ok {
		return
	}
	rule, f := s.ageRule(a)
	start, end := s.toks[a.first].start, s.toks[a.end-1].end
	if rule == "" {
		if a.years {
			s.miss(byAge, start, end, "number and years", "a duration or an age a law names")
		}
		return
	}
	s.lastAge = a.end
	s.add(byAge, Age, start, end, f, rule)
}

// agedAt reads a number or number word that may be an age, with its unit.
func (s *scan) agedAt(i int) (a aged, ok bool) {
	a = aged{first: i, end: i + 1}
	if s.number(i) {
		if s.size(i) > 3 || s.num(i) > oldest || s.glued(i) && !s.ageMay(i-1) {
			return a, false
		}
		a.value = s.num(i)
		if (s.markAt(i+1, ',') || s.markAt(i+1, '.')) && s.glued(i+1) && s.glued(i+2) && s.number(i+2) {
			if s.size(i+2) > 1 || a.value > 12 {
				return a, false
			}
			a.end = i + 3
		}
	} else if s.glued(i) && !s.ageMay(i-1) || s.size(i) < 3 {
		return a, false
	}
	if s.markAt(a.end, '-') && s.glued(a.end) && s.is(a.end+1, cueYears) && s.glued(a.end+1) && s.size(a.end+1) > 4 { // 13-jarige
		a.end, a.years = a.end+2, true
		return a, true
	}
	if s.is(a.end, cueYears) && s.word(a.end) {
		a.end, a.years = a.end+1, true
	}
	a.end = s.andHalf(a.end)
	return a, !s.glued(a.end) || s.closes(a.end)
}

// ageMay reports whether an age may follow token k without a gap.
func (s *scan) ageMay(k int) bool {
	return s.markAt(k, '(') || s.markAt(k, '"') || s.markAt(k, '\'') || s.markAt(k, ',') && !s.number(k-1) || s.markAt(k, ':') && !s.number(k-1) ||
		s.markAt(k, '=') || s.markAt(k, '/') && s.aslLetter(k-1) || s.aslLetter(k) && s.word(k) && s.toks[k].gap || s.markAt(k, '.') && !s.number(k-1)
}

// closes reports whether token k may follow an age without a gap.
func (s *scan) closes(k int) bool {
	if k >= len(s.toks) {
		return true
	}
	switch t := &s.toks[k]; {
	case t.kind != kindMark:
		return false
	case t.mark == '/' || t.mark == '%' || t.mark == ':' || t.mark == '-' || t.mark == '+' || t.mark == '_' || t.mark == '@' || t.mark == '=' || t.mark == 0xb0:
		return false
	case t.mark == 0: // an emoji, but not €
		b := s.bytes(k)
		return string(b) != "€" && string(b) != "£"
	case t.mark == '.' || t.mark == ',':
		return !s.glued(k+1) || !s.number(k+1)
	}
	return true
}

// andHalf steps over "en half", "et demi", "en 8 maanden", "oud" of a language
// that writes it into the age.
func (s *scan) andHalf(k int) int {
	and := func(i int) bool {
		return s.word(i) && (isWord(s.bytes(i), "en") || isWord(s.bytes(i), "et") || isWord(s.bytes(i), "and") || isWord(s.bytes(i), "und"))
	}
	half := func(i int) bool {
		return s.word(i) && (isWord(s.bytes(i), "half") || isWord(s.bytes(i), "demi") || isWord(s.bytes(i), "halve") || isWord(s.bytes(i), "een"))
	}
	switch {
	case and(k) && half(k+1):
		if isWord(s.bytes(k+1), "een") {
			if half(k + 2) {
				return k + 3
			}
			return k
		}
		return k + 2
	case and(k) && s.number(k+1) && s.is(k+2, cueCount) && (isWord(s.bytes(k+2), "maanden") || isWord(s.bytes(k+2), "mois") || isWord(s.bytes(k+2), "maand")):
		return k + 3
	case s.word(k) && (isWord(s.bytes(k), "old") || isWord(s.bytes(k), "alt")):
		return k + 1
	case s.markAt(k, '-') && s.word(k+1) && isWord(s.bytes(k+1), "old"):
		return k + 2
	}
	return k
}

// ageRule says by which rule a is an age.
func (s *scan) ageRule(a aged) (string, force) {
	before := s.skipBarely(a.first - 1)
	switch {
	case s.sized(a):
		return "", forceWeak
	case a.years && s.lasts(a):
		return "", forceWeak
	case a.years && (s.person(before) || a.first <= 1 || s.markAt(a.first-1, '(') || s.after(a.first-1, ageOf) || s.howOldNear(a.first)):
		return "number and years, a person", forceShape
	case a.years && between(a.value, 5, 19) && !s.in(a.end-2, wholeYears):
		return "number and years of a child", forceWeak
	case a.years:
		return "", forceWeak
	case s.continued(a, before):
		return "number after another age", forceWeak
	case a.first <= 3 && s.before&cueHowOld != 0 && s.quiet(a.end) && !s.is(a.first-1, cueRoom|cueClass):
		return "answer to a question for the age", forceShape
	case s.asl(a):
		return "letter for the sex and number", forceShape
	case s.is(before, cueHowOld) && s.quiet(a.end) && !s.is(before, cueYears):
		return "number after \"leeftijd\"", forceKeyword
	case s.relationOf(a, before):
		return "relation and number", forceShape
	case s.bracketed(a):
		return "number in brackets after a person", forceWeak
	case s.is(before, cueBe) && s.beAge(a, before):
		return "number after \"ik ben\" or the like", forceShape
	case s.onTurning(a):
		return "number in \"op je 13\"", forceShape
	case s.agedWhen(a):
		return "number in \"toen ik 15 was\"", forceShape
	case a.first == before+1 && s.is(before, cuePronoun|cueRelation) && s.subject(before) && s.listed(a):
		return "person and number", forceWeak
	}
	return "", forceWeak
}

var ageOf = setOf("van de d of von from aged âgé âgée")

var wholeYears = setOf("")

// after reports whether token k is a word of set.
func (s *scan) after(k int, set wordSet) bool { return s.in(k, set) }

// person reports whether token k is a person or says what one is.
func (s *scan) person(k int) bool {
	return s.is(k, cuePronoun|cueRelation) || s.is(k, cueBe) && (s.selfBe(k) || s.has(k) || s.avoir(k) || !s.is(s.skipBarely(k-1), cueImpersonal))
}

// howOldNear reports whether "oud" or "leeftijd" stands in the two words before
// token k, or after it.
func (s *scan) howOldNear(k int) bool {
	return s.is(k-1, cueHowOld) || s.is(k-2, cueHowOld) || s.is(k+2, cueHowOld)
}

// continued reports whether a goes on a row of ages: "16 nu, 17 in april".
func (s *scan) continued(a aged, before int) bool {
	if s.lastAge == 0 || a.first-s.lastAge > 5 || !s.quiet(a.end) || a.value > 25 {
		return false
	}
	for k := s.lastAge; k < a.first; k++ {
		if s.word(k) && s.toks[k].cue&(cuePronoun|cueRelation|cueBarely|cueBe) == 0 && !isWord(s.bytes(k), "en") && !isWord(s.bytes(k), "et") {
			return false
		}
	}
	return s.listed(a) || isWord(s.bytes(a.end), "in")
}

// sized reports whether what follows a makes it a count, a rank or a mark.
func (s *scan) sized(a aged) bool {
	if a.years {
		return false
	}
	next := a.end
	return s.is(next, cueCount|cueMonth|cueDay) && !s.andNext(next) || s.in(next, afterCount) || s.number(next) || s.markAt(next, '%') || s.markAt(next, '/') || s.markAt(next, ':') ||
		s.markAt(next, '.') && s.is(next+1, cueYears) || s.markAt(next, '-') && s.number(next+1) || s.money(a.first, next) || s.markAt(next, '+')
}

// afterCount are words that follow a count, a rank or a mark, not an age.
var afterCount = setOf("van op te ste de e d")

// andNext reports whether the word at token k is a conjunction although it is
// also a unit in another language: "ik ben 16 en hij".
func (s *scan) andNext(k int) bool {
	return isWord(s.bytes(k), "en") || isWord(s.bytes(k), "a") || isWord(s.bytes(k), "e")
}

// lasts reports whether a is a duration, or an age that a law or an offer
// names.
func (s *scan) lasts(a aged) bool {
	for n, k := 0, a.first-1; k >= 0 && n < 2; n, k = n+1, k-1 {
		if s.is(k, cueDuration) && s.word(k) && !(isWord(s.bytes(k), "al") && s.is(k-1, cueBe)) {
			return true
		}
		if !s.is(k, cueFiller|cueBarely) || isWord(s.bytes(k), "van") {
			break
		}
	}
	for k := a.end; k < len(s.toks) && k < a.end+2; k++ {
		if s.is(k, cueDuration) && s.word(k) && !isWord(s.bytes(k), "voor") && !isWord(s.bytes(k), "binnen") && !isWord(s.bytes(k), "tot") && !isWord(s.bytes(k), "na") &&
			!isWord(s.bytes(k), "al") && !isWord(s.bytes(k), "dan") && !isWord(s.bytes(k), "sinds") && !isWord(s.bytes(k), "om") && !isWord(s.bytes(k), "des") {
			return true
		}
		if s.toks[k].kind == kindMark {
			break
		}
	}
	return s.markAt(a.first-1, '+') || s.markAt(a.first-1, '-')
}

// quiet reports whether what follows an age at token k is no noun.
func (s *scan) quiet(k int) bool {
	return k >= len(s.toks) || s.toks[k].kind == kindMark && s.closes(k) || s.toks[k].cue != 0 || s.known(k)
}

// skipBarely steps back from token k over "pas", "nu", "nog maar".
func (s *scan) skipBarely(k int) int {
	for n := 0; n < 4 && s.is(k, cueBarely) && s.word(k) && !s.is(k, cueBe); n++ {
		k--
	}
	return k
}

// subject reports whether the person at token k is one whose number is an age:
// not "je", "we".
func (s *scan) subject(k int) bool {
	return !s.in(k, noSubjects)
}

var noSubjects = setOf("je we wij ge er m me on moi i ie die persoon iemand student school kind kinderen")
