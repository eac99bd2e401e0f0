package detectors_test

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors"
)

// labels maps the fine types of the vectors to entity types.
var labels = map[string][]detectors.EntityType{
	"be_rrn": {detectors.NRN}, "nl_bsn": {detectors.NationalID}, "fr_nir": {detectors.NationalID},
	"de_idnr": {detectors.NationalID}, "lu_nin": {detectors.NationalID}, "be_eid": {detectors.NationalID},
	"passport": {detectors.NationalID}, "driving_licence": {detectors.NationalID}, "be_bban": {detectors.BankAccount},
	"bic": {detectors.BankAccount}, "iban": {detectors.IBAN}, "payment_card": {detectors.Card}, "be_ogm": {detectors.OtherID},
	"be_enterprise": {detectors.CompanyID}, "nl_kvk": {detectors.CompanyID}, "nl_vat": {detectors.CompanyID},
	"eu_vat": {detectors.CompanyID}, "phone": {detectors.Phone}, "email": {detectors.Email}, "url": {detectors.URL},
	"social_handle": {detectors.Handle}, "username": {detectors.Handle}, "password": {detectors.Password}, "ip": {detectors.IP},
	"mac": {detectors.MAC}, "imei": {detectors.DeviceID}, "uuid": {detectors.DeviceID}, "licence_plate": {detectors.Plate},
	"address": {detectors.Address}, "location": {detectors.Location}, "dob": {detectors.BirthDate}, "age": {detectors.Age},
	"coordinates": {detectors.Coordinates}, "reference_number": {detectors.OtherID, detectors.AccountID}, "none": nil,
}

// A vector is one labelled expression in a text.
type vector struct {
	ID, Type, Text string
	Start, End     int
	Valid, Policy  bool
	Expect         string
	Alt            []string
}

func readVectors(t *testing.T) []vector {
	t.Helper()
	f, err := os.Open("../testdata/vectors/dev.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []vector
	for sc := bufio.NewScanner(f); sc.Scan(); {
		var v vector
		if err := json.Unmarshal(sc.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		list = append(list, v)
	}
	return list
}

// covered counts the letters and digits of text[start:end] that spans cover,
// and all of them.
func covered(text string, start, end int, spans []detectors.Span) (hidden, all int) {
	for i, r := range text[start:end] {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		all++
		if slices.ContainsFunc(spans, func(s detectors.Span) bool {
			return s.Start <= start+i && start+i+utf8.RuneLen(r) <= s.End
		}) {
			hidden++
		}
	}
	return hidden, all
}

func TestVectorsDoNotLeakAndStayReadable(t *testing.T) {
	set, err := detectors.NewStructured(detectors.Options{})
	if err != nil {
		t.Fatal(err)
	}
	positives, negatives, mistyped, over := 0, 0, 0, 0
	for _, v := range readVectors(t) {
		if v.Policy {
			continue // what the owner decides
		}
		spans, err := set.Find(nil, detectors.Text{Body: v.Text})
		if err != nil {
			t.Fatal(err)
		}
		hidden, all := covered(v.Text, v.Start, v.End, spans)
		types := labels[v.Type]
		for _, a := range v.Alt {
			types = slices.Concat(types, labels[a])
		}
		typed := slices.ContainsFunc(spans, func(s detectors.Span) bool {
			return s.Start < v.End && v.Start < s.End && slices.Contains(types, s.Type)
		})
		switch {
		case v.Valid:
			positives++
			if hidden < all {
				t.Errorf("%s leaks", v.ID)
			}
			if !typed {
				mistyped++
				t.Logf("%s is mistyped", v.ID)
			}
		case v.Expect == "keep":
			negatives++
			if hidden > 0 {
				over++
				t.Logf("%s is hidden", v.ID)
			}
		case slices.ContainsFunc(spans, func(s detectors.Span) bool {
			return s.Start < v.End && v.Start < s.End && slices.Contains(labels[v.Type], s.Type)
		}):
			t.Errorf("%s is taken for what it is not", v.ID)
		}
	}
	if mistyped*100 > positives || over*100 > negatives {
		t.Errorf("%d of %d mistyped, %d of %d hidden: more than one in a hundred", mistyped, positives, over, negatives)
	}
}
