package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/pattern"
)

func newDetectors(s surroundings) *cobra.Command {
	c := &cobra.Command{
		Use:   "detectors",
		Short: "list what is found, or test recognizers of your own",
		Args:  noArguments,
		RunE:  func(*cobra.Command, []string) error { return listDetectors(s) },
	}
	c.AddCommand(newDetectorsTest(s))
	return c
}

// listDetectors prints name, types and documentation of the built-in detectors.
func listDetectors(s surroundings) error {
	for _, d := range detectors.All() {
		types := make([]string, len(d.Types))
		for i, t := range d.Types {
			types[i] = string(t)
		}
		if _, err := fmt.Fprintf(s.stdout, "%-12s %s\n%s\n", d.Name, strings.Join(types, ", "), indent(d.Doc)); err != nil {
			return err
		}
	}
	return nil
}

// docWidth is the width of the lines of a detector's documentation.
const docWidth = 86

// indent breaks text into indented lines.
func indent(text string) string {
	var b strings.Builder
	column := 0
	for word := range strings.FieldsSeq(text) {
		switch {
		case column == 0:
			b.WriteString("             ")
		case column+1+len(word) > docWidth:
			b.WriteString("\n             ")
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}

func newDetectorsTest(s surroundings) *cobra.Command {
	return &cobra.Command{
		Use:   "test FILE...",
		Short: "check files of recognizers and run their tests",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misusef("name a file of recognizers")
			}
			for _, name := range args {
				list, err := readRecognizers(name)
				if err != nil {
					return err
				}
				tests := 0
				for _, r := range list {
					tests += r.Tests()
				}
				if _, err := fmt.Fprintf(s.stdout, "%s: %d recognizers, %d tests passed\n", name, len(list), tests); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// readRecognizers reads a file of recognizers.
func readRecognizers(name string) ([]*pattern.Recognizer, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, misusef("%s: no such file", name)
	} else if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := pattern.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return list, nil
}
