package detectors

// schools finds schools by the way they are named.
var schools = classifier{
	name: "school",
	doc: "schools by their naming: a type of school with a name (basisschool de steen, VTI De Berk, collège Saint-Guibert), names " +
		"that end in one (agnetencollege), saints that are no town (sint-gummarus). The word for a school alone stays readable.",
	types: []EntityType{Org},
	words: cueSchool | cueSaint | cueSchoolEnd,
	token: (*scan).school,
}

func (s *scan) school(i int) {
	if int(s.toks[i].start) < s.schoolEnd || s.glued(i) && s.joint(i-1) && !s.markAt(i-1, '-') {
		return
	}
	first, end := i, i
	switch {
	case s.is(i, cueSchoolEnd):
		first, end = s.hyphensBefore(i), s.schoolName(i+1)
		if first == i && end == i+1 && !isUpper(s.b[s.toks[i].start]) && s.known(i) { // a committee, a board
			return
		}
	case s.is(i, cueSaint):
		end = s.saintName(i)
	case s.is(i, cueSchool):
		end = s.schoolName(i + 1)
		if end == i+1 || s.markAt(i-1, '-') && s.glued(i) {
			end = i
		}
	}
	if end <= i {
		return
	}
	s.schoolEnd = int(s.toks[end-1].end)
	s.add(bySchool, Org, s.toks[first].start, s.toks[end-1].end, forceWeak, "named like a school")
}

// hyphensBefore returns the first token of the hyphenated word that ends at
// token i.
func (s *scan) hyphensBefore(i int) int {
	for s.markAt(i-1, '-') && s.glued(i) && s.glued(i-1) && s.word(i-2) {
		i -= 2
	}
	return i
}

// schoolName returns the token after the name of a school that begins at token
// k, k when there is none: saints, capitals, and one word after an article.
func (s *scan) schoolName(k int) int {
	switch {
	case !s.word(k) && !s.markAt(k, '\'') && !s.markAt(k, '"') || s.lineEnds(k):
		return k
	case s.is(k, cueSaint):
		return max(k, s.saintName(k))
	case s.in(k, schoolArticles) && s.word(k+1) && s.toks[k+1].gap && s.named(k+1):
		return s.moreName(s.hyphens(k + 2))
	case isUpper(s.b[s.toks[k].start]) && s.toks[k].cue&cueNotSchool == 0 && !isUpper(s.b[s.toks[k].end-1]):
		return s.moreName(s.hyphens(k + 1))
	}
	return k
}

var schoolArticles = setOf("de den het ter ten ten la le les notre royal royale communale libre du des")

// cueNotSchool are words that are no name of a school though they have a
// capital.
const cueNotSchool = cuePronoun | cueBe | cueFiller | cueMonth | cueDay | cueState

// named reports whether word k can be a name after an article: a capital, or an
// ordinary word at the end of a clause.
func (s *scan) named(k int) bool {
	if isUpper(s.b[s.toks[k].start]) {
		return true
	}
	return s.toks[k].cue&^(cueStreetBefore|cueTLD) == 0 && (k+1 >= len(s.toks) || s.toks[k+1].kind == kindMark || s.lineEnds(k+1) || s.in(k+1, placePrepositions))
}

var placePrepositions = setOf("in te uit à")

// moreName returns the token after further capitalised words of a name.
func (s *scan) moreName(k int) int {
	for n := 0; n < 4 && s.word(k) && !s.lineEnds(k) && s.toks[k].cue&cueNotSchool == 0; n++ {
		upper := isUpper(s.b[s.toks[k].start])
		if !upper && !(s.is(k, cueStreetLink) && s.word(k+1) && isUpper(s.b[s.toks[k+1].start])) {
			break
		}
		k = s.hyphens(k + 1)
	}
	return k
}

// saintName returns the token after sint-gummarus that begins at token i, or 0
// when it is a town, or no name follows.
func (s *scan) saintName(i int) int {
	k := i + 1
	if s.markAt(k, '-') && s.glued(k) && s.glued(k+1) || s.markAt(k, '.') && s.glued(k) {
		k++
	}
	if !s.word(k) || k == i+1 && s.toks[k].start-s.toks[i].end > 1 || s.size(k) < 3 {
		return 0
	}
	if k == i+1 && (s.toks[k].cue != 0 || !isUpper(s.b[s.toks[k].start]) && s.known(k)) {
		return 0
	}
	if s.town(i) > 0 {
		return 0
	}
	return s.moreName(s.hyphens(k + 1))
}
