// Package region knows the countries (ISO 3166-1) and the provinces of Belgium
// and the Netherlands (ISO 3166-2) by code and by name. It is as fine as the
// geography of naamloos gets.
//
// It knows nothing of places inside a province, and of other countries only the
// codes.
package region

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed data/provinces.txt
var provinceList string

//go:embed data/countries.txt
var countryList string

// A Province is a part of a country: a Belgian province or the Brussels region,
// or a Dutch province.
type Province struct {
	Code string    // ISO 3166-2, e.g. BE-VBR
	Name [4]string // in nl, fr, de, en
}

// languages are those of the names, as BCP 47 tags.
var languages = [4]string{"nl", "fr", "de", "en"}

// list is the parsed data.
type list struct {
	provinces []Province
	byCode    map[string]int
	byName    map[string]string // country, space, folded name -> code
	countries map[string][4]string
	country   map[string]string // folded name -> code
}

// known is parsed once, when first asked for.
var known = sync.OnceValue(parse)

func parse() *list {
	l := &list{byCode: map[string]int{}, byName: map[string]string{}, countries: map[string][4]string{}, country: map[string]string{}}
	for fields := range rows(provinceList) {
		p := Province{Code: fields[0]}
		copy(p.Name[:], fields[1:5])
		l.byCode[p.Code] = len(l.provinces)
		l.provinces = append(l.provinces, p)
		for _, name := range fields[1:] {
			l.byName[p.Code[:2]+" "+fold(name)] = p.Code
		}
	}
	for fields := range rows(countryList) {
		var names [4]string
		copy(names[:], fields[1:])
		l.countries[fields[0]] = names
		for _, name := range fields[1:] {
			l.country[fold(name)] = fields[0]
		}
	}
	return l
}

// rows yields the tab-separated fields of each line that is no comment.
func rows(data string) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(data) {
			line = strings.TrimSpace(line)
			if line != "" && line[0] != '#' && !yield(strings.Split(line, "\t")) {
				return
			}
		}
	}
}

// Country returns the ISO 3166-1 code of a country written as code or as name in
// Dutch, French, German or English (the names of a few countries only).
func Country(text string) (code string, ok bool) {
	text = strings.TrimSpace(text)
	if len(text) > 64 {
		return "", false
	}
	if len(text) == 2 {
		code = strings.ToUpper(text)
		_, ok = known().countries[code]
		return code, ok
	}
	code, ok = known().country[fold(text)]
	return code, ok
}

// Parse returns the code of a province of country written as code ("BE-VBR",
// "VBR") or as name in Dutch, French, German or English.
func Parse(country, text string) (code string, ok bool) {
	text = strings.TrimSpace(text)
	if len(country) != 2 || len(text) > 64 {
		return "", false
	}
	l := known()
	upper := strings.ToUpper(text)
	if _, ok := l.byCode[upper]; ok && upper[:2] == country {
		return upper, true
	}
	if _, ok := l.byCode[country+"-"+upper]; ok {
		return country + "-" + upper, true
	}
	code, ok = l.byName[country+" "+fold(text)]
	return code, ok
}

// Provinces returns the provinces of a country, none for most.
func Provinces(country string) []Province {
	var out []Province
	for _, p := range known().provinces {
		if p.Code[:2] == country {
			out = append(out, p)
		}
	}
	return out
}

// Name returns the name of a province or country code in a language (nl, fr, de
// or en), and the code itself when it knows no name.
func Name(code, language string) string {
	l := known()
	n := 3
	for i, have := range languages {
		if have == language {
			n = i
		}
	}
	if i, ok := l.byCode[code]; ok {
		return l.provinces[i].Name[n]
	}
	if names := l.countries[code]; names[n] != "" {
		return names[n]
	}
	return code
}

// fold makes spellings of a name alike: lower case, no marks, one hyphen for all
// that separates, and no word for "province" or "region".
func fold(name string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFD.String(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
	out := words[:0]
	for _, w := range words {
		w = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, w)
		switch w {
		case "province", "provincie", "provinz", "prov", "of", "the", "de", "du", "la", "le", "van", "het", "d", "l", "des", "region", "gewest":
			continue
		}
		out = append(out, w)
	}
	return strings.Join(out, "-")
}
