package detectors

// toldRule says by which turn of a sentence a is an age, "" when by none.
func (s *scan) toldRule(a *aged, before int) string {
	switch {
	case s.in(before, there) && s.in(before-1, thereForms) && s.listed(a): // ik ben er 15
		return "number after \"ik ben er\""
	case s.is(before, cuePronoun) && s.inverted(a, before):
		return "number after a form of \"be\" and its subject"
	case s.markAt(before, ',') && s.apposed(a, before):
		return "number between commas after a person"
	case s.word(a.end) && s.turnedInto(a, before):
		return "number before \"geworden\""
	case before == a.first-1 && s.word(before) && s.atAge(a):
		return "number after \"at\" or \"mit\""
	case s.is(a.end, cuePronoun) && s.described(a):
		return "person, \"van\", number and \"die\""
	case s.markAt(a.first-1, ',') && s.guessed(a):
		return "number at a guess after a person"
	}
	return ""
}

// skipWhen steps back from token k over "volgende maand", "dit jaar" and, after
// a word for becoming, a day: "wordt vrijdag 6".
func (s *scan) skipWhen(k int) int {
	switch {
	case !s.is(k-1, cueBe|cuePronoun) && !s.is(k-2, cueBe|cuePronoun): // nothing that an age follows
	case s.in(k, periods) && s.in(k-1, whichPeriod), s.is(k, cueMonth) && s.in(k-1, inWords):
		return s.skipBarely(k - 2)
	case s.is(k, cueDay) && s.in(s.skipBarely(k-1), turnWords):
		return s.skipBarely(k - 1)
	}
	return k
}

var (
	there       = setOf("er der")
	thereForms  = setOf("ben kben word wordt")
	periods     = setOf("maand week jaar weekend zomer winter herfst lente monat woche jahr sommer mois semaine année month week year summer")
	whichPeriod = setOf("im volgende komende dit deze vorige nächsten nächste diesen dieses diese letzten letztes ce cette next this last")
	turnWords   = setOf("word wordt worden werd werden wird turns turning becomes")
)

// firstborn reports whether token k tells children of a family apart: de
// jongste, le petit.
func (s *scan) firstborn(k int) bool {
	return s.in(k, ranksOfChildren) && s.in(k-1, theOrOurs)
}

var (
	ranksOfChildren = setOf("kleine kleinste jongste oudste middelste kleintje cadet cadette aîné aînée ainé benjamin benjamine petit petite jüngste älteste kleine youngest oldest eldest")
	theOrOurs       = setOf("de den mijn mn men m'n onze ons hun zijn haar het le la l mon ma notre der die das mein meine unsere unser the my our")
)

// inverted takes "dan ben ik 15", "wanneer word je 17?" and "is ze al drie?".
func (s *scan) inverted(a *aged, before int) bool {
	verb := before - 1
	return !s.is(before, cueImpersonal) && !s.in(before, groupSubjects) && s.is(verb, cueBe) &&
		!s.in(verb, haveForms) && !s.in(verb, avoirForms) && !s.in(verb, plurals) && s.listed(a)
}

var (
	groupSubjects = setOf("we wij on wir me mij moi lui m")
	plurals       = setOf("zijn zyn zen sind are waren sont s m re")
)

// apposed takes "een oud-leerlinge, nu 23, heeft" and "mijn zus, 12, zegt".
func (s *scan) apposed(a *aged, before int) bool {
	return (s.is(before-1, cueRelation) || s.firstborn(before-1)) && (a.first > before+1 || a.value == 0 || a.value > 3) && s.clauseEnds(a.end)
}

// clauseEnds reports whether a clause or bracket ends at token k.
func (s *scan) clauseEnds(k int) bool {
	return k >= len(s.toks) || s.closes(k) && (s.toks[k].mark == '.' || s.toks[k].mark == ',' || s.toks[k].mark == ')' || s.toks[k].mark == '!')
}

// turnedInto takes "im August sechs geworden" and "is in mei 18 geworden": a
// small number in digits may be a rank.
func (s *scan) turnedInto(a *aged, before int) bool {
	return s.in(a.end, turned) && (a.value == 0 || a.value >= 13 || s.is(a.first-1, cueMonth)) && !s.is(before, cueImpersonal)
}

// atAge takes "mit siebzehn abgegangen" and "at 18!".
func (s *scan) atAge(a *aged) bool {
	grown := a.value == 0 && s.in(a.first, teens) || between(a.value, 13, 19)
	switch {
	case !grown:
		return false
	case s.in(a.first-1, germanWith):
		return s.listed(a) || s.participle(a.end)
	}
	return s.in(a.first-1, englishAt) && (s.clauseEnds(a.end) || s.is(a.end, cuePronoun))
}

var (
	germanWith = setOf("mit")
	englishAt  = setOf("at")
	teens      = setOf("zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty")
)

// participle reports whether word k looks like a German participle: gestorben,
// abgegangen, ausgezogen, angefangen.
func (s *scan) participle(k int) bool {
	if !s.word(k) || isUpper(s.b[s.toks[k].start]) {
		return false
	}
	w := s.bytes(k)
	for i := 0; i < 4 && i+4 < len(w); i++ {
		if w[i] == 'g' && w[i+1] == 'e' && (endsWith(w, "en") || endsWith(w, "t")) {
			return true
		}
	}
	return false
}

// described takes "een bachelor van 22 die vraagt": a word after an article
// that is no group or thing with a size.
func (s *scan) described(a *aged) bool {
	noun := a.first - 2
	return between(a.value, 12, 99) && s.in(a.first-1, ofWords) && s.word(noun) && s.toks[noun].cue == 0 && s.in(noun-1, anArticle) &&
		!s.in(noun, sizedThings) && s.in(a.end, whoWords)
}

var (
	anArticle   = setOf("een ne nen n ein eine einen a an")
	whoWords    = setOf("die who der")
	sizedThings = setOf("groep ploeg team klas bende rij reeks lijst gezelschap bedrijf toets boete bedrag bed kast tafel gruppe mannschaft klasse group bunch batch")
)

// guessed takes "zij is pas afgestudeerd, 23 ofzo".
func (s *scan) guessed(a *aged) bool {
	if !between(a.value, 10, 99) || !s.in(a.end, roughly) {
		return false
	}
	for k := a.first - 2; k >= 0 && k > a.first-8; k-- {
		if s.is(k, cueCount) || s.number(k) {
			return false
		}
		if s.in(k, thirdPersons) && s.is(k+1, cueBe) || s.is(k, cueRelation) {
			return true
		}
	}
	return false
}

var roughly = setOf("ofzo ofso of ongeveer genre environ denk denkik peis je ungefähr or something")

var passed = setOf("passés passé sonnés oud")

// hasYears reports whether a follows "j'ai" or "elle a" and says no more: the
// years of a person, whatever stands near.
func (s *scan) hasYears(a *aged) bool {
	return s.in(a.first-1, ownYears) || s.in(a.first-1, avoirForms) && (s.is(a.first-2, cuePronoun) || s.markAt(a.first-2, '\'')) && !s.is(a.end, cueStreetLink)
}
