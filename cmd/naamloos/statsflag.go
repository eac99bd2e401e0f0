package main

import (
	"github.com/clbchat/naamloos/anonymize"
)

// openStats makes the run count what it anonymises, for --stats.
func (b *batch) openStats(k secrets, p anonymize.Policy) error {
	path := b.anonymizeFlags.stats
	if path == "" {
		return nil
	}
	if b.resume {
		return misusef("--stats counts what a run reads, and --resume reads only the rest")
	}
	out, err := newStatsOutput(path, "", p, k.key)
	if err != nil {
		return err
	}
	collector, err := newCollector(k, p, defaultZone)
	if err != nil {
		return err
	}
	b.observers = append(b.observers, collector.Add)
	b.counts = func() error {
		w, err := b.newOutput(path)
		if err != nil {
			return err
		}
		return out.write(w, collector.Stats())
	}
	return nil
}
