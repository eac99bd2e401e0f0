package main

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/risk"
	"github.com/clbchat/naamloos/anonymize/trace"
	"github.com/clbchat/naamloos/transcripts"
)

// gateFlags are the flags that say what is released at once, and why.
type gateFlags struct {
	below     float64
	queue     string
	traceFile string
}

func (f *gateFlags) check(resume bool) error {
	switch {
	case f.below < 0 || f.below > 1:
		return misusef("--release-below is a risk from 0 to 1")
	case f.below > 0 && f.queue == "":
		return misusef("--release-below needs --queue FOLDER for what is held back")
	case f.below == 0 && f.queue != "":
		return misusef("--queue needs --release-below RISK")
	case resume && (f.below > 0 || f.traceFile != ""):
		return misusef("--resume goes without --release-below and --trace, which need the whole run")
	}
	return nil
}

// gate holds conversations back whose residual risk is too high, and notes why
// things were replaced. The nil gate does neither.
type gate struct {
	below    float64
	assessor *risk.Assessor
	queue    *output // anonymised conversations to be read first
	queued   int
	reasons  *trace.Writer // of what is released; nil: nobody asked
	queueWhy *trace.Writer // of what is queued
	queueAs  string
	waiting  []anonymize.Outcome
	file     string // output that conversations are released to
	number   int    // of the conversation in it
	shells   bool   // it is a file that cannot lose a record: what is held back stays as an empty one
}

// openGate opens what the flags ask for.
func (b *batch) openGate(key keys.Key) error {
	f := b.gateFlags
	if f.below == 0 && f.traceFile == "" {
		return nil
	}
	g := &gate{below: f.below}
	keyID := ""
	if !key.IsZero() {
		keyID = corrections.KeyID(key)
	}
	if f.traceFile != "" {
		out, err := b.newOutput(f.traceFile)
		if err != nil {
			return err
		}
		if g.reasons, err = trace.NewWriter(out, keyID); err != nil {
			return err
		}
	}
	b.gate = g
	if f.below == 0 {
		return nil
	}
	var err error
	if g.assessor, err = risk.New(); err != nil {
		return err
	}
	return b.openQueue(keyID)
}

// openQueue opens a new file of the queue and its trace.
func (b *batch) openQueue(keyID string) error {
	g, path := b.gate, ""
	for n := 1; ; n++ {
		g.queueAs = fmt.Sprintf("queue-%d.jsonl", n)
		path = filepath.Join(b.gateFlags.queue, g.queueAs)
		if _, err := os.Stat(path); err != nil {
			break
		}
	}
	var err error
	if g.queue, err = b.newOutput(path); err != nil {
		return err
	}
	out, err := b.newOutput(strings.TrimSuffix(path, ".jsonl") + trace.Extension)
	if err != nil {
		return err
	}
	g.queueWhy, err = trace.NewWriter(out, keyID)
	return err
}

// observe notes what became of a conversation.
func (g *gate) observe(o anonymize.Outcome) {
	if g != nil {
		g.waiting = append(g.waiting, o)
	}
}

// between says which formats are read and written. A file that is changed in
// place cannot lose a record, but a line of JSON can go.
func (g *gate) between(from, to transcripts.Format) {
	if g != nil {
		g.shells = from.Name == to.Name && to.Name != "jsonl"
	}
}

// into names the output that conversations are released to from now on.
func (g *gate) into(path, folder string) {
	if g == nil {
		return
	}
	g.file, g.number, g.waiting, g.shells = filepath.Base(path), 0, nil, false
	if rel, err := filepath.Rel(folder, path); err == nil && path != "" && folder != "" && !strings.HasPrefix(rel, "..") && rel != "." {
		g.file = filepath.ToSlash(rel)
	}
	if path == "" {
		g.file = ""
	}
}

// through passes conversations on whose risk is low enough.
func (g *gate) through(in iter.Seq2[*transcripts.Conversation, error]) iter.Seq2[*transcripts.Conversation, error] {
	if g == nil {
		return in
	}
	return func(yield func(*transcripts.Conversation, error) bool) {
		for c, err := range in {
			held := false
			if err == nil {
				held, err = g.hold(c)
			}
			switch {
			case held && g.shells:
				hollow(c)
				g.number++
			case held:
				continue
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// hold weighs a conversation. One that is held back goes to the queue.
func (g *gate) hold(c *transcripts.Conversation) (bool, error) {
	o, ok := g.outcome(c)
	if !ok {
		return false, nil
	}
	if g.assessor != nil && risk.Written(c) {
		a, err := g.assessor.Assess(c, o.Report.Replacements, nil)
		if err != nil {
			return false, err
		}
		if a.Risk >= g.below {
			return true, g.enqueue(o)
		}
	}
	g.number++
	if g.reasons == nil {
		return false, nil
	}
	return false, g.reasons.Add(g.file, g.number, o.Anonymised, o.Report.Replacements)
}

// outcome returns what became of a conversation that comes out of the stream.
func (g *gate) outcome(c *transcripts.Conversation) (anonymize.Outcome, bool) {
	for len(g.waiting) > 0 {
		o := g.waiting[0]
		g.waiting = g.waiting[1:]
		if o.Anonymised == c {
			return o, true
		}
	}
	return anonymize.Outcome{}, false
}

// enqueue writes an anonymised conversation to the queue, after the same look
// at its bytes that what is released gets.
func (g *gate) enqueue(o anonymize.Outcome) error {
	g.queued++
	canonical, _ := transcripts.Lookup("jsonl")
	w := &checkedWriter{w: g.queue, released: func(anonymize.Outcome, []byte) error { return nil }}
	w.observe(o)
	one := func(yield func(*transcripts.Conversation, error) bool) { yield(o.Anonymised, nil) }
	if err := canonical.Write(w, w.checked(one)); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	return g.queueWhy.Add(g.queueAs, g.queued, o.Anonymised, o.Report.Replacements)
}
