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

func TestThingsOfTheSystemWithANumberAreNoUserNames(t *testing.T) {
	names := detectors.Names(detectors.StrictnessHigh)
	prev := "ik zie conv-12"
	for _, text := range []string{"zie conv-12 van gisteren", "ik zie conv-12", "ticket-34", "sessie-7"} {
		spans, err := names.Find(nil, detectors.Text{Body: text, Prev: prev, Role: detectors.RoleVisitor})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range spans {
			t.Errorf("%s at %d in %q", s.Type, s.Start, text)
		}
	}
}

func TestCodesOfRecordsAreNoPlaces(t *testing.T) {
	names := detectors.Names(detectors.StrictnessHigh)
	for _, text := range []string{"U07LEN2A01", "C07INTERV22", "in U07FENNA01"} {
		spans, err := names.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range spans {
			if s.Type == detectors.Location || s.Type == detectors.Org {
				t.Errorf("%s at %d in %q", s.Type, s.Start, text)
			}
		}
	}
}
