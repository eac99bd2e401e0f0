package residual

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"github.com/clbchat/naamloos/detectors"
)

func commonInTests(w string) bool {
	return strings.Contains(" roos de van an en ik ben op het ", " "+w+" ")
}

var taken = []Removed{
	{detectors.Person, "Anaëlle Wolkenaer"}, {detectors.Person, "Xandrolie"}, {detectors.Person, "roos"}, {detectors.Person, "An"}, {detectors.Person, "Mil D'Hoekje"},
	{detectors.Phone, "0470 12 34 56"}, {detectors.Phone, "0470 10 20 30"}, {detectors.Email, "fien.wolk@voorbeeld.example"}, {detectors.IBAN, "BE71 0961 2345 6769"},
	{detectors.Age, "14"}, {detectors.OtherID, "3b"},
}

func TestAnEncodedValueHidesNoMoreOfALongTextThanAroundIt(t *testing.T) {
	c := New(taken, commonInTests)
	line := "en dan nog een regel over iets anders\n"
	text := strings.Repeat(line, 300) + "Xandr&#111;lie\n" + strings.Repeat(line, 300)
	hits := c.Texts([]string{text})
	assert.Len(t, hits, 1)
	h := hits[0]
	assert.Contains(t, text[h.Start:h.End], "Xandr&#111;lie")
	assert.Less(t, h.End-h.Start, 4*encodedBlock)
}

func TestPseudonymsAreNotTakenForEncodedValues(t *testing.T) {
	c := New([]Removed{{detectors.Org, "ORG"}, {detectors.Person, "k7mz4qhd9"}}, commonInTests)
	assert.Empty(t, c.Texts([]string{`dag [ORG-k7mz4qhd9] \ 100% &amp; niets`}))
}

func TestRemovedValuesAreFoundInEveryForm(t *testing.T) {
	c := New(taken, commonInTests)
	zwsp := string(rune(0x200b))
	for form, text := range map[string]string{
		"as it was":        "daar is Xandrolie weer",
		"case":             "XANDROLIE",
		"diacritics":       "anaelle wolkenaer",
		"decomposed":       "Anae\u0308lle  Wolkenaer",
		"zero width":       "xan" + zwsp + "dro" + zwsp + "lie",
		"confusable":       "xаndrоlie",
		"full width":       "ｘａｎｄｒｏｌｉｅ",
		"letters apart":    "x a n d r o l i e",
		"separators":       "anaëlle_wolkenaer",
		"glued":            "anaellewolkenaer",
		"part of a name":   "ja wolkenaer",
		"glued surname":    "foto_dhoekje.png",
		"entity":           "Ana&euml;lle Wolkenaer",
		"numeric entity":   "Xandr&#111;lie",
		"percent":          "https://x.example/?u=" + strings.ReplaceAll(url.QueryEscape("Anaëlle Wolkenaer"), "+", "%20"),
		"json escape":      `Ana\u00eblle Wolkenaer`,
		"base64":           base64.StdEncoding.EncodeToString([]byte("dag Xandrolie hoe is het")),
		"base64 in lines":  wrapped(base64.StdEncoding.EncodeToString([]byte(strings.Repeat("dag hoe is het ", 3) + "met Xandrolie" + strings.Repeat(" en nog iets", 9)))),
		"phone":            "0470123456",
		"phone separators": "0470/12.34-56",
		"phone country":    "+32 470 12 34 56",
		"phone spelled":    "nul vier zeven nul een twee drie vier vijf zes",
		"phone letter o":   "O470 12 34 56",
		"phone inner o":    "0470 1o 2O 3O",
		"phone glued":      "gsm0470123456ok",
		"mail at punt":     "fien punt wolk at voorbeeld punt example",
		"iban":             "be71096123456769",
	} {
		assert.NotEmpty(t, c.Texts([]string{"niets", text, "niets"}), form)
	}
}

// wrapped breaks base64 as mail does, right inside the name that is sought.
func wrapped(s string) string {
	return s[:76] + "\r\n" + s[76:152] + "\r\n" + s[152:]
}

func TestSplitOverTextsIsFound(t *testing.T) {
	c := New(taken, commonInTests)
	assert.Len(t, c.Texts([]string{"bel 0470 12", "34 56"}), 2)
	assert.Len(t, c.Texts([]string{"fien punt wolk", "voorbeeld punt example"}), 2)
}

func TestPositionsAreThoseOfTheText(t *testing.T) {
	c := New(taken, commonInTests)
	text := "é daar is Anaëlle  Wolkenaer weer"
	hits := c.Texts([]string{text})
	assert.Contains(t, hits, Hit{Text: 0, Start: strings.Index(text, "Ana"), End: strings.Index(text, " weer"), Type: detectors.Person})
}

func TestWhatSaysNothingIsNotSought(t *testing.T) {
	c := New(taken, commonInTests)
	for _, text := range []string{
		"een roos krijgen", "an en ik", "14 jaar", "klas 3b", "0470 is een zone", "[PERSON-k7mz4qhd9]", "xandro", "wolken", "",
		"04h70b12x3q45k6",   // digits of a code
		"voorbeeld en fien", // parts of a longer value that is no name
	} {
		assert.Empty(t, c.Texts([]string{text}), text)
	}
}

func FuzzTexts(f *testing.F) {
	f.Add("Xandrolie", "0470 12 34 56", "dag &amp; %41 \\u0041 x a n d")
	f.Fuzz(func(t *testing.T, name, number, text string) {
		c := New([]Removed{{detectors.Person, name}, {detectors.Phone, number}}, func(string) bool { return false })
		for _, h := range c.Texts([]string{text, name}) {
			in := []string{text, name}[h.Text]
			if h.Start < 0 || h.Start >= h.End || h.End > len(in) {
				t.Fatal("position outside the text")
			}
			if utf8.ValidString(in) && (!utf8.RuneStart(in[h.Start]) || h.End < len(in) && !utf8.RuneStart(in[h.End])) {
				t.Fatal("position inside a character")
			}
		}
	})
}

func BenchmarkTexts(b *testing.B) {
	texts := make([]string, 40)
	n := 0
	for i := range texts {
		texts[i] = fmt.Sprintf("ja ik weet niet goed hoe ik moet beginnen eigenlijk maar goed %d keer [PERSON-k7mz4qhd9]", i)
		n += len(texts[i])
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		New(taken, commonInTests).Texts(texts)
	}
}

func TestNumbersInBytesBeginAndEndWithAWord(t *testing.T) {
	inBytes, shared := NewBytes(taken, commonInTests), NewShared(taken, commonInTests)
	for text, want := range map[string]bool{
		`{"gsm":"0470 12 34 56"}`: true, `"+32470123456"`: true, "gsm0470123456ja": true, "0032470123456": true, `"id":9470123456`: false, `"id":17470123456`: false, "47012345678": false,
	} {
		assert.Equal(t, want, len(inBytes.Texts([]string{text})) > 0, text)
		assert.Equal(t, want, len(shared.Texts([]string{text})) > 0, text)
	}
}

func TestWhatIsSharedHoldsOrdinaryWords(t *testing.T) {
	shared := NewShared(append(taken, Removed{detectors.Handle, "wolfje2012"}), commonInTests)
	for text, want := range map[string]bool{
		"Xandrolie": false, "wolkenaer": false, "Anaëlle Wolkenaer": true, "anaelle_wolkenaer": true, "wolfje2012": true, "fien.wolk@voorbeeld.example": true,
	} {
		assert.Equal(t, want, len(shared.Texts([]string{text})) > 0, text)
	}
}
