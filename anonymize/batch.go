package anonymize

import (
	"iter"

	"github.com/clbchat/naamloos/anonymize/ordered"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// An Outcome is what became of one conversation of a stream.
type Outcome struct {
	Original, Anonymised *transcripts.Conversation
	Report               Report

	removed *removal // what was taken out, for Check only
}

// An Observer is told of each conversation after it was anonymised, in order,
// one at a time.
type Observer func(Outcome)

// result is what became of one element of a stream.
type result struct {
	Outcome
	spans [][]detectors.Span
	err   error
}

// Conversations anonymises a stream, several conversations at a time, in
// order and with bounded memory. An error of the stream is passed on and the
// stream goes on; a conversation that fails gives an error and no output.
func (a *Anonymizer) Conversations(in iter.Seq2[*transcripts.Conversation, error], observers ...Observer) iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		for r := range ordered.Map(results(in), a.workers, a.anonymized) {
			if r.err == nil {
				for _, observe := range observers {
					observe(r.Outcome)
				}
			}
			if !yield(r.Anonymised, r.err) {
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
			if !yield(Finding{Conversation: r.Original, Spans: r.spans}, r.err) {
				return
			}
		}
	}
}

func (a *Anonymizer) anonymized(r result) result {
	if r.err == nil {
		r.Anonymised, r.Report, r.removed, r.err = a.conversation(r.Original)
	}
	return r
}

func (a *Anonymizer) detected(r result) result {
	if r.err == nil {
		r.spans, r.err = a.Detect(r.Original)
	}
	return r
}

func results(in iter.Seq2[*transcripts.Conversation, error]) iter.Seq[result] {
	return func(yield func(result) bool) {
		for c, err := range in {
			if !yield(result{Outcome: Outcome{Original: c}, err: err}) {
				return
			}
		}
	}
}
