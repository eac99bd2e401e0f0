package detectors_test

import (
	"testing"

	"github.com/clbchat/naamloos/detectors"
)

func newSet(t testing.TB) *detectors.Set {
	t.Helper()
	set, err := detectors.New(detectors.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestPseudonymsAndLabelsAreNotFound(t *testing.T) {
	set := newSet(t)
	for _, text := range []string{
		"[PERSON-k7mz4qhd9]", "bel [PHONE-999999999] of [IBAN-23456789b]", "wachtwoord is [PASSWORD-k7mz4qhd9]",
		"[leerling 1] en [vriend 2] wonen in [ADDRESS-k7mz4qhd9]", "gsm [PHONE]", "mijn insta is [HANDLE-zzzz22229]",
	} {
		spans, err := set.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, sp := range spans {
			t.Errorf("found %s by rule %q", sp.Type, sp.Rule)
		}
	}
}

func TestPseudonymAtWantsTypeAndCode(t *testing.T) {
	for text, want := range map[string]bool{
		"[PERSON-k7mz4qhd9]": true, "[BE_NRN-k7mz4qhd9]": true, "[PERSON-k7mz4qhd]": false,
		"[ID-k7mz4qhd9]": true, "[PERSON-k7mz4qhda]": false, "[person-k7mz4qhd9]": false, "PERSON-k7mz4qhd9]": false,
	} {
		if _, ok := detectors.PseudonymAt(text, 0); ok != want {
			t.Errorf("PseudonymAt(%q) = %v, want %v", text, ok, want)
		}
	}
}

// How much doubt is enough: check digits that are wrong are enough at the
// highest strictness only.
func TestStrictnessWeighsCheckDigits(t *testing.T) {
	for text, typ := range map[string]detectors.EntityType{"82.04.17-112.51 staat er": detectors.NRN, "BE68 5390 0754 7035 staat er": detectors.IBAN} {
		for strict, want := range map[detectors.Strictness]bool{detectors.StrictnessHigh: true, detectors.StrictnessMedium: true, detectors.StrictnessLow: false} {
			set, err := detectors.NewStructured(detectors.Options{Strictness: strict})
			if err != nil {
				t.Fatal(err)
			}
			spans, err := set.Find(nil, detectors.Text{Body: text})
			if err != nil {
				t.Fatal(err)
			}
			if got := len(spans) == 1 && spans[0].Type == typ; got != want {
				t.Errorf("%s at strictness %d: found %v, want %v", typ, strict, got, want)
			}
		}
	}
}

func TestAnotherUserNameIsNotKnown(t *testing.T) {
	known := detectors.NewKnown([]detectors.Fact{{Value: "x_12345", Type: detectors.Handle}}, detectors.StrictnessHigh)
	for text, want := range map[string]int{"x_12345 is er": 1, "X_12345 is er": 1, "x_67890 is er": 0} {
		spans, err := known.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		if len(spans) != want {
			t.Errorf("%q: found %d, want %d", text, len(spans), want)
		}
	}
}

func TestServicesOfTheKeepListAreNoNames(t *testing.T) {
	set, err := detectors.New(detectors.Options{Keep: []string{"zonnelijn"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"ik praat graag op CLBch@t met jullie", "Dag, met het CLB. Bel anders Awel", "bel Zonnelijn of Tele-Onthaal"} {
		spans, err := set.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		if len(spans) != 0 {
			t.Errorf("%q: %v", text, spans)
		}
	}
}
