package detectors

import "strconv"

// A run is a row of digit groups that may belong together: 85.07.30-033.28,
// 0471 / 12 . 34 . 56, +32 (0)471 12 34 56.
type run struct {
	n      int                  // number of groups
	digits int                  // number of digits
	start  [maxGroups]int32     // first byte of each group
	end    [maxGroups]int32     // byte after each group
	tok    [maxGroups + 1]int32 // token of each group, and the token after the run
	cum    [maxGroups + 1]uint8 // digits before each group
	sep    [maxGroups]byte      // what stands before each group: 0 nothing, or one of " ./-_("
	dig    [maxDigits]byte
	word   [4]byte
	spoken bool // a group is a word: nul vier zeven
	more   bool // the row goes on beyond what fits
}

const (
	maxGroups = 24
	maxDigits = 48
	maxSep    = 5 // bytes between two groups
)

// gather collects the run that begins at token i.
func (s *scan) gather(i int) *run {
	r := &s.run
	r.n, r.digits, r.spoken, r.more = 0, 0, false, false
	last, ok := r.push(s, i, 0)
	for ok {
		j, sep, more := s.nextGroup(last)
		if !more {
			break
		}
		next, fits := r.push(s, j, sep)
		if !fits {
			r.more = true
			break
		}
		last = next
	}
	r.tok[r.n] = int32(last + 1)
	return r
}

// push adds the group that begins at token i, and returns its last token and
// whether it fits.
func (r *run) push(s *scan, i int, sep byte) (last int, ok bool) {
	last = i
	dig, spoken := s.bytes(i), s.word(i)
	if spoken {
		var value int
		value, last, _ = s.spokenNumber(i)
		dig = strconv.AppendInt(r.word[:0], int64(value), 10)
	}
	if r.n == maxGroups || r.digits+len(dig) > maxDigits {
		return i, false
	}
	g := r.n
	r.start[g], r.end[g], r.tok[g], r.sep[g] = s.toks[i].start, s.toks[last].end, int32(i), sep
	r.cum[g] = uint8(r.digits)
	r.digits += copy(r.dig[r.digits:], dig)
	r.spoken = r.spoken || spoken
	r.n++
	r.cum[r.n] = uint8(r.digits)
	return last, true
}

// nextGroup returns the token of the digit group after token i and what
// separates them.
func (s *scan) nextGroup(i int) (j int, sep byte, ok bool) {
	end := s.toks[i].end
	for j = i + 1; j < len(s.toks) && j < i+4; j++ {
		t := &s.toks[j]
		if t.kind == kindMark && t.mark == '(' && !s.areaCode(j) {
			return 0, 0, false
		}
		if t.kind == kindMark && (separates(t.mark) || t.mark == ',' && s.run.spoken) {
			if sep == 0 || sep == ')' || sep == '(' {
				sep = t.mark
			}
			continue
		}
		if t.kind != kindNumber && !s.saysNumber(j) {
			return 0, 0, false
		}
		if sep == 0 {
			sep = ' '
		}
		return j, sep, t.start-end <= maxSep && (s.joined || !s.breaks(end, t.start))
	}
	return 0, 0, false
}

// saysNumber reports whether token i is a word for a number that may be a group:
// a digit, or any number where one is told in words.
func (s *scan) saysNumber(i int) bool {
	t := &s.toks[i]
	if t.kind != kindWord {
		return false
	}
	if t.cue&(cueDigitWord|cueZero) != 0 {
		return true
	}
	if t.cue&cueAgeWord == 0 && !s.run.spoken {
		return false
	}
	_, ok := s.wordValue(i)
	return ok
}

// areaCode reports whether a number in brackets stands at token i: +32 (0)471,
// +1 (202) 555.
func (s *scan) areaCode(i int) bool { return s.number(i+1) && s.markAt(i+2, ')') }

// separates reports whether c may stand between two groups of one number.
func separates(c byte) bool {
	return c == '.' || c == '-' || c == '/' || c == '_' || c == '(' || c == ')'
}

// breaks reports whether a line ends in bytes [i, j) of the shadow.
func (s *scan) breaks(i, j int32) bool {
	for ; i < j; i++ {
		if s.b[i] == '\n' {
			return true
		}
	}
	return false
}

// A window is a part of a run that is tried as one number: groups [g, h).
type window struct {
	g, h   int
	d      int    // number of digits
	dig    []byte // the digits
	breaks uint32 // bit k is set when a new group begins after k digits
	all    uint32 // breaks of the longest window of its first group
	cue    cue    // what the words right before announce
	loose  cue    // what the words further back announce
	buf    [maxWindow + 1]byte
}

// at makes w the window of groups [g, h).
func (r *run) at(w *window, g, h int) {
	w.g, w.h = g, h
	w.d = int(r.cum[h] - r.cum[g])
	w.dig = r.dig[r.cum[g]:r.cum[h]]
	w.breaks = w.all & (1<<w.d - 1)
}

// begin readies w for the windows of the groups [g, h).
func (r *run) begin(w *window, g, h int) {
	w.all = 0
	for k := g + 1; k < h; k++ {
		w.all |= 1 << (r.cum[k] - r.cum[g])
	}
}

// only reports whether groups begin nowhere but after the digits in set.
func (w *window) only(set uint32) bool { return w.breaks&^set == 0 }

// sep reports whether all separators inside the window are c.
func (r *run) sepsAre(w *window, c byte) bool {
	for k := w.g + 1; k < w.h; k++ {
		if r.sep[k] != c {
			return false
		}
	}
	return true
}
