package detectors

// births finds dates of birth.
var births = classifier{
	name: "birth",
	doc: "date of birth: a date, a month or a year near a word for birth or birthday, \"ik ben van 2009\", and a full date " +
		"that can only be one. All other dates stay readable.",
	types:   []EntityType{BirthDate},
	numbers: wakingNumbers{right: sideDot | sideJoint, never: sideInner | sideRange, long: 4, asked: cueMonth | cueBorn},
	words:   cueMonth,
	token:   (*scan).birth,
}

// Years that a full date without any context is taken for a birth: older ones
// and younger ones are told as history and as appointments.
const (
	birthFirst = 1925
	birthLast  = 2016
)

func (s *scan) birth(i int) {
	switch {
	case int(s.toks[i].start) < s.dateEnd:
		return
	case s.seen&cueMonth == 0 && s.number(i) && !(s.joint(i+1) && s.number(i+2)): // no date
		s.birthYear(i)
		return
	}
	d := s.dateAt(i)
	if d.end == 0 {
		s.birthYear(i)
		return
	}
	start, end := s.toks[i].start, s.toks[d.end-1].end
	s.dateEnd = int(end)
	born := s.bornNear(i, d.end)
	switch {
	case born:
		s.add(byBirth, BirthDate, start, end, forceKeyword, "date, word for birth")
	case d.full() && s.bornSeen() && !s.datedThing(i):
		s.add(byBirth, BirthDate, start, end, forceWeak, "full date beside an age or a date of birth")
	case d.full() && between(d.year, birthFirst, birthLast) && !s.datedThing(i):
		s.add(byBirth, BirthDate, start, end, forceWeak, "full date of a year of birth")
	case d.full() && s.datedThing(i):
		s.miss(byBirth, start, end, "full date", "the date of a law, a bill or another thing")
	case d.full():
		s.miss(byBirth, start, end, "full date", "no word for birth near, and not a likely year of birth")
	}
}

// bornReach is how many tokens may stand between a word for birth and a date.
const bornReach = 9

// bornNear reports whether a word for birth stands before token i or after
// token end-1 in the same sentence.
func (s *scan) bornNear(i, end int) bool {
	for k := i - 1; k >= 0 && k >= i-bornReach; k-- {
		if s.is(k, cueBorn) {
			return true
		}
		if s.toks[k].mark == 0xb0 && s.glued(i) && k == i-1 { // °12/03/2009
			return true
		}
		if (s.markAt(k, '.') || s.markAt(k, '!') || s.markAt(k, '?')) && k+1 < len(s.toks) && s.toks[k+1].gap && !s.is(k-1, cueBorn) {
			break
		}
	}
	if i <= 3 && s.before&cueBorn != 0 {
		return true
	}
	for k := end; k < len(s.toks) && k < end+4; k++ {
		if s.is(k, cueBorn) {
			return true
		}
		if s.toks[k].kind == kindMark && s.toks[k].mark != ',' || s.number(k) {
			break
		}
	}
	return false
}

// bornSeen reports whether an age or a date of birth has been found in this
// text.
func (s *scan) bornSeen() bool {
	for k := range s.found {
		if s.found[k].by == byBirth || s.found[k].by == byAge {
			return true
		}
	}
	return false
}

// datedThing reports whether the words before the date at token i date a
// thing: an invoice, a contract, a purchase, a verdict.
func (s *scan) datedThing(i int) bool {
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		if s.is(k, cueReference|cueCustomer|cueOGM|cueDay) || s.is(k, cueStreet) || s.in(k, laws) {
			return true
		}
	}
	return false
}

// laws are what is named by its date.
var laws = setOf("wet wetten kb besluit decreet richtlijn verdrag arrest loi décret arrêté directive traité gesetz verordnung richtlinie law act treaty")

// birthYear takes a year alone: geboren in 2009, ik ben van 2009.
func (s *scan) birthYear(i int) {
	if s.shortBirthYear(i) {
		s.add(byBirth, BirthDate, s.toks[i].start, s.toks[i].end, forceKeyword, "year of two digits, word for birth")
		return
	}
	if !s.number(i) || s.size(i) != 4 || s.b[s.toks[i].start] > '2' || !between(s.num(i), 1900, 2035) || s.joint(i+1) && s.glued(i+1) && s.number(i+2) {
		return
	}
	start, end := s.toks[i].start, s.toks[i].end
	from := s.is(i-1, cueFiller) && s.is(i-2, cueBe) && s.personal(i-3)
	switch {
	case s.glued(i) && !s.markAt(i-1, '\''):
	case s.bornWord(i):
		s.add(byBirth, BirthDate, start, end, forceKeyword, "year, word for birth")
	case from && s.num(i) < 2022 && s.in(i-1, fromWords):
		s.add(byBirth, BirthDate, start, end, forceShape, "year after \"ik ben van\"")
	}
}

// shortBirthYear reports whether number token i is the year of "geboren in 08"
// or "née en '09".
func (s *scan) shortBirthYear(i int) bool {
	k := i - 1
	if s.markAt(k, '\'') {
		k--
	}
	return s.number(i) && s.size(i) == 2 && s.in(k, inWords) && s.is(k-1, cueBorn) && s.clauseEnds(i+1)
}

var fromWords = setOf("van de from")

// bornWord reports whether a word for birth, not for a birthday, stands at most
// four tokens before the year at token i.
func (s *scan) bornWord(i int) bool {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		if s.is(k, cueBorn) {
			return true
		}
		if s.toks[k].kind != kindWord && !leadsOn(s.toks[k].mark) {
			return false
		}
	}
	return i <= 2 && s.before&cueBorn != 0
}

// personal reports whether the word at token i is a pronoun, a relation or
// missing: "ik ben", "kben", "mijn zus is".
func (s *scan) personal(i int) bool {
	return i < 0 || s.is(i, cuePronoun|cueRelation) || !s.word(i) || s.size(i) > 3
}

// isWord reports whether b is the word w in any case.
func isWord(b []byte, w string) bool {
	if len(b) != len(w) {
		return false
	}
	for i := range b {
		if fold[b[i]] != fold[w[i]] {
			return false
		}
	}
	return true
}
