package keys

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Length is how long a period lasts. A pseudonym of the scope "period" joins
// what one source did within one period, and nothing beyond it.
type Length string

// The lengths of a period. The zero Length is no length.
const (
	Month   Length = "month"
	Quarter Length = "quarter"
)

// Valid reports whether l is one of the lengths.
func (l Length) Valid() bool { return l == Month || l == Quarter }

// perYear returns the number of periods in a year.
func (l Length) perYear() int {
	if l == Quarter {
		return 4
	}
	return 12
}

// firstYear is the year that periods count from, lastYear the last that a ring
// has keys for.
const (
	firstYear = 1970
	lastYear  = 2310
)

// ErrPeriod says that a text names no period.
var ErrPeriod = errors.New("keys: a period is written 2026-01 (month) or 2026-Q1 (quarter), from 1970 to 2310")

// Period is one month or quarter of the calendar.
type Period struct {
	length Length
	index  int // from the first of firstYear
}

// PeriodOf returns the period that t lies in, in the time zone of t, and false
// when t is before 1970 or after 2310.
func PeriodOf(t time.Time, l Length) (Period, bool) {
	if !l.Valid() || t.Year() < firstYear || t.Year() > lastYear {
		return Period{}, false
	}
	n := l.perYear()
	return Period{l, (t.Year()-firstYear)*n + (int(t.Month())-1)*n/12}, true
}

// ParsePeriod returns the period that is written 2026-01 or 2026-Q1.
func ParsePeriod(text string) (Period, error) {
	year, part, ok := strings.Cut(text, "-")
	y, err := strconv.Atoi(year)
	if !ok || strings.Contains(text, "+") || err != nil || len(year) != 4 || y < firstYear || y > lastYear {
		return Period{}, ErrPeriod
	}
	l := Month
	if q, ok := strings.CutPrefix(part, "Q"); ok {
		l, part = Quarter, "0"+q
	}
	n, err := strconv.Atoi(part)
	if err != nil || len(part) != 2 || n < 1 || n > l.perYear() {
		return Period{}, ErrPeriod
	}
	return Period{l, (y-firstYear)*l.perYear() + n - 1}, nil
}

// Length returns how long the period lasts.
func (p Period) Length() Length { return p.length }

// String returns the period as 2026-01 or 2026-Q1.
func (p Period) String() string {
	n := p.length.perYear()
	if p.length == Quarter {
		return fmt.Sprintf("%04d-Q%d", firstYear+p.index/n, p.index%n+1)
	}
	return fmt.Sprintf("%04d-%02d", firstYear+p.index/n, p.index%n+1)
}

// Next returns the period that follows p.
func (p Period) Next() Period { return Period{p.length, p.index + 1} }

// Compare returns -1, 0 or 1 as p is before, at or behind q. Both are of one length.
func (p Period) Compare(q Period) int {
	switch {
	case p.index < q.index:
		return -1
	case p.index > q.index:
		return 1
	}
	return 0
}
