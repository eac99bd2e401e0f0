package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/transcripts"
)

func newReviewExport(s surroundings) *cobra.Command {
	var f reviewFlags
	var folder, to string
	c := &cobra.Command{
		Use:   "export DIR|FILE",
		Short: "write what readers decided, for the next run and for release",
		Long: "Writes into a folder: corrections.json (what to hide and what not, for --corrections),\n" +
			"labels.jsonl (corrected places, without text), decisions.jsonl (the verdict on each\n" +
			"conversation) and released.* (the conversations that were released, corrected).",
		RunE: func(_ *cobra.Command, args []string) error { return runReviewExport(s, f, folder, to, args) },
	}
	f.register(c)
	c.Flags().StringVarP(&folder, "output", "o", "", "folder to write to")
	c.Flags().StringVar(&to, "to", "jsonl", "format of the released conversations")
	return c
}

func runReviewExport(s surroundings, f reviewFlags, folder, to string, args []string) error {
	if folder == "" {
		return misusef("review export needs a folder to write to: -o FOLDER")
	}
	format, ok := transcripts.Lookup(to)
	if !ok || format.Write == nil {
		return misusef("no format %q can be written, 'naamloos formats' lists them", to)
	}
	ctx := context.Background()
	d, err := f.open(ctx, s, args)
	if err != nil {
		return err
	}
	defer d.store.Close()
	log, err := d.store.Log(ctx)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	released, err := d.export(s, log, folder, format)
	if err == nil {
		fmt.Fprintf(s.stderr, "naamloos: %d of %d conversations released\n", released, len(d.library.Chats))
	}
	return err
}

// export writes all files of an export and returns how many conversations are
// released.
func (d *desk) export(s surroundings, log *review.Log, folder string, format transcripts.Format) (int, error) {
	labels, err := d.library.Labels(log)
	if err != nil {
		return 0, err
	}
	released, err := d.library.Released(log)
	if err != nil {
		return 0, err
	}
	for name, write := range map[string]func(io.Writer) error{
		"corrections.json": func(w io.Writer) error { return corrections.Write(w, d.library.Corrections(log)) },
		"labels.jsonl":     func(w io.Writer) error { return review.WriteLabels(w, labels) },
		"decisions.jsonl":  func(w io.Writer) error { return review.WriteDecisions(w, d.library.Decisions(log)) },
		"released." + format.Name: func(w io.Writer) error {
			return format.Write(w, func(yield func(*transcripts.Conversation, error) bool) {
				for _, c := range released {
					if !yield(c, nil) {
						return
					}
				}
			})
		},
	} {
		out, err := newOutput(s, filepath.Join(folder, name))
		if err != nil {
			return 0, err
		}
		if err := write(out); err != nil {
			out.discard()
			return 0, err
		}
		if err := out.commit(); err != nil {
			return 0, err
		}
	}
	return len(released), nil
}
