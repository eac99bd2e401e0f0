package detectors

// classes finds class codes.
var classes = classifier{
	name: "class",
	doc: "code of a school class: 3LATB, 4MWea, 5 HUM B, and short ones such as 2A or 3b after \"klas\", \"van\", \"uit\", \"in\". " +
		"With the school it points at some twenty pupils.",
	types:   []EntityType{OtherID},
	numbers: wakingNumbers{left: sideLetter | sideWord, right: sideWord | sideCaps, digits: 2, asked: cueClass},
	token:   (*scan).class,
}

// maxClass is the length of the longest class code.
const maxClass = 9

func (s *scan) class(i int) {
	if s.size(i) != 1 || s.glued(i) && !s.classBefore(i) || !between(s.num(i), 1, 7) {
		s.wordClass(i)
		return
	}
	if s.rankedClass(i) || s.direction(i) {
		return
	}
	if s.glued(i+1) && s.word(i+1) {
		s.gluedClass(i)
		return
	}
	s.spacedClass(i)
}

// classBefore reports whether what is glued before token i may stand before a
// class code.
func (s *scan) classBefore(i int) bool {
	return s.toks[i-1].kind == kindMark && s.toks[i-1].mark != '-' && s.toks[i-1].mark != '.' && s.toks[i-1].mark != '/' &&
		s.toks[i-1].mark != ',' && s.toks[i-1].mark != '_' && s.toks[i-1].mark != '+' && s.toks[i-1].mark != '#' && s.toks[i-1].mark != '@'
}

// gluedClass decides about a digit and the letters glued to it.
func (s *scan) gluedClass(i int) {
	end := i + 1
	for s.glued(end+1) && s.mailPiece(end+1) {
		end++
	}
	start, stop := s.toks[i].start, s.toks[end].end
	if end == i+1 {
		stop = s.classLetter(end)
	}
	if s.toks[end].end-start > maxClass || s.glued(end+1) && (s.joint(end+1) && s.glued(end+2) && s.mailPiece(end+2) || s.markAt(end+1, '@')) {
		return
	}
	letters := s.bytes(i + 1)
	upper := 0
	for _, c := range letters {
		if c >= 0x80 {
			return
		}
		if isUpper(c) {
			upper++
		}
	}
	announced := s.classAnnounced(i)
	switch {
	case end > i+2 || end == i+2 && (s.size(end) > 1 || len(letters) > 3):
		return
	case announced && !s.ordinal(i+1) && s.toks[i+1].cue&cueYears == 0:
		s.add(byClass, OtherID, start, stop, forceKeyword, "class code, word for class")
	case len(letters) == 1 && end == i+2 && isUpper(letters[0]) && s.inClass(i):
		s.add(byClass, OtherID, start, stop, forceWeak, "digit, capital and digit where a class stands")
	case len(letters) == 1:
		if s.shortClass(i, letters[0]) {
			s.add(byClass, OtherID, start, stop, forceWeak, "digit and letter where a class stands")
		}
	case len(letters) == 2 && upper == 1 && isUpper(letters[0]) && s.in(i-1, insideClass) && s.clauseEnds(i+2): // zit in 2Te
		s.add(byClass, OtherID, start, stop, forceWeak, "digit and letters where a class stands")
	case s.ordinal(i+1) || s.toks[i+1].cue&(cueCount|cueYears) != 0 || unit(letters):
	case upper == len(letters) || upper >= 2 || upper == 1 && isUpper(letters[0]) && len(letters) <= 4:
		s.add(byClass, OtherID, start, stop, forceShape, "digit and capitals of a class code")
	case s.inClass(i) && len(letters) <= 4:
		s.add(byClass, OtherID, start, stop, forceWeak, "digit and letters where a class stands")
	}
}

var insideClass = setOf("in uit klas")

// classLetter returns the end of the code whose letters are token k, with the
// letter of the group after a space: 2MO b.
func (s *scan) classLetter(k int) int32 {
	if s.size(k) < 2 || !s.word(k+1) || s.size(k+1) != 1 || s.toks[k+1].start-s.toks[k].end != 1 || !s.clauseEnds(k+2) {
		return s.toks[k].end
	}
	for _, c := range s.bytes(k) {
		if !isUpper(c) {
			return s.toks[k].end
		}
	}
	if c := s.b[s.toks[k+1].start] | 0x20; c < 'a' || c > 'f' {
		return s.toks[k].end
	}
	return s.toks[k+1].end
}

// direction takes a year and a direction of study: 5 Hout, 5P Menuiserie.
func (s *scan) direction(i int) bool {
	k := i + 1
	if s.glued(k) && s.word(k) && s.size(k) == 1 && isUpper(s.b[s.toks[k].start]) {
		k++
	}
	if !s.in(k, directions) || s.toks[k].start-s.toks[k-1].end != 1 || s.breaks(s.toks[k-1].end, s.toks[k].start) || s.markAt(i-1, ',') && s.number(i-2) {
		return false
	}
	if !isUpper(s.b[s.toks[k].start]) && k == i+1 && !s.in(i-1, insideClass) && !s.classAnnounced(i) {
		return false
	}
	end := s.toks[k].end
	if s.word(k+1) && s.size(k+1) == 1 && s.b[s.toks[k+1].start] >= 'A' && s.b[s.toks[k+1].start] <= 'F' {
		end = s.toks[k+1].end
	}
	s.add(byClass, OtherID, s.toks[i].start, end, forceWeak, "year and direction of study")
	return true
}

// directions are directions of study in secondary schools, as in the names of
// their classes.
var directions = setOf("hout bouw houtbewerking schrijnwerkerij elektriciteit elektro elektromechanica mechanica lassen latijn grieks economie handel kantoor " +
	"verzorging humane moderne wetenschappen wiskunde techniek technieken stem sport kunst voeding bakkerij slagerij kapper haarzorg mode toerisme " +
	"boekhouden informatica horeca hotel koken tuinbouw land metaal auto carrosserie schilderen logistiek onthaal latin grec sciences maths sociales " +
	"menuiserie maçonnerie mécanique électricité coiffure cuisine bureau secrétariat puériculture soudage boulangerie infographie")

// unit reports whether letters after a digit are a measure or a technical word
// in capitals: 5GB, 4K, 3TB, 7UP, 2FA.
func unit(b []byte) bool {
	return units.has(hashWord(b))
}

var units = setOf("gb tb mb kb fa up pm am ds d k kg km cm mm ml kw hz ghz mhz mbps xl xxl eur vs v of en x u h kwh cv pk hp pc co na mg")

// ordinal reports whether the word at token i makes a rank of the number before
// it: 1ste, 2de, 3e, 4th, 1er, 2ème.
func (s *scan) ordinal(i int) bool {
	return s.in(i, ordinals)
}

var ordinals = setOf(`ste de e th st nd rd er re ère eme ème ieme ième nde t è é te ter tes j jr u h x uur min jarige`)

// classAnnounced reports whether "klas" or the like stands right before token i,
// or the text before asked for it.
func (s *scan) classAnnounced(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if s.is(k, cueClass) {
			return true
		}
		if !s.is(k, cueFiller|cueNumber) && !s.markAt(k, ':') && !s.markAt(k, '.') && !s.markAt(k, '=') {
			return false
		}
	}
	return i <= 1 && s.before&cueClass != 0
}

// inClass reports whether the words before token i are those before a class:
// die van 3b, zit in 2a, uit 4c, gans 4b.
func (s *scan) inClass(i int) bool {
	if !s.word(i - 1) {
		return false
	}
	return s.in(i-1, beforeClass)
}

var beforeClass = setOf(`van uit in de from heel gans half au en aus der t vant int bij met ook vd naar`)

// shortClass decides about one digit and one letter.
func (s *scan) shortClass(i int, letter byte) bool {
	if letter|0x20 > 'g' || letter|0x20 == 'e' || !s.inClass(i) && !(s.in(i-1, setHet) && s.inClass(i-1)) || s.is(i-2, cueRoom) {
		return false
	}
	d := letter|0x20 == 'd' || letter|0x20 == 'g'
	return !d && (isUpper(letter) || !isWord(s.bytes(i-1), "en"))
}

// spacedClass decides about 5 HUM B and 5de B.
func (s *scan) spacedClass(i int) {
	if !s.word(i+1) || s.toks[i+1].start-s.toks[i].end > 1 || !s.word(i+2) || s.size(i+2) != 1 || s.toks[i+2].start-s.toks[i+1].end > 1 {
		return
	}
	code, letter := s.bytes(i+1), s.bytes(i + 2)[0]
	if len(code) > 4 || len(code) < 2 || !isUpper(letter) && !s.classAnnounced(i) {
		return
	}
	for _, c := range code {
		if !isUpper(c) {
			return
		}
	}
	if s.inClass(i) || s.classAnnounced(i) {
		s.add(byClass, OtherID, s.toks[i].start, s.toks[i+2].end, forceWeak, "digit, capitals and letter of a class code")
	}
}

// rankedClass takes 5de B.
func (s *scan) rankedClass(i int) bool {
	if !s.glued(i+1) || !s.word(i+1) || !s.ordinal(i+1) || !s.word(i+2) || s.size(i+2) != 1 || !s.inClass(i) && !s.in(i-1, setHet) {
		return false
	}
	if c := s.bytes(i + 2)[0]; c < 'A' || c > 'F' || s.word(i+3) {
		return false
	}
	s.add(byClass, OtherID, s.toks[i].start, s.toks[i+2].end, forceWeak, "rank and letter of a class")
	return true
}

var setHet = setOf("het t le la den")

// wordClass decides about codes that begin with letters: OKAN3, BL2, L4A.
func (s *scan) wordClass(i int) {
	if !s.glued(i) || !s.word(i-1) || s.size(i) > 2 || s.size(i-1) > 5 || s.glued(i-1) {
		return
	}
	end := i
	if s.glued(i+1) && s.word(i+1) && s.size(i+1) == 1 {
		end = i + 1
	}
	if s.glued(end+1) && (s.mailPiece(end+1) || s.joint(end+1)) && !s.markAt(end+1, '.') {
		return
	}
	for _, c := range s.bytes(i - 1) {
		if !isUpper(c) {
			return
		}
	}
	okan := isWord(s.bytes(i-1), "OKAN")
	if okan || s.classAnnounced(i-1) || end > i && s.size(i-1) == 1 && s.size(i) == 1 && (s.in(i-2, setHet) || s.inClass(i-1)) {
		s.add(byClass, OtherID, s.toks[i-1].start, s.toks[end].end, forceKeyword, "class code, word for class")
	}
}
