package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/audit"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

// trail writes the audit trail of a run. A nil trail writes nothing.
// Reading and releasing go on at the same time, both note what they do.
type trail struct {
	mu  sync.Mutex
	log *audit.Log
}

// openTrail begins the audit trail that was asked for.
func (b *batch) openTrail(key keys.Key) error {
	if b.auditFile == "" {
		return nil
	}
	if key.IsZero() {
		return misusef("--audit needs a key, or nobody could verify it")
	}
	out, err := b.newOutput(b.auditFile)
	if err != nil {
		return err
	}
	log, err := audit.New(out, key, audit.Run{Started: time.Now(), Program: "naamloos " + version(),
		Policy: b.settings[settingPolicy], Model: b.settings[settingModel]})
	b.trail = &trail{log: log}
	return err
}

// released notes a conversation whose output is let go.
func (t *trail) released(o anonymize.Outcome, output []byte) error {
	if t == nil {
		return nil
	}
	var in bytes.Buffer
	canonical, _ := transcripts.Lookup("jsonl")
	err := canonical.Write(&in, func(yield func(*transcripts.Conversation, error) bool) { yield(o.Original, nil) })
	if err != nil {
		return err
	}
	rules := map[string]int{}
	for _, message := range o.Report.Replacements {
		for _, r := range message {
			rules[r.Detector]++
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.log.Add(audit.Record{Messages: o.Report.Messages, Types: o.Report.Types, Rules: rules,
		Input: t.log.Digest(in.Bytes()), Output: t.log.Digest(output)})
}

// leftOut notes something that was left out. Errors hold no text.
func (t *trail) leftOut(fault error) error {
	if t == nil {
		return nil
	}
	var bad *transcripts.ReadError
	if errors.As(fault, &bad) { // without the name of its file, which may be that of a person
		at := *bad
		at.File = ""
		fault = &at
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.log.Add(audit.Record{Fault: fault.Error()})
}

// wipe overwrites the keys of a trail that was not closed.
func (t *trail) wipe() {
	if t != nil && t.log != nil {
		t.log.Wipe()
	}
}

func (t *trail) close() error {
	if t == nil {
		return nil
	}
	return t.log.Close(time.Now())
}

func newAudit(s surroundings) *cobra.Command {
	c := &cobra.Command{Use: "audit", Short: "check the trail of what was done", Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	var keyFile, publicKey string
	verify := &cobra.Command{
		Use:   "verify FILE...",
		Short: "find any line of a trail that was removed, changed or moved",
		Long: "Checks the chain and the signatures of trails that 'anonymize --audit' wrote, against\n" +
			"the key, or against the public key that its owner has given out.",
		RunE: func(_ *cobra.Command, args []string) error { return runVerify(s, keyFile, publicKey, args) },
	}
	verify.Flags().StringVar(&keyFile, "key-file", "", "file with the key the run had")
	verify.Flags().StringVar(&publicKey, "public-key", "", "public key of the run, 64 hexadecimal digits")
	c.AddCommand(verify)
	return c
}

func runVerify(s surroundings, keyFile, publicKey string, args []string) error {
	if len(args) == 0 {
		return misusef("no trail to verify")
	}
	key, err := readKey(s, keyFile)
	if err != nil {
		return err
	}
	if publicKey == "" && !key.IsZero() {
		publicKey = audit.PublicKey(key)
	}
	for _, path := range args {
		if err := verifyFile(s, path, publicKey); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

func verifyFile(s surroundings, path, publicKey string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	sum, err := audit.Verify(f, publicKey)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.stdout, "%s: sound: %d runs, %d records, %d left out, public key %s\n", path, sum.Runs, sum.Records, sum.LeftOut, sum.PublicKey)
	if publicKey == "" {
		fmt.Fprintln(s.stderr, "naamloos: not compared with a key: give --key-file or --public-key to know who signed")
	}
	return nil
}
