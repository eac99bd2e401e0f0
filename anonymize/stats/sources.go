package stats

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// maxSources bounds the sources that are kept, over all periods: 1,048,576, in at
// most 24 MiB (36 while the table grows). With more, only those are kept whose
// code begins with a zero bit, then two, and so on: one in 2, 4, 8 ... of all,
// chosen by the code and so by nothing that anyone did (distinct sampling,
// Gibbons 2001). Which are kept depends on the set alone, not on its order, so
// that sums stay associative.
const maxSources = 1 << 20

// sources counts how often each source wrote in each period. A source is a keyed
// code of an address and a period: codes of two periods cannot be linked.
type sources struct {
	level uint8    // leading zero bits of the codes that are kept
	codes []uint64 // open addressing by the low bits; 0 is empty
	marks []uint32 // period in the high half, count in the low, by place
	n     int
}

// source is one of them.
type source struct {
	code   uint64
	period periodNumber
	count  uint16 // 65,535 and more are one
}

func (s *sources) kept(code uint64) bool {
	return s.level == 0 || code>>(64-s.level) == 0
}

// add counts a source n times.
func (s *sources) add(x source) {
	if x.code == 0 {
		x.code = 1
	}
	if !s.kept(x.code) || x.count == 0 {
		return
	}
	if s.n*4 >= len(s.codes)*3 {
		s.resize(max(1024, 2*len(s.codes)))
	}
	i := s.place(x.code)
	if s.codes[i] == 0 {
		s.codes[i], s.marks[i] = x.code, uint32(x.period)<<16
		s.n++
	}
	count := min(uint32(uint16(s.marks[i]))+uint32(x.count), math.MaxUint16)
	s.marks[i] = s.marks[i]&^math.MaxUint16 | count
	for s.n > maxSources {
		s.thin(s.level + 1)
	}
}

// place returns where a code stands, or would.
func (s *sources) place(code uint64) int {
	mask := len(s.codes) - 1
	i := int(code) & mask
	for s.codes[i] != 0 && s.codes[i] != code {
		i = (i + 1) & mask
	}
	return i
}

func (s *sources) resize(size int) {
	old := *s
	s.codes, s.marks, s.n = make([]uint64, size), make([]uint32, size), 0
	for i, code := range old.codes {
		if code != 0 && s.kept(code) {
			j := s.place(code)
			s.codes[j], s.marks[j] = code, old.marks[i]
			s.n++
		}
	}
}

// thin keeps the codes of a level only.
func (s *sources) thin(level uint8) {
	s.level = level
	s.resize(len(s.codes))
}

// merge adds the counts of o.
func (s *sources) merge(o *sources) {
	if o.level > s.level {
		s.level = o.level
		s.resize(max(1024, len(s.codes)))
	}
	for x := range o.all {
		s.add(x)
	}
}

// all yields the sources in the order of the table.
func (s *sources) all(yield func(source) bool) {
	for i, code := range s.codes {
		if code != 0 && !yield(source{code, periodNumber(s.marks[i] >> 16), uint16(s.marks[i])}) {
			return
		}
	}
}

// sorted returns the sources by period and code.
func (s *sources) sorted() []source {
	out := make([]source, 0, s.n)
	for x := range s.all {
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b source) int { return cmp.Or(cmp.Compare(a.period, b.period), cmp.Compare(a.code, b.code)) })
	return out
}

// scale is how many sources each kept one stands for.
func (s *sources) scale() int64 { return 1 << s.level }

// sourceSize is the length of a source in binary form.
const sourceSize = 12

// appendBinary appends the level and the sources, equal ones always equally.
func (s *sources) appendBinary(b []byte) []byte {
	b = append(b, s.level)
	for _, x := range s.sorted() {
		b = binary.BigEndian.AppendUint64(b, x.code)
		b = binary.BigEndian.AppendUint16(b, uint16(x.period))
		b = binary.BigEndian.AppendUint16(b, x.count)
	}
	return b
}

var errSources = errors.New("stats: the table of sources is damaged")

func (s *sources) parse(b []byte) error {
	if len(b) == 0 || (len(b)-1)%sourceSize != 0 || b[0] > 44 {
		return errSources
	}
	*s = sources{level: b[0]}
	for b = b[1:]; len(b) > 0; b = b[sourceSize:] {
		x := source{binary.BigEndian.Uint64(b), periodNumber(binary.BigEndian.Uint16(b[8:])), binary.BigEndian.Uint16(b[10:])}
		if x.code == 0 || !s.kept(x.code) || x.count == 0 {
			return errSources
		}
		s.add(x)
	}
	return nil
}

// frequent returns the sources that wrote at least n times in a period.
func (s *sources) frequent(n int) []source {
	var out []source
	for x := range s.all {
		if int(x.count) >= n {
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b source) int {
		return cmp.Or(cmp.Compare(a.period, b.period), cmp.Compare(b.count, a.count), cmp.Compare(a.code, b.code))
	})
	return out
}

// timesBands are the bands of how often a source wrote in a period.
var timesBands = [...]band{{1, "1"}, {2, "2-3"}, {4, "4-9"}, {10, "10+"}}

// tables returns how many sources wrote how often, by period.
func (s *sources) tables() (periods, times map[string]int64, both map[pair]int64) {
	periods, times, both = map[string]int64{}, map[string]int64{}, map[pair]int64{}
	for x := range s.all {
		p, b := x.period.String(), bandOf(timesBands[:], int(x.count))
		periods[p]++
		times[b]++
		both[pair{p, b}]++
	}
	return periods, times, both
}
