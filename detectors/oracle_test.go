package detectors_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers/v2"

	"github.com/clbchat/naamloos/detectors"
)

// ofPerson reports whether a number found by libphonenumber is one of a person
// or household.
func ofPerson(n *phonenumbers.PhoneNumber) bool {
	switch phonenumbers.GetNumberType(n) {
	case phonenumbers.FIXED_LINE, phonenumbers.MOBILE, phonenumbers.FIXED_LINE_OR_MOBILE:
		return true
	}
	return false
}

func TestWhatLibphonenumberFindsIsHidden(t *testing.T) {
	set := structured(t)
	numbers := 0
	for _, text := range invariantTexts(t) {
		if strings.Count(text, "0")+strings.Count(text, "+") == 0 || len(digitsOf(text)) < 8 {
			continue
		}
		spans, err := set.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		for m := range phonenumbers.FindNumbers(text, "BE") {
			if !ofPerson(m.Number()) || strings.Contains(m.RawString(), "\n") {
				continue
			}
			numbers++
			if hidden, all := covered(text, m.Start(), m.End(), spans); hidden < all && !oracleErrs[m.RawString()] {
				t.Errorf("libphonenumber finds bytes %d-%d of %q", m.Start(), m.End(), text)
			}
		}
	}
	if numbers < 200 {
		t.Errorf("only %d numbers were compared", numbers)
	}
}

// oracleErrs are what libphonenumber takes for a number and is none.
var oracleErrs = map[string]bool{
	"09 332 80 80": true, // help lines of the keep-list
	"02 535 45 42": true,
}

// digitsOf returns the digits of text.
func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

func TestNumbersThatLibphonenumberCallsValidAreHidden(t *testing.T) {
	set, rng := structured(t), rand.New(rand.NewPCG(17, 18))
	for _, region := range []string{"BE", "NL", "FR", "DE", "LU", "GB", "MA", "TR", "PL", "RO", "UA", "US", "CD", "IT", "ES", "PT"} {
		for _, typ := range []phonenumbers.PhoneNumberType{phonenumbers.MOBILE, phonenumbers.FIXED_LINE} {
			example := phonenumbers.GetExampleNumberForTypeInRegion(region, typ)
			for range 60 {
				n := varied(rng, phonenumbers.Format(example, phonenumbers.E164))
				parsed, err := phonenumbers.Parse(n, region)
				if err != nil || !phonenumbers.IsValidNumber(parsed) || !ofPerson(parsed) {
					continue
				}
				formats := []phonenumbers.PhoneNumberFormat{phonenumbers.E164, phonenumbers.INTERNATIONAL}
				if region == "BE" || region == "NL" || region == "FR" {
					formats = append(formats, phonenumbers.NATIONAL)
				}
				for _, f := range formats {
					wantFound(t, set, rng, phonenumbers.Format(parsed, f), detectors.Phone)
				}
			}
		}
	}
}

// varied replaces the last five digits of a number by others.
func varied(rng *rand.Rand, number string) string {
	b := []byte(number)
	for i := len(b) - 5; i < len(b); i++ {
		b[i] = '0' + byte(rng.IntN(10))
	}
	return string(b)
}
