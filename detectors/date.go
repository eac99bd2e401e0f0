package detectors

// A date is a day, month or year as people write it. end is the token after
// it, 0 when there is none.
type date struct {
	end        int
	year       int // 0 when not written
	day, month bool
	named      bool // the month is a word
}

// full reports whether day, month and year are there.
func (d date) full() bool { return d.day && d.month && d.year != 0 }

// dateAt reads the date that begins at token i: 12/03/2008, 2010-06-01,
// 12.3.08, 5/9, 3 april 2007, 1er mai, 9. Oktober, March 5th, 2009, maart 2011.
func (s *scan) dateAt(i int) date {
	if i >= len(s.toks) {
		return date{}
	}
	if s.is(i, cueMonth) && s.word(i) {
		return s.dateFromMonth(i)
	}
	if !s.number(i) || s.size(i) > 4 || s.joint(i-1) && s.glued(i) && s.number(i-2) && s.glued(i-1) {
		return date{}
	}
	if d := s.dateFromDay(i); d.end != 0 {
		return d
	}
	return s.numericDate(i)
}

// dateFromDay reads 3 april 2007, 1er mai 2010, 9. Oktober.
func (s *scan) dateFromDay(i int) date {
	if s.size(i) > 2 || !between(s.num(i), 1, 31) {
		return date{}
	}
	k := i + 1
	if s.markAt(k, '.') || s.word(k) && s.glued(k) && s.size(k) <= 3 {
		k++
	}
	if s.is(k, cueFiller) && s.word(k) {
		k++
	}
	if s.markAt(k, '-') && s.glued(k) {
		k++
	}
	if !s.is(k, cueMonth) {
		return date{}
	}
	d := date{end: k + 1, day: true, month: true, named: true}
	return s.withYear(d)
}

// dateFromMonth reads maart 2011, March 5th, 2009.
func (s *scan) dateFromMonth(i int) date {
	d := date{end: i + 1, month: true, named: true}
	if s.number(i+1) && s.size(i+1) <= 2 && between(s.num(i+1), 1, 31) {
		d.end, d.day = i+2, true
		if s.word(i+2) && s.glued(i+2) && s.size(i+2) == 2 {
			d.end++
		}
	}
	d = s.withYear(d)
	if !d.day && d.year == 0 {
		return date{}
	}
	return d
}

// withYear adds the year that follows d, if any.
func (s *scan) withYear(d date) date {
	k := d.end
	for s.markAt(k, '.') || s.markAt(k, ',') || s.markAt(k, '\'') || s.markAt(k, '-') && s.glued(k) {
		k++
	}
	if !s.number(k) || k > d.end+1 {
		return d
	}
	switch n := s.num(k); {
	case s.size(k) == 4 && between(n, 1880, 2100):
		d.year, d.end = n, k+1
	case s.size(k) == 2 && d.day && (k == d.end || s.markAt(d.end, '\'')) && !s.is(k+1, cueCount|cueYears) &&
		!((s.joint(k+1) || s.markAt(k+1, ':')) && s.glued(k+1) && s.number(k+2)):
		d.year, d.end = century(n), k+1
	}
	return d
}

// numericDate reads 12/03/2008, 12.3.08, 2010-06-01, 5/9.
func (s *scan) numericDate(i int) date {
	sep, k, ok := s.dateMark(i + 1)
	if !ok || !s.number(k) {
		return date{}
	}
	a, b := s.num(i), s.num(k)
	sep2, m, ok := s.dateMark(k + 1)
	if !ok || sep2 != sep || !s.number(m) || s.size(m) > 4 {
		if sep != '.' && s.size(i) <= 2 && s.size(k) <= 2 && dayMonth(a, b) {
			return date{end: k + 1, day: true, month: true}
		}
		return date{}
	}
	if sep3, n, more := s.dateMark(m + 1); more && s.number(n) && sep3 == sep {
		return date{}
	}
	c := s.num(m)
	switch {
	case s.size(i) == 4 && between(a, 1880, 2100) && between(b, 1, 12) && between(c, 1, 31):
		return date{end: m + 1, year: a, day: true, month: true}
	case s.size(i) > 2 || s.size(k) > 2 || !dayMonth(a, b):
		return date{}
	case s.size(m) == 4 && between(c, 1880, 2100):
		return date{end: m + 1, year: c, day: true, month: true}
	case s.size(m) == 2:
		return date{end: m + 1, year: century(c), day: true, month: true}
	}
	return date{}
}

// dateMark returns the mark between parts of a date at token i and the token
// after it.
func (s *scan) dateMark(i int) (mark byte, next int, ok bool) {
	if !s.markAt(i, '/') && !s.markAt(i, '.') && !s.markAt(i, '-') {
		return 0, i, false
	}
	apart := i+1 < len(s.toks) && s.toks[i].gap && s.toks[i+1].gap && s.toks[i].mark != '.'
	return s.toks[i].mark, i + 1, apart || s.glued(i) && s.glued(i+1)
}

// num returns the value of number token i of at most nine digits.
func (s *scan) num(i int) int {
	b := s.bytes(i)
	if len(b) > 9 {
		return -1
	}
	return int(number(b))
}

func between(n, low, high int) bool { return n >= low && n <= high }

// dayMonth reports whether a and b are a day and a month, in either order.
func dayMonth(a, b int) bool {
	return between(a, 1, 31) && between(b, 1, 12) || between(b, 1, 31) && between(a, 1, 12)
}

// century gives a year of two digits its century; nobody in a chat is born
// after nrnLatest.
func century(n int) int {
	if n <= nrnLatest {
		return 2000 + n
	}
	return 1900 + n
}
