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

func TestSourcesHaveThePseudonymsOfThePolicy(t *testing.T) {
	policy := anonymize.Policy{Organisation: "clb", Default: anonymize.Rule{Operator: anonymize.OperatorPseudonym, Scope: anonymize.ScopePeriod}}
	at := time.Date(2026, 5, 31, 23, 30, 0, 0, time.UTC)
	ring := keys.NewRing("clb", keys.Quarter, at)
	quarterly, err := ring.Current()
	require.NoError(t, err)
	for length, generation := range map[keys.Length]keys.Generation{keys.Month: keys.Derived(keys.New()), keys.Quarter: quarterly} {
		p := policy
		p.Period = length
		a, err := anonymize.New(anonymize.Options{Generation: generation, Policy: p})
		require.NoError(t, err)
		c, err := New(Options{Generation: generation, Organisation: "clb", Zone: brussels(t)})
		require.NoError(t, err)
		chat := &transcripts.Conversation{Started: at, Participants: []transcripts.Participant{{Key: "visitor", Role: "visitor", IP: "192.0.2.77"}},
			Messages: []transcripts.Message{{From: "visitor", Text: "mijn ip is 192.0.2.77"}}}
		out, report, err := a.Conversation(chat)
		require.NoError(t, err)
		for range 4 {
			c.Add(anonymize.Outcome{Original: chat, Anonymised: out, Report: report})
		}
		source, ok := c.Source(netip.MustParseAddr("192.0.2.77"), at)
		require.True(t, ok)
		assert.Contains(t, out.Messages[0].Text, source)
		list, err := c.Stats().Repeaters(4)
		require.NoError(t, err)
		period, _ := keys.PeriodOf(at, length)
		assert.Equal(t, []Source{{period.String(), source, 4}}, list)
	}
}

func TestADestroyedPeriodHasNoSources(t *testing.T) {
	at := time.Date(2026, 5, 3, 10, 0, 0, 0, time.UTC)
	ring := keys.NewRing("clb", keys.Month, at)
	p, _ := keys.PeriodOf(at, keys.Month)
	require.NoError(t, ring.DestroyPeriod(p, at))
	g, err := ring.Current()
	require.NoError(t, err)
	c, err := New(Options{Generation: g})
	require.NoError(t, err)
	_, ok := c.Source(netip.MustParseAddr("192.0.2.77"), at)
	assert.False(t, ok)
	_, ok = c.Source(netip.MustParseAddr("192.0.2.77"), at.AddDate(0, 1, 0))
	assert.True(t, ok)
	_, err = New(Options{Generation: g, Key: keys.New()})
	assert.ErrorIs(t, err, ErrKeys)
}
