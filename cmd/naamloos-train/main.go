// Command naamloos-train makes what the names detector is built from:
//
//	naamloos-train lexicon -lists detectors/lexicon/lists -dutch WORDLIST -o detectors/lexicon
//	naamloos-train model -texts testdata/train -bio DIR -o detectors/tagger/model.bin
//	naamloos-train folds -texts testdata/train -bio DIR
//
// The same input and seed give the same output. See docs/NAMES.md.
package main

import (
	"fmt"
	"io"
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprintln(stderr, "naamloos-train: want lexicon, model, folds or tag")
		return 2
	}
	commands := map[string]func([]string, io.Writer, io.Writer) error{
		"lexicon": lexiconCommand, "model": modelCommand, "folds": foldsCommand, "tag": tagCommand,
	}
	c, ok := commands[args[0]]
	if !ok {
		fmt.Fprintln(stderr, "naamloos-train: want lexicon, model, folds or tag")
		return 2
	}
	if err := c(args[1:], stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "naamloos-train:", err)
		return 1
	}
	return 0
}
