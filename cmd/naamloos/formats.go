package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/transcripts"
)

func newFormats(s surroundings) *cobra.Command {
	return &cobra.Command{
		Use:   "formats",
		Short: "list the formats that can be read and written",
		Long: "Lists every format by the name that --from and --to take, whether it is read, written or\n" +
			"both, and which system writes it. Without --from the format of a file is found out by its content.",
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return listFormats(s) },
	}
}

func listFormats(s surroundings) error {
	w := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	for _, f := range transcripts.All() {
		use := "in, out"
		switch {
		case f.Write == nil:
			use = "in"
		case f.Read == nil:
			use = "out"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", f.Name, use, f.Doc)
	}
	return w.Flush()
}
