package anonymize

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/placeholder"
	"github.com/clbchat/naamloos/transcripts"
)

func TestSpellingsOfOneThingGetOnePseudonym(t *testing.T) {
	for typ, spellings := range map[detectors.EntityType][]string{
		detectors.Phone: {"0470 12 34 56", "+32 470 12 34 56", "0032470123456", "+32 (0)470/12.34.56", "O47O 12 34 56", "(0470) 123456", "470123456"},
		detectors.NRN:   {"07.07.30-033.84", "07073003384", "7073003384"},
		detectors.IBAN:  {"BE68 5390 0754 7034", "be68539007547034", "BE68.5390.0754.7034"},
		detectors.Email: {"Fien.W@Voorbeeld.example", "fien.w@voorbeeld.example"},
		detectors.Plate: {"1-ABC-123", "1abc123", "1 ABC 123"},
	} {
		for _, s := range spellings {
			assert.Equal(t, canonical(typ, spellings[0]), canonical(typ, s), "%s %s", typ, s)
		}
	}
	assert.Equal(t, "31612345678", canonical(detectors.Phone, "0031 6 1234 5678"), "00 is no zone")
	assert.NotEqual(t, canonical(detectors.Password, "Geheim"), canonical(detectors.Password, "geheim"))
}

// operated returns the casts of one conversation under every operator and two keys.
func operated(f *testing.F) map[Operator][2]*cast {
	f.Helper()
	casts := map[Operator][2]*cast{}
	for _, op := range operators {
		var both [2]*cast
		for i, digit := range []string{"7", "8"} {
			p := Policy{Default: Rule{Operator: op}}
			if op != OperatorPseudonym && op != OperatorLabel && op != OperatorMask && op != OperatorKeep && op != OperatorDrop {
				p = Policy{Rules: map[detectors.EntityType]Rule{}}
				for _, t := range detectors.EntityTypes() {
					if r := (Rule{Operator: op}); (Policy{Rules: map[detectors.EntityType]Rule{t: r}}).Check() == nil {
						p.Rules[t] = r
					}
				}
			}
			a, err := New(Options{Key: fixedKey(f, digit), Policy: p})
			require.NoError(f, err)
			both[i], err = a.newCast(&transcripts.Conversation{})
			require.NoError(f, err)
		}
		casts[op] = both
	}
	return casts
}

// FuzzPseudonym looks for a value that shows in what stands for it, that stands
// for something else the next time, or that is written as what no placeholder is.
func FuzzPseudonym(f *testing.F) {
	for i, text := range []string{"Fien Wolkenaer", "0470 12 34 56", "12 maart 2012", "14 jaar", "Kerkstraat 12, 3000 Leuven", "192.0.2.7", "[PERSON-k7mz4qhd9]", "İ", "\u0301"} {
		f.Add(byte(i), text)
	}
	casts, types := operated(f), detectors.EntityTypes()
	f.Fuzz(func(t *testing.T, n byte, text string) {
		if !utf8.ValidString(text) || len(text) > 1<<12 {
			return
		}
		typ := types[int(n)%len(types)]
		for op, both := range casts {
			k := both[0].fresh()
			v := value{canonical: canonical(typ, text), person: typ == detectors.Person}
			got := k.write(typ, text, v)
			assert.Equal(t, got, both[0].fresh().write(typ, text, v), "%s: it stands for something else the next time", op)
			if both[0].a.rules.byType[typ].Operator == OperatorKeep {
				assert.Equal(t, text, got)
				continue
			}
			if long(text) {
				assert.NotContains(t, strings.ToLower(got), strings.ToLower(text), "%s %s", op, typ)
			}
			end, whole := placeholder.At(got, 0)
			surrogate := op == OperatorSurrogate && typ == detectors.Person && k.given[strings.ToLower(strings.Fields(got + " x")[0])]
			if got != "" && !surrogate && (!whole || end != len(got)) {
				t.Errorf("%s %s: what is written is no placeholder", op, typ)
			}
			if strings.HasPrefix(got, "["+string(typ)+"-") && got == both[1].fresh().write(typ, text, v) {
				t.Errorf("%s %s: another key gives the same", op, typ)
			}
		}
	})
}

// long reports whether a text has enough letters and digits that it does not
// stand in a placeholder by chance.
func long(text string) bool {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n > 9 && !strings.HasPrefix(text, "[") && strings.TrimSpace(text) == text
}
