package placeholder_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/placeholder"
)

func TestAtKnowsWhatWePutInATextAndNothingElse(t *testing.T) {
	for text, want := range map[string]bool{
		"[PERSON-k7mz4qhd9]": true, "[ID-k7mz4qhd9]": true, "[PERSON-k7mz4qhd]": false, "[PERSON-k7mz4qhda]": false, "[PERSON_k7mz4qhd9]": false, "[PERSONxk7mz4qhd9]": false,
		"[PHONE]": true, "[*****]": true, "[****]": false, "[leerling]": true, "[leerkracht 1]": true, "[élève 2]": true,
		"[leerkracht jan]": false, "[Jan]": false, "[jan peeters]": false, "[AGE 12-14]": true, "[AGE 85+]": true,
		"[LOC BE-VBR]": true, "[LOC NL]": true, "[LOC Leuven]": false, "[DATE_BIRTH ~2011-03-02]": true,
		"[PHONE 0470-123456789]": false, "[]": false, "[": false, "PHONE]": false, "[PHONE": false, "[TELEPHONE]": false,
	} {
		end, ok := placeholder.At(text, 0)
		if ok != want || ok && end != len(text) {
			t.Errorf("At(%q) = %d, %v, want %v", text, end, ok, want)
		}
		if _, again := placeholder.At([]byte(text), 0); again != ok {
			t.Errorf("At(%q) differs for bytes", text)
		}
	}
}

func TestEveryEntityTypeHasALabel(t *testing.T) {
	for _, typ := range detectors.EntityTypes() {
		if _, ok := placeholder.At("x["+string(typ)+"]", 1); !ok {
			t.Errorf("[%s] is no placeholder", typ)
		}
	}
}

func FuzzAtStaysInsideTheText(f *testing.F) {
	f.Add("dag [leerling 1] en [PERSON-k7mz4qhd9]", 4)
	f.Fuzz(func(t *testing.T, text string, i int) {
		if i < 0 {
			return
		}
		end, ok := placeholder.At(text, i)
		if ok && (end > len(text) || text[i:end] != strings.Trim(text[i:end], " ") || !bracketed(text[i:end]) && !underscored(text[i:end])) {
			t.Errorf("end %d", end)
		}
		if b, okb := placeholder.At(slices.Clone([]byte(text)), i); okb != ok || ok && b != end {
			t.Error("string and bytes differ")
		}
	})
}

func bracketed(s string) bool {
	return s[0] == '[' && s[len(s)-1] == ']' && strings.Count(s, "[") == 1
}

func underscored(s string) bool {
	return len(s) > 2 && s[0] == '_' && s[1] >= 'A' && s[1] <= 'Z' && s[len(s)-1] == '_'
}

func TestAtKnowsPseudonymsInIdentifiers(t *testing.T) {
	for text, want := range map[string]int{
		"_PERSON_k7mz4qhd9_":   18,
		"_BE_NRN_k7mz4qhd9_ x": 18,
		"_PERSON_k7mz4qhd9":    0,
		"_PERSON_aeiouaeio_":   0,
		"_person_k7mz4qhd9_":   0,
		"_":                    0,
		"__k7mz4qhd9_":         0,
		"___nnnnnnnnn_":        0,
	} {
		if end, ok := placeholder.At(text, 0); end != want || ok != (want > 0) {
			t.Errorf("At(%q) = %d, %v", text, end, ok)
		}
	}
}
