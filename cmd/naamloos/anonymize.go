package main

import (
	"encoding/json"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize"
)

// anonymizeFlags are the flags of the main command.
type anonymizeFlags struct {
	names            nameFlags
	output, from, to string
	keyFile, policy  string
	report           string
	geoDB            string
	stats            string
	workers          int
	strict, skipBad  bool
	keepGoing        bool
	resume           bool
	auditFile        string
	quarantine       string
	originals        bool
	corrections      correctionFlags
	gateFlags        gateFlags
}

func newAnonymize(s surroundings) *cobra.Command {
	var f anonymizeFlags
	c := &cobra.Command{
		Use:   "anonymize [FILE|DIR...]",
		Short: "give transcripts back without the people in them",
		Long: "Reads transcripts and writes them in the same format, byte-identical but for what\n" +
			"was replaced. Reads standard input without arguments. Nothing is written unless all\n" +
			"of it could be anonymised. Without a key a random one is made and forgotten.",
		Example: "  naamloos anonymize --key-file clb.key -o out.sql dump.sql\n  naamloos anonymize -o outdir/ exports/",
		RunE:    func(c *cobra.Command, args []string) error { return runAnonymize(s, f, args) },
	}
	fl := c.Flags()
	fl.StringVarP(&f.output, "output", "o", "", "file, or folder, to write to (default standard output)")
	fl.StringVar(&f.from, "from", "", "format of the input, or a FILE.yaml that says what its fields hold (default: told from the input)")
	fl.StringVar(&f.to, "to", "", "format of the output (default: that of the input)")
	fl.StringVar(&f.keyFile, "key-file", "", keyFileUsage)
	fl.StringVar(&f.policy, "policy", "", policyUsage)
	fl.StringVar(&f.report, "report", "", "file to write counts to, as JSON")
	fl.StringVar(&f.stats, "stats", "", "file to write statistics to (.json, .csv or .html), see 'naamloos stats --help'")
	fl.StringVar(&f.geoDB, "geo-db", "", "City or Country database (.mmdb): addresses become country and province")
	fl.IntVar(&f.workers, "workers", 0, workersUsage)
	f.names.register(c)
	f.corrections.register(c)
	fl.Float64Var(&f.gateFlags.below, "release-below", 0, "write only conversations whose residual `RISK` (0 to 1) is below this line")
	fl.StringVar(&f.gateFlags.queue, "queue", "", "folder for anonymised conversations that are held back, for 'naamloos review'")
	fl.StringVar(&f.gateFlags.traceFile, "trace", "", "file to write to why things were replaced, without text; name it *.trace.jsonl")
	fl.BoolVar(&f.strict, "strict", false, "refuse unknown fields instead of reading them as text")
	fl.BoolVar(&f.skipBad, "skip-bad", false, skipBadUsage)
	fl.BoolVar(&f.keepGoing, "keep-going", false, "leave conversations and files that fail out, count and list them")
	fl.StringVar(&f.auditFile, "audit", "", "file to write the signed trail to, see 'naamloos audit verify'")
	fl.StringVar(&f.quarantine, "quarantine", "", "folder to note in what --skip-bad and --keep-going leave out, and why")
	fl.BoolVar(&f.originals, "quarantine-originals", false, "put the originals of conversations that failed there too")
	fl.BoolVar(&f.resume, "resume", false, "go on with a run into the same folder that was killed")
	return c
}

func runAnonymize(s surroundings, f anonymizeFlags, args []string) error {
	secrets, err := readSecrets(s, f.keyFile)
	if err != nil {
		return err
	}
	key := secrets.key
	p, err := readPolicy(f.policy)
	if err != nil {
		return err
	}
	if f.workers < 0 {
		return misusef("--workers is negative")
	}
	if err := f.gateFlags.check(f.resume); err != nil {
		return err
	}
	if f.resume && key.IsZero() {
		return misusef("--resume needs the key of the earlier run")
	}
	locate, closeGeo, err := openGeo(f.geoDB)
	if err != nil {
		return err
	}
	defer closeGeo()
	o := anonymize.Options{Generation: secrets.generation, Policy: p, Workers: f.workers, Locate: locate}
	if err := f.names.apply(&o); err != nil {
		return err
	}
	if err := f.corrections.apply(s, key, &o); err != nil {
		return err
	}
	a, err := anonymize.New(o)
	if err != nil {
		return err
	}
	defer a.Close()
	inputs, err := findInputs(args)
	if err != nil {
		return err
	}
	b := &batch{surroundings: s, anonymizeFlags: f, a: a}
	if b.settings, err = settingsOf(f, p, a); err != nil {
		return err
	}
	defer b.watchSignals()()
	defer b.discard()
	if err := b.openStats(secrets, p); err != nil {
		return err
	}
	if b.held, err = newQuarantine(f.quarantine, f.originals); err != nil {
		return err
	}
	if err := b.openTrail(key); err != nil {
		return err
	}
	if err := b.openGate(key); err != nil {
		return err
	}
	if err := b.run(inputs, toFolder(f.output, args, inputs)); err != nil {
		return err
	}
	return b.finish()
}

// toFolder reports whether the output is a folder: one that exists, or one for
// several inputs.
func toFolder(path string, args []string, inputs []input) bool {
	if path == "" {
		return false
	}
	if info, err := os.Stat(path); err == nil {
		return info.IsDir()
	}
	if len(inputs) > 1 || os.IsPathSeparator(path[len(path)-1]) {
		return true
	}
	info, err := os.Stat(args0(args))
	return err == nil && info.IsDir()
}

func args0(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

func writeReport(w io.Writer, report anonymize.Report, skipped int) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		anonymize.Report
		Skipped int `json:"skipped"`
	}{report, skipped})
}
