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
	numbers wakingNumbers
	words   cue
	marks   string
	// wordedMarks are marks that wake it when a word stands in their row.
	wordedMarks string
	// token looks around token i.
	token func(s *scan, i int)
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
	windows [32][]int16  // by number of digits
	numbers numberTable  // which numbers wake which
	words   [64]uint32   // by cue bit, sets of classifiers
	marks   [128][]int16 // by character
	worded  [128][]int16 // by character, when a word stands in the row
	wordSet cue          // all cues that wake a classifier
	pool    *sync.Pool   // of *scan
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

// enlist files classifier by under what wakes it.
func (e *engine) enlist(by int16) {
	c := &e.list[by]
	for d := range e.windows {
		if c.digits>>d&1 != 0 {
			e.windows[d] = append(e.windows[d], by)
		}
	}
	if c.token != nil {
		e.numbers.enlist(by, &c.numbers)
	}
	for bit := range e.words {
		if c.words>>bit&1 != 0 {
			e.words[bit] |= 1 << by
		}
	}
	for _, m := range []byte(c.marks) {
		e.marks[m] = append(e.marks[m], by)
	}
	for _, m := range []byte(c.wordedMarks) {
		e.worded[m] = append(e.worded[m], by)
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
	s.told = s.numbers.told(s.seen | s.before)
	next := 0 // token after the last run
	for i := range s.toks {
		switch k := &s.toks[i]; k.kind {
		case kindNumber:
			if i >= next {
				next = s.tryRun(i)
			}
			s.askNumber(i)
		case kindWord:
			if c := k.cue & (s.wordSet | cueZero); c != 0 {
				if c&cueZero != 0 && i >= next {
					next = s.tryRun(i)
				}
				s.askWord(i, c)
			}
		case kindMark:
			if k.mark < 128 && (s.glued(i+1) || k.mark != '.' && k.mark != '-') {
				s.askMark(i)
			}
		}
	}
}

// ask lets the classifiers of list look around token i.
func (s *scan) ask(list []int16, i int) {
	for _, by := range list {
		if asked := s.numbers.asked[by]; asked == 0 || s.told>>by&1 != 0 {
			s.list[by].token(s, i)
		}
	}
}

// askMark asks about a mark.
func (s *scan) askMark(i int) {
	mark := s.toks[i].mark
	s.ask(s.marks[mark], i)
	if list := s.engine.worded[mark]; len(list) > 0 && s.wordedRow(i) {
		s.ask(list, i)
	}
}

// askWord asks the classifiers that one of the cues c wakes, each of them once.
func (s *scan) askWord(i int, c cue) {
	var todo uint32
	for ; c != 0; c &= c - 1 {
		todo |= s.words[bits.TrailingZeros64(uint64(c))]
	}
	s.askAll(todo, i)
}

// askAll asks the classifiers in the set todo about token i.
func (s *scan) askAll(todo uint32, i int) {
	for ; todo != 0; todo &= todo - 1 {
		s.list[bits.TrailingZeros32(todo)].token(s, i)
	}
}
