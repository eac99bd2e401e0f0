package stats

import (
	"fmt"
	"time"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

// The years that a chat can be of. Times outside are of a clock that was not set.
const (
	firstYear = 1995
	lastYear  = 2199
)

// jump is how far a clock may go back between two messages. Messages of one
// second are often stored in any order.
const jump = time.Minute

// local returns t as the clocks of zone show it. A time that was written without
// a zone is taken as it stands. False when it is no time of a chat.
func local(t time.Time, zone *time.Location) (time.Time, bool) {
	if t.IsZero() {
		return t, false
	}
	if transcripts.Zoned(t) {
		t = t.In(zone)
	}
	return t, t.Year() >= firstYear && t.Year() <= lastYear
}

// monthNumber returns the months since January of year 0.
func monthNumber(t time.Time) int { return t.Year()*12 + int(t.Month()) - 1 }

// monthName returns a month as it is shown: 2026-01.
func monthName(n int) string { return fmt.Sprintf("%04d-%02d", n/12, n%12+1) }

func monthOf(t time.Time) string { return monthName(monthNumber(t)) }

// periodNumber is a month since January of year 0, or a quarter.
type periodNumber uint16

// quarters is set in the number of a quarter.
const quarters = 1 << 15

// periodOf returns the number of the month or quarter of a time.
func periodOf(t time.Time, l keys.Length) periodNumber {
	if l == keys.Quarter {
		return periodNumber(quarters | (t.Year()*4 + (int(t.Month())-1)/3))
	}
	return periodNumber(monthNumber(t))
}

// String returns the period as it is shown: 2026-01 or 2026-Q1.
func (n periodNumber) String() string {
	if n&quarters != 0 {
		q := int(n &^ quarters)
		return fmt.Sprintf("%04d-Q%d", q/4, q%4+1)
	}
	return monthName(int(n))
}

// weekdayOf returns the number of the day in the week, Monday 1 (ISO 8601).
func weekdayOf(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// beginning returns when a conversation began: as its source says, else at its
// first message that has a time.
func beginning(c *transcripts.Conversation) time.Time {
	if !c.Started.IsZero() {
		return c.Started
	}
	for i := range c.Messages {
		if !c.Messages[i].At.IsZero() {
			return c.Messages[i].At
		}
	}
	return time.Time{}
}

// steady reports whether the times of a conversation can be compared: they do
// not go back, and all or none of them have a zone.
func steady(c *transcripts.Conversation) bool {
	last := c.Started
	zoned := transcripts.Zoned(beginning(c))
	for i := range c.Messages {
		at := c.Messages[i].At
		if at.IsZero() {
			continue
		}
		if transcripts.Zoned(at) != zoned || at.Before(last.Add(-jump)) {
			return false
		}
		if at.After(last) {
			last = at
		}
	}
	return c.Ended.IsZero() || transcripts.Zoned(c.Ended) == zoned && !c.Ended.Before(last.Add(-jump))
}

// duration returns how long a conversation with a steady clock lasted.
func duration(c *transcripts.Conversation) (time.Duration, bool) {
	from, to := beginning(c), c.Ended
	for i := len(c.Messages) - 1; i >= 0 && to.IsZero(); i-- {
		to = c.Messages[i].At
	}
	return between(from, to)
}

// between returns the time from one point to another; false when one of them is
// missing or it is negative or longer than a chat can be.
func between(from, to time.Time) (time.Duration, bool) {
	if from.IsZero() || to.IsZero() {
		return 0, false
	}
	d := to.Sub(from)
	if d < 0 && d >= -jump {
		d = 0
	}
	return d, d >= 0 && d <= longest
}

// waiting returns how long the visitor waited for an operator's first message,
// from the beginning or, when the source does not tell it, from the visitor's
// first message.
func waiting(c *transcripts.Conversation, roles map[string]string) (time.Duration, bool) {
	from := c.Started
	for i := range c.Messages {
		m := &c.Messages[i]
		if m.Kind != transcripts.KindText {
			continue
		}
		switch roles[m.From] {
		case transcripts.RoleVisitor:
			if from.IsZero() {
				from = m.At
			}
		case transcripts.RoleOperator:
			return between(from, m.At)
		}
	}
	return 0, false
}
