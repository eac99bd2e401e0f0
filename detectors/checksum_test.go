package detectors

import "testing"

func TestChecksumsHoldForPublishedNumbersOnly(t *testing.T) {
	for _, c := range []struct {
		name  string
		holds func([]byte) bool
		right string // from the standard that defines the check, or its register
		wrong string
	}{
		{"MOD 97-10 of an IBAN, digits", ibanHolds, "539007547034111468", "539007547035111468"},
		{"MOD 97-10 of an IBAN, letters", ibanHolds, "NWBK60161331926819GB29", "NWBK60161331926819GB30"},
		{"MOD 97-10, letters count from ten", ibanHolds, "ABNA0417164300NL91", "BBNA0417164300NL91"},
		{"MOD 11,10", mod11and10, "86095742719", "86095742718"},
		{"Verhoeff", verhoeff, "2363", "2364"},
		{"Verhoeff, more than eight digits", verhoeff, "123456789010", "123456789011"},
	} {
		if !c.holds([]byte(c.right)) {
			t.Errorf("%s: the right one does not hold", c.name)
		}
		if c.holds([]byte(c.wrong)) {
			t.Errorf("%s: the wrong one holds", c.name)
		}
	}
}

// ibanHolds reports whether an IBAN whose first four characters stand last is one.
func ibanHolds(b []byte) bool { return mod97(0, b) == 1 }
