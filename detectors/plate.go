package detectors

import "bytes"

// plates finds licence plates.
var plates = classifier{
	name: "plate",
	doc: "licence plates: Belgian 1-ABC-234 and the category letters (DIV, royal decree of 20 July 2001), the older ABC-123 and " +
		"123-ABC after a word for car or plate, Dutch side codes 1 to 13, French AB-123-CD, and German, Luxembourg, British " +
		"and personalised ones after a word for plate.",
	types:   []EntityType{Plate},
	numbers: true,
	token:   (*scan).plate,
}

// maxPlate is the number of blocks of a plate.
const maxPlate = 3

// blocks are up to three groups of letters or digits of a plate: kinds is their
// pattern, 9 for a digit and A for a letter, with a dash between blocks.
type blocks struct {
	kinds      [12]byte
	n          int
	first, end int // tokens
	marks      int // dashes and dots between blocks
	gaps       int // spaces between blocks
	upper      bool
	vowels     bool
	category   bool // the first letter is one of categories
}

// categories are the first letters of Belgian plates that are not of cars:
// motor, moped, trailer, taxi, oldtimer, tractor, trade.
var categories = []byte("MWSQUTXOGYZV")

// plate looks for a plate of which number token i is the first number.
func (s *scan) plate(i int) {
	if s.glued(i) && (s.number(i-1) || s.joint(i-1) && s.number(i-2)) || int(s.toks[i].start) < s.plateEnd {
		return
	}
	starts := [maxPlate]int{-1, -1, i}
	for k := 1; k >= 0; k-- { // letter blocks before the first number
		p := s.blockBefore(starts[k+1])
		if p < 0 || !s.plateWord(p) {
			break
		}
		starts[k] = p
	}
	for _, first := range starts {
		for n := maxPlate; first >= 0 && n > 1; n-- {
			if b := s.readBlocks(first, n); b.end > i && s.tryPlate(&b) {
				return
			}
		}
	}
}

// tryPlate takes b if it is a plate and reports whether it is done with it.
func (s *scan) tryPlate(b *blocks) bool {
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
	switch string(b.kinds[:b.n]) {
	case "9-AAA-999":
		if dashed || b.upper && b.gaps != 1 {
			return "Belgian plate", forceShape
		}
		return "Belgian plate without dashes", forceWeak
	case "9-AAA-99", "9-AAA-9999":
		return "Belgian plate, a digit off", forceWeak
	case "A-AAA-999":
		if dashed && b.upper && b.category {
			return "Belgian plate of a category", forceShape
		}
		return "Belgian plate of a category", forceWeak
	case "AA-999-AA":
		if b.upper && dashed {
			return "French plate", forceShape
		}
		return "French plate", forceWeak
	case "AA-99-99", "99-99-AA", "99-AA-99", "AA-99-AA", "AA-AA-99", "99-AA-AA", "99-AAA-9", "9-AAA-9", "AA-999-A", "A-999-AA",
		"AAA-99-A", "9-AA-999":
		if dashed && !b.vowels && b.n > 7 {
			return "Dutch plate", forceShape
		}
		return "Dutch plate", forceWeak
	case "AAA-999", "999-AAA", "AA-9999", "AAAA-999", "A-9999", "AA-999", "A-AA-999", "AA-AA-9999", "AA-AA-999", "A-AA-9999",
		"A-A-9999", "AA-A-999", "AA-A-9999", "AAA-AA-9999", "AAA-A-999", "AA-99-AAA", "AA-9-AA", "AA-9-AA-99":
		if b.marks > 0 || b.upper {
			return "older or foreign plate", forceWeak
		}
	}
	return "", forceWeak
}

// readBlocks reads up to most blocks from token first.
func (s *scan) readBlocks(first, most int) blocks {
	b := blocks{first: first, upper: true, category: bytes.IndexByte(categories, s.b[s.toks[first].start]) >= 0}
	k := first
	for n := 0; n < most && k >= 0 && k < len(s.toks); n++ {
		size := s.size(k)
		if b.n+size+1 > len(b.kinds) || !s.plateWord(k) && !(s.number(k) && size <= 4) {
			break
		}
		if n > 0 {
			b.kinds[b.n] = '-'
			b.n++
			b.countGap(s, k)
		}
		s.addBlock(&b, k)
		b.end = k + 1
		k = s.blockAfter(k)
	}
	return b
}

func (b *blocks) countGap(s *scan, k int) {
	if s.joint(k - 1) {
		b.marks++
	} else if s.toks[k].gap {
		b.gaps++
	}
}

func (s *scan) addBlock(b *blocks, k int) {
	for _, c := range s.bytes(k) {
		kind := byte('9')
		if isLetter(c) {
			kind = 'A'
			b.upper = b.upper && isUpper(c)
			switch c | 0x20 {
			case 'a', 'e', 'i', 'o', 'u':
				b.vowels = true
			}
		}
		b.kinds[b.n] = kind
		b.n++
	}
}

// plateWord reports whether token k is a word of one to four ASCII letters.
func (s *scan) plateWord(k int) bool {
	if !s.word(k) || s.size(k) > 4 {
		return false
	}
	for _, c := range s.bytes(k) {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// blockAfter returns the token of the block after token k, or -1.
func (s *scan) blockAfter(k int) int {
	switch {
	case k+1 >= len(s.toks):
		return -1
	case s.mailPiece(k+1) && s.toks[k+1].start-s.toks[k].end <= 1:
		return k + 1
	case (s.markAt(k+1, '-') || s.markAt(k+1, '.')) && s.glued(k+1) && s.glued(k+2) && s.mailPiece(k+2):
		return k + 2
	}
	return -1
}

// blockBefore returns the token of the block before token k, or -1.
func (s *scan) blockBefore(k int) int {
	switch {
	case k < 1:
		return -1
	case s.mailPiece(k-1) && s.toks[k].start-s.toks[k-1].end <= 1:
		return k - 1
	case k > 1 && (s.markAt(k-1, '-') || s.markAt(k-1, '.')) && s.glued(k-1) && s.glued(k) && s.mailPiece(k-2):
		return k - 2
	}
	return -1
}
