package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/evaluate"
	"github.com/clbchat/naamloos/detectors"
)

// evalFlags are the flags of the command eval.
type evalFlags struct {
	asJSON       bool
	leaks, extra int
	only         string
	by           string
	swap         string
	names        nameFlags
	corrections  correctionFlags
}

func newEval(s surroundings) *cobra.Command {
	var f evalFlags
	c := &cobra.Command{
		Use:   "eval GOLD...",
		Short: "measure detection against annotated chats",
		Long: "Reads annotated, invented chats: markup ([[PERSON|lien]]), conversations of JSON lines,\n" +
			"or single texts of JSON lines. Prints per entity type what is covered, precision, strict\n" +
			"agreement, over-redaction and the conversations without a leak, with 95% intervals.\n" +
			"--leaks and --extra print annotated text: never use them with real chats.",
		Example: "  naamloos eval testdata/gold/dev.jsonl\n  naamloos eval --swap all testdata/gold/dev.jsonl",
		RunE:    func(_ *cobra.Command, args []string) error { return runEval(s, f, args) },
	}
	fl := c.Flags()
	fl.BoolVar(&f.asJSON, "json", false, "print JSON instead of a table")
	fl.IntVar(&f.leaks, "leaks", 0, "list the first `N` annotations that leak")
	fl.IntVar(&f.extra, "extra", 0, "list the first `N` findings beyond the annotation")
	fl.StringVar(&f.only, "type", "", "entity `TYPE` that --leaks and --extra list (default all)")
	fl.StringVar(&f.by, "by", "", "also measure apart: lang or domain")
	fl.StringVar(&f.swap, "swap", "", "give everybody a name of this origin first: "+strings.Join(evaluate.Origins(), ", ")+" or all")
	f.names.register(c)
	f.corrections.register(c)
	return c
}

func runEval(s surroundings, f evalFlags, args []string) error {
	if len(args) == 0 {
		return misusef("eval needs a file of annotated chats")
	}
	if f.by != "" && f.by != "lang" && f.by != "domain" {
		return misusef("--by is lang or domain")
	}
	if f.swap != "" && f.swap != "all" && !slices.Contains(evaluate.Origins(), f.swap) {
		return misusef("--swap is one of %s or all", strings.Join(evaluate.Origins(), ", "))
	}
	var o anonymize.Options
	if err := f.names.apply(&o); err != nil {
		return err
	}
	if err := f.corrections.measure(s, &o); err != nil {
		return err
	}
	a, err := anonymize.New(o)
	if err != nil {
		return err
	}
	defer a.Close()
	var chats []evaluate.Chat
	for _, arg := range args {
		more, err := readGold(s, arg)
		if err != nil {
			return err
		}
		chats = append(chats, more...)
	}
	if f.swap != "" {
		return evalSwapped(s.stdout, a, chats, f)
	}
	return evalOnce(s, a, chats, f)
}

func readGold(s surroundings, arg string) ([]evaluate.Chat, error) {
	in := input{path: arg}
	if arg == "-" {
		in.path = ""
	}
	r, err := in.reader(s)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	chats, err := evaluate.Read(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", in.name(), err)
	}
	return chats, nil
}

// evalReport is what eval prints as JSON.
type evalReport struct {
	All *evaluate.Result            `json:"all"`
	By  map[string]*evaluate.Result `json:"by,omitempty"`
}

func evalOnce(s surroundings, a *anonymize.Anonymizer, chats []evaluate.Chat, f evalFlags) error {
	scores, err := evaluate.Measure(a.Detect, chats, nil)
	if err != nil {
		return err
	}
	listFindings(s.stderr, "leak", scores.Leaks(detectors.EntityType(f.only), f.leaks))
	listFindings(s.stderr, "extra", scores.Extra(detectors.EntityType(f.only), f.extra))
	name := func(c *evaluate.Chat) string { return c.Lang }
	if f.by == "domain" {
		name = func(c *evaluate.Chat) string { return c.Domain }
	}
	report := evalReport{All: scores.Result(nil)}
	var values []string
	if f.by != "" {
		report.By = map[string]*evaluate.Result{}
		values = scores.Values(name)
		for _, v := range values {
			report.By[v] = scores.Result(func(c *evaluate.Chat) bool { return name(c) == v })
		}
	}
	if f.asJSON {
		return writeJSON(s.stdout, report)
	}
	if err := report.All.Table(s.stdout); err != nil {
		return err
	}
	for _, v := range values {
		fmt.Fprintf(s.stdout, "\n%s %s\n", f.by, v)
		if err := report.By[v].Table(s.stdout); err != nil {
			return err
		}
	}
	return nil
}

func listFindings(w io.Writer, what string, findings []evaluate.Finding) {
	for _, f := range findings {
		fmt.Fprintf(w, "%s %s %s %s %s\n", what, f.ID, f.Type, f.Context, f.Rule)
	}
}

// evalSwapped measures the chats with the names of each origin asked for.
func evalSwapped(w io.Writer, a *anonymize.Anonymizer, chats []evaluate.Chat, f evalFlags) error {
	origins := evaluate.Origins()
	if f.swap != "all" {
		origins = []string{f.swap}
	}
	results := map[string]evaluate.Figures{}
	low, high := math.Inf(1), math.Inf(-1)
	for _, origin := range origins {
		scores, err := evaluate.Measure(a.Detect, evaluate.Swap(chats, origin), nil)
		if err != nil {
			return err
		}
		p := scores.Result(nil).Of(detectors.Person)
		results[origin] = p
		low, high = min(low, p.Covered.Value), max(high, p.Covered.Value)
		listFindings(w, "leak "+origin, scores.Leaks(detectors.Person, f.leaks))
	}
	if f.asJSON {
		return writeJSON(w, results)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "PERSON\tgold\tcovered\t95%\tprecision\tclean conversations\t")
	for _, origin := range origins {
		p := results[origin]
		fmt.Fprintf(t, "%s\t%d\t%s\t%.1f to %.1f\t%s\t%s\t\n", origin, p.Gold, p.Covered, 100*p.Covered.Low, 100*p.Covered.High, p.Precision, p.Clean)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "spread %.2f points\n", 100*(high-low))
	return err
}

func writeJSON[T evalReport | map[string]evaluate.Figures](w io.Writer, v T) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
