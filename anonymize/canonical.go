package anonymize

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/clbchat/naamloos/detectors"
)

// canonical returns the one form of a value that all its spellings share, so
// that they get one pseudonym. It is never shown.
func canonical(t detectors.EntityType, text string) string {
	switch t {
	case detectors.Phone:
		return canonicalPhone(text)
	case detectors.NRN:
		return leadingZero(keepRunes(fold(text), unicode.IsDigit))
	case detectors.Card, detectors.BankAccount, detectors.Coordinates:
		return keepRunes(fold(text), unicode.IsDigit)
	case detectors.IBAN, detectors.CompanyID, detectors.NationalID, detectors.Plate, detectors.AccountID,
		detectors.OtherID, detectors.MAC, detectors.DeviceID:
		return keepRunes(fold(text), alphanumeric)
	case detectors.Password:
		return text
	}
	return strings.Join(strings.Fields(fold(text)), " ")
}

// canonicalPhone returns E.164 digits for Belgian numbers and numbers with a
// country code, and the bare digits for others.
func canonicalPhone(text string) string {
	plain := strings.ReplaceAll(fold(text), "(0)", "")
	digits := keepRunes(strings.Map(letterDigit, plain), unicode.IsDigit)
	switch {
	case strings.HasPrefix(strings.TrimLeft(plain, " ("), "+"):
		return digits
	case strings.HasPrefix(digits, "00"):
		return digits[2:]
	case strings.HasPrefix(digits, "0"):
		return "32" + digits[1:]
	case len(digits) == 9 && digits[0] == '4': // a mobile number whose 0 was dropped
		return "32" + digits
	}
	return digits
}

// leadingZero gives a rijksregisternummer the zero back that spreadsheets drop.
func leadingZero(digits string) string {
	const length = 11
	if len(digits) == length-1 {
		return "0" + digits
	}
	return digits
}

// letterDigit reads the letter O as the digit it stands for in a number.
func letterDigit(r rune) rune {
	if r == 'o' {
		return '0'
	}
	return r
}

// fold returns text in lower case and without diacritics, full-width forms made
// plain (Unicode NFKD without marks).
func fold(text string) string {
	if isASCII(text) {
		return strings.ToLower(text)
	}
	return strings.ToLower(keepRunes(norm.NFKD.String(text), func(r rune) bool {
		return !unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Cf, r)
	}))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func keepRunes(s string, keep func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if keep(r) {
			return r
		}
		return -1
	}, s)
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// foldWords returns text folded, with one blank between its words.
func foldWords(text string) string { return strings.Join(strings.Fields(fold(text)), " ") }
