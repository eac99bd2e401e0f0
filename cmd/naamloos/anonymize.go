package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/transcripts"
)

// anonymizeFlags are the flags of the main command.
type anonymizeFlags struct {
	output, from, to string
	keyFile          string
	report           string
	workers          int
	strict, skipBad  bool
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
	fl.StringVar(&f.from, "from", "", "format of the input (default: told from the input)")
	fl.StringVar(&f.to, "to", "", "format of the output (default: that of the input)")
	fl.StringVar(&f.keyFile, "key-file", "", "file with the key, mode 0600 (or "+keyVariable+" in the environment)")
	fl.StringVar(&f.report, "report", "", "file to write counts to, as JSON")
	fl.IntVar(&f.workers, "workers", 0, "conversations at a time (default: one a processor)")
	fl.BoolVar(&f.strict, "strict", false, "refuse unknown fields instead of reading them as text")
	fl.BoolVar(&f.skipBad, "skip-bad", false, "leave bad records out, count and list them")
	return c
}

// anonymizeRun is one run of the main command.
type anonymizeRun struct {
	surroundings
	anonymizeFlags
	a       *anonymize.Anonymizer
	report  anonymize.Report
	skipped int
	outputs []*output
}

func runAnonymize(s surroundings, f anonymizeFlags, args []string) error {
	key, err := readKey(s, f.keyFile)
	if err != nil {
		return err
	}
	if f.workers < 0 {
		return misusef("--workers is negative")
	}
	a, err := anonymize.New(anonymize.Options{Key: key, Workers: f.workers})
	if err != nil {
		return err
	}
	inputs, err := findInputs(args)
	if err != nil {
		return err
	}
	r := &anonymizeRun{surroundings: s, anonymizeFlags: f, a: a}
	defer r.discard()
	if err := r.all(inputs, toFolder(f.output, args, inputs)); err != nil {
		return err
	}
	return r.finish()
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

// all anonymises every input to an output of its own, or all to one.
func (r *anonymizeRun) all(inputs []input, folder bool) error {
	if !folder && len(inputs) > 1 {
		return misusef("%d files to read, name a folder to write to with -o", len(inputs))
	}
	var size int64
	for _, in := range inputs {
		size += in.size
	}
	p := newProgress(r.stderr, size)
	defer p.done()
	names := map[string]bool{}
	for _, in := range inputs {
		path := r.output
		if folder {
			path = uniquePath(filepath.Join(r.output, r.a.FileName(in.relative)), names)
		}
		if err := r.one(in, path, p); err != nil {
			return err
		}
	}
	return nil
}

// uniquePath returns path, or path with a number when two inputs share it.
func uniquePath(path string, taken map[string]bool) string {
	ext := filepath.Ext(path)
	for n, try := 2, path; ; n++ {
		if !taken[try] {
			taken[try] = true
			return try
		}
		try = fmt.Sprintf("%s-%d%s", path[:len(path)-len(ext)], n, ext)
	}
}

// one anonymises one input.
func (r *anonymizeRun) one(in input, path string, p progress) error {
	src, from, err := in.open(r.surroundings, r.from)
	if err != nil {
		return err
	}
	defer src.Close()
	to := from
	if r.to != "" {
		var ok bool
		if to, ok = transcripts.Lookup(r.to); !ok || to.Write == nil {
			return misusef("no format %q can be written, 'naamloos formats' lists them", r.to)
		}
	}
	if err := refuseOverwrite(in, path); err != nil {
		return err
	}
	out, err := r.newOutput(path)
	if err != nil {
		return err
	}
	read := from.Read(p.reader(src), transcripts.ReadOptions{Name: in.relative, Strict: r.strict})
	return to.Write(out, r.a.Conversations(r.without(read, in), r.count))
}

// newOutput opens an output that finish commits.
func (r *anonymizeRun) newOutput(path string) (*output, error) {
	if path != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, err
		}
	}
	out, err := newOutput(path, r.stdout)
	if err == nil {
		r.outputs = append(r.outputs, out)
	}
	return out, err
}

// refuseOverwrite makes sure that an input is never written over.
func refuseOverwrite(in input, path string) error {
	a, errA := os.Stat(in.path)
	b, errB := os.Stat(path)
	if errA == nil && errB == nil && os.SameFile(a, b) {
		return misusef("%s is the input, it is not written over", path)
	}
	return nil
}

func (r *anonymizeRun) count(o anonymize.Outcome) { r.report.Add(o.Report) }

// without leaves bad records out when asked to, and says where they are.
func (r *anonymizeRun) without(in iter.Seq2[*transcripts.Conversation, error], from input) iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		for c, err := range in {
			var bad *transcripts.ReadError
			if r.skipBad && errors.As(err, &bad) && bad.Skipped {
				r.skipped++
				fmt.Fprintln(r.stderr, "naamloos: left out:", err)
				continue
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// finish puts all outputs in their places and writes the report.
func (r *anonymizeRun) finish() error {
	if r.skipped > 0 {
		fmt.Fprintf(r.stderr, "naamloos: %d bad records left out\n", r.skipped)
	}
	if r.anonymizeFlags.report != "" {
		out, err := r.newOutput(r.anonymizeFlags.report)
		if err != nil {
			return err
		}
		if err := writeReport(out, r.report, r.skipped); err != nil {
			return err
		}
	}
	for _, out := range r.outputs {
		if err := out.commit(); err != nil {
			return err
		}
	}
	r.outputs = nil
	return nil
}

func writeReport(w io.Writer, report anonymize.Report, skipped int) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		anonymize.Report
		Skipped int `json:"skipped"`
	}{report, skipped})
}

// discard removes outputs of a run that failed.
func (r *anonymizeRun) discard() {
	for _, out := range r.outputs {
		out.discard()
	}
}
