package metrics

import (
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/stats"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

func counting(t *testing.T, o Options) (*stats.Collector, prometheus.Collector) {
	c, err := stats.New(stats.Options{})
	require.NoError(t, err)
	e, err := New(c, o)
	require.NoError(t, err)
	return c, e
}

func add(c *stats.Collector, n int, types ...detectors.EntityType) {
	chat := &transcripts.Conversation{Topic: "geheim", Messages: []transcripts.Message{{Text: "geheim"}, {Text: "geheim"}}}
	r := anonymize.Report{Types: map[detectors.EntityType]int{}}
	for _, t := range types {
		r.Types[t] = 9
	}
	for range n {
		c.Add(anonymize.Outcome{Original: chat, Anonymised: chat, Report: r})
	}
}

// exposed is what a scrape sees, without help and type lines.
func exposed(t *testing.T, e prometheus.Collector) map[string]float64 {
	t.Helper()
	registry := prometheus.NewPedanticRegistry()
	require.NoError(t, registry.Register(e))
	families, err := registry.Gather()
	require.NoError(t, err)
	out := map[string]float64{}
	for _, f := range families {
		for _, m := range f.Metric {
			name := f.GetName()
			for _, l := range m.Label {
				name += "/" + l.GetValue()
			}
			out[name] = m.GetCounter().GetValue()
		}
	}
	return out
}

func TestCountersMoveInSteps(t *testing.T) {
	c, e := counting(t, Options{})
	assert.Equal(t, map[string]float64{"naamloos_conversations_total": 0, "naamloos_messages_total": 0}, exposed(t, e))
	add(c, 4, detectors.Person)
	assert.EqualValues(t, 0, exposed(t, e)["naamloos_conversations_total"])
	add(c, 3, detectors.Person, detectors.IBAN)
	seven := exposed(t, e)
	assert.EqualValues(t, 7, seven["naamloos_conversations_total"])
	assert.EqualValues(t, 14, seven["naamloos_messages_total"])
	assert.EqualValues(t, 7, seven["naamloos_conversations_by_type_total/PERSON"])
	assert.EqualValues(t, 0, seven["naamloos_conversations_by_type_total/IBAN"], "three are too few")
	add(c, 4, detectors.IBAN)
	assert.Equal(t, seven, exposed(t, e), "nothing moves for four")
	add(c, 1)
	twelve := exposed(t, e)
	assert.EqualValues(t, 12, twelve["naamloos_conversations_total"])
	assert.EqualValues(t, 7, twelve["naamloos_conversations_by_type_total/IBAN"])
	assert.EqualValues(t, 7, twelve["naamloos_conversations_by_type_total/PERSON"])
}

func TestMetricsHoldNoTextAndKeepTheConventions(t *testing.T) {
	c, e := counting(t, Options{Step: 3})
	add(c, 9, detectors.Person, "GEHEIM") // a type that there is not
	problems, err := testutil.CollectAndLint(e)
	require.NoError(t, err)
	assert.Empty(t, problems)
	assert.NoError(t, testutil.CollectAndCompare(e, strings.NewReader(`
# HELP naamloos_conversations_by_type_total Conversations in which something of an entity type was replaced.
# TYPE naamloos_conversations_by_type_total counter
naamloos_conversations_by_type_total{type="PERSON"} 9
# HELP naamloos_conversations_total Conversations that were anonymised.
# TYPE naamloos_conversations_total counter
naamloos_conversations_total 9
# HELP naamloos_messages_total Messages of these conversations.
# TYPE naamloos_messages_total counter
naamloos_messages_total 18
`)))
}

func TestTheStepIsChecked(t *testing.T) {
	for _, step := range []int{-1, 1, 2} {
		_, err := New(nil, Options{Step: step})
		assert.ErrorIs(t, err, ErrStep)
	}
}
