package stats

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

func TestClocksAndZones(t *testing.T) {
	utc := func(h, m int) time.Time { return time.Date(2026, 7, 5, h, m, 0, 0, time.UTC) } // a Sunday; Brussels is two hours ahead
	msg := func(from string, at time.Time) transcripts.Message {
		return transcripts.Message{From: from, At: at, Text: "x"}
	}
	floating := func(text string) time.Time {
		f, ok := transcripts.Lookup("jsonl")
		require.True(t, ok)
		for c, err := range f.Read(strings.NewReader(`{"started":"`+text+`","messages":[{"text":"x"}]}`), transcripts.ReadOptions{}) {
			require.NoError(t, err)
			return c.Started
		}
		return time.Time{}
	}
	for name, c := range map[string]struct {
		chat                      transcripts.Conversation
		hour, weekday, dur, waits string
	}{
		"steady": {transcripts.Conversation{Started: utc(22, 30), Ended: utc(23, 0), Messages: []transcripts.Message{msg("visitor", utc(22, 30)), msg("operator", utc(22, 33))}},
			"00", "1", "30-44", "2-4"}, // Monday in Brussels
		"no times": {transcripts.Conversation{Messages: []transcripts.Message{msg("visitor", time.Time{})}}, Unknown, Unknown, Unknown, Unknown},
		"only messages": {transcripts.Conversation{Messages: []transcripts.Message{msg("visitor", utc(10, 0)), msg("visitor", utc(10, 1)), msg("operator", utc(10, 11))}},
			"12", "7", "5-14", "10-29"},
		"back in time": {transcripts.Conversation{Started: utc(10, 0), Messages: []transcripts.Message{msg("visitor", utc(10, 5)), msg("operator", utc(9, 0))}},
			"12", "7", Unknown, Unknown},
		"back without a start": {transcripts.Conversation{Messages: []transcripts.Message{msg("visitor", utc(10, 5)), msg("operator", utc(9, 0))}}, Unknown, Unknown, Unknown, Unknown},
		"within a second": {transcripts.Conversation{Started: utc(10, 0).Add(time.Second), Messages: []transcripts.Message{msg("visitor", utc(10, 0)), msg("operator", utc(10, 0))}},
			"12", "7", "0-4", "0"},
		"ended before it began": {transcripts.Conversation{Started: utc(10, 0), Ended: utc(8, 0), Messages: []transcripts.Message{msg("visitor", utc(10, 0))}}, "12", "7", Unknown, Unknown},
		"left open for days": {transcripts.Conversation{Started: utc(10, 0), Ended: utc(10, 0).AddDate(0, 0, 3), Messages: []transcripts.Message{msg("operator", utc(10, 2))}},
			"12", "7", Unknown, "2-4"},
		"the clock was never set": {transcripts.Conversation{Started: time.Unix(0, 0), Messages: []transcripts.Message{msg("visitor", time.Unix(60, 0))}}, Unknown, Unknown, "0-4", Unknown},
		"the far future":          {transcripts.Conversation{Started: time.Date(9000, 1, 1, 1, 1, 1, 0, time.UTC), Messages: []transcripts.Message{{Text: "x"}}}, Unknown, Unknown, Unknown, Unknown},
		"no zone: as it stands": {transcripts.Conversation{Started: floating("2026-07-05T22:30:00"), Messages: []transcripts.Message{{Text: "x"}}},
			"22", "7", Unknown, Unknown},
		"a zone of its own": {transcripts.Conversation{Started: floating("2026-07-05T22:30:00-05:00"), Messages: []transcripts.Message{{Text: "x"}}},
			"05", "1", Unknown, Unknown},
		"half of it without a zone": {transcripts.Conversation{Started: floating("2026-07-05T22:30:00"), Messages: []transcripts.Message{msg("operator", utc(22, 31))}},
			"22", "7", Unknown, Unknown},
		"nobody answered": {transcripts.Conversation{Started: utc(10, 0), Messages: []transcripts.Message{msg("visitor", utc(10, 0)), {From: "operator", At: utc(10, 1), Kind: transcripts.KindNote}}},
			"12", "7", "0-4", Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			col := collector(t, keys.Key{})
			col.Add(anonymize.Outcome{Original: &c.chat, Anonymised: &c.chat})
			s := col.Stats()
			for table, want := range map[Table]string{Hour: c.hour, Weekday: c.weekday, Duration: c.dur, Waiting: c.waits} {
				assert.Equal(t, []string{want}, s.sortedValues(table), table)
			}
		})
	}
}
