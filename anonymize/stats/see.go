package stats

import "time"

// see counts the facts of one conversation.
func (s *Stats) see(f *facts) {
	s.conversations++
	s.messages += int64(f.messages)
	lasted, waited := Unknown, Unknown
	if f.hasDuration {
		lasted = bandOf(durationBands[:], int(f.duration/time.Minute))
		s.durations.count(f.duration)
	}
	if f.hasWait {
		waited = bandOf(waitingBands[:], int(f.waiting/time.Minute))
		s.waits.count(f.waiting)
	}
	for _, v := range [...]struct {
		table Table
		value string
	}{{Month, f.month}, {Weekday, f.weekday}, {Hour, f.hour}, {Duration, lasted}, {Waiting, waited}, {Topic, f.topic}, {Department, f.department},
		{Age, f.age}, {Role, f.role}, {Language, f.language}, {Country, f.country}, {Region, regionKey(f.country, f.region)}} {
		s.count(v.table, v.value, cell{1, 1})
	}
	s.countPair(WeekdayHour, pair{f.weekday, f.hour}, 1)
	s.countPair(MonthTopic, pair{f.month, f.topic}, 1)
	s.countPair(AgeTopic, pair{f.age, f.topic}, 1)
	s.seeMessages(f)
}

// seeMessages counts the messages of one conversation.
func (s *Stats) seeMessages(f *facts) {
	from := func(n int) cell { return cell{int64(n), 1} }
	for v, n := range f.months {
		s.count(MessageMonth, v, from(n))
	}
	for d, n := range f.weekdays {
		if n > 0 {
			s.count(MessageWeekday, weekdayName(d), from(n))
		}
	}
	for h, n := range f.hours {
		if n > 0 {
			s.count(MessageHour, hourName(h), from(n))
		}
	}
	for v, n := range f.speakers {
		s.count(Speaker, v, from(n))
	}
	for t, n := range f.entities {
		if n > 0 {
			s.count(Entity, string(t), from(n))
		}
	}
}

// weekdayName returns a weekday as it is shown; 0 is unknown.
func weekdayName(d int) string {
	if d == 0 {
		return Unknown
	}
	return string([]byte{'0' + byte(d)})
}

// regionKey returns the value of the table of regions: the province, or the
// country with an unknown one, so that the provinces of a country add up to it.
func regionKey(country, province string) string {
	if province != Unknown {
		return province
	}
	return country + "-"
}
