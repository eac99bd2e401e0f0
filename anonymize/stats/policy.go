package stats

import (
	"slices"

	"github.com/clbchat/naamloos/anonymize"
)

// Allowed returns the tables that are no finer than what a policy leaves of a
// conversation's geography and times, for [Disclosure.Tables].
func Allowed(p anonymize.Policy) []Table {
	var finer []Table
	switch p.Metadata.Geo {
	case anonymize.TreatCountry:
		finer = append(finer, Region)
	case anonymize.TreatDrop:
		finer = append(finer, Region, Country)
	}
	switch p.Metadata.Times {
	case anonymize.TreatDay:
		finer = append(finer, Hour, MessageHour, WeekdayHour, Duration, Waiting)
	case anonymize.TreatRelative:
		finer = append(finer, Hour, MessageHour, WeekdayHour, Weekday, MessageWeekday, Month, MessageMonth, MonthTopic, SourcePeriod, SourcePeriodTimes)
	}
	return slices.DeleteFunc(AllTables(), func(t Table) bool { return slices.Contains(finer, t) })
}
