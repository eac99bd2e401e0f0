package detectors_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/clbchat/naamloos/detectors"
)

// frames are sentences around a number, in four languages, without a word that
// announces anything.
var frames = []string{
	"%s", "zie %s aub", "ok %s, dat was het.", "(%s)", "c'est %s voilà", "also %s bitte", "here: %s thanks", "\n%s\nmerci",
	"é %s ï 🙈", "het was \"%s\" denk ik",
}

// wantFound checks that the set covers number in a frame with a span of type
// typ; damaged numbers may be of another type but never uncovered.
func wantFound(t *testing.T, set *detectors.Set, rng *rand.Rand, number string, typ detectors.EntityType) {
	t.Helper()
	frame := frames[rng.IntN(len(frames))]
	text := fmt.Sprintf(frame, number)
	start := strings.Index(text, number)
	spans, err := set.Find(nil, detectors.Text{Body: text})
	if err != nil {
		t.Fatal(err)
	}
	if hidden, all := covered(text, start, start+len(number), spans); hidden < all {
		t.Errorf("%q: %d of %d characters are hidden", text, hidden, all)
		return
	}
	for _, s := range spans {
		if s.Start < start+len(number) && start < s.End && s.Type == typ {
			return
		}
	}
	t.Errorf("%q is found, but not as %s", text, typ)
}

func structured(t testing.TB) *detectors.Set {
	t.Helper()
	set, err := detectors.NewStructured(detectors.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// registerNumber makes a national register number with its check digits.
func registerNumber(year, month, day, serial int) [5]string {
	yy := year % 100
	n := ((yy*100+month)*100+day)*1000 + serial
	if year >= 2000 {
		n += 2_000_000_000
	}
	return [5]string{
		fmt.Sprintf("%02d", yy), fmt.Sprintf("%02d", month), fmt.Sprintf("%02d", day), fmt.Sprintf("%03d", serial),
		fmt.Sprintf("%02d", 97-n%97),
	}
}

// registerSpellings are the ways people write the five parts of the number.
var registerSpellings = []string{
	"%s.%s.%s-%s.%s", "%s.%s.%s-%s-%s", "%s %s %s %s %s", "%s%s%s-%s-%s", "%s%s%s %s %s", "%s%s%s%s%s", "%s/%s/%s-%s/%s",
	"%s-%s-%s-%s-%s", "%s.%s.%s %s %s", "%s.%s.%s - %s.%s", "%s.%s.%s–%s.%s", "%s%s%s-%s%s", "%s.%s.%s-%s%s",
}

func TestEveryRegisterNumberIsFound(t *testing.T) {
	set, rng := structured(t), rand.New(rand.NewPCG(1, 2))
	for year := 1905; year <= 2026; year++ {
		for _, base := range []int{0, 20, 40} { // BIS numbers: sex unknown and known
			for month := 0; month <= 12; month++ {
				parts := registerNumber(year, base+month, rng.IntN(32), 1+rng.IntN(998))
				if month == 0 && parts[0] == "00" {
					continue // 00.00 begins like an international call
				}
				spelling := registerSpellings[rng.IntN(len(registerSpellings))]
				wantFound(t, set, rng, fmt.Sprintf(spelling, parts[0], parts[1], parts[2], parts[3], parts[4]), detectors.NRN)
			}
		}
	}
}

func TestARegisterNumberWithATypingErrorIsHiddenInItsSpelling(t *testing.T) {
	set, rng := structured(t), rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		p := registerNumber(1930+rng.IntN(95), 1+rng.IntN(12), 1+rng.IntN(28), 1+rng.IntN(998))
		wrong := fmt.Sprintf("%02d", rng.IntN(100))
		wantFound(t, set, rng, fmt.Sprintf("%s.%s.%s-%s.%s", p[0], p[1], p[2], p[3], wrong), detectors.NRN)
		wantFound(t, set, rng, fmt.Sprintf("%s.%s.%s-%s.%s", p[0], p[1], p[2], p[3], wrong[:1]), detectors.NRN)
	}
}

// ibanShapes are the countries of the registry with the kinds of their
// characters: n digit, a letter, c both.
const ibanShapes = `AD8n12c AE19n AL8n16c AT16n AZ4a20c BA16n BE12n BG4a6n8c BH4a14c BI23n BR23n1a1c BY4c4n16c CH5n12c CR18n
CY8n16c CZ20n DE18n DJ23n DK14n DO4c20n EE16n EG25n ES20n FI14n FK2a12n FO14n FR10n11c2n GB4a14n GE2a16n GI4a15c GL14n GR7n16c
GT24c HN4a20n HR17n HU24n IE4a14n IL19n IQ4a15n IS22n IT1a10n12c JO4a4n18c KW4a22c KZ3n13c LB4n20c LC4a24c LI5n12c LT16n LU3n13c
LV4a13c LY21n MC10n11c2n MD20c ME18n MK3n10c2n MN16n MR23n MT4a5n18c MU4a19n3a NI4a20n NL4a10n NO11n OM3n16c PK4a16c PL24n PS4a21c
PT21n QA4a21c RO4a16c RS18n RU14n15c SA2n18c SC4a20n3a SD14n SE20n SI15n SK20n SM1a10n12c SO19n ST21n SV4a20n TL19n TN20n TR6n16c
UA6n19c VA18n VG4a16n XK16n YE4a4n18c`

// randomIBAN makes an IBAN of a shape such as NL4a10n.
func randomIBAN(rng *rand.Rand, shape string) string {
	var body strings.Builder
	n := 0
	for _, c := range shape[2:] {
		if c >= '0' && c <= '9' {
			n = n*10 + int(c-'0')
			continue
		}
		for ; n > 0; n-- {
			k := rng.IntN(36)
			if c == 'n' || c == 'c' && rng.IntN(3) > 0 {
				k = rng.IntN(10)
			} else if c == 'a' {
				k = 10 + rng.IntN(26)
			}
			body.WriteByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[k])
		}
	}
	rest := 0
	for _, c := range body.String() + shape[:2] + "00" {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return fmt.Sprintf("%s%02d%s", shape[:2], 98-rest, body.String())
}

// grouped writes s in groups of four with sep between.
func grouped(s, sep string) string {
	var b strings.Builder
	for i := range len(s) {
		if i > 0 && i%4 == 0 {
			b.WriteString(sep)
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func TestEveryIBANOfEveryCountryIsFound(t *testing.T) {
	set, rng := structured(t), rand.New(rand.NewPCG(5, 6))
	shapes := strings.Fields(ibanShapes)
	if len(shapes) != 89 {
		t.Fatalf("%d countries", len(shapes))
	}
	for _, shape := range shapes {
		for range 25 {
			iban := randomIBAN(rng, shape)
			switch rng.IntN(5) {
			case 0:
				iban = grouped(iban, " ")
			case 1:
				iban = grouped(iban, "-")
			case 2:
				iban = grouped(iban, ".")
			case 3:
				iban = strings.ToLower(iban)
			}
			wantFound(t, set, rng, iban, detectors.IBAN)
		}
	}
}

func TestAnIBANWithATypingErrorIsHiddenWhereItsCountryIsClear(t *testing.T) {
	set, rng := structured(t), rand.New(rand.NewPCG(7, 8))
	for _, shape := range []string{"BE12n", "NL4a10n", "DE18n", "LU3n13c", "PL24n"} {
		for range 100 {
			iban := []byte(randomIBAN(rng, shape))
			k := len(iban) - 1 - rng.IntN(8)
			if iban[k] < 'A' {
				iban[k] = '0' + (iban[k]-'0'+1+byte(rng.IntN(9)))%10
			}
			wantFound(t, set, rng, grouped(string(iban), " "), detectors.IBAN)
		}
	}
}

// e164 makes numbers of persons of six countries: country code, national
// patterns with x for any digit.
var e164 = map[string][]string{
	"32":  {"47xxxxxxx", "49xxxxxxx", "2567xxxx", "3270xxxx", "9223xxxx", "50xxxxxx", "81xxxxxx"},
	"31":  {"612345xxx", "6181xxxxx", "201xxxxxx", "115637xxx"},
	"33":  {"612xxxxxx", "7512xxxxx", "14268xxxx"},
	"49":  {"1522xxxxxxx", "30231xxxxx"},
	"352": {"621xxxxxx", "27123xxx"},
	"44":  {"7400xxxxxx", "2079460xxx"},
}

func fill(rng *rand.Rand, pattern string) string {
	return strings.Map(func(r rune) rune {
		if r == 'x' {
			return '0' + rune(rng.IntN(10))
		}
		return r
	}, pattern)
}

func TestEveryTelephoneNumberOfSixCountriesIsFound(t *testing.T) {
	set, rng := structured(t), rand.New(rand.NewPCG(9, 10))
	for cc, patterns := range e164 {
		for range 200 {
			n := fill(rng, patterns[rng.IntN(len(patterns))])
			half := len(n) / 2
			for _, s := range []string{"+" + cc + n, "00" + cc + n, "+" + cc + " " + n[:half] + " " + n[half:], "+" + cc + " (0)" + n[:half] + "." + n[half:]} {
				wantFound(t, set, rng, s, detectors.Phone)
			}
		}
	}
}

// belgianSpellings are the ways people write a mobile: 0471 12 34 56.
var belgianSpellings = []string{
	"%s%s %s %s %s", "%s%s/%s.%s.%s", "%s%s/%s%s%s", "%s%s.%s.%s.%s", "%s%s-%s-%s-%s", "%s%s%s%s%s", "%s %s %s %s %s", "%s%s / %s %s %s",
	"(%s%s) %s %s %s", "%s%s_%s_%s_%s",
}

func TestEveryBelgianMobileIsFoundInEverySpelling(t *testing.T) {
	set, rng := structured(t), rand.New(rand.NewPCG(11, 12))
	for range 1000 {
		spelling := belgianSpellings[rng.IntN(len(belgianSpellings))]
		n := fmt.Sprintf(spelling, "04", fill(rng, "7x"), fill(rng, "xx"), fill(rng, "xx"), fill(rng, "xx"))
		wantFound(t, set, rng, n, detectors.Phone)
	}
}

func TestCompanyAndOldAccountNumbersAreFound(t *testing.T) {
	set, rng := structured(t), rand.New(rand.NewPCG(13, 14))
	for range 500 {
		n := 4_000_000 + rng.IntN(5_000_000)
		c := fmt.Sprintf("0%07d%02d", n, 97-n%97)
		wantFound(t, set, rng, "BE "+c[:4]+"."+c[4:7]+"."+c[7:], detectors.CompanyID)
		wantFound(t, set, rng, "BE"+c, detectors.CompanyID)
		a := 1_000_000_000 + rng.Int64N(4_000_000_000)
		check := a % 97
		if check == 0 {
			check = 97
		}
		s := fmt.Sprintf("%010d%02d", a, check)
		wantFound(t, set, rng, s[:3]+"-"+s[3:10]+"-"+s[10:], detectors.BankAccount)
	}
}

func TestStructuredCommunicationsAreFoundWhateverTheirCheckDigits(t *testing.T) {
	set, rng := structured(t), rand.New(rand.NewPCG(15, 16))
	for range 500 {
		s := fill(rng, "xxx/xxxx/xxxxx")
		wantFound(t, set, rng, "+++"+s+"+++", detectors.OtherID)
		wantFound(t, set, rng, "***"+s+"***", detectors.OtherID)
	}
}
