// Package stats counts conversations: how many, when, how long, about what, from
// where, and how often the same source, and shows the counts so that they point
// at nobody.
//
//	c, err := stats.New(stats.Options{Key: key, Zone: zone})
//	for conversation, err := range a.Conversations(in, c.Add) { ... }
//	shown, err := c.Stats().Publish(stats.Disclosure{})
//
// [Stats] add up: the sum of two is what one would have been that had seen all
// of both, in any order, on any machine (under the same key, for sources). They
// hold exact counts and do not print or marshal them: [Stats.Publish] gives the
// tables that may be shown, [Seal] an encrypted copy for adding up later.
//
// What cannot be told (a missing time, a clock that jumped, a private address,
// an age in words it does not know) is counted as unknown, never guessed.
// Whoever publishes the same counts again after a few more chats shows what
// those were: publish closed periods. docs/STATISTICS.md says more.
package stats

import (
	"cmp"
	"maps"
	"slices"
)

// Table names a table of counts.
type Table string

// Tables with one line a value. All of conversations but where it says otherwise.
const (
	Month          Table = "month"           // of the beginning, 2026-01
	Weekday        Table = "weekday"         // of the beginning, 1 (Monday) to 7
	Hour           Table = "hour"            // of the beginning, 00 to 23
	MessageMonth   Table = "message_month"   // messages
	MessageWeekday Table = "message_weekday" // messages
	MessageHour    Table = "message_hour"    // messages
	Duration       Table = "duration"        // minutes, in bands
	Waiting        Table = "waiting"         // minutes until an operator's first message, in bands
	Topic          Table = "topic"
	Department     Table = "department"
	Age            Table = "age"      // of the visitor, in bands
	Role           Table = "role"     // of the visitor: pupil, parent, teacher, ...
	Language       Table = "language" // nl, fr, de, en, other
	Country        Table = "country"  // ISO 3166-1
	Region         Table = "region"   // Belgian or Dutch province, ISO 3166-2
	Speaker        Table = "speaker"  // messages by who wrote them: visitor, operator, bot, system
	Entity         Table = "entity"   // what was replaced, by entity type
)

// Tables with rows and columns, of conversations. As graphs they form a forest
// (no table closes a circle), which disclosure control relies on.
const (
	WeekdayHour Table = "weekday_hour"
	MonthTopic  Table = "month_topic"
	AgeTopic    Table = "age_topic"
)

// Tables of sources: how many sources wrote once, twice or thrice, ... in a period,
// which is a month or, where the keys are of quarters, a quarter.
const (
	SourcePeriod      Table = "source_period"
	SourceTimes       Table = "source_times"
	SourcePeriodTimes Table = "source_period_times"
)

// Unknown is the value of what could not be told, Other of what is not listed.
const (
	Unknown = "unknown"
	Other   = "other"
)

// oneWay lists the tables with one line a value that conversations are counted in.
var oneWay = [...]Table{Month, Weekday, Hour, MessageMonth, MessageWeekday, MessageHour, Duration, Waiting, Topic, Department,
	Age, Role, Language, Country, Region, Speaker, Entity}

// twoWay lists the tables with rows and columns, and which tables those are.
var twoWay = [...]struct{ table, rows, columns Table }{
	{WeekdayHour, Weekday, Hour},
	{MonthTopic, Month, Topic},
	{AgeTopic, Age, Topic},
}

// maxLabels bounds the topics and the departments. A field with more different
// values is no list of topics but free text: then all are Other.
const maxLabels = 128

// cell counts one value.
type cell struct {
	Count         int64 // of what the table counts
	Conversations int64 // how many it comes from
}

// pair is a cell's place in a table with rows and columns.
type pair struct{ row, column string }

// Stats are counts of conversations. The zero Stats has seen none. It is not
// safe for concurrent use; a [Collector] is.
type Stats struct {
	conversations int64
	messages      int64
	values        map[Table]map[string]cell
	pairs         map[Table]map[pair]int64
	free          map[Table]bool // tables with more than maxLabels values
	durations     histogram
	waits         histogram
	sources       sources
}

// Conversations returns how many conversations were counted.
func (s *Stats) Conversations() int64 { return s.conversations }

// Messages returns how many messages were counted.
func (s *Stats) Messages() int64 { return s.messages }

// Add adds the counts of o, which stays as it is. Adding is associative and
// commutative.
func (s *Stats) Add(o *Stats) {
	s.conversations += o.conversations
	s.messages += o.messages
	for t, values := range o.values {
		for v, c := range values {
			s.count(t, v, c)
		}
	}
	for t, cells := range o.pairs {
		for p, n := range cells {
			s.countPair(t, p, n)
		}
	}
	for t := range o.free {
		s.tooMany(t)
	}
	s.durations.add(&o.durations)
	s.waits.add(&o.waits)
	s.sources.merge(&o.sources)
}

// Clone returns a copy.
func (s *Stats) Clone() *Stats {
	out := new(Stats)
	out.Add(s)
	return out
}

// count adds c to a value of a table.
func (s *Stats) count(t Table, value string, c cell) {
	if c == (cell{}) {
		return
	}
	value = s.listed(t, value)
	if s.values == nil {
		s.values = map[Table]map[string]cell{}
	}
	if s.values[t] == nil {
		s.values[t] = map[string]cell{}
	}
	have := s.values[t][value]
	s.values[t][value] = cell{have.Count + c.Count, have.Conversations + c.Conversations}
	if labelled(t) && len(s.values[t]) > maxLabels+2 { // Unknown and Other are none
		s.tooMany(t)
	}
}

// countPair adds n to a cell of a table with rows and columns.
func (s *Stats) countPair(t Table, p pair, n int64) {
	if n == 0 {
		return
	}
	for _, w := range twoWay {
		if w.table == t {
			p = pair{s.listed(w.rows, p.row), s.listed(w.columns, p.column)}
		}
	}
	if s.pairs == nil {
		s.pairs = map[Table]map[pair]int64{}
	}
	if s.pairs[t] == nil {
		s.pairs[t] = map[pair]int64{}
	}
	s.pairs[t][p] += n
}

// labelled reports whether the values of a table are words of the organisation.
func labelled(t Table) bool { return t == Topic || t == Department }

// listed returns value, or Other when the table has too many.
func (s *Stats) listed(t Table, value string) string {
	if s.free[t] && value != Unknown {
		return Other
	}
	return value
}

// tooMany makes all values of a table Other, from now on.
func (s *Stats) tooMany(t Table) {
	if s.free == nil {
		s.free = map[Table]bool{}
	}
	if s.free[t] {
		return
	}
	s.free[t] = true
	values := s.values[t]
	delete(s.values, t)
	for v, c := range values {
		s.count(t, v, c)
	}
	for _, w := range twoWay {
		if w.rows == t || w.columns == t {
			cells := s.pairs[w.table]
			delete(s.pairs, w.table)
			for p, n := range cells {
				s.countPair(w.table, p, n)
			}
		}
	}
}

// sortedValues returns the values of a table in order, Other and Unknown last.
func (s *Stats) sortedValues(t Table) []string {
	last := map[string]int{Other: 1, Unknown: 2}
	return slices.SortedFunc(maps.Keys(s.values[t]), func(a, b string) int {
		return cmp.Or(cmp.Compare(last[a], last[b]), cmp.Compare(a, b))
	})
}
