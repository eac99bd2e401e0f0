package stats

import "time"

// bins is the number of intervals of a histogram. Their edges grow by a tenth,
// so that a quantile read from it is at most a tenth too long.
const bins = 112

// longest is the longest time that is counted. What lasts longer was left open.
const longest = 24 * time.Hour

// histogram counts times. Interval i holds times over edge(i-1) up to edge(i).
type histogram [bins]int64

// edges are the upper ends of the intervals in seconds: 0, 1, 2 ... 10, then a
// tenth more each, up to 24 hours and beyond.
func edges() [bins]int64 {
	var e [bins]int64
	for i := 1; i < bins; i++ {
		e[i] = max(e[i-1]+1, e[i-1]*11/10)
	}
	return e
}

var edgeSeconds = edges()

func (h *histogram) count(d time.Duration) {
	s := int64((d + time.Second - 1) / time.Second)
	for i, e := range edgeSeconds {
		if s <= e {
			h[i]++
			return
		}
	}
	h[bins-1]++
}

func (h *histogram) add(o *histogram) {
	for i, n := range o {
		h[i] += n
	}
}

func (h *histogram) total() (n int64) {
	for _, c := range h {
		n += c
	}
	return n
}

// quantile returns a time that percent of all are not over, in seconds.
func (h *histogram) quantile(percent int64) int64 {
	rank := (h.total()*percent + 99) / 100
	for i, n := range h {
		if rank -= n; rank <= 0 {
			return edgeSeconds[i]
		}
	}
	return edgeSeconds[bins-1]
}

// band is an interval of minutes or years, from its start to the next one's.
type band struct {
	from int
	name string
}

// The bands that times and ages are shown in.
var (
	durationBands = [...]band{{0, "0-4"}, {5, "5-14"}, {15, "15-29"}, {30, "30-44"}, {45, "45-59"}, {60, "60+"}}
	waitingBands  = [...]band{{0, "0"}, {1, "1"}, {2, "2-4"}, {5, "5-9"}, {10, "10-29"}, {30, "30+"}}
	ageBands      = [...]band{{0, "0-5"}, {6, "6-11"}, {12, "12-14"}, {15, "15-17"}, {18, "18-24"}, {25, "25-64"}, {65, "65+"}}
)

// bandOf returns the band that n lies in.
func bandOf(bands []band, n int) string {
	name := bands[0].name
	for _, b := range bands {
		if n >= b.from {
			name = b.name
		}
	}
	return name
}
