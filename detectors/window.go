package detectors

// tryRun tries the rows of digits that begin at token i and returns the token
// to go on with.
func (s *scan) tryRun(i int) int {
	s.run.spoken = s.word(i) // what the run before was says nothing of this one
	if s.size(i) < minWindow && !s.mayGoOn(i+1) {
		if s.size(i) == 4 && s.b[s.toks[i].start] == '0' {
			s.phoneInTwo(i)
		}
		return i + 1
	}
	r := s.gather(i)
	for g := 0; g < r.n; {
		if r.more && g >= maxGroups/2 {
			return int(r.tok[g])
		}
		g = max(g+1, s.tryWindows(r, g))
	}
	return int(r.tok[r.n])
}

// mayGoOn reports whether token i can go on a row of digits.
func (s *scan) mayGoOn(i int) bool {
	if i >= len(s.toks) {
		return false
	}
	t := &s.toks[i]
	return t.kind == kindNumber || t.kind == kindMark && (separates(t.mark) || t.mark == ',') || s.saysNumber(i)
}

// Numbers have at least 7 digits, and windows at most 19.
const (
	minWindow = 7
	maxWindow = 19
	maxPieces = 8 // groups of a number that nothing announces and that begins with no zero
)

// tryWindows tries the windows that begin at group g, the longest first, and
// returns the group after the one that was taken, or g.
func (s *scan) tryWindows(r *run, g int) int {
	h := g
	for h < r.n && r.cum[h+1]-r.cum[g] <= maxWindow {
		h++
	}
	if r.cum[h]-r.cum[g] < minWindow {
		return g
	}
	w := &s.win
	w.cue, w.loose = 0, 0
	if (s.seen|s.before)&(cueNumbered|cueNumber|cueCode) != 0 {
		w.cue, w.loose = s.announced(int(r.tok[g]))
	}
	plus := s.markAt(int(r.tok[g])-1, '+') && !s.markAt(int(r.tok[g])-2, '+') && s.glued(int(r.tok[g]))
	zero := r.dig[r.cum[g]] == '0'
	if w.cue == 0 && !plus && !zero {
		h = min(h, g+maxPieces) // more would be a count, not a number
	}
	r.begin(w, g, h)
	bare := w.cue|w.loose == 0 && !plus && !s.explain && !s.countryNear(int(r.tok[g]))
	for ; h > g && r.cum[h]-r.cum[g] >= minWindow; h-- {
		if r.at(w, g, h); bare && !w.spelledBare() {
			continue
		}
		phoneOnly := plus || h-g > maxPieces && w.cue == 0
		for _, by := range s.windows[w.d] {
			if (!phoneOnly || by == byPhone) && s.list[by].window(s, w) {
				return h
			}
		}
	}
	return g
}

// bareBreaks are, by number of digits, the places where a new group may begin
// in a number that nothing announces and that begins with no zero.
var bareBreaks = [maxWindow + 1]uint32{
	9:  1<<3 | 1<<5 | 1<<6 | 1<<7,               // mobile without its zero
	10: 1<<2 | 1<<3 | 1<<4 | 1<<6 | 1<<7 | 1<<9, // register number a digit short, company, North America
	11: 1<<2 | 1<<4 | 1<<5 | 1<<6 | 1<<8 | 1<<9, // register number, Steuer-ID
	12: 1<<3 | 1<<4 | 1<<7 | 1<<8 | 1<<10,       // structured communication, account, identity card, card
	13: 1<<4 | 1<<6 | 1<<8 | 1<<11 | 1<<12,      // matricule, card
	14: bareCard,
	15: bareCard | 1<<1 | 1<<2 | 1<<3 | 1<<5 | 1<<6 | 1<<7 | 1<<13 | 1<<14, // NIR, IMEI
	16: bareCard,
	17: bareCard,
	18: bareCard,
	19: bareCard,
}

// bareCard are the places where groups of a card begin: by four, or 4-6-5.
const bareCard = 1<<4 | 1<<8 | 1<<10 | 1<<12 | 1<<16

// spelledBare reports whether w has groups as a number may have them that
// nothing announces. Those of telephones lie anywhere: after a zero at most
// twelve digits, more after 00 or 32.
func (w *window) spelledBare() bool {
	switch {
	case w.only(bareBreaks[w.d]):
		return true
	case w.dig[0] == '0':
		return w.d <= 12 || w.dig[1] == '0' && w.dig[2] != '0'
	}
	return w.dig[0] == '3' && w.dig[1] == '2' && w.d >= 10
}

// bounds returns the bytes of window w.
func (s *scan) bounds(w *window) (start, end int32) {
	start, end = s.run.start[w.g], s.run.end[w.h-1]
	if k := int(s.run.tok[w.g]); w.h > w.g+1 && s.run.sep[w.g+1] == ')' && s.markAt(k-1, '(') && s.glued(k) {
		start-- // (09) 223 45 67
	}
	return start, end
}

// take adds window w as a finding and reports true.
func (s *scan) take(w *window, by int16, t EntityType, f force, rule string) bool {
	start, end := s.bounds(w)
	s.add(by, t, start, end, f, rule)
	return true
}

// pass notes why window w was not taken and reports false.
func (s *scan) pass(w *window, by int16, rule, why string) bool {
	start, end := s.bounds(w)
	s.miss(by, start, end, rule, why)
	return false
}
