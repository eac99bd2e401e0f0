package detectors

import "strings"

// plates finds licence plates.
var plates = classifier{
	name: "plate",
	doc: "licence plates: Belgian 1-ABC-234 and the category letters (DIV, royal decree of 20 July 2001), the older ABC-123 and " +
		"123-ABC after a word for car or plate, Dutch side codes 1 to 13, French AB-123-CD, and German, Luxembourg, British " +
		"and personalised ones after a word for plate.",
	types: []EntityType{Plate},
	numbers: wakingNumbers{
		left: sideCaps | sideLetter | sideWord | sideDot | sideJoint, right: sideCaps | sideWord | sideDot | sideJoint,
		never: sideInner | sideRange, digits: 4, asked: cuePlate,
	},
	token: (*scan).plate,
}

// maxPlate is the number of blocks of a plate.
const maxPlate = 3

// A plateKind is a family of patterns.
type plateKind uint8

const (
	noPlate plateKind = iota
	plateBelgian
	plateBelgianOff
	plateCategory
	plateFrench
	plateDutch
	plateOther
	platePart
)

// plateKinds are the patterns of plates: A for a letter, 9 for a digit.
var plateKinds = func() (m [1 << 12]plateKind) {
	for kind, patterns := range [...]string{
		plateBelgian:    "9-AAA-999",
		plateBelgianOff: "9-AAA-99 9-AAA-9999",
		plateCategory:   "A-AAA-999",
		plateFrench:     "AA-999-AA",
		plateDutch: "AA-99-99 99-99-AA 99-AA-99 AA-99-AA AA-AA-99 99-AA-AA 99-AAA-9 9-AAA-9 AA-999-A A-999-AA " +
			"AAA-99-A 9-AA-999",
		platePart: "9-AAA",
		plateOther: "AAA-999 999-AAA AA-9999 AAAA-999 A-9999 AA-999 A-AA-999 AA-AA-9999 AA-AA-999 A-AA-9999 A-A-9999 " +
			"AA-A-999 AA-A-9999 A-999-AAA A-99-AAA AAA-AA-9999 AAA-A-999 AA-99-AAA AA-9-AA",
	} {
		for _, p := range strings.Fields(patterns) {
			code := 0
			for _, block := range strings.Split(p, "-") {
				code = code<<4 | len(block)
				if block[0] == 'A' {
					code |= 8
				}
			}
			m[code] = plateKind(kind)
		}
	}
	return m
}()

// plate looks for a plate of which number token i is the first number.
func (s *scan) plate(i int) {
	if s.size(i) > 4 || !s.blockBeside(i) {
		return
	}
	if s.glued(i) && (s.number(i-1) || s.joint(i-1) && s.number(i-2)) || int(s.toks[i].start) < s.plateEnd {
		return
	}
	if s.glued(i) && s.word(i-1) && s.glued(i-1) && s.mailPiece(i-2) {
		return // inside a longer word
	}
	if s.joint(i+1) && s.glued(i+1) && s.glued(i+2) && s.number(i+2) && (s.size(i) != 2 || s.size(i+2) != 2) {
		return // two blocks of digits side by side have two digits each: 12-34-AB
	}
	row, first := s.plateRow(i)
	for k := first; k <= 2; k++ { // the block to begin with
		for n := maxPlate; n > 1; n-- {
			if k+n <= 2 || k+n > len(row) || !complete(row[k:k+n]) {
				continue
			}
			b := blocks{first: row[k].tok, end: row[k+n-1].tok + 1, code: codeOf(row[k : k+n])}
			if kind := plateKinds[b.code]; kind == noPlate || kind == platePart && !s.glued(row[k+1].tok) {
				continue
			}
			if s.countGaps(&b, row[k:k+n]); s.tryPlate(&b) {
				return
			}
		}
	}
}

// tryPlate takes b if it is a plate and reports whether it is done with it.
func (s *scan) tryPlate(b *blocks) bool {
	s.lettersOf(b)
	start, end := s.toks[b.first].start, s.toks[b.end-1].end
	if s.inWord(start, end) || s.joint(b.end) && s.glued(b.end) && s.glued(b.end+1) && s.mailPiece(b.end+1) {
		return false
	}
	rule, f := b.rule()
	if rule == "" {
		return false
	}
	if f == forceWeak {
		near, loose := s.announced(b.first)
		if (near|loose|s.follows(b.end-1))&cuePlate == 0 && s.plateEnd == 0 || !b.upper && s.plainWords(b) {
			s.miss(byPlate, start, end, rule, "no word for plate or car near")
			return false
		}
		if near&cueNumbered&^(cuePlate|cuePlatform) != 0 && near&cuePlate == 0 {
			return false
		}
	}
	s.plateEnd = int(end)
	s.told |= 1 << byPlate // others of the text are spelled in any way
	s.add(byPlate, Plate, start, end, f, rule)
	return true
}

// plainWords reports whether the letters of b, spaced and in small letters, are
// ordinary words or months.
func (s *scan) plainWords(b *blocks) bool {
	for k := b.first; k < b.end; k++ {
		if s.word(k) && (s.toks[k].cue != 0 || s.known(k)) && (s.toks[k].gap || b.gaps > 0) {
			return true
		}
	}
	return false
}

// rule returns the pattern of a plate that b has, and how sure it is; with
// forceWeak a word for plate or car must be near.
func (b *blocks) rule() (string, force) {
	dashed := b.marks >= 2
	switch plateKinds[b.code] {
	case plateBelgian:
		if dashed || b.upper && b.gaps != 1 {
			return "Belgian plate", forceShape
		}
		return "Belgian plate without dashes", forceWeak
	case plateBelgianOff:
		return "Belgian plate, a digit off", forceWeak
	case plateCategory:
		if dashed && b.upper && b.category {
			return "Belgian plate of a category", forceShape
		}
		return "Belgian plate of a category", forceWeak
	case plateFrench:
		if b.upper && dashed {
			return "French plate", forceShape
		}
		return "French plate", forceWeak
	case plateDutch:
		if dashed && !b.vowels && b.code != 0x1_b_1 {
			return "Dutch plate", forceShape
		}
		return "Dutch plate", forceWeak
	case platePart:
		if b.marks > 0 && b.upper && !b.vowels {
			return "part of a Belgian plate", forceTypo
		}
		if b.marks > 0 && b.upper {
			return "part of a Belgian plate", forceWeak
		}
	case plateOther:
		if b.marks > 0 || b.upper {
			return "older or foreign plate", forceWeak
		}
	}
	return "", forceWeak
}
