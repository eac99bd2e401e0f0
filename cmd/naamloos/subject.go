package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/subject"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// subjectFlags say who is looked for, and with what.
type subjectFlags struct {
	keyFile, policy, values    string
	emails, phones, names, ips []string
	nicks, others              []string
	asJSON, dryRun             bool
	output                     string
}

func newSubject(s surroundings) *cobra.Command {
	c := &cobra.Command{
		Use:   "subject",
		Short: "find, export or erase what is held of one person",
		Long: "Looks for a person in anonymised files: the pseudonyms of what the person says of\n" +
			"himself are computed again under the keys of the ring. No originals are needed.\n" +
			"What cannot be found is told. See docs/KEYS.md.",
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(
		subjectCommand(s, "find FILE|DIR...", "tell in which conversations a person is", runFind),
		subjectCommand(s, "export FILE|DIR...", "write a person's conversations as JSON", runExport),
		subjectCommand(s, "erase FILE|DIR...", "remove a person's conversations", runErase),
	)
	return c
}

func subjectCommand(s surroundings, use, short string, run func(surroundings, subjectFlags, []string) error) *cobra.Command {
	var f subjectFlags
	c := &cobra.Command{Use: use, Short: short, RunE: func(_ *cobra.Command, args []string) error { return run(s, f, args) }}
	fl := c.Flags()
	fl.StringVar(&f.keyFile, "key-file", "", "the key or key ring that the files were made with (or "+keyVariable+")")
	fl.StringVar(&f.policy, "policy", "", "the policy that the files were made with")
	fl.StringVar(&f.values, "values", "", "`FILE` of what to look for, a line each: email f@x.example")
	fl.StringArrayVar(&f.emails, "email", nil, "e-mail address; these may all be repeated")
	fl.StringArrayVar(&f.phones, "phone", nil, "phone number")
	fl.StringArrayVar(&f.names, "name", nil, "name, full or as it was used alone")
	fl.StringArrayVar(&f.nicks, "nick", nil, "nickname or user name")
	fl.StringArrayVar(&f.ips, "ip", nil, "IP address")
	fl.StringArrayVar(&f.others, "value", nil, "any other `TYPE=VALUE`, such as IBAN=BE71...")
	switch use, _, _ := strings.Cut(use, " "); use {
	case "find":
		fl.BoolVar(&f.asJSON, "json", false, "print JSON")
	case "export":
		fl.StringVarP(&f.output, "output", "o", "", "file to write to (default standard output)")
	case "erase":
		fl.BoolVar(&f.dryRun, "dry-run", false, "only tell what would be removed")
	}
	return c
}

// collect returns the values of all flags and of the file of values.
func (f subjectFlags) collect() ([]subject.Value, error) {
	var out []subject.Value
	for kind, texts := range map[string][]string{"email": f.emails, "phone": f.phones, "name": f.names, "nick": f.nicks, "ip": f.ips} {
		for _, text := range texts {
			out = append(out, kinds[kind](text)...)
		}
	}
	for _, other := range f.others {
		t, text, ok := strings.Cut(other, "=")
		if !ok || !detectors.EntityType(t).Valid() {
			return nil, misusef("--value is an entity type, = and a value")
		}
		out = append(out, subject.Value{Type: detectors.EntityType(t), Text: text})
	}
	more, err := readValues(f.values)
	if err != nil {
		return nil, err
	}
	out = append(out, more...)
	slices.SortFunc(out, func(a, b subject.Value) int { return strings.Compare(string(a.Type)+a.Text, string(b.Type)+b.Text) })
	if len(out) == 0 {
		return nil, misusef("say who: --email, --phone, --name, --nick, --ip or --value")
	}
	return out, nil
}

// kinds are the kinds of values that have a flag.
var kinds = map[string]func(string) []subject.Value{
	"email": func(s string) []subject.Value { return []subject.Value{{Type: detectors.Email, Text: s}} },
	"phone": func(s string) []subject.Value { return []subject.Value{{Type: detectors.Phone, Text: s}} },
	"ip":    func(s string) []subject.Value { return []subject.Value{{Type: detectors.IP, Text: s}} },
	"name":  subject.Name,
	"nick":  subject.Nickname,
}

// readValues reads a file of values: a kind or entity type, a blank, a value.
func readValues(path string) ([]subject.Value, error) {
	if path == "" {
		return nil, nil
	}
	data, err := readPrivate(path)
	if err != nil {
		return nil, err
	}
	defer clear(data)
	var out []subject.Value
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		kind, text, _ := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		switch make, ok := kinds[kind]; {
		case kind == "":
		case ok:
			out = append(out, make(text)...)
		case detectors.EntityType(kind).Valid():
			out = append(out, subject.Value{Type: detectors.EntityType(kind), Text: text})
		default:
			return nil, fmt.Errorf("%s: line %d: begins with none of email, phone, name, nick, ip and the entity types", path, n)
		}
	}
	return out, lines.Err()
}

// search prepares to look for a person, and says what cannot be found.
func (f subjectFlags) search(s surroundings) (*subject.Search, error) {
	values, err := f.collect()
	if err != nil {
		return nil, err
	}
	p, err := readPolicy(f.policy)
	if err != nil {
		return nil, err
	}
	o := subject.Options{Policy: p}
	secrets, err := readSecrets(s, f.keyFile)
	switch {
	case secrets.ring != nil: // also when its newest key was destroyed
		o.Generations, o.Destroyed = secrets.ring.Generations(), secrets.ring.DestroyedPeriods()
	case err != nil:
		return nil, err
	case secrets.generation.IsZero():
		return nil, misusef("the key that the files were made with is needed: --key-file or " + keyVariable)
	default:
		o.Generations = []keys.Generation{secrets.generation}
	}
	search, err := subject.New(o, values)
	if err != nil {
		return nil, err
	}
	for _, l := range search.Limits() {
		fmt.Fprintln(s.stderr, "naamloos: not found:", l)
	}
	return search, nil
}

// found is a conversation in which a person is.
type found struct {
	File         string                 `json:"file"`
	Number       int                    `json:"number"` // of the conversation in the file, from 1
	ID           string                 `json:"id,omitempty"`
	Types        []detectors.EntityType `json:"matched"`
	Party        bool                   `json:"takes_part"`
	Conversation json.RawMessage        `json:"conversation,omitempty"`
	source       *transcripts.Conversation
}

// hits calls each for the conversations in which the person is. A file that
// cannot be read is told of, and the error says so at the end.
func hits(s surroundings, search *subject.Search, args []string, each func(found) error) error {
	inputs, err := findInputs(args)
	if err != nil {
		return err
	}
	var failed failures
	for _, in := range inputs {
		if err := hitsIn(s, search, in, each); err != nil {
			failed.tell(s, err)
		}
	}
	return failed.err()
}

func hitsIn(s surroundings, search *subject.Search, in input, each func(found) error) error {
	src, format, err := in.open(s, "")
	if err != nil {
		return err
	}
	defer src.Close()
	n := 0
	for c, err := range format.Read(src, in.options()) {
		if err != nil {
			return fmt.Errorf("%s: %w", in.name(), err)
		}
		n++
		if m, ok := search.Match(c); ok {
			if err := each(found{File: in.name(), Number: n, ID: c.ID, Types: m.Types, Party: m.Party, source: c}); err != nil {
				return err
			}
		}
	}
	return nil
}

func runFind(s surroundings, f subjectFlags, args []string) error {
	search, err := f.search(s)
	if err != nil {
		return err
	}
	all := []found{}
	failed := hits(s, search, args, func(h found) error {
		h.source = nil
		all = append(all, h)
		return nil
	})
	if f.asJSON {
		e := json.NewEncoder(s.stdout)
		e.SetIndent("", "  ")
		return errors.Join(failed, e.Encode(struct {
			Keys   []string `json:"keys"`
			Limits []string `json:"cannot_be_found"`
			Found  []found  `json:"found"`
		}{search.KeyIDs(), search.Limits(), all}))
	}
	p := &printer{w: s.stdout}
	for _, h := range all {
		role := "is spoken of"
		if h.Party {
			role = "takes part"
		}
		p.line("%s\t%d\t%s\t%s\t%v", h.File, h.Number, h.ID, role, h.Types)
	}
	fmt.Fprintf(s.stderr, "naamloos: %d conversations found\n", len(all))
	return errors.Join(failed, p.err)
}

// export is what a person gets of what is held of him.
type export struct {
	Format        string    `json:"format"`
	Made          time.Time `json:"made"`
	Policy        string    `json:"policy,omitempty"`
	Keys          []string  `json:"keys"`
	Limits        []string  `json:"cannot_be_found"`
	Conversations []found   `json:"conversations"`
}

func runExport(s surroundings, f subjectFlags, args []string) error {
	search, err := f.search(s)
	if err != nil {
		return err
	}
	p, err := readPolicy(f.policy)
	if err != nil {
		return err
	}
	x := export{Format: "naamloos subject export 1", Made: time.Now().UTC().Truncate(time.Second), Policy: p.Name,
		Keys: search.KeyIDs(), Limits: search.Limits(), Conversations: []found{}}
	failed := hits(s, search, args, func(h found) (err error) {
		h.Conversation, err = canonicalJSON(h.source)
		x.Conversations = append(x.Conversations, h)
		return err
	})
	if failed != nil {
		return failed // an export that lacks something is none
	}
	out, err := newOutput(s, f.output)
	if err != nil {
		return err
	}
	defer out.discard()
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	if err := e.Encode(x); err != nil {
		return err
	}
	if err := out.commit(); err != nil {
		return err
	}
	fmt.Fprintf(s.stderr, "naamloos: %d conversations exported\n", len(x.Conversations))
	return nil
}

// canonicalJSON returns a conversation as one JSON object.
func canonicalJSON(c *transcripts.Conversation) (json.RawMessage, error) {
	canonical, _ := transcripts.Lookup("jsonl")
	var b bytes.Buffer
	err := canonical.Write(&b, func(yield func(*transcripts.Conversation, error) bool) { yield(c, nil) })
	text := bytes.TrimPrefix(bytes.TrimSpace(b.Bytes()), []byte("\xef\xbb\xbf"))
	if err == nil && !json.Valid(text) {
		err = fmt.Errorf("a conversation cannot be written as JSON")
	}
	return text, err
}

func runErase(s surroundings, f subjectFlags, args []string) error {
	search, err := f.search(s)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return misusef("name the files or folders to erase from")
	}
	inputs, err := findInputs(args)
	if err != nil {
		return err
	}
	w := &rewriter{surroundings: s, left: search.In, decide: func(c *transcripts.Conversation) verdict {
		if _, ok := search.Match(c); ok {
			return verdictDrop
		}
		return verdictKeep
	}}
	each, did := w.rewrite, "erased"
	if f.dryRun {
		each, did = w.survey, "would be erased"
	}
	done, err := w.all(inputs, each)
	n, p := 0, &printer{w: s.stdout}
	for _, d := range done {
		n += d.Dropped
		if d.Dropped > 0 {
			p.line("%s\t%d of %d", d.File, d.Dropped, d.Conversations)
		}
	}
	fmt.Fprintf(s.stderr, "naamloos: %d conversations %s\n", n, did)
	return errors.Join(err, p.err)
}
