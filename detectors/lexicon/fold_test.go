package lexicon

import "testing"

func TestFold(t *testing.T) {
	for word, want := range map[string]string{
		"Sofie": "sofie", "JOSÉ": "jose", "jolieeen": "jolien", "heeeeey": "hey", "anna": "anna", "Zoë": "zoe",
		"emma’s": "emma's", "Łukasz": "lukasz", "İbrahim": "ibrahim", "Nguyễn": "nguyen", "Œuvre": "oeuvre",
		"Оксана": "оксана", "1000": "1000", "Groß": "gross", "e\u0301lise": "elise", "sofieee": "sofie", "EEEEva": "eva",
	} {
		if got := string(Fold(nil, word)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
