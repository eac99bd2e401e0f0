package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// longestLine is the longest line that detect reads, in bytes.
const longestLine = 64 << 20

// detectFlags are the flags of the command detect.
type detectFlags struct {
	workers int
	policy  string
	explain bool
	names   nameFlags

	corrections correctionFlags
}

func newDetect(s surroundings) *cobra.Command {
	var f detectFlags
	c := &cobra.Command{
		Use:   "detect [FILE...]",
		Short: "print what would be replaced, one JSON line a text",
		Long: "Reads JSON lines: {\"id\":\"x\",\"text\":\"...\"}, each on its own, or conversations, with\n" +
			"everything the conversation teaches. Changes nothing. Offsets are bytes.",
		RunE: func(_ *cobra.Command, args []string) error { return runDetect(s, f, args) },
	}
	c.Flags().IntVar(&f.workers, "workers", 0, workersUsage)
	c.Flags().StringVar(&f.policy, "policy", "", policyUsage)
	c.Flags().BoolVar(&f.explain, "explain", false, "say which rule found each span, and what nearly was found and why it was not")
	f.names.register(c)
	f.corrections.register(c)
	return c
}

func runDetect(s surroundings, f detectFlags, args []string) error {
	if f.workers < 0 {
		return misusef("--workers is negative")
	}
	p, err := readPolicy(f.policy)
	if err != nil {
		return err
	}
	p.Require = nil // nothing is written, so no key is needed
	o := anonymize.Options{Policy: p, Workers: f.workers}
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
	inputs, err := findInputs(args)
	if err != nil {
		return err
	}
	var x *explainer
	if f.explain {
		if x, err = newExplainer(o); err != nil {
			return err
		}
	}
	w := bufio.NewWriterSize(s.stdout, 1<<16)
	for _, in := range inputs {
		if err := detectOne(s, a, in, x, w); err != nil {
			return errors.Join(w.Flush(), fmt.Errorf("%s: %w", in.name(), err))
		}
	}
	return w.Flush()
}

func detectOne(s surroundings, a *anonymize.Anonymizer, in input, x *explainer, w *bufio.Writer) error {
	r, err := in.reader(s)
	if err != nil {
		return err
	}
	defer r.Close()
	d := &detectInput{r: r, alone: map[*transcripts.Conversation]string{}}
	var line []byte
	for f, err := range a.Findings(d.read()) {
		if err != nil {
			return err
		}
		id, alone := d.take(f.Conversation)
		for i, spans := range f.Spans {
			if alone {
				line = append(append(line[:0], `{"id":`...), id...)
			} else {
				line = appendString(append(line[:0], `{"id":`...), f.Conversation.ID)
				line = append(strconv.AppendInt(append(line[:len(line)-1], '/'), int64(i+1), 10), '"')
			}
			if x == nil {
				line = append(appendSpans(line, spans), "}\n"...)
			} else if line, err = x.append(line, f.Conversation, i, spans); err != nil {
				return err
			}
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
	}
	return nil
}

// detectInput reads texts and conversations. It remembers the ids of texts that
// stand alone, as they were written.
type detectInput struct {
	r     io.Reader
	mu    sync.Mutex
	alone map[*transcripts.Conversation]string
}

func (d *detectInput) take(c *transcripts.Conversation) (string, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	id, ok := d.alone[c]
	delete(d.alone, c)
	return id, ok
}

// read yields a conversation for each line.
func (d *detectInput) read() iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		canonical, _ := transcripts.Lookup("jsonl")
		lines := bufio.NewScanner(d.r)
		lines.Buffer(make([]byte, 1<<16), longestLine)
		n := 0
		for lines.Scan() {
			n++
			if len(bytes.TrimSpace(lines.Bytes())) == 0 {
				continue
			}
			l, err := parseDetectLine(lines.Text(), n, canonical)
			if !yield(d.conversation(l), err) || err != nil {
				return
			}
		}
		if lines.Err() != nil {
			yield(nil, fmt.Errorf("line %d: cannot be read, or is longer than %d bytes", n+1, longestLine))
		}
	}
}

// conversation returns what a line holds as a conversation.
func (d *detectInput) conversation(l detectLine) *transcripts.Conversation {
	if l.whole != nil || l.id == "" {
		return l.whole
	}
	c := &transcripts.Conversation{Messages: []transcripts.Message{{Text: l.text}}}
	d.mu.Lock()
	d.alone[c] = l.id
	d.mu.Unlock()
	return c
}

// appendSpans appends the spans of a line.
func appendSpans(line []byte, spans []detectors.Span) []byte {
	line = append(line, `,"spans":[`...)
	for i, sp := range spans {
		if i > 0 {
			line = append(line, ',')
		}
		line = append(appendSpan(line, sp), '}')
	}
	return append(line, ']')
}

// appendSpan appends a span without its closing brace.
func appendSpan(line []byte, sp detectors.Span) []byte {
	line = strconv.AppendInt(append(line, `{"start":`...), int64(sp.Start), 10)
	line = strconv.AppendInt(append(line, `,"end":`...), int64(sp.End), 10)
	line = append(append(append(line, `,"type":"`...), sp.Type...), `","score":`...)
	line = strconv.AppendFloat(line, sp.Score, 'g', 4, 64)
	return appendString(append(line, `,"detector":`...), sp.Detector)
}

// appendString appends s as a JSON string.
func appendString(line []byte, s string) []byte {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune(`"\<>&`, r) }) {
		return append(append(append(line, '"'), s...), '"')
	}
	q, _ := json.Marshal(s) // a string always marshals
	return append(line, q...)
}
