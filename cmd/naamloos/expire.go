package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/retention"
	"github.com/clbchat/naamloos/transcripts"
)

// expireFlags are the flags of the command expire.
type expireFlags struct {
	olderThan, policy, report string
	coarsen, dryRun           bool
}

func newExpire(s surroundings) *cobra.Command {
	var f expireFlags
	c := &cobra.Command{
		Use:   "expire FILE|DIR...",
		Short: "remove anonymised conversations that have been held long enough",
		Long: "Removes conversations over age from files, and files of which none is left. Each file\n" +
			"is rewritten whole or not at all. A conversation without a date is as old as its file.",
		Example: "  naamloos expire --dry-run archive/\n  naamloos expire --older-than 730d --report expired.json archive/",
		RunE:    func(_ *cobra.Command, args []string) error { return runExpire(s, f, args) },
	}
	fl := c.Flags()
	fl.StringVar(&f.olderThan, "older-than", "", "age in days (730d), weeks (104w) or years (2y) (default: that of the policy, or 730d)")
	fl.StringVar(&f.policy, "policy", "", policyUsage)
	fl.BoolVar(&f.coarsen, "coarsen", false, "leave conversations over age without what joins them: codes become labels, times days")
	fl.BoolVar(&f.dryRun, "dry-run", false, "only tell what would be removed")
	fl.StringVar(&f.report, "report", "", "file to write counts to, as JSON")
	return c
}

// expiry is one run of the command expire.
type expiry struct {
	rule    retention.Rule
	coarsen bool
	written time.Time // of the file that is read
	undated int
}

// decide gives the verdict on a conversation.
func (x *expiry) decide(c *transcripts.Conversation) verdict {
	if len(c.Messages) == 0 && len(c.Participants) == 0 {
		return verdictKeep // a record that is no chat
	}
	expired, dated := x.rule.Expired(c, x.written)
	if !dated {
		x.undated++
	}
	switch {
	case !expired:
		return verdictKeep
	case !x.coarsen:
		return verdictDrop
	case retention.Coarsen(c):
		return verdictChange
	}
	return verdictKeep
}

func runExpire(s surroundings, f expireFlags, args []string) error {
	if len(args) == 0 {
		return misusef("name the files or folders to look through")
	}
	p, err := readPolicy(f.policy)
	if err != nil {
		return err
	}
	before, err := f.before(p, time.Now())
	if err != nil {
		return err
	}
	inputs, err := findInputs(args)
	if err != nil {
		return err
	}
	x := &expiry{rule: retention.Rule{Before: before}, coarsen: f.coarsen || p.Retention.Expired == anonymize.TreatDay}
	w := &rewriter{surroundings: s, decide: x.decide}
	report := expireReport{Before: before.UTC().Truncate(time.Second), DryRun: f.dryRun, Files: []rewritten{}}
	done, err := w.all(inputs, func(in input) (rewritten, error) { return x.file(w, f, in, &report) })
	for _, d := range done {
		report.add(d)
	}
	did := "removed"
	if f.dryRun {
		did = "would be removed"
	}
	fmt.Fprintf(s.stderr, "naamloos: %d of %d conversations %s, %d made coarse, %d without a date of their own\n",
		report.Dropped, report.Conversations, did, report.Changed, report.Undated)
	if err != nil {
		return err
	}
	return f.write(s, report)
}

// file rewrites one file, or tells what would become of it.
func (x *expiry) file(w *rewriter, f expireFlags, in input, report *expireReport) (rewritten, error) {
	info, err := os.Stat(in.path)
	if err != nil {
		return rewritten{}, err
	}
	x.written, x.undated = info.ModTime(), 0
	counts, err := w.survey(in)
	report.Undated += x.undated
	if err != nil || f.dryRun || !counts.touched() {
		return counts, err
	}
	return w.rewrite(in)
}

// before returns the time before which conversations are over age.
func (f expireFlags) before(p anonymize.Policy, now time.Time) (time.Time, error) {
	days := retention.Days
	if p.Retention.Days > 0 {
		days = p.Retention.Days
	}
	if f.olderThan != "" {
		var ok bool
		if days, ok = parseDays(f.olderThan); !ok {
			return now, misusef("--older-than is a number of days (730d), weeks (104w) or years (2y)")
		}
	}
	return now.AddDate(0, 0, -days), nil
}

func parseDays(text string) (int, bool) {
	units := map[byte]int{'d': 1, 'w': 7, 'y': 365}
	unit, ok := units[text[len(text)-1]]
	n, err := strconv.Atoi(text[:len(text)-1])
	return n * unit, ok && err == nil && n > 0 && n <= 100_000
}

// expireReport tells what was done. It can hold no text of a conversation.
type expireReport struct {
	Before        time.Time   `json:"before"`
	DryRun        bool        `json:"dry_run"`
	Conversations int         `json:"conversations"`
	Dropped       int         `json:"removed"`
	Changed       int         `json:"made_coarse"`
	Undated       int         `json:"without_date"`
	Files         []rewritten `json:"files"`
}

func (r *expireReport) add(d rewritten) {
	r.Conversations += d.Conversations
	r.Dropped += d.Dropped
	r.Changed += d.Changed
	if d.touched() {
		r.Files = append(r.Files, d)
	}
}

func (f expireFlags) write(s surroundings, r expireReport) error {
	if f.report == "" {
		p := &printer{w: s.stdout}
		for _, d := range r.Files {
			p.line("%s\t%d of %d", d.File, d.Dropped+d.Changed, d.Conversations)
		}
		return p.err
	}
	out, err := newOutput(s, f.report)
	if err != nil {
		return err
	}
	defer out.discard()
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	if err := e.Encode(r); err != nil {
		return err
	}
	return out.commit()
}
