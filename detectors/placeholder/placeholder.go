// Package placeholder knows what stands in a text in the place of personal
// data, so that it is never taken for personal data itself:
//
//	[PERSON-k7mz4qhd9]  a pseudonym
//	[PHONE]  [*****]  [leerling]  [leerkracht 1]  labels and the mask
//	_PERSON_k7mz4qhd9_  a pseudonym in the name of a bookmark or a cell
//	[AGE 12-14]  [DATE_BIRTH 2010-2014]  [LOC BE-VBR]  [DATE_BIRTH ~2011-03-02]
//
// [At] is the call you want.
package placeholder

import (
	"slices"
	"strings"
)

// Mask stands for a value of which nothing is told.
const Mask = "[*****]"

// Alphabet are the characters of the code in a pseudonym: no vowels, so that no
// word appears, and nothing that is easily confused.
const Alphabet = "bcdfghjkmnpqrstvwxz23456789"

// CodeLength is the number of characters of a code.
const CodeLength = 9

// Bounds of what stands between the brackets, in bytes.
const (
	longest     = 40
	longestType = 16
)

var types = strings.Fields(`
	PERSON HANDLE EMAIL PHONE URL IP MAC DEVICE_ID COORDINATES IBAN BANK_ACCOUNT CARD BE_NRN NATIONAL_ID
	COMPANY_ID ACCOUNT_ID OTHER_ID PLATE ADDRESS LOC ORG DATE_BIRTH AGE PASSWORD ID`)

// At reports whether a placeholder begins at byte i of text, and where it ends.
func At[T string | []byte](text T, i int) (end int, ok bool) {
	switch {
	case i >= len(text):
		return 0, false
	case text[i] == '_':
		return identifierAt(text, i)
	case text[i] != '[':
		return 0, false
	}
	for n := i + 1; n < len(text) && n < i+longest; n++ {
		if text[n] == ']' {
			return n + 1, inner(string(text[i+1 : n]))
		}
	}
	return 0, false
}

// identifierAt reports whether _PERSON_k7mz4qhd9_ stands at byte i: a pseudonym
// where a file allows letters, digits and underscores only.
func identifierAt[T string | []byte](text T, i int) (end int, ok bool) {
	rest := string(text[i+1 : min(len(text), i+longest)])
	dash := strings.LastIndexByte(rest[:max(0, min(len(rest), longestType+1))], '_')
	for ; dash > 0; dash = strings.LastIndexByte(rest[:dash], '_') {
		n := dash + 1 + CodeLength
		if n < len(rest) && rest[n] == '_' && isPseudonym(rest[:dash]+"-"+rest[dash+1:n]) {
			return i + 1 + n + 1, true
		}
	}
	return 0, false
}

// inner reports whether s is what a placeholder has between its brackets.
func inner(s string) bool {
	if s == Mask[1:len(Mask)-1] || isPseudonym(s) {
		return true
	}
	word, value, valued := strings.Cut(s, " ")
	switch {
	case slices.Contains(types, word):
		return !valued || isGeneral(value)
	case isRole(word):
		return !valued || isNumber(value)
	}
	return false
}

// isPseudonym reports whether s is capitals, a dash and a code.
func isPseudonym(s string) bool {
	dash := len(s) - CodeLength - 1
	if dash < 1 || dash > longestType || s[dash] != '-' || s[0] == '_' {
		return false
	}
	for i := range dash {
		if (s[i] < 'A' || s[i] > 'Z') && s[i] != '_' {
			return false
		}
	}
	for i := dash + 1; i < len(s); i++ {
		if strings.IndexByte(Alphabet, s[i]) < 0 {
			return false
		}
	}
	return true
}

// isGeneral reports whether s is a band, a date, a country or a province.
func isGeneral(s string) bool {
	if len(s) < 2 || len(s) > len("~2011-03-02") {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '-' || c == '+' || c == '~' && i == 0) {
			return false
		}
	}
	return true
}

func isNumber(s string) bool {
	return s != "" && len(s) <= 4 && strings.Trim(s, "0123456789") == ""
}

// roles are the words of role labels: Dutch, French, German, English. A test of
// package role holds them together with its own.
var roles = strings.Fields(`
	leerling medewerker leerkracht directie begeleider trainer vriend lief partner kind ouder broer zus grootouder familielid klasgenoot buur arts volwassene persoon
	élève collaborateur professeur direction accompagnateur entraîneur ami amoureux partenaire enfant parent frère soeur grand-parent proche camarade voisin médecin adulte personne
	Schüler Mitarbeiter Lehrkraft Schulleitung Betreuer Trainer Freund Schatz Partner Kind Elternteil Bruder Schwester Großelternteil Verwandter Mitschüler Nachbar Arzt Erwachsener Person
	pupil employee teacher principal counsellor coach friend sweetheart partner child parent brother sister grandparent relative classmate neighbour doctor adult person`)

func isRole(word string) bool { return slices.Contains(roles, word) }
