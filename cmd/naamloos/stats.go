package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	_ "time/tzdata" // zones on machines that have none

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/stats"
	"github.com/clbchat/naamloos/transcripts"
)

// statsFlags are the flags of the command that counts.
type statsFlags struct {
	names            nameFlags
	output, from, to string
	keyFile, policy  string
	geoDB, zone      string
	language         string
	threshold, round int
	sources          string
	sourcesFrom      int
	workers          int
	skipBad          bool
}

// defaultZone is where the hours of --stats are those of.
const defaultZone = "Europe/Brussels"

func newStats(s surroundings) *cobra.Command {
	var f statsFlags
	c := &cobra.Command{
		Use:   "stats [FILE|DIR...]",
		Short: "count conversations, so that the counts point at nobody",
		Long: "Counts original or anonymised conversations: when, how long, about what, from where,\n" +
			"and how often the same source. Small counts are absent, and as many others as it takes\n" +
			"that nobody can calculate them. Writes JSON, CSV, or a page to look at (.html).\n\n" +
			"Under a key, the JSON holds the exact counts too, encrypted: such files given as input\n" +
			"are added up. Under the same key the sources of several files are the same.",
		Example: "  naamloos stats --key-file clb.key -o january.json dump.sql\n  naamloos stats --key-file clb.key -o year.html january.json february.json",
		RunE:    func(_ *cobra.Command, args []string) error { return runStats(s, f, args) },
	}
	fl := c.Flags()
	fl.StringVarP(&f.output, "output", "o", "", "file to write to (default standard output)")
	fl.StringVar(&f.to, "to", "", "json, csv or html (default: told from the name of the output, else json)")
	fl.StringVar(&f.from, "from", "", "format of the input (default: told from the input)")
	fl.StringVar(&f.keyFile, "key-file", "", keyFileUsage)
	fl.StringVar(&f.policy, "policy", "", policyUsage)
	fl.StringVar(&f.geoDB, "geo-db", "", "City or Country database (.mmdb): where addresses are")
	fl.StringVar(&f.zone, "zone", defaultZone, "time zone of the hours")
	fl.StringVar(&f.language, "lang", "nl", "language that the page opens in: nl, fr, de or en")
	fl.IntVar(&f.threshold, "threshold", 5, "smallest count that is shown, at least 3")
	fl.IntVar(&f.round, "round", 0, "round counts to multiples of 3 or 5")
	fl.StringVar(&f.sources, "sources", "", "file to list the pseudonyms of repeating sources in, as CSV; not to be published")
	fl.IntVar(&f.sourcesFrom, "sources-from", 10, "list sources from this many conversations in a period on")
	fl.IntVar(&f.workers, "workers", 0, workersUsage)
	f.names.register(c)
	fl.BoolVar(&f.skipBad, "skip-bad", false, skipBadUsage)
	return c
}

// counting is one run of the command.
type counting struct {
	surroundings
	statsFlags
	secrets   secrets
	a         *anonymize.Anonymizer
	collector *stats.Collector
	sum       stats.Stats // of files that were counted before
	leftOut   int
	out       statsOutput
}

func runStats(s surroundings, f statsFlags, args []string) error {
	if f.workers < 0 {
		return misusef("--workers is negative")
	}
	secrets, err := readSecrets(s, f.keyFile)
	if err != nil {
		return err
	}
	p, err := readPolicy(f.policy)
	if err != nil {
		return err
	}
	c := &counting{surroundings: s, statsFlags: f, secrets: secrets}
	c.out, err = newStatsOutput(f.output, f.to, p, secrets.key)
	if err != nil {
		return err
	}
	c.out.disclosure.Threshold, c.out.disclosure.Round, c.out.language = f.threshold, f.round, f.language
	if err := c.out.check(); err != nil {
		return err
	}
	locate, closeGeo, err := openGeo(f.geoDB)
	if err != nil {
		return err
	}
	defer closeGeo()
	if c.collector, err = newCollector(secrets, p, f.zone); err != nil {
		return err
	}
	p.Require = nil // nothing of a conversation is written
	o := anonymize.Options{Generation: secrets.generation, Policy: p, Workers: f.workers, Locate: locate}
	if err := f.names.apply(&o); err != nil {
		return err
	}
	if c.a, err = anonymize.New(o); err != nil {
		return err
	}
	defer c.a.Close()
	return c.run(args)
}

// newCollector returns a collector whose hours are those of a time zone.
func newCollector(k secrets, p anonymize.Policy, zone string) (*stats.Collector, error) {
	location, err := time.LoadLocation(zone)
	if err != nil || zone == "" {
		return nil, misusef("--zone %q is no time zone, write one such as Europe/Brussels", zone)
	}
	return stats.New(stats.Options{Generation: k.generation, Organisation: p.Organisation, Zone: location})
}

// run counts every input and writes what may be shown.
func (c *counting) run(args []string) error {
	inputs, err := findInputs(args)
	if err != nil {
		return err
	}
	var size int64
	for _, in := range inputs {
		size += in.size
	}
	p := newProgress(c.stderr, size)
	for _, in := range inputs {
		if err := c.input(in, p); err != nil {
			p.done()
			return err
		}
	}
	p.done()
	if c.leftOut > 0 {
		fmt.Fprintf(c.stderr, "naamloos: %d left out\n", c.leftOut)
	}
	sum := c.collector.Stats()
	sum.Add(&c.sum)
	if sum.Conversations() < int64(c.threshold) {
		fmt.Fprintf(c.stderr, "naamloos: fewer than %d conversations, nothing is shown\n", c.threshold)
	}
	if err := c.list(sum); err != nil {
		return err
	}
	out, err := newOutput(c.surroundings, c.output)
	if err != nil {
		return err
	}
	defer out.discard()
	if err := c.out.write(out, sum); err != nil {
		return err
	}
	return out.commit()
}

// input counts one file: conversations, or counts of an earlier run.
func (c *counting) input(in input, p progress) error {
	r, err := in.reader(c.surroundings)
	if err != nil {
		return err
	}
	defer r.Close()
	head, err := peek(r)
	if err != nil {
		return fmt.Errorf("%s: cannot be read", in.name())
	}
	if stats.IsFile(head) {
		return c.counted(in, p.reader(r))
	}
	format, err := in.format(r, c.from)
	if err != nil {
		return err
	}
	read := format.Read(p.reader(r), in.options())
	n := 0
	for conversation, err := range c.a.Conversations(read, c.collector.Add) {
		n++
		var bad *transcripts.ReadError
		switch {
		case errors.As(err, &bad) && bad.Skipped && c.skipBad:
			c.leftOut++
			fmt.Fprintln(c.stderr, "naamloos: left out:", err)
		case errors.As(err, &bad):
			return err
		case err != nil:
			return fmt.Errorf("%s: conversation %d: %w", in.name(), n, err)
		}
		_ = conversation // counted by the collector
	}
	return nil
}

// counted adds the counts of an earlier run.
func (c *counting) counted(in input, r io.Reader) error {
	sealed, err := stats.ReadSealed(r)
	if err != nil {
		return fmt.Errorf("%s: %w", in.name(), err)
	}
	if c.secrets.key.IsZero() {
		return fmt.Errorf("%s: its counts are under key %s, give it with --key-file", in.name(), printable(sealed.KeyID))
	}
	for _, key := range c.secrets.all() {
		s, err := sealed.Open(key)
		if errors.Is(err, stats.ErrKey) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", in.name(), err)
		}
		c.sum.Add(s)
		return nil
	}
	return fmt.Errorf("%s: %w %s", in.name(), stats.ErrKey, printable(sealed.KeyID))
}

// all returns the keys that counts may be under: the present one, and those from
// before a rotation.
func (k secrets) all() []keys.Key {
	all := []keys.Key{k.key}
	if k.ring == nil {
		return all
	}
	for _, g := range k.ring.Generations() {
		if key, err := g.Corpus(); err == nil {
			all = append(all, key)
		}
	}
	return all
}

// printable returns a key id for a message, or nothing when it is none.
func printable(id string) string {
	if len(id) > 16 || strings.Trim(id, "0123456789abcdef") != "" {
		return ""
	}
	return id
}

// list writes the repeating sources for those who act on them.
func (c *counting) list(s *stats.Stats) error {
	if c.sources == "" {
		return nil
	}
	list, err := s.Repeaters(c.sourcesFrom)
	if err != nil {
		return misuse{err}
	}
	out, err := newOutput(c.surroundings, c.sources)
	if err != nil {
		return err
	}
	defer out.discard()
	if err := stats.WriteSources(out, list); err != nil {
		return err
	}
	return out.commit()
}
