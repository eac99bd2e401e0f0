package transcripts

import (
	"strings"
	"time"
)

// stamp is a date, a time of day, or both, as people and programs write them at
// the beginning of a line.
type stamp struct {
	text   string
	date   [3]stampNumber // in the order in which they stand
	hasDay bool
	layout string // of package time, without the order of day and month
	clock  bool   // whether it has a time of day
	half   bool   // with AM or PM
	odd    bool   // with a. m. or the like, which package time does not write
}

// stampNumber is a number of a date and where it stands in the layout.
type stampNumber struct {
	value, digits int
	at            int // in layout
}

// dayOrder is the order of the numbers of a date.
type dayOrder uint8

const (
	dayFirst dayOrder = iota
	monthFirst
	yearFirst
)

// parseStamp reads a stamp such as "18-11-2025 10:12:03", "11/18/25, 1:05 PM" or
// "10:12". What it does not know stays in the layout as it is.
func parseStamp(s string) stamp {
	st := stamp{text: s}
	var b strings.Builder
	part := 0 // of the time of day
	for i := 0; i < len(s); {
		n := digits(s, i)
		if n == i {
			if m := halfDay(s[i:]); m > 0 {
				b.WriteString("PM"[:min(2, m)])
				st.half = true
				i += m
				continue
			}
			st.odd = st.odd || st.clock && strings.IndexByte("aApP", s[i]) >= 0
			b.WriteByte(s[i])
			i++
			continue
		}
		isClock := st.clock || n < len(s) && (s[n] == ':' || s[n] == '.' && part == 0 && st.hasDay && isMinute(s, n+1))
		switch {
		case isClock && part < 3:
			st.clock = true
			b.WriteString(clockLayout(part, n-i))
			part++
		default:
			st.day(&b, atoi(s[i:n]), n-i)
		}
		i = n
	}
	st.layout = b.String()
	return st
}

// day adds a number of the date.
func (st *stamp) day(b *strings.Builder, value, digits int) {
	for k := range st.date {
		if st.date[k].digits == 0 {
			st.date[k] = stampNumber{value, digits, b.Len()}
			b.WriteString("    "[:digits&3])
			st.hasDay = k == 2
			return
		}
	}
}

// isMinute reports whether two digits stand at i.
func isMinute(s string, i int) bool { return digits(s, i) == i+2 }

func clockLayout(part, digits int) string {
	switch {
	case part == 0 && digits == 1:
		return "3"
	case part == 0:
		return "15"
	case part == 1:
		return "04"
	}
	return "05"
}

// halfDay returns the length of AM or PM in the form that package time writes.
func halfDay(s string) int {
	if strings.HasPrefix(s, "AM") || strings.HasPrefix(s, "PM") || strings.HasPrefix(s, "am") || strings.HasPrefix(s, "pm") {
		return 2
	}
	return 0
}

// atoi returns the number of at most six digits.
func atoi(s string) int {
	n := 0
	for i := 0; i < len(s) && i < 6; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// time returns the point in time, UTC, and the layout that writes it back. False
// when it has no date, holds words that are not those of times, or a layout of
// its own does not write it back.
func (st *stamp) time(order dayOrder) (time.Time, string, bool) {
	if !st.hasDay || !st.clock || st.odd || !isTimeLike(st.text) {
		return time.Time{}, "", false
	}
	layout := st.layoutFor(order)
	t, err := time.ParseInLocation(layout, st.text, zoneOf(layout))
	if err != nil || t.Format(layout) != st.text {
		return time.Time{}, "", false
	}
	return t, layout, true
}

// layoutFor returns the layout for an order of day and month.
func (st *stamp) layoutFor(order dayOrder) string {
	words := [3]string{"2", "1", "2006"}
	if order == monthFirst {
		words = [3]string{"1", "2", "2006"}
	}
	if st.date[0].digits == 4 {
		words = [3]string{"2006", "1", "2"}
	}
	out, from := "", 0
	for k, d := range st.date {
		w := words[k]
		switch {
		case w == "2006" && d.digits == 2:
			w = "06"
		case w != "2006" && d.digits == 2:
			w = "0" + w
		}
		out += st.layout[from:d.at] + w
		from = d.at + d.digits&3
	}
	out += st.layout[from:]
	if !st.half {
		return out
	}
	out = strings.Replace(out, "15", "03", 1)
	if strings.Contains(st.text, "am") || strings.Contains(st.text, "pm") {
		out = strings.Replace(out, "PM", "pm", 1)
	}
	return out
}

// dayOrderOf decides on the order of day and month by all stamps of a file: a
// number above 12 tells; else the day stands first, but for a clock of twelve
// hours behind a date with strokes, which is how the United States write it.
func dayOrderOf(stamps []stamp) dayOrder {
	us := 0
	for i := range stamps {
		st := &stamps[i]
		switch {
		case !st.hasDay:
		case st.date[0].digits == 4:
			return yearFirst
		case st.date[0].value > 12:
			return dayFirst
		case st.date[1].value > 12:
			return monthFirst
		case st.half && strings.Contains(st.text, "/"):
			us++
		}
	}
	if us > 0 && us == len(stamps) {
		return monthFirst
	}
	return dayFirst
}
