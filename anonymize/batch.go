package anonymize

import (
	"iter"

	"github.com/clbchat/naamloos/anonymize/ordered"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// An Observer is told of each conversation after it was anonymised: its
// original, what became of it, and the counts. It is called in order, one at a
// time.
type Observer func(original, anonymised *transcripts.Conversation, report Report)

// result is what became of one element of a stream.
type result struct {
	in, out *transcripts.Conversation
	spans   [][]detectors.Span
	report  Report
	err     error
}

// Conversations anonymises a stream, several conversations at a time, in
// order and with bounded memory. An error of the stream is passed on and the
// stream goes on; a conversation that fails gives an error and no output.
func (a *Anonymizer) Conversations(in iter.Seq2[*transcripts.Conversation, error], observers ...Observer) iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		for r := range ordered.Map(results(in), a.workers, a.anonymized) {
			if r.err == nil {
				for _, observe := range observers {
					observe(r.in, r.out, r.report)
				}
			}
			if !yield(r.out, r.err) {
				return
			}
		}
	}
}

// Finding is a conversation and the spans found in each of its messages.
type Finding struct {
	Conversation *transcripts.Conversation
	Spans        [][]detectors.Span
}

// Findings detects in a stream, as [Anonymizer.Detect] does in one conversation.
func (a *Anonymizer) Findings(in iter.Seq2[*transcripts.Conversation, error]) iter.Seq2[Finding, error] {
	return func(yield func(Finding, error) bool) {
		for r := range ordered.Map(results(in), a.workers, a.detected) {
			if !yield(Finding{Conversation: r.in, Spans: r.spans}, r.err) {
				return
			}
		}
	}
}

func (a *Anonymizer) anonymized(r result) result {
	if r.err == nil {
		r.out, r.report, r.err = a.Conversation(r.in)
	}
	return r
}

func (a *Anonymizer) detected(r result) result {
	if r.err == nil {
		r.spans, r.err = a.Detect(r.in)
	}
	return r
}

func results(in iter.Seq2[*transcripts.Conversation, error]) iter.Seq[result] {
	return func(yield func(result) bool) {
		for c, err := range in {
			if !yield(result{in: c, err: err}) {
				return
			}
		}
	}
}
