package anonymize

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/detectors"
)

// span is a span of a type without anything else.
func span(start, end int, t detectors.EntityType) detectors.Span {
	return detectors.Span{Start: start, End: end, Type: t}
}

func TestTheLongestWinsAndWhatItLeavesStays(t *testing.T) {
	const text = "abc def, ghi jkl"
	for name, c := range map[string]struct{ in, want []detectors.Span }{
		"apart":                   {[]detectors.Span{span(9, 12, "LOC"), span(0, 3, "ORG")}, []detectors.Span{span(0, 3, "ORG"), span(9, 12, "LOC")}},
		"inside":                  {[]detectors.Span{span(4, 7, "LOC"), span(0, 12, "ORG")}, []detectors.Span{span(0, 12, "ORG")}},
		"left of it stays":        {[]detectors.Span{span(0, 9, "LOC"), span(4, 16, "ORG")}, []detectors.Span{span(0, 3, "LOC"), span(4, 16, "ORG")}},
		"right of it stays":       {[]detectors.Span{span(0, 12, "ORG"), span(9, 16, "LOC")}, []detectors.Span{span(0, 12, "ORG"), span(13, 16, "LOC")}},
		"right of it, glued":      {[]detectors.Span{span(0, 2, "ORG"), span(1, 3, "LOC")}, []detectors.Span{span(0, 2, "ORG"), span(2, 3, "LOC")}},
		"both sides stay":         {[]detectors.Span{span(0, 8, "ORG"), span(1, 15, "LOC"), span(13, 16, "AGE")}, []detectors.Span{span(0, 1, "ORG"), span(1, 15, "LOC"), span(15, 16, "AGE")}},
		"only signs are left":     {[]detectors.Span{span(0, 7, "ORG"), span(4, 9, "LOC")}, []detectors.Span{span(0, 7, "ORG")}},
		"the surer type wins":     {[]detectors.Span{span(0, 3, "AGE"), span(0, 3, "PASSWORD")}, []detectors.Span{span(0, 3, "PASSWORD")}},
		"nothing":                 {nil, nil},
		"touching is no overlap":  {[]detectors.Span{span(0, 3, "ORG"), span(3, 7, "LOC")}, []detectors.Span{span(0, 3, "ORG"), span(3, 7, "LOC")}},
		"three that hang by one":  {[]detectors.Span{span(0, 4, "ORG"), span(2, 12, "LOC"), span(11, 16, "AGE")}, []detectors.Span{span(0, 2, "ORG"), span(2, 12, "LOC"), span(13, 16, "AGE")}},
		"what is split is in two": {[]detectors.Span{span(4, 12, "LOC"), span(4, 12, "ORG"), span(0, 7, "AGE")}, []detectors.Span{span(0, 3, "AGE"), span(4, 12, "ORG")}},
	} {
		assert.Equal(t, c.want, resolve(text, c.in), name)
	}
}

func TestANameDoesNotSwallowAnIdentifier(t *testing.T) {
	named := func(start, end int, t detectors.EntityType) detectors.Span {
		return detectors.Span{Start: start, End: end, Type: t, Detector: "names"}
	}
	for text, c := range map[string]struct{ in, want []detectors.Span }{
		"Woningpolis WO4153397": {[]detectors.Span{named(0, 21, "ORG"), span(12, 21, "ACCOUNT_ID")}, []detectors.Span{named(0, 11, "ORG"), span(12, 21, "ACCOUNT_ID")}},
		"a@x.de> An: <b@x.de":   {[]detectors.Span{named(0, 19, "PERSON"), span(0, 6, "EMAIL"), span(13, 19, "EMAIL")}, []detectors.Span{span(0, 6, "EMAIL"), named(8, 10, "PERSON"), span(13, 19, "EMAIL")}},
		"#10023491":             {[]detectors.Span{named(0, 9, "HANDLE"), span(1, 9, "OTHER_ID")}, []detectors.Span{span(1, 9, "OTHER_ID")}},
		"lotte_2008 a":          {[]detectors.Span{named(0, 10, "HANDLE"), span(6, 10, "OTHER_ID")}, []detectors.Span{named(0, 10, "HANDLE")}},
		"Fort4153397x":          {[]detectors.Span{named(0, 12, "ORG"), span(4, 11, "ACCOUNT_ID")}, []detectors.Span{named(0, 12, "ORG")}},
		"Grote Markt 1 Gent":    {[]detectors.Span{named(0, 18, "ADDRESS"), span(6, 13, "PHONE")}, []detectors.Span{named(0, 18, "ADDRESS")}},
		"login wv ww zomer2025": {[]detectors.Span{named(6, 21, "PERSON"), span(12, 21, "PASSWORD")}, []detectors.Span{named(6, 11, "PERSON"), span(12, 21, "PASSWORD")}},
		"van 4LATB":             {[]detectors.Span{named(0, 9, "PERSON"), span(4, 9, "OTHER_ID")}, []detectors.Span{span(4, 9, "OTHER_ID")}},
		"Jan uit Gent, 11":      {[]detectors.Span{named(0, 16, "PERSON"), span(14, 16, "AGE")}, []detectors.Span{named(0, 16, "PERSON")}},
	} {
		assert.Equal(t, c.want, resolve(text, cutNames(text, c.in)), text)
	}
}

func TestAFloodOfOverlapsBecomesOneSpan(t *testing.T) {
	text := make([]byte, 2*largestCluster+2)
	var spans []detectors.Span
	for i := range text {
		text[i] = 'a'
	}
	for i := range len(text) - 1 {
		spans = append(spans, span(i, i+2, "ORG"))
	}
	assert.Equal(t, []detectors.Span{span(0, len(text), "ORG")}, resolve(string(text), spans))
}

// spansOf reads bytes as spans of a text, on rune boundaries.
func spansOf(text string, b []byte) []detectors.Span {
	types := detectors.EntityTypes()
	var spans []detectors.Span
	for ; len(b) >= 3 && len(text) > 0; b = b[3:] {
		start, end := int(b[0])%len(text), 0
		for !boundary(text, start) {
			start--
		}
		end = min(len(text), start+1+int(b[1]))
		for !boundary(text, end) {
			end++
		}
		spans = append(spans, detectors.Span{Start: start, End: end, Type: types[int(b[2])%len(types)], Score: float64(b[2]) / 255})
	}
	return spans
}

// FuzzResolve looks for spans that come out overlapping, out of order, inside a
// character, or that leave a letter or a digit uncovered that was found.
func FuzzResolve(f *testing.F) {
	f.Add("abc def, ghi jkl", []byte{0, 8, 1, 4, 11, 2, 9, 6, 3})
	f.Add("é🙈 0470 12", []byte{0, 3, 0, 2, 9, 9, 1, 1, 1})
	flood := make([]byte, 0, 300)
	for i := range byte(100) {
		flood = append(flood, i/2, 3, i)
	}
	f.Add("de kat krabt de krullen van de trap en de trap van de krullen", flood)
	f.Fuzz(func(t *testing.T, text string, b []byte) {
		if !utf8.ValidString(text) {
			return
		}
		in := spansOf(text, b)
		out := resolve(text, in)
		require.True(t, spansValid(text, out))
		at := 0
		for _, sp := range out {
			require.GreaterOrEqual(t, sp.Start, at, "spans overlap or are out of order")
			at = sp.End
		}
		covered := func(spans []detectors.Span, i int) bool {
			for _, sp := range spans {
				if sp.Start <= i && i < sp.End {
					return true
				}
			}
			return false
		}
		for i, r := range text {
			before, after := covered(in, i), covered(out, i)
			if before && !after && wordRune(r) {
				t.Fatal("a letter or digit that was found is uncovered")
			}
			if after && !before {
				t.Fatal("something that nobody found is covered")
			}
		}
		require.Equal(t, out, resolve(text, out), "resolved twice it differs")
	})
}
