package anonymize

import (
	"strconv"
	"strings"
	"time"

	"github.com/clbchat/naamloos/transcripts"
)

// zeroHour is when conversations begin whose times are counted from their beginning.
var zeroHour = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// retimer coarsens the points in time of one conversation. Times without a zone
// are in that of its beginning.
type retimer struct {
	treat Treatment
	begin time.Time
}

func (a *Anonymizer) retimer(c *transcripts.Conversation) retimer {
	return retimer{a.rules.policy.Metadata.Times, beginning(c)}
}

// retime coarsens all points in time of c, as the policy says.
func (a *Anonymizer) retime(c *transcripts.Conversation) {
	t := a.retimer(c)
	if t.treat == "" || t.treat == TreatKeep {
		return
	}
	c.Started, c.Ended = t.coarse(c.Started), t.coarse(c.Ended)
	for i := range c.Participants {
		t.fields(c.Participants[i].Fields)
	}
	t.fields(c.Fields)
	for i := range c.Messages {
		c.Messages[i].At = t.coarse(c.Messages[i].At)
		t.fields(c.Messages[i].Fields)
	}
}

// coarse returns what is left of a point in time.
func (t retimer) coarse(at time.Time) time.Time {
	if at.IsZero() {
		return at
	}
	switch t.treat {
	case TreatHour:
		return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), 0, 0, 0, at.Location())
	case TreatDay:
		return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
	case TreatRelative:
		return zeroHour.Add(at.Sub(t.begin))
	}
	return at
}

// fieldLayouts are the layouts of points in time that fields are read in.
var fieldLayouts = []string{
	time.RFC3339Nano, "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02",
	"02/01/2006 15:04:05", "02/01/2006 15:04", "02/01/2006", "02-01-2006 15:04:05", "02-01-2006 15:04", "02-01-2006",
}

// fields coarsens fields that hold a point in time. One in a layout that is not
// known goes.
func (t retimer) fields(fields []transcripts.Field) {
	for i := range fields {
		if f := &fields[i]; f.Kind == transcripts.FieldTime && f.Value != "" {
			if now := t.text(f.Value); now != f.Value {
				f.Edit([]transcripts.Edit{{End: len(f.Value), Text: now}})
			}
		}
	}
}

func (t retimer) text(value string) string {
	text := strings.TrimSpace(value)
	for _, layout := range fieldLayouts {
		if at, err := time.ParseInLocation(layout, text, t.begin.Location()); err == nil {
			return t.coarse(at).Format(layout)
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err == nil && len(text) == 10:
		return strconv.FormatInt(t.coarse(time.Unix(n, 0).UTC()).Unix(), 10)
	case err == nil && len(text) == 13:
		return strconv.FormatInt(t.coarse(time.UnixMilli(n).UTC()).UnixMilli(), 10)
	}
	return ""
}

// Day returns a point in time, written as in a field, rounded down to its day;
// "" when it is in a layout that is not known.
func Day(value string) string { return retimer{treat: TreatDay}.text(value) }
