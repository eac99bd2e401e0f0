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
