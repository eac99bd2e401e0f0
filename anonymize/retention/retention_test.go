package retention_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/clbchat/naamloos/anonymize/retention"
	"github.com/clbchat/naamloos/transcripts"
)

var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestExpired(t *testing.T) {
	rule := retention.Rule{Before: today.AddDate(0, 0, -retention.Days)}
	at := func(day string) time.Time {
		d, _ := time.Parse(time.DateOnly, day)
		return d
	}
	for _, c := range []struct {
		conversation   transcripts.Conversation
		written        time.Time
		expired, dated bool
	}{
		{transcripts.Conversation{Started: at("2024-11-21")}, today, true, true},
		{transcripts.Conversation{Started: at("2024-11-23")}, at("2020-01-01"), false, true},
		{transcripts.Conversation{Messages: []transcripts.Message{{}, {At: at("2024-01-01")}}}, today, true, true},
		{transcripts.Conversation{}, today, false, false},
		{transcripts.Conversation{}, at("2024-01-01"), true, false},
		{transcripts.Conversation{Started: at("2000-01-01")}, today, false, false}, // counts from its beginning
	} {
		expired, dated := rule.Expired(&c.conversation, c.written)
		assert.Equal(t, c.expired, expired)
		assert.Equal(t, c.dated, dated)
	}
}

func TestCoarsenLeavesNothingThatJoins(t *testing.T) {
	c := &transcripts.Conversation{ID: "[ID-k7mz4qhd9]", Topic: "over [PERSON-k7mz4qhd9]", Started: today,
		Participants: []transcripts.Participant{{Key: "v", Name: "[PERSON-k7mz4qhd9]", Email: "[EMAIL-k7mz4qhd9]", IP: "[IP-k7mz4qhd9]"}},
		Messages: []transcripts.Message{{At: today, Text: "[PERSON-k7mz4qhd9], [leerkracht 1] en [AGE 12-14] en [DATE_BIRTH ~2011-03-02]",
			Fields: []transcripts.Field{{Value: "x [BE_NRN-k7mz4qhd9]"}, {Kind: transcripts.FieldTime, Value: "2026-11-22 12:00:00"}}}}}
	assert.True(t, retention.Coarsen(c))
	assert.Equal(t, "[ID]", c.ID)
	assert.Equal(t, "over [PERSON]", c.Topic)
	assert.Equal(t, transcripts.Participant{Key: "v", Name: "[PERSON]", Email: "[EMAIL]", IP: "[IP]"}, c.Participants[0])
	assert.Equal(t, "[PERSON], [leerkracht 1] en [AGE 12-14] en [DATE_BIRTH ~2011-03-02]", c.Messages[0].Text)
	assert.Equal(t, "x [BE_NRN]", c.Messages[0].Fields[0].Value)
	assert.Equal(t, "2026-11-22 00:00:00", c.Messages[0].Fields[1].Value)
	assert.Equal(t, 0, c.Messages[0].At.Hour())
	assert.False(t, retention.Coarsen(c), "twice is once")
}
