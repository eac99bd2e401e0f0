package main

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/transcripts"
)

// batch is one run of the main command over its inputs.
type batch struct {
	surroundings
	anonymizeFlags
	a         *anonymize.Anonymizer
	settings  settings
	observers []anonymize.Observer
	counts    func() error // writes the statistics
	report    anonymize.Report
	mu        sync.Mutex // of leftOut and held: reading and releasing go on at the same time
	overdue   int        // conversations over age
	leftOut   int        // records and conversations that were left out
	journal   *journal
	trail     *trail
	held      *quarantine
	underway  underway
	gate      *gate

	interrupted atomic.Bool
	outputs     []*output // written and not yet in their places
	done        []string  // put in their places by this run
}

// run anonymises every input to an output of its own, or the one to the one.
func (b *batch) run(inputs []input, folder bool) error {
	if !folder && len(inputs) > 1 {
		return misusef("%d files to read, name a folder to write to with -o", len(inputs))
	}
	var size int64
	for _, in := range inputs {
		size += in.size
	}
	p := newProgress(b.stderr, size)
	defer p.done()
	if folder {
		if err := b.openJournal(); err != nil {
			return err
		}
	}
	names := map[string]bool{}
	for _, in := range inputs {
		path := b.output
		if folder {
			path = uniquePath(filepath.Join(b.output, b.a.FileName(in.relative)), names)
		}
		if err := b.input(in, path, p); err != nil {
			if !b.passesOver(err) {
				return err
			}
			if err := b.leaveOut(in, err, 0, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// passesOver reports whether the run goes on without an input that failed.
func (b *batch) passesOver(err error) bool {
	if errors.As(err, &misuse{}) || errors.Is(err, errInterrupted) {
		return false
	}
	return b.keepGoing || b.skipBad && errors.Is(err, errEmpty)
}

// uniquePath returns path, or path with a number when two inputs share it.
func uniquePath(path string, taken map[string]bool) string {
	ext := filepath.Ext(path)
	for n, try := 2, path; ; n++ {
		if !taken[try] {
			taken[try] = true
			return try
		}
		try = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), n, ext)
	}
}

// input anonymises one input to path, unless the journal says it was done.
func (b *batch) input(in input, path string, p progress) error {
	if err := refuseOverwrite(in, path); err != nil {
		return err
	}
	if b.journal.has(in, path) {
		return nil
	}
	out, err := b.newOutput(path)
	if err != nil {
		return err
	}
	if err := b.convert(in, out, p); err != nil {
		out.discard()
		b.outputs = b.outputs[:len(b.outputs)-1]
		return err
	}
	if b.journal == nil {
		return nil // finish puts it in its place
	}
	b.outputs = b.outputs[:len(b.outputs)-1]
	if err := out.commit(); err != nil {
		return err
	}
	b.done = append(b.done, path)
	return b.journal.add(in, path)
}

// convert reads, anonymises, checks and writes one input.
func (b *batch) convert(in input, out *output, p progress) error {
	src, from, err := in.open(b.surroundings, b.from)
	if err != nil {
		return err
	}
	defer src.Close()
	to := from
	if b.to != "" {
		var ok bool
		if to, ok = transcripts.Lookup(b.to); !ok || to.Write == nil {
			return misusef("no format %q can be written, 'naamloos formats' lists them", b.to)
		}
	}
	o := in.options()
	o.Strict = b.strict
	read := from.Read(p.reader(src), o)
	w := &checkedWriter{w: out, released: b.trail.released}
	observers := append([]anonymize.Observer{w.observe, b.gate.observe, b.count}, b.observers...)
	b.gate.into(out.path, b.output)
	b.gate.between(from, to)
	stream := b.a.Conversations(b.underway.watch(b.readable(read, in)), observers...)
	if err := to.Write(w, w.checked(b.gate.through(b.releasable(stream, in, from.Name == to.Name && to.Name != "jsonl")))); err != nil {
		return err
	}
	return w.flush()
}

// newOutput opens an output that input or finish puts in its place.
func (b *batch) newOutput(path string) (*output, error) {
	if path != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, err
		}
	}
	out, err := newOutput(b.surroundings, path)
	if err == nil {
		b.outputs = append(b.outputs, out)
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

func (b *batch) count(o anonymize.Outcome) { b.report.Add(o.Report) }

// readable leaves bad records out when asked to, and says where they are.
func (b *batch) readable(in iter.Seq2[*transcripts.Conversation, error], from input) iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		for c, err := range in {
			if b.interrupted.Load() {
				yield(nil, errInterrupted)
				return
			}
			var bad *transcripts.ReadError
			if errors.As(err, &bad) && bad.Skipped && (b.skipBad || b.keepGoing) {
				if err := b.leaveOut(from, err, 0, nil); err != nil {
					yield(nil, err)
					return
				}
				continue
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// releasable leaves conversations that could not be anonymised out when asked
// to, and says which. Where a file is changed in place a shell without any
// value stays of them, so that the file stays whole.
func (b *batch) releasable(in iter.Seq2[*transcripts.Conversation, error], from input, shells bool) iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		n := 0
		for c, err := range in {
			n++
			original := b.underway.next()
			if b.a.Skips(err) {
				b.overdue++
				if c = shell(original, shells); c == nil {
					continue
				}
				err = nil
			}
			var bad *transcripts.ReadError
			if err != nil && b.keepGoing && !errors.As(err, &bad) && !errors.Is(err, errInterrupted) {
				if err := b.leaveOut(from, err, n, original); err != nil {
					yield(nil, err)
					return
				}
				if c = shell(original, shells); c == nil {
					continue
				}
				err = nil
			}
			if err != nil && !errors.As(err, &bad) && !errors.Is(err, errInterrupted) {
				err = fmt.Errorf("%s: conversation %d: %w", from.name(), n, err)
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// shell returns a conversation without any value, nil when none is to stay.
func shell(original *transcripts.Conversation, stays bool) *transcripts.Conversation {
	if !stays || original == nil {
		return nil
	}
	c := original.Clone()
	blank(c)
	return c
}

// leaveOut counts and lists what is not in the output: conversation number n of
// an input (0 when unknown). Errors hold no text.
func (b *batch) leaveOut(in input, err error, n int, original *transcripts.Conversation) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.leftOut++
	fault := err
	if n > 0 {
		fault = fmt.Errorf("conversation %d: %w", n, err)
	}
	var bad *transcripts.ReadError
	if !strings.HasPrefix(err.Error(), in.name()+": ") && (!errors.As(err, &bad) || bad.File == "") { // some name their file themselves
		fault = fmt.Errorf("%s: %w", in.name(), fault)
	}
	fmt.Fprintln(b.stderr, "naamloos: left out:", fault)
	return errors.Join(b.trail.leftOut(err),
		b.held.put(quarantined{File: in.name(), Conversation: n, Fault: err.Error()}, original))
}

// finish puts what is left in its place and writes the report.
func (b *batch) finish() error {
	if b.overdue > 0 {
		fmt.Fprintf(b.stderr, "naamloos: %d conversations over age left out, as the policy says\n", b.overdue)
	}
	if b.leftOut > 0 {
		fmt.Fprintf(b.stderr, "naamloos: %d left out\n", b.leftOut)
	}
	if b.gate != nil && b.gate.queued > 0 {
		fmt.Fprintf(b.stderr, "naamloos: %d held back, read them with 'naamloos review %s'\n", b.gate.queued, b.gateFlags.queue)
	}
	if b.anonymizeFlags.report != "" {
		out, err := b.newOutput(b.anonymizeFlags.report)
		if err != nil {
			return err
		}
		if err := writeReport(out, b.report, b.leftOut); err != nil {
			return err
		}
	}
	if b.counts != nil {
		if err := b.counts(); err != nil {
			return err
		}
	}
	if err := b.trail.close(); err != nil {
		return err
	}
	for len(b.outputs) > 0 {
		out := b.outputs[0]
		b.outputs = b.outputs[1:]
		if err := out.commit(); err != nil {
			return err
		}
		b.done = append(b.done, out.path)
	}
	b.done = nil
	return b.journal.close()
}

// errInterrupted ends a run that was told to stop.
var errInterrupted = errors.New("interrupted, nothing half-written was left; a run into a folder goes on with --resume")

// watchSignals lets the first interrupt end the run in order; the second ends
// the process. The returned function stops watching.
func (b *batch) watchSignals() func() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		if _, ok := <-signals; ok {
			b.interrupted.Store(true)
			signal.Reset(os.Interrupt, syscall.SIGTERM)
		}
	}()
	return func() {
		signal.Stop(signals)
		close(signals)
	}
}

// discard removes what a run that failed has written. A run that was
// interrupted keeps the files that are whole, and the journal to go on with.
func (b *batch) discard() {
	b.trail.wipe()
	for _, out := range b.outputs {
		out.discard()
	}
	if b.interrupted.Load() && b.journal != nil {
		_ = b.journal.file.Close()
		return
	}
	for _, path := range b.done {
		if path != "" {
			_ = os.Remove(path)
		}
	}
	if b.journal != nil && len(b.journal.done) == 0 { // else an earlier run has done files that stay
		_ = b.journal.close()
	}
}
