package detectors

// kind is the kind of a token.
type kind uint8

const (
	kindWord   kind = iota // letters
	kindNumber             // digits
	kindMark               // one other character
	kindOpaque             // a pseudonym or role label: nothing looks into it
)

// A token is a word, a number or one other character of the shadow.
type token struct {
	start, end int32
	hash       uint64 // of a word, without regard to case
	cue        cue
	kind       kind
	gap        bool // white space before it
	mark       byte // the character of a kindMark, 0 beyond Latin-1
}

// A scan is one look at one text: its tokens, and what the classifiers have
// found so far. It is used for one text at a time and reused.
type scan struct {
	*engine
	shadow
	toks    []token
	found   []finding
	mended  []mend // letters that stand for digits
	taken   []bool // bytes of the shadow that a span covers
	key     []byte // a folded word
	misses  []NearMiss
	run     run
	win     window
	aged    aged
	row     row
	told    uint32 // classifiers that all numbers wake
	ends           // how far classifiers have read
	seen    cue    // the cues of all its words
	before  cue    // what the text before this one announced
	explain bool   // near misses are wanted
	joined  bool   // a line break may stand inside a number

	replaced  bool // a placeholder is in the text
	postcodes bool // a number of four digits or more is in the text
}

// ends are the bytes up to which classifiers have read, so that none reads
// anything twice.
type ends struct {
	urlEnd, dateEnd, plateEnd, codeEnd, secretEnd, streetEnd, handleSeen, lastAge, schoolEnd int
}

// bytes returns the bytes of token i.
func (s *scan) bytes(i int) []byte { return s.b[s.toks[i].start:s.toks[i].end] }

// size returns the length of token i in bytes.
func (s *scan) size(i int) int { return int(s.toks[i].end - s.toks[i].start) }

// markAt reports whether token i is the character c.
func (s *scan) markAt(i int, c byte) bool {
	return uint(i) < uint(len(s.toks)) && s.toks[i].mark == c && c != 0
}

// glued reports whether token i follows the token before it without a gap; the
// first one never does.
func (s *scan) glued(i int) bool { return uint(i) < uint(len(s.toks)) && !s.toks[i].gap }

// is reports whether token i is a word with one of the cues c.
func (s *scan) is(i int, c cue) bool {
	return uint(i) < uint(len(s.toks)) && s.toks[i].cue&c != 0
}

// number reports whether token i is a number.
func (s *scan) number(i int) bool {
	return uint(i) < uint(len(s.toks)) && s.toks[i].kind == kindNumber
}

// word reports whether token i is a word.
func (s *scan) word(i int) bool {
	return uint(i) < uint(len(s.toks)) && s.toks[i].kind == kindWord
}
