// Package place tells the province or country that an address or place lies
// in, so that nothing finer need be kept.
//
// [Find] is the call you want. It knows Belgian postcodes and places, Dutch
// postcodes and the larger Dutch places, and the names of the countries that
// people here come from. It will miss other places, and says only the country
// where a name or a postcode belongs to two provinces.
package place

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Area is a province, as ISO 3166-2 codes it (BE-VBR), or a country (ISO 3166-1
// alpha-2) where the province is not known.
type Area string

// String returns the code.
func (a Area) String() string { return string(a) }

//go:embed places.txt
var places string

// areas maps folded names of places to areas.
var areas = sync.OnceValue(func() map[string]Area {
	m := map[string]Area{}
	for line := range strings.Lines(places) {
		code, names, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for name := range strings.SplitSeq(names, "|") {
			m[strings.TrimPrefix(name, "'")] = Area(code)
		}
	}
	return m
})

// longestName is the most words that a place has.
const longestName = 5

// Find returns the area that a place, a postcode or an address lies in. Of
// several the last that is known counts: it stands behind the street.
func Find(text string) (Area, bool) {
	if a, ok := postcode(text); ok {
		return a, true
	}
	words := strings.FieldsFunc(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	for end := len(words); end > 0; end-- {
		for from := max(0, end-longestName); from < end; from++ {
			name := strings.TrimPrefix(strings.Join(words[from:end], " "), "'")
			if a, ok := areas()[name]; ok {
				return a, true
			}
		}
	}
	return "", false
}

// codes are what ISO 3166 codes look like.
var codes = regexp.MustCompile(`\A[A-Z]{2}(-[A-Z0-9]{1,3})?\z`)

// Code reports whether s is written like the code of a country or province.
func Code(s string) bool { return codes.MatchString(s) }

func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		if r == '’' {
			return '\''
		}
		return r
	}, norm.NFKD.String(strings.ToLower(s)))
}
