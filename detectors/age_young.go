package detectors

// unitsOfBabies count the ages of babies.
const unitsOfBabies = "maand maanden maandjes mnd week weken weekjes dagen mois semaines jours monat monate monaten wochen tage month months weeks days"

var (
	youngUnits    = setOf(unitsOfBabies)
	beforeAgeRest = setOf("en et and und geworden geworre " + unitsOfBabies) // words that may go on an age or end its rule
)

// youngRule says by which rule months, weeks or days are the age of a child,
// "" when by none. Most are durations.
func (s *scan) youngRule(a *aged) string {
	if s.money(a.first, a.end) || a.value > 60 {
		return ""
	}
	told := s.is(a.end, cueHowOld) || s.in(a.end-1, agedWords)
	before := s.skipBarely(a.first - 1)
	switch {
	case a.first <= 2 && s.before&cueHowOld != 0 && s.listed(a) && !s.lasts(a):
		return "answer to a question for the age"
	case s.in(a.first-1, ageOf) && s.in(a.first-2, infants) && (s.listed(a) || told || s.is(a.end, cueFiller|cueBe)):
		return "child and months"
	case !s.is(before, cueBe) || !told && !s.listed(a) || !told && s.lasts(a):
		return ""
	}
	p := s.skipBarely(before - 1)
	if s.in(p, infants) || s.firstborn(p) || s.in(p, thirdPersons) && !s.in(before, haveForms) {
		return "months after \"is\""
	}
	return ""
}

var (
	infants = setOf("baby babytje kind kindje zoon zoontje dochter dochtertje kleine kleintje broertje broerke zusje zuske neefje nichtje peuter kleuter dreumes " +
		"kleinzoon kleindochter kleinkind petekind metekind bébé bebe fils fille enfant garçon petit petite frère soeur sœur säugling sohn tochter kleinkind bruder schwester " +
		"son daughter child infant toddler brother sister")
	thirdPersons = setOf("hij ij zij ze ie em il elle sie he she")
)
