package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/evaluate"
	"github.com/clbchat/naamloos/anonymize/review"
)

// annotateFlags are the flags of review annotate.
type annotateFlags struct {
	output, from string
	names        nameFlags
}

func newReviewAnnotate(s surroundings) *cobra.Command {
	var f annotateFlags
	c := &cobra.Command{
		Use:   "annotate EXPORT ORIGINAL...",
		Short: "make annotated chats of originals and what readers decided on them",
		Long: "For whoever holds the originals: writes the conversations that readers judged, annotated\n" +
			"with what the run found and readers corrected, as 'naamloos eval' and the trainer read\n" +
			"them. EXPORT is a folder that 'naamloos review export' wrote, of a run with --trace.\n" +
			"The result holds originals. Keep it as you keep them.",
		Example: "  naamloos review annotate lists/ dump.sql -o chats-reviewed.txt\n  naamloos eval chats-reviewed.txt",
		RunE:    func(_ *cobra.Command, args []string) error { return runReviewAnnotate(s, f, args) },
	}
	c.Flags().StringVarP(&f.output, "output", "o", "", "file to write to")
	c.Flags().StringVar(&f.from, "from", "", "format of the originals (default: told from each)")
	f.names.register(c)
	return c
}

func runReviewAnnotate(s surroundings, f annotateFlags, args []string) error {
	if len(args) < 2 || f.output == "" {
		return misusef("review annotate needs an export, originals and a file to write to: -o FILE")
	}
	judged, err := readJudged(args[0])
	if err != nil {
		return err
	}
	var o anonymize.Options
	if err := f.names.apply(&o); err != nil {
		return err
	}
	a, err := anonymize.New(o)
	if err != nil {
		return err
	}
	defer a.Close()
	inputs, err := findInputs(args[1:])
	if err != nil {
		return err
	}
	var chats []evaluate.Chat
	for _, in := range inputs {
		if chats, err = annotateOne(s, a, judged, in, f.from, chats); err != nil {
			return fmt.Errorf("%s: %w", in.name(), err)
		}
	}
	out, err := newOutput(s, f.output)
	if err != nil {
		return err
	}
	left, err := evaluate.Write(out, chats)
	if err != nil {
		out.discard()
		return err
	}
	fmt.Fprintf(s.stderr, "naamloos: %d of %d judged conversations annotated\n", len(chats)-left, len(judged))
	return out.commit()
}

// annotateOne appends the judged conversations of one file.
func annotateOne(s surroundings, a *anonymize.Anonymizer, judged review.Judged, in input, from string, chats []evaluate.Chat) ([]evaluate.Chat, error) {
	src, format, err := in.open(s, from)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	for c, err := range format.Read(src, in.options()) {
		if err != nil {
			return nil, err
		}
		if _, ok := judged[c.ID]; !ok || len(c.Messages) == 0 {
			continue
		}
		spans, err := a.Detect(c)
		if err != nil {
			return nil, err
		}
		if chat, ok := judged.Annotated(c, spans); ok {
			chats = append(chats, chat)
		}
	}
	return chats, nil
}

func readJudged(dir string) (review.Judged, error) {
	decisions, err := os.Open(filepath.Join(dir, "decisions.jsonl"))
	if err != nil {
		return nil, err
	}
	defer decisions.Close()
	labels, err := os.Open(filepath.Join(dir, "labels.jsonl"))
	if err != nil {
		return nil, err
	}
	defer labels.Close()
	judged, err := review.ReadJudged(decisions, labels)
	if err == nil && len(judged) == 0 {
		err = errors.New("no conversation was judged whose places in the original are known: anonymise with --trace")
	}
	return judged, err
}
