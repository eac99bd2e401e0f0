package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/keys"
)

// correctionFlags are the flags that bring in what readers have corrected.
type correctionFlags struct {
	files   []string
	keyFile string
}

func (f *correctionFlags) register(c *cobra.Command) {
	fl := c.Flags()
	fl.StringArrayVar(&f.files, "corrections", nil, "file of what readers corrected, from 'naamloos review export' (may be repeated)")
	fl.StringVar(&f.keyFile, "corrections-key", "", "file with the key of the corrections (default: the key of the run)")
}

// apply sets the corrections that the flags ask for. key is that of the run.
func (f *correctionFlags) apply(s surroundings, key keys.Key, o *anonymize.Options) error {
	if len(f.files) == 0 {
		return nil
	}
	if f.keyFile != "" {
		var err error
		if key, err = readKey(s, f.keyFile); err != nil {
			return err
		}
	}
	if key.IsZero() {
		return misusef("--corrections needs the key they were made with: --corrections-key FILE")
	}
	var sets []corrections.Set
	for _, file := range f.files {
		set, err := readCorrections(file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		sets = append(sets, set)
	}
	list, err := corrections.New(key, sets...)
	var wrong *corrections.KeyError
	if errors.As(err, &wrong) {
		return fmt.Errorf("%w; name theirs with --corrections-key", err)
	}
	o.Corrections = list
	return err
}

// measure sets the corrections for a command that writes no pseudonyms. Its key
// is that of the corrections, which may name pseudonyms of that key.
func (f *correctionFlags) measure(s surroundings, o *anonymize.Options) error {
	key, err := readKey(s, f.keyFile)
	if err != nil || len(f.files) == 0 {
		return err
	}
	o.Key = key
	return f.apply(s, key, o)
}

func readCorrections(file string) (corrections.Set, error) {
	f, err := os.Open(file)
	if err != nil {
		return corrections.Set{}, err
	}
	defer f.Close()
	return corrections.Read(f)
}
