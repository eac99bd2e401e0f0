package main

import (
	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/prose"
)

// nameFlags are the flags that guide how names are found.
type nameFlags struct {
	strictness string
	english    bool
	own        []string // files of recognizers
}

func (f *nameFlags) register(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&f.strictness, "strictness", "high", "how much doubt is enough to hide a word: high (hides most), medium or low")
	fl.StringArrayVar(&f.own, "detectors", nil, "file of recognizers of your own, in YAML (see 'naamloos detectors test')")
	fl.BoolVar(&f.english, "english-ner", false, "ask a second recogniser about names in English messages (slow)")
}

// apply sets the options that the flags ask for.
func (f *nameFlags) apply(o *anonymize.Options) error {
	switch f.strictness {
	case "high":
		o.Strictness = detectors.StrictnessHigh
	case "medium":
		o.Strictness = detectors.StrictnessMedium
	case "low":
		o.Strictness = detectors.StrictnessLow
	default:
		return misusef("--strictness is high, medium or low")
	}
	for _, name := range f.own {
		list, err := readRecognizers(name)
		if err != nil {
			return err
		}
		for _, r := range list {
			o.Recognizers = append(o.Recognizers, r)
		}
	}
	if f.english {
		o.Recognizers = append(o.Recognizers, prose.New())
	}
	return nil
}
