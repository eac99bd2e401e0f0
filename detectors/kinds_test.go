package detectors_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"
	"testing"

	"github.com/clbchat/naamloos/detectors"
)

// A kind makes identifiers with check digits, computed here and not by the
// detectors. Those with an announcement are found only after it.
type kind struct {
	name     string
	typ      detectors.EntityType
	announce string
	make     func(rng *rand.Rand) string
}

var kinds = []kind{
	{"visa in fours", detectors.Card, "", func(rng *rand.Rand) string { return grouped(luhnDigit(fill(rng, "4xxxxxxxxxxxxxx")), " ") }},
	{"mastercard", detectors.Card, "", func(rng *rand.Rand) string { return luhnDigit(fill(rng, "53xxxxxxxxxxxxx")) }},
	{"bancontact with dashes", detectors.Card, "", func(rng *rand.Rand) string { return grouped(luhnDigit(fill(rng, "6703xxxxxxxxxxx")), "-") }},
	{"american express", detectors.Card, "", func(rng *rand.Rand) string {
		s := luhnDigit(fill(rng, "37xxxxxxxxxxxx"))
		return s[:4] + " " + s[4:10] + " " + s[10:]
	}},
	{"IMEI", detectors.DeviceID, "", func(rng *rand.Rand) string { return luhnDigit(fill(rng, "35xxxxxxxxxxxx")) }},
	{"UUID", detectors.DeviceID, "", func(rng *rand.Rand) string {
		return hex(rng, 8) + "-" + hex(rng, 4) + "-" + hex(rng, 4) + "-" + hex(rng, 4) + "-" + hex(rng, 12)
	}},
	{"MAC", detectors.MAC, "", func(rng *rand.Rand) string {
		return strings.Join([]string{"0a", hex(rng, 2), hex(rng, 2), hex(rng, 2), hex(rng, 2), hex(rng, 2)}, ":")
	}},
	{"IPv4", detectors.IP, "", func(rng *rand.Rand) string {
		return fmt.Sprintf("%d.%d.%d.%d", 1+rng.IntN(223), rng.IntN(256), rng.IntN(256), rng.IntN(256))
	}},
	{"IPv6", detectors.IP, "", func(rng *rand.Rand) string {
		b := [16]byte{0x20, 0x01, 0x0d, 0xb8}
		for i := 4; i < 16; i++ {
			b[i] = byte(rng.IntN(256) * rng.IntN(2))
		}
		b[15] |= 1
		return netip.AddrFrom16(b).String()
	}},
	{"NIR", detectors.NationalID, "", func(rng *rand.Rand) string {
		s := fmt.Sprintf("%d%02d%02d%02d%03d%03d", 1+rng.IntN(2), rng.IntN(100), 1+rng.IntN(12), 1+rng.IntN(95), 1+rng.IntN(900), 1+rng.IntN(900))
		return s[:1] + " " + s[1:3] + " " + s[3:5] + " " + s[5:7] + " " + s[7:10] + " " + s[10:] + fmt.Sprintf(" %02d", 97-rest97(s))
	}},
	{"matricule", detectors.NationalID, "", func(rng *rand.Rand) string {
		s := fmt.Sprintf("%d%02d%02d%03d", 1930+rng.IntN(90), 1+rng.IntN(12), 1+rng.IntN(28), rng.IntN(1000))
		return luhnDigit(s) + verhoeffDigit(s)
	}},
	{"Steuer-ID", detectors.NationalID, "", func(rng *rand.Rand) string {
		s := taxNumber(rng)
		return s[:2] + " " + s[2:5] + " " + s[5:8] + " " + s[8:]
	}},
	{"BSN", detectors.NationalID, "mijn bsn is ", elevenNumber},
	{"KvK", detectors.CompanyID, "kvk ", func(rng *rand.Rand) string { return fill(rng, "3xxxxxxx") }},
	{"Dutch VAT", detectors.CompanyID, "", func(rng *rand.Rand) string { return "NL" + elevenNumber(rng) + "B0" + fmt.Sprint(1+rng.IntN(9)) }},
	{"identity card", detectors.NationalID, "", func(rng *rand.Rand) string {
		s := fill(rng, "59xxxxxxxx")
		return s[:3] + "-" + s[3:] + "-" + fmt.Sprintf("%02d", 1+(rest97(s)+96)%97)
	}},
	{"Belgian plate", detectors.Plate, "", func(rng *rand.Rand) string {
		return fmt.Sprintf("%d-%s-%03d", 1+rng.IntN(7), letters(rng, "ABCDEFGHJKLMNPRSTUVWXYZ", 3), rng.IntN(1000))
	}},
	{"French plate", detectors.Plate, "", func(rng *rand.Rand) string {
		return fmt.Sprintf("%s-%03d-%s", letters(rng, "ABCDEFGHJK", 2), 1+rng.IntN(999), letters(rng, "ABCDEFGHJK", 2))
	}},
	{"coordinates", detectors.Coordinates, "", func(rng *rand.Rand) string {
		return fmt.Sprintf("%.5f, %.5f", 49.5+rng.Float64()*2, 2.6+rng.Float64()*3)
	}},
	{"e-mail", detectors.Email, "", func(rng *rand.Rand) string {
		return letters(rng, "abcdefghij", 3+rng.IntN(6)) + "." + letters(rng, "klmnoprst", 4) + fill(rng, "xx") + "@voorbeeld.be"
	}},
	{"customer number", detectors.AccountID, "klantnummer: ", func(rng *rand.Rand) string { return fill(rng, "7xxxxxxxx") }},
	{"PIN code", detectors.Password, "mijn pincode is ", func(rng *rand.Rand) string { return fill(rng, "xxxx") }},
}

func TestEveryNumberOfEveryKindIsFound(t *testing.T) {
	set := structured(t)
	for n, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(uint64(n), 17))
			for range 300 {
				wantAnnounced(t, set, rng, k, k.make(rng))
			}
		})
	}
}

// wantAnnounced is wantFound for an identifier after its announcement.
func wantAnnounced(t *testing.T, set *detectors.Set, rng *rand.Rand, k kind, id string) {
	t.Helper()
	if k.announce == "" {
		wantFound(t, set, rng, id, k.typ)
		return
	}
	text := k.announce + id + " denk ik"
	wantHidden(t, set, text, len(k.announce), len(k.announce)+len(id))
}

// wantHidden checks that bytes [i, j) of text are covered, as whatever type.
func wantHidden(t *testing.T, set *detectors.Set, text string, i, j int) {
	t.Helper()
	spans, err := set.Find(nil, detectors.Text{Body: text})
	if err != nil {
		t.Fatal(err)
	}
	if hidden, all := covered(text, i, j, spans); hidden < all {
		t.Errorf("%q: %d of %d characters are hidden", text, hidden, all)
	}
}

// A damaged number is still personal after a word that says what it is.
func TestADamagedNumberIsHiddenAfterItsKeyword(t *testing.T) {
	set, rng := structured(t), rand.New(rand.NewPCG(18, 19))
	keywords := map[string][]string{
		"visa in fours": {"visa ", "bankkaart: ", "ma carte ", "Kreditkarte "},
		"IMEI":          {"imei ", "imei nummer: "},
		"NIR":           {"sécu ", "numéro de sécurité sociale: "},
		"Steuer-ID":     {"Steuer-ID ", "IdNr: "},
		"BSN":           {"bsn ", "burgerservicenummer: "},
		"identity card": {"identiteitskaart ", "eid: "},
	}
	for _, k := range kinds {
		for _, word := range keywords[k.name] {
			for range 100 {
				id := []byte(k.make(rng))
				for at := rng.IntN(len(id)); ; at = rng.IntN(len(id)) {
					if c := id[at]; '0' <= c && c <= '9' && at > 5 {
						id[at] = '0' + (c-'0'+1+byte(rng.IntN(9)))%10
						break
					}
				}
				wantHidden(t, set, word+string(id)+" klopt dat?", len(word), len(word)+len(id))
			}
		}
	}
}

func letters(rng *rand.Rand, alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[rng.IntN(len(alphabet))]
	}
	return string(b)
}

func hex(rng *rand.Rand, n int) string { return letters(rng, "0123456789abcdef", n) }

// luhnDigit appends the Luhn digit.
func luhnDigit(s string) string {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 0 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return s + fmt.Sprint((10-sum%10)%10)
}

// rest97 is a number modulo 97.
func rest97(s string) int {
	rest := 0
	for _, c := range s {
		rest = (rest*10 + int(c-'0')) % 97
	}
	return rest
}

// verhoeffDigit returns the Verhoeff check digit of s: products in the dihedral
// group of ten elements, the digits permuted by place.
func verhoeffDigit(s string) string {
	times := func(a, b int) int {
		switch {
		case a < 5 && b < 5:
			return (a + b) % 5
		case a < 5:
			return (a+b)%5 + 5
		case b < 5:
			return (a-b)%5 + 5
		}
		return (a - b + 5) % 5
	}
	permute := [10]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
	check := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		for range (i + 1) % 8 {
			d = permute[d]
		}
		check = times(check, d)
	}
	for d := range 10 {
		if times(check, d) == 0 {
			return fmt.Sprint(d)
		}
	}
	panic("no inverse")
}

// elevenNumber makes nine digits that pass the eleven-test.
func elevenNumber(rng *rand.Rand) string {
	for {
		s, sum := fill(rng, "1xxxxxxx"), 0
		for i, c := range s {
			sum += (9 - i) * int(c-'0')
		}
		if sum%11 < 10 {
			return s + fmt.Sprint(sum%11)
		}
	}
}

// taxNumber makes a Steuer-ID: ten digits of which one occurs twice, and the
// check digit of ISO 7064 mod 11,10.
func taxNumber(rng *rand.Rand) string {
	order := rng.Perm(10)
	if order[0] == 0 {
		order[0], order[1] = order[1], order[0]
	}
	order[9] = order[rng.IntN(9)]
	product, s := 10, ""
	for _, d := range order {
		s += fmt.Sprint(d)
		sum := (d + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return s + fmt.Sprint((11-product)%10)
}
