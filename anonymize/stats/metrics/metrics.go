// Package metrics shows the totals of a [stats.Collector] to Prometheus.
//
//	registry.MustRegister(metrics.New(collector, metrics.Options{}))
//
// Whoever watches a counter sees each chat go by. So the counters here stand
// still until enough new conversations have come, then move for all of them at
// once: between two values there are always at least Step conversations. Labels
// are entity types and nothing else: no text, no place, no time, no source.
package metrics

import (
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/clbchat/naamloos/anonymize/stats"
	"github.com/clbchat/naamloos/detectors"
)

// Options of the counters. The zero value moves them by 5 conversations or more.
type Options struct {
	Step int // least number of new conversations between two values; 0 means 5, at least 3
}

const (
	defaultStep = 5
	minStep     = 3
)

// ErrStep says that Options.Step is below 3.
var ErrStep = errors.New("metrics: Options.Step is below 3")

// exporter is a prometheus.Collector. It is safe for concurrent use.
type exporter struct {
	counted *stats.Collector
	step    int64

	mu    sync.Mutex
	shown stats.Totals

	conversations, messages, types *prometheus.Desc
}

// New returns a collector to register with Prometheus.
func New(c *stats.Collector, o Options) (prometheus.Collector, error) {
	if o.Step == 0 {
		o.Step = defaultStep
	}
	if o.Step < minStep {
		return nil, ErrStep
	}
	return &exporter{
		counted: c, step: int64(o.Step),
		conversations: prometheus.NewDesc("naamloos_conversations_total", "Conversations that were anonymised.", nil, nil),
		messages:      prometheus.NewDesc("naamloos_messages_total", "Messages of these conversations.", nil, nil),
		types:         prometheus.NewDesc("naamloos_conversations_by_type_total", "Conversations in which something of an entity type was replaced.", []string{"type"}, nil),
	}, nil
}

// Describe implements prometheus.Collector.
func (e *exporter) Describe(out chan<- *prometheus.Desc) {
	out <- e.conversations
	out <- e.messages
	out <- e.types
}

// Collect implements prometheus.Collector.
func (e *exporter) Collect(out chan<- prometheus.Metric) {
	t := e.totals()
	out <- prometheus.MustNewConstMetric(e.conversations, prometheus.CounterValue, float64(t.Conversations))
	out <- prometheus.MustNewConstMetric(e.messages, prometheus.CounterValue, float64(t.Messages))
	for _, typ := range slices.Sorted(maps.Keys(t.Types)) {
		if !typ.Valid() { // no label that is not one of ours
			continue
		}
		out <- prometheus.MustNewConstMetric(e.types, prometheus.CounterValue, float64(t.Types[typ]), string(typ))
	}
}

// totals returns what may be shown now.
func (e *exporter) totals() stats.Totals {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.counted.Totals()
	if now.Conversations-e.shown.Conversations < e.step {
		return e.shown
	}
	types := map[detectors.EntityType]int64{}
	for typ, n := range now.Types {
		types[typ] = e.shown.Types[typ]
		if n-types[typ] >= e.step {
			types[typ] = n
		}
	}
	e.shown = stats.Totals{Conversations: now.Conversations, Messages: now.Messages, Types: types}
	return e.shown
}
