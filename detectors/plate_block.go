package detectors

import "strings"

// blocks are up to three groups of letters or digits of a plate. code has four
// bits for each block: its length, and 8 for letters.
type blocks struct {
	code       int
	first, end int // tokens
	marks      int // dashes and dots between blocks
	gaps       int // spaces between blocks
	upper      bool
	vowels     bool
	category   bool // the first letter is one of categories
}

// categories are the first letters of Belgian plates that are not of cars:
// motor, moped, trailer, taxi, oldtimer, tractor, trade.
const categories = "MWSQUTXOGYZV"

// A plateBlock is a token that may be a block of a plate; code is 0 when there
// is none.
type plateBlock struct{ tok, code int }

// complete reports whether all blocks are there.
func complete(row []plateBlock) bool {
	for _, b := range row {
		if b.code == 0 {
			return false
		}
	}
	return true
}

// codeOf returns the pattern of blocks.
func codeOf(row []plateBlock) int {
	code := 0
	for _, b := range row {
		code = code<<4 | b.code
	}
	return code
}

// plateRow returns up to two blocks of letters before number token i, the
// number, and two blocks after it, and the index of the first there is.
func (s *scan) plateRow(i int) (row [5]plateBlock, first int) {
	row[2] = plateBlock{i, s.size(i)}
	first = 2
	for k := 1; k >= 0; k-- {
		p := s.blockBefore(row[k+1].tok)
		if p < 0 || !s.plateWord(p) {
			break
		}
		row[k], first = plateBlock{p, s.size(p) | 8}, k
	}
	for k := 3; k < 5; k++ {
		p := s.blockAfter(row[k-1].tok)
		if p < 0 {
			break
		}
		switch {
		case s.plateWord(p):
			row[k] = plateBlock{p, s.size(p) | 8}
		case s.number(p) && s.size(p) <= 4:
			row[k] = plateBlock{p, s.size(p)}
		default:
			return row, first
		}
	}
	return row, first
}

// countGaps counts what stands between the blocks of b.
func (s *scan) countGaps(b *blocks, row []plateBlock) {
	for _, p := range row[1:] {
		if s.joint(p.tok - 1) {
			b.marks++
		} else if s.toks[p.tok].gap {
			b.gaps++
		}
	}
}

// blockBeside reports whether what stands beside number token i can be a block
// of a plate: a short word or a dash without a gap, capitals after a space, or
// any word when the text speaks of plates or cars.
func (s *scan) blockBeside(i int) bool {
	return s.plateBeside(i, i-1, i-2) || s.plateBeside(i, i+1, i+2)
}

// plateBeside is blockBeside for one side, on which token k stands and then
// token beyond.
func (s *scan) plateBeside(i, k, beyond int) bool {
	if k < 0 || k >= len(s.toks) {
		return false
	}
	t, glued := &s.toks[k], !s.toks[max(k, i)].gap
	if t.kind == kindMark {
		if !glued || t.mark != '-' && t.mark != '.' || !s.glued(max(beyond, k)) || !s.mailPiece(beyond) {
			return false
		}
		return s.number(beyond) && s.size(i) == 2 || s.word(beyond) && platePairs[s.size(i)][min(s.size(beyond), 5)]
	}
	n := t.end - t.start
	if t.kind != kindWord || !platePairs[s.size(i)][min(n, 5)] {
		return false
	}
	return glued || s.told>>byPlate&1 != 0 || n > 1 && isUpper(s.b[t.start+1])
}

// platePairs says how many digits and letters stand side by side in a plate.
var platePairs = func() (t [5][6]bool) {
	for code, kind := range plateKinds {
		for a, b := code>>4&15, code&15; kind != noPlate && b != 0; a, b = code>>8&15, code>>4&15 {
			if a&8 != b&8 {
				t[min(a, b)][max(a, b)&7] = true
			}
			if code >>= 4; code < 16 {
				break
			}
		}
	}
	return t
}()

// lettersOf looks at the letters of b.
func (s *scan) lettersOf(b *blocks) {
	b.upper, b.category = true, strings.IndexByte(categories, s.b[s.toks[b.first].start]) >= 0
	for k := b.first; k < b.end; k++ {
		if !s.word(k) {
			continue
		}
		for _, c := range s.bytes(k) {
			b.upper = b.upper && isUpper(c)
			switch c | 0x20 {
			case 'a', 'e', 'i', 'o', 'u':
				b.vowels = true
			}
		}
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
