package detectors_test

import (
	"testing"

	"github.com/clbchat/naamloos/detectors"
)

func TestNamesEndBeforeTheMarksOfTheSentence(t *testing.T) {
	names := detectors.Names(detectors.StrictnessHigh)
	for text, want := range map[string]string{
		"aanwezig: peeters emma, janssens lore, ": "peeters emma",
		"en toen zei Lotte De Smet: stop daarmee": "Lotte De Smet",
		"dat zei K. Peeters. en toen":             "K. Peeters",
	} {
		spans, err := names.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		if len(spans) == 0 {
			t.Errorf("%q: no name", text)
			continue
		}
		if got := text[spans[0].Start:spans[0].End]; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
