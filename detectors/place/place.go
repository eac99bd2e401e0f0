// Package place knows the postcodes and towns of Belgium.
//
// [Postcode] and [Town] return the ISO 3166-2 code of the region a postcode or
// a town lies in, such as BE-VBR for Flemish Brabant. The table is embedded and
// parsed at the first question. Names are compared without regard to case,
// accents, hyphens and apostrophes, in every language of the table.
//
// It knows no streets, no hamlets, and no place outside Belgium.
package place

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed belgium.tsv
var list string

// MaxWords is the number of words of the longest name.
const MaxWords = 6

type table struct {
	regions map[int]string      // by postcode
	towns   map[string]string   // by key; "" when the name is in several regions
	codes   map[string][]int    // postcodes by key
	heads   map[string]struct{} // beginnings of names of several words
}

var tables = sync.OnceValue(parse)

func parse() *table {
	t := &table{map[int]string{}, map[string]string{}, map[string][]int{}, map[string]struct{}{}}
	for line := range strings.Lines(list) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 3 {
			continue
		}
		code, err := strconv.Atoi(fields[0])
		if err != nil {
			continue
		}
		t.regions[code] = fields[1]
		for name := range strings.SplitSeq(fields[2], "|") {
			t.add(string(AppendKey(nil, []byte(name))), fields[1], code)
		}
	}
	return t
}

func (t *table) add(key, region string, code int) {
	if old, ok := t.towns[key]; ok && old != region {
		region = ""
	}
	t.towns[key] = region
	t.codes[key] = append(t.codes[key], code)
	for i, c := range key {
		if c == ' ' {
			t.heads[key[:i]] = struct{}{}
		}
	}
}

// Postcode returns the region of a Belgian postcode.
func Postcode(code int) (region string, ok bool) {
	region, ok = tables().regions[code]
	return region, ok
}

// Town returns the region of a town; it is empty when towns of this name lie in
// several regions.
func Town(name string) (region string, ok bool) {
	return TownKey(AppendKey(nil, []byte(name)))
}

// TownKey is [Town] for a key made by [AppendKey].
func TownKey(key []byte) (region string, ok bool) {
	region, ok = tables().towns[string(key)]
	return region, ok
}

// Begins reports whether the name of a town goes on after key.
func Begins(key []byte) bool {
	_, ok := tables().heads[string(key)]
	return ok
}

// Holds reports whether postcode code is one of the town with this key.
func Holds(key []byte, code int) bool {
	for _, c := range tables().codes[string(key)] {
		if c == code {
			return true
		}
	}
	return false
}

// AppendKey appends to dst the form of name that is compared: small letters
// without accents, hyphens and apostrophes as spaces.
func AppendKey(dst, name []byte) []byte {
	for i := 0; i < len(name); {
		c := name[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'A' <= c && c <= 'Z':
				c |= 0x20
			case c == '-' || c == '\'' || c == '.' || c == '\n':
				c = ' '
			}
			if c != ' ' || len(dst) > 0 && dst[len(dst)-1] != ' ' {
				dst = append(dst, c)
			}
			continue
		}
		r, n := utf8.DecodeRune(name[i:])
		dst = appendPlain(dst, r)
		i += n
	}
	return dst
}

// appendPlain appends a letter of Western Europe without its accent.
func appendPlain(dst []byte, r rune) []byte {
	if r >= 'À' && r <= 'Þ' {
		r += 0x20
	}
	const accented, plain = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy"
	if i := strings.IndexRune(accented, r); i >= 0 {
		return append(dst, plain[utf8.RuneCountInString(accented[:i])])
	}
	switch r {
	case 'ß':
		return append(dst, "ss"...)
	case 'œ':
		return append(dst, "oe"...)
	case '’', '‘', '\u00a0':
		return append(dst, ' ')
	}
	return utf8.AppendRune(dst, r)
}
