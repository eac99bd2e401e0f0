package detectors

// An ageRule is one reason to take a number for an age; before is the token
// before it, across words such as "pas" and "nog maar".
type ageRule struct {
	rule  string
	force force
	holds func(s *scan, a *aged, before int) bool
}

// ageRules are tried in order, on what is no count, mark, time or duration.
var ageRules = [...]ageRule{
	{"number and years, a person", forceShape, (*scan).yearsOfPerson},
	{"number and years of a child", forceWeak, (*scan).yearsOfChild},
	{"number after another age", forceWeak, (*scan).nextAge},
	{"answer to a question for the age", forceShape, (*scan).answersAge},
	{"letter for the sex and number", forceShape, (*scan).asl},
	{"number after \"leeftijd\"", forceKeyword, (*scan).afterHowOld},
	{"relation and number", forceShape, (*scan).relationOf},
	{"number in brackets after a person", forceWeak, (*scan).bracketed},
	{"number after \"ik ben\" or the like", forceShape, (*scan).beAge},
	{"number in \"op je 13\"", forceShape, (*scan).onTurning},
	{"number in \"toen ik 15 was\"", forceShape, (*scan).agedWhen},
	{"person and number", forceWeak, (*scan).personNumber},
}

// ageRule says by which rule a is an age, "" when by none.
func (s *scan) ageRule(a *aged) (string, force) {
	if a.young {
		return s.youngRule(a), forceWeak
	}
	before := s.skipWhen(s.skipBarely(a.first - 1))
	if s.sized(a) || a.years && (s.lasts(a) || s.ofThing(a)) && !s.hasYears(a) {
		return "", forceWeak
	}
	for i := range ageRules {
		r := &ageRules[i]
		if a.years && i > 1 {
			break
		}
		if r.holds(s, a, before) {
			return r.rule, r.force
		}
	}
	if a.years {
		return "", forceWeak
	}
	return s.toldRule(a, before), forceWeak
}

// sized reports whether what follows a makes it a count, a rank or a mark.
func (s *scan) sized(a *aged) bool {
	next := a.end
	switch {
	case a.years:
		return false
	case s.is(next, cueCount|cueMonth|cueDay) && !s.in(next, conjunctions), s.in(next, afterCount), s.number(next), s.money(a.first, next):
		return true
	case s.markAt(next, '%'), s.markAt(next, '/'), s.markAt(next, ':'), s.markAt(next, '+'):
		return true
	}
	return s.in(a.first, twofold) && !s.listed(a) || s.markAt(next, '.') && s.is(next+1, cueYears|cueMonth) && (s.number(next+2) || !s.word(next+2) || s.size(next+1) > 3) || s.markAt(next, '-') && s.number(next+1)
}

// afterCount are words that follow a count, a rank or a mark, not an age.
var afterCount = setOf("van op te ste de e d")

// twofold are number words of one language that are something else in another.
var twofold = setOf("onze ten")

// lasts reports whether a is a duration, or an age that a law or an offer
// names.
func (s *scan) lasts(a *aged) bool {
	if s.in(a.first-1, ownYears) {
		return false
	}
	for n, k := 0, a.first-1; k >= 0 && n < 2; n, k = n+1, k-1 {
		if s.is(k, cueDuration) && s.word(k) && !(s.in(k, already) && s.is(k-1, cueBe)) {
			return true
		}
		if !s.is(k, cueFiller|cueBarely) || s.in(k, ofWords) {
			break
		}
	}
	for k := a.end; k < len(s.toks) && k < a.end+2; k++ {
		if s.is(k, cueDuration) && s.word(k) && !s.in(k, beforeOnly) {
			return true
		}
		if s.toks[k].kind == kindMark {
			break
		}
	}
	return s.markAt(a.first-1, '+') || s.markAt(a.first-1, '-')
}

// ofThing reports whether a is told of a thing: de ketel is 15 jaar oud, een auto
// van 10 jaar.
func (s *scan) ofThing(a *aged) bool {
	if s.in(a.first-1, ofWords) && s.in(a.first-2, agedThings) {
		return true
	}
	verb := s.skipBarely(a.first - 1)
	return s.is(verb, cueBe) && s.in(verb-1, agedThings)
}

// agedThings are things whose age is told in years.
var agedThings = setOf("auto auto's wagen wagens moto brommer fiets huis woning gebouw appartement flat dak ketel boiler verwarming installatie airco " +
	"zonnepanelen omvormer toestel machine wasmachine keuken badkamer vloer ramen laptop computer gsm smartphone contract polis " +
	"voiture maison toiture chaudière bâtiment appareil contrat auto haus wohnung heizung dach gerät vertrag car house roof boiler contract device")

var (
	already    = setOf("al")
	beforeOnly = setOf("voor binnen tot na al dan sinds om des") // they make a duration only of what follows them
	ofWords    = setOf("van vn of von")
	ownYears   = setOf("mes tes ses") // depuis mes 12 ans
	ageOf      = setOf("van de d of von from aged âgé âgée")
)

func (s *scan) yearsOfPerson(a *aged, before int) bool {
	if s.in(a.end, stays) && (between(a.value, 1, 4) || s.in(a.end+1, service)) {
		return false // "ik ben 2 jaar in België"
	}
	if a.years && s.is(a.end, cueBe) && s.is(a.end+1, cuePronoun) && !s.is(a.end+1, cueImpersonal) {
		return true // "twaalf jaar is hij"
	}
	of := s.in(a.first-1, ageOf) && (s.is(a.first-2, cueRelation) || a.value >= 5)
	return a.years && (s.person(before) || s.in(a.first-1, ownYears) || a.first <= 1 && a.value < 100 && s.listed(a) || s.markAt(a.first-1, '(') || of || s.howOldNear(a.first))
}

var (
	stays   = setOf("in bij weg verliefd single vrijgezel chez bei")
	service = setOf("dienst")
)

// yearsOfChild takes the ages of children without further evidence.
func (s *scan) yearsOfChild(a *aged, _ int) bool { return a.years && between(a.value, 5, 19) }

// person reports whether token k is a person or says what one is.
func (s *scan) person(k int) bool {
	return s.is(k, cuePronoun|cueRelation) || s.is(k, cueBe) && (s.selfBe(k) || !s.is(s.skipBarely(k-1), cueImpersonal))
}

// howOldNear reports whether "oud" or "leeftijd" stands in the two words before
// token k, or after it.
func (s *scan) howOldNear(k int) bool {
	return s.is(k-1, cueHowOld) || s.is(k-2, cueHowOld) || s.is(k+2, cueHowOld)
}

// nextAge takes a number that goes on a row of ages: "16 nu, 17 in april".
func (s *scan) nextAge(a *aged, _ int) bool {
	if s.lastAge == 0 || a.first-s.lastAge > 5 || !s.quiet(a.end) || a.value > 25 {
		return false
	}
	for k := s.lastAge; k < a.first; k++ {
		if s.word(k) && s.toks[k].cue&(cuePronoun|cueRelation|cueBarely|cueBe|cueMonth) == 0 && !s.in(k, conjunctions) && !s.in(k, inWords) {
			return false
		}
	}
	return s.listed(a) || s.in(a.end, inWords)
}

var inWords = setOf("in im en")

func (s *scan) answersAge(a *aged, _ int) bool {
	return a.first <= 3 && s.before&cueHowOld != 0 && s.quiet(a.end) && !s.is(a.first-1, cueRoom|cueClass)
}

func (s *scan) afterHowOld(a *aged, before int) bool {
	if s.markAt(before, ':') || s.markAt(before, '=') {
		return s.in(before-1, ageLabels) && s.quiet(a.end)
	}
	return s.is(before, cueHowOld) && s.quiet(a.end) && !s.is(before, cueYears)
}

// ageLabels are the words for age that a form puts before a colon.
var ageLabels = setOf("leeftijd leeftijden ouderdom âge age alter")

// personNumber takes "zij 17, ik 14" and "mijn zus 12".
func (s *scan) personNumber(a *aged, before int) bool {
	return a.first == before+1 && s.is(before, cuePronoun|cueRelation) && !s.in(before, noSubjects) && s.listed(a)
}

// noSubjects are persons whose number is no age.
var noSubjects = setOf("jij you je we wij ge er m me on moi i ie die persoon iemand student school kind kinderen")

// asl takes m/15 and v14.
func (s *scan) asl(a *aged, _ int) bool {
	if !between(a.value, 8, 99) {
		return false
	}
	if s.aslLetter(a.first-1) && s.glued(a.first) {
		return !s.in(a.first-2, anArticle) && !s.in(a.first-2, definite) && !s.in(a.end, fasteners) && a.value < 20 && (s.closes(a.end) || !s.glued(a.end))
	}
	return s.markAt(a.first-1, '/') && s.glued(a.first) && s.aslLetter(a.first-2)
}

var (
	definite  = setOf("de het the le la les un une der die das") // de F16 vloog over
	fasteners = setOf("bout bouten boutje schroef schroeven moer moeren draad draadstang vijs vijzen plug boulon boulons vis écrou écrous schraube schrauben mutter bolt bolts screw screws nut nuts")
)

// aslLetter reports whether token k is a letter for the sex.
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

// ageAndSex takes 16f and 14m, as chats begin with them: right after a greeting
// and before "hier", "uit" or the end. After a number m is mostly metres.
func (s *scan) ageAndSex(i int) bool {
	if !s.number(i) || s.size(i) != 2 || !s.glued(i+1) || !s.sexLetter(i+1) || i > 4 || !between(s.num(i), 8, 99) || s.glued(i) {
		return false
	}
	greeted := i > 0 && (s.in(i-1, greetings) || s.markAt(i-1, ',') && s.in(i-2, greetings))
	if i > 0 && !greeted {
		return false
	}
	return s.in(i+2, hereWords) || greeted && s.clauseEnds(i+2)
}

// sexLetter reports whether token k is a letter for the sex that follows a
// number; j is for years.
func (s *scan) sexLetter(k int) bool { return s.aslLetter(k) && s.bytes(k)[0]|0x20 != 'j' }

var (
	greetings = setOf("hey hoi hi hallo hello heey heyy hai yo yow salut slt coucou cc bonjour bjr jo moin ik im ich hier here ben bin")
	hereWords = setOf("hier here ici uit from aus de van zkt zoek zoekt cherche looking suche bi gay lesbisch single alleen solo")
)

// relationOf takes "zoon van 11" and "een meisje van 12".
func (s *scan) relationOf(a *aged, before int) bool {
	of := before
	if !s.in(of, ofWords) {
		of = a.first - 1
	}
	k := of - 1
	switch {
	case !s.in(of, ofWords) || s.is(a.end, cueRelation) || s.in(k, parents) && a.value < 15: // mama van 4
		return false
	case s.is(k, cueRelation):
		return s.listed(a) || s.quiet(a.end) && !s.is(a.end, cueStreet|cueStreetWord)
	}
	return s.is(k-1, cueRelation) && s.word(k) && !s.is(k, cueFiller|cueState) && s.listed(a)
}

var parents = setOf("mama papa moeder vader ma pa ouder ouders mère père maman mother father mom dad mutter vater")

// bracketed takes a number alone in brackets after a relation or a capitalised
// word.
func (s *scan) bracketed(a *aged, _ int) bool {
	name := a.first - 2
	if !s.markAt(a.first-1, '(') || !s.markAt(a.end, ')') || !s.word(name) || !s.toks[a.first-1].gap {
		return false
	}
	w := s.bytes(name)
	return s.is(name, cueRelation) || isUpper(w[0]) && len(w) > 2 && s.toks[name].cue == 0 && !isUpper(w[1]) && between(a.value, 1, 99)
}

// onTurning takes "op je 13" and "sinds mijn 12e".
func (s *scan) onTurning(a *aged, _ int) bool {
	if s.ranked(a.first) {
		return between(a.value, 6, 99)
	}
	if !s.in(a.first-1, possessives) {
		return false
	}
	if s.in(a.first-2, afterWords) {
		return between(a.value, 10, 99) && (s.listed(a) || s.is(a.end, cueBe))
	}
	return between(a.value, 6, 99) && s.in(a.first-2, onWords) && s.quiet(a.end) || s.in(a.first-2, onwardWords) && (s.listed(a) || s.word(a.end) && s.is(a.end+1, cuePronoun) && !s.is(a.end, cueCount))
}

var (
	onWords     = setOf("op")
	afterWords  = setOf("na voor rond tegen")
	onwardWords = setOf("sinds vanaf tot")
	possessives = setOf("je mijn mn men zijn zn haar uw jouw me mien min")
)

// agedWhen takes "toen ik 15 was".
func (s *scan) agedWhen(a *aged, _ int) bool {
	k := s.skipBarely(a.first - 1)
	return (s.is(k, cuePronoun|cueRelation) && !s.in(k, noSubjects) || s.firstborn(k) || s.in(k, relatives) && (a.value == 0 || a.value > 4)) && s.in(a.end, whenForms)
}

// relatives begin clauses about a person: rosette die 80 is.
var relatives = setOf("die")

var whenForms = setOf("was ben is werd word wordt bin war")

// listed reports whether a ends a clause: nothing follows but a mark, a
// conjunction or another person.
func (s *scan) listed(a *aged) bool {
	k := a.end
	if k >= len(s.toks) {
		return true
	}
	if s.toks[k].kind == kindMark {
		return s.closes(k) && (s.toks[k].mark != '(' || s.toks[k].gap)
	}
	return s.is(k, cuePronoun|cueRelation) && !s.in(k, notPersons) || s.in(k, clauseWords)
}

var (
	notPersons  = setOf("er")
	clauseWords = setOf("en et and und ma maar mer mo dus haha lol of ou mais but sinds ook nu geworden bijna hè hé he eh hoor ofzo want " +
		"euh mdr elle depuis dan die ans bijna ok oke oké okay okee pff tja toch geloof dacht denk peis too though tho aussi environ genre")
)
