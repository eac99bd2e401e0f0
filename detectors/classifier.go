package detectors

import (
	"math/bits"
	"slices"
	"sync"
)

// A classifier decides whether a candidate of the shared scan is one kind of
// personal data. It adds findings to the scan and keeps nothing.
type classifier struct {
	name  string
	doc   string
	types []EntityType
	// digits is the set of digit counts of the windows it is asked about.
	digits uint32
	// window decides about a row of digits and reports whether it took it.
	window func(s *scan, w *window) bool
	// numbers, words and marks say which tokens wake it.
	numbers numberKind
	// beside are the neighbours one of which a number that does not stand alone
	// must have to wake it; 0 for any.
	beside beside
	// asked are the cues one of which the text, or the one before, must have
	// for a short number that stands alone to wake it; 0 for none.
	asked cue
	words cue
	marks string
	// token looks around token i.
	token func(s *scan, i int)
}

// A numberKind says which numbers wake a classifier.
type numberKind uint8

const (
	numberAlone numberKind = 1 << iota // white space, nothing or punctuation on both sides
	numberGlued                        // something glued to it
	numberAny   = numberAlone | numberGlued
)

// beside is what is glued to a number, on either side.
type beside uint8

const (
	besideWord  beside = 1 << iota // letters
	besideDot                      // a dot or a degree sign
	besideJoint                    // a dash, slash or underscore
	besideColon
	besideOther // another mark, a placeholder

	besideAny = besideWord | besideDot | besideJoint | besideColon | besideOther
)

// besideOf returns what is glued to number token i.
func (s *scan) besideOf(i int) beside {
	var b beside
	if i > 0 && !s.toks[i].gap {
		b = besideKind(&s.toks[i-1])
	}
	if s.glued(i + 1) {
		b |= besideKind(&s.toks[i+1])
	}
	return b
}

func besideKind(t *token) beside {
	switch {
	case t.kind == kindWord:
		return besideWord
	case t.mark == '.' || t.mark == 0xb0:
		return besideDot
	case t.mark == '-' || t.mark == '/' || t.mark == '_':
		return besideJoint
	case t.mark == ':':
		return besideColon
	}
	return besideOther
}

// The classifiers in order of precedence: of two findings of equal length and
// force, the one listed first wins.
const (
	byURL int16 = iota
	byEmail
	byIBAN
	byOGM
	byNRN
	byCard
	byDevice
	byMAC
	byIP
	byNational
	byAccount
	byCompany
	byPhone
	byPlate
	byBirth
	byGeo
	byAddress
	byPassword
	byReference
	byHandle
	byAge
	byClass
	bySchool
	classifierCount
)

// classifiers lists them all.
func classifiers() []classifier {
	return []classifier{
		byURL: urls, byEmail: emails, byIBAN: ibans, byOGM: communications, byNRN: nrns, byCard: cards, byDevice: devices,
		byMAC: macs, byIP: ips, byNational: nationals, byAccount: accounts, byCompany: companies, byPhone: phones,
		byPlate: plates, byBirth: births, byGeo: positions, byAddress: addresses, byPassword: passwords,
		byReference: references, byHandle: handles, byAge: ages, byClass: classes, bySchool: schools,
	}
}

// An engine holds what all scans share. It is safe for concurrent use.
type engine struct {
	list    []classifier
	lex     *cueTable
	keep    *keepList
	strict  Strictness
	windows [32][]int16       // by number of digits
	short   []int16           // woken by a number of one or two digits that stands alone
	alone   []int16           // woken by a number that stands alone
	glued   []gluedClassifier // woken by a number glued to something
	words   [64]uint32        // by cue bit, sets of classifiers
	marks   [128][]int16      // by character
	wordSet cue               // all cues that wake a classifier
	pool    *sync.Pool        // of *scan
}

// newEngine makes an engine of the built-in classifiers.
func newEngine(strict Strictness, keep []string) (*engine, error) {
	lex, err := words()
	if err != nil {
		return nil, err
	}
	k, err := newKeepList(keep)
	if err != nil {
		return nil, err
	}
	e := &engine{list: classifiers(), lex: lex, keep: k, strict: strict}
	e.pool = &sync.Pool{New: func() any { return &scan{engine: e} }}
	for i := range e.list {
		e.enlist(int16(i))
	}
	return e, nil
}

// A gluedClassifier is what is asked about a number with something beside it.
type gluedClassifier struct {
	needs beside
	token func(s *scan, i int)
}

// enlist files classifier by under what wakes it.
func (e *engine) enlist(by int16) {
	c := &e.list[by]
	for d := range e.windows {
		if c.digits>>d&1 != 0 {
			e.windows[d] = append(e.windows[d], by)
		}
	}
	if c.numbers&numberAlone != 0 {
		e.alone = append(e.alone, by)
		e.short = append(e.short, by)
	}
	if c.numbers&numberGlued != 0 {
		needs := c.beside
		if needs == 0 {
			needs = besideAny
		}
		e.glued = append(e.glued, gluedClassifier{needs, c.token})
	}
	for bit := range e.words {
		if c.words>>bit&1 != 0 {
			e.words[bit] |= 1 << by
		}
	}
	for _, m := range []byte(c.marks) {
		e.marks[m] = append(e.marks[m], by)
	}
	e.wordSet |= c.words
}

// defaultEngine serves the detectors of All when they are used one by one.
var defaultEngine = sync.OnceValues(func() (*engine, error) { return newEngine(StrictnessHigh, nil) })

// find appends the spans of classifier only, or of all when only is negative.
func (e *engine) find(dst []Span, t Text, only int16) []Span {
	s := e.look(t)
	if s == nil {
		return dst
	}
	defer e.pool.Put(s)
	if only >= 0 {
		s.found = slices.DeleteFunc(s.found, func(f finding) bool { return f.by != only })
	}
	return s.settle(dst)
}

// look scans t, or returns nil when nothing in it wakes a classifier. Who is
// done with the scan puts it back into the pool.
func (e *engine) look(t Text) *scan {
	if !e.lex.wakes(t.Body) {
		return nil
	}
	s := e.pool.Get().(*scan)
	s.explain, s.joined = false, false
	s.classify(t)
	return s
}

// classify looks at a text and fills s.found.
func (s *scan) classify(t Text) {
	s.before = s.announcedBy(t.Prev)
	s.read(t.Body)
	next := 0 // token after the last run
	for i := range s.toks {
		switch k := &s.toks[i]; k.kind {
		case kindNumber:
			if i >= next {
				next = s.tryRun(i)
			}
			switch {
			case !s.standsAlone(i):
				s.askGlued(i)
			case k.end-k.start <= 2:
				s.askShort(i)
			default:
				s.ask(s.alone, i)
			}
		case kindWord:
			if k.cue&cueZero != 0 && i >= next {
				next = s.tryRun(i)
			}
			if c := k.cue & s.wordSet; c != 0 {
				s.askWord(i, c)
			}
		case kindMark:
			if k.mark < 128 && len(s.marks[k.mark]) > 0 && (s.glued(i+1) || k.mark != '.' && k.mark != '-') {
				s.ask(s.marks[k.mark], i)
			}
		}
	}
}

// standsAlone reports whether nothing is glued to number token i but brackets,
// quotes and the marks that end a clause.
func (s *scan) standsAlone(i int) bool {
	if t := &s.toks[i]; !t.gap && i > 0 {
		if o := &s.toks[i-1]; !o.gap || o.mark != '(' && o.mark != '"' {
			return false
		}
	}
	if !s.glued(i + 1) {
		return true
	}
	switch s.toks[i+1].mark {
	case ',', '.', '!', '?', ')', ';', '"':
		return !s.glued(i + 2)
	}
	return false
}

// ask lets the classifiers of list look around token i.
func (s *scan) ask(list []int16, i int) {
	for _, by := range list {
		s.list[by].token(s, i)
	}
}

// askGlued asks about a number with something glued to it.
func (s *scan) askGlued(i int) {
	b := s.besideOf(i)
	for k := range s.engine.glued {
		if g := &s.engine.glued[k]; g.needs&b != 0 {
			g.token(s, i)
		}
	}
}

// askShort asks about a number of one or two digits that stands alone, as most
// numbers in chats are.
func (s *scan) askShort(i int) {
	about := s.seen | s.before
	for _, by := range s.short {
		if c := &s.list[by]; c.asked == 0 || c.asked&about != 0 {
			c.token(s, i)
		}
	}
}

// askWord asks the classifiers that one of the cues c wakes, each of them once.
func (s *scan) askWord(i int, c cue) {
	var todo uint32
	for ; c != 0; c &= c - 1 {
		todo |= s.words[bits.TrailingZeros64(uint64(c))]
	}
	for ; todo != 0; todo &= todo - 1 {
		s.list[bits.TrailingZeros32(todo)].token(s, i)
	}
}

// tryRun tries the rows of digits that begin at token i and returns the token
// to go on with.
func (s *scan) tryRun(i int) int {
	if s.size(i) < minWindow && !s.mayGoOn(i+1) {
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
	return t.kind == kindNumber || t.kind == kindMark && (separates(t.mark) || t.mark == ',') || t.cue&(cueDigitWord|cueZero) != 0
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
	for ; h > g && r.cum[h]-r.cum[g] >= minWindow; h-- {
		r.at(w, g, h)
		phoneOnly := plus || h-g > maxPieces && w.cue == 0
		for _, by := range s.windows[w.d] {
			if (!phoneOnly || by == byPhone) && s.list[by].window(s, w) {
				return h
			}
		}
	}
	return g
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
