package detectors

// ages finds ages of persons.
var ages = classifier{
	name: "age",
	doc: "age of a person with its unit: \"ik ben 14\", \"14j\", \"zoon van 11\", \"quinze ans et demi\", m/15. Counts, ranks, marks, " +
		"times, durations and the ages a law names stay readable.",
	types:   []EntityType{Age},
	numbers: wakingNumbers{left: sideAny, never: sideWord | sideInner | sideRange, digits: 3},
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
	young      bool // it is counted in months, weeks or days
}

func (s *scan) age(i int) {
	switch {
	case s.ageAndSex(i):
		s.lastAge = i + 2
		s.add(byAge, Age, s.toks[i].start, s.toks[i].end, forceWeak, "number and letter for the sex")
		return
	case s.plainNumber(i):
		return
	}
	var ok bool
	a := &s.aged
	if *a, ok = s.agedAt(i); !ok {
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

// plainNumber reports whether token i is a number without a unit after a word
// that lets no rule hold for it, as most numbers in chats are.
func (s *scan) plainNumber(i int) bool {
	if i == 0 || s.lastAge != 0 || s.before&cueHowOld != 0 || !s.number(i) {
		return false
	}
	p := &s.toks[i-1]
	if p.kind != kindWord || p.cue&(cuePronoun|cueRelation|cueBe|cueHowOld|cueBarely) != 0 {
		return false
	}
	if i+1 < len(s.toks) {
		switch q := &s.toks[i+1]; {
		case q.kind == kindMark && (q.mark == '-' || !q.gap && s.glued(i+2)), q.cue&cueYears != 0, q.kind == kindWord && beforeAgeRest.has(q.hash), q.kind > kindMark, q.kind == kindNumber:
			return false
		}
	}
	return !beforeAge.has(p.hash)
}

// beforeAge are the words before an age that are neither person nor verb: of,
// possessives, letters for the sex, children told apart, times.
var beforeAge = setOf("van vn of von d de from aged âgé âgée je mijn mn men zijn zn haar uw jouw me mien min m v f j w at mit " +
	"kleine kleinste jongste oudste middelste kleintje jüngste älteste youngest oldest eldest " +
	"mai juin juillet août septembre octobre novembre décembre janvier février mars avril märz dezember oktober juni juli maart mei er der " +
	"maand week jaar weekend zomer winter herfst lente monat woche jahr sommer month week year summer " +
	"maandag dinsdag woensdag donderdag vrijdag zaterdag zondag montag dienstag mittwoch donnerstag freitag samstag sonntag " +
	"monday tuesday wednesday thursday friday saturday sunday")

// agedAt reads a number or number word that may be an age, with its unit.
func (s *scan) agedAt(i int) (a aged, ok bool) {
	a = aged{first: i, end: i + 1}
	if s.number(i) {
		if s.size(i) > 3 || s.num(i) > oldest || s.glued(i) && !s.ageMay(i-1) {
			return a, false
		}
		if s.ranked(i) {
			a.value, a.end = s.num(i), i+2
			return a, true
		}
		if s.glued(i+1) && s.word(i+1) && !s.is(i+1, cueYears) && !s.in(i+1, beforeAgeRest) && !s.in(i+1, agedWords) {
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
	} else if _, last, ok := s.spokenNumber(i); ok { // quatre-vingt-sept
		a.end = last + 1
	}
	if s.markAt(a.end, '-') && s.glued(a.end) && s.is(a.end+1, cueYears) && s.glued(a.end+1) && s.size(a.end+1) > 4 { // 13-jarige
		a.end, a.years = a.end+2, true
		return a, true
	}
	switch {
	case s.is(a.end, cueYears) && s.word(a.end):
		a.end, a.years = a.end+1, true
	case s.in(a.end, yearLetter) && s.markAt(a.end+1, '/') && s.in(a.end+2, oldLetter): // 15 y/o
		a.end, a.years = a.end+3, true
	case s.is(a.end, cueCount) && s.in(a.end, youngUnits):
		a.end, a.young = a.end+1, true
	}
	a.end = s.andHalf(a.end)
	return a, !s.glued(a.end) || s.closes(a.end)
}

// ranked reports whether number token i is a birthday told by its rank: sinds
// mijn 12e, op mijn 13de verjaardag.
func (s *scan) ranked(i int) bool {
	return s.glued(i+1) && s.in(i+1, ageRanks) && s.in(i-1, owners) && s.in(i-2, sinceWords) &&
		(i+2 >= len(s.toks) || s.toks[i+2].kind == kindMark || s.toks[i+2].cue != 0)
}

var (
	ageRanks   = setOf("e de ste th ème")
	owners     = setOf("mijn mn men mien min zijn zn haar") // not je: a law
	sinceWords = setOf("op sinds vanaf tot rond voor na tegen")
	yearLetter = setOf("y")
	oldLetter  = setOf("o")
)

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

// andHalf steps over "en half", "et demi", "en 8 maanden", and the "old" of
// languages that write it into the age.
func (s *scan) andHalf(k int) int {
	switch {
	case s.in(k, conjunctions) && s.in(k+1, halves):
		return k + 2
	case s.in(k, conjunctions) && s.in(k+1, articles) && s.in(k+2, halves):
		return k + 3
	case s.in(k, conjunctions) && s.number(k+1) && s.in(k+2, monthUnits):
		return k + 3
	case s.in(k, agedWords):
		return k + 1
	case s.markAt(k, '-') && s.in(k+1, agedWords):
		return k + 2
	}
	return k
}

var (
	conjunctions = setOf("en et and und")
	halves       = setOf("half halve demi")
	articles     = setOf("een")
	monthUnits   = setOf("maand maanden mois months Monate")
	agedWords    = setOf("old alt")
)

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
