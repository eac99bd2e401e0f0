package stats

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

func TestSourcesAreKeyedByMonth(t *testing.T) {
	key := keys.New()
	c := collector(t, key)
	jan, feb := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC), time.Date(2026, 2, 5, 10, 0, 0, 0, time.UTC)
	source := func(c *Collector, ip string, at time.Time) string {
		s, ok := c.Source(netip.MustParseAddr(ip), at)
		require.True(t, ok, ip)
		require.Regexp(t, `^\[IP-[bcdfghjkmnpqrstvwxz23456789]{9}\]$`, s)
		return s
	}
	one := source(c, "192.0.2.1", jan)
	assert.Equal(t, one, source(collector(t, key), "::ffff:192.0.2.1", jan))
	assert.NotEqual(t, one, source(c, "192.0.2.2", jan))
	assert.NotEqual(t, one, source(c, "192.0.2.1", feb), "months cannot be linked")
	assert.NotEqual(t, one, source(collector(t, keys.New()), "192.0.2.1", jan), "nor keys")
	assert.Equal(t, source(c, "2001:db8:1:2::1", jan), source(c, "2001:db8:1:2:ffff::2", jan), "one network, one source")
	assert.NotEqual(t, source(c, "2001:db8:1:2::1", jan), source(c, "2001:db8:1:3::1", jan))
	for _, ip := range []string{"10.0.0.1", "100.64.0.1", "127.0.0.1", "fe80::1%eth0", "::", "224.0.0.1"} {
		_, ok := c.Source(netip.MustParseAddr(ip), jan)
		assert.False(t, ok, ip)
	}
	_, ok := c.Source(netip.MustParseAddr("192.0.2.1"), time.Time{})
	assert.False(t, ok)
}

func TestRepeatersAreListedForThoseWhoAct(t *testing.T) {
	c := collector(t, keys.New())
	at := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)
	for ip, n := range map[string]int{"192.0.2.1": 12, "192.0.2.2": 4, "192.0.2.3": 1} {
		for range n {
			c.Add(written{start: at, ip: ip}.outcome())
		}
	}
	list, err := c.Stats().Repeaters(4)
	require.NoError(t, err)
	often, _ := c.Source(netip.MustParseAddr("192.0.2.1"), at)
	four, _ := c.Source(netip.MustParseAddr("192.0.2.2"), at)
	assert.Equal(t, []Source{{"2026-01", often, 12}, {"2026-01", four, 4}}, list)
	_, err = c.Stats().Repeaters(3)
	assert.ErrorIs(t, err, ErrThreshold)
}

func TestRecordsThatAreNoChatsAreNotCounted(t *testing.T) {
	c := collector(t, keys.Key{})
	note := &transcripts.Conversation{Fields: []transcripts.Field{{Label: "note", Value: "x"}}}
	c.Add(anonymize.Outcome{Original: note, Anonymised: note})
	assert.Zero(t, c.Stats().Conversations())
}
