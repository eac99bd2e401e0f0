package detectors

// Numbering plans. Facts from google/libphonenumber metadata (Apache-2.0),
// commit f7e3e88c9 of 17 July 2026, and for Belgium BIPT.

// A plan is the length of the national numbers behind a country code.
type plan struct {
	code     string
	min, max int
}

// plans are the country codes whose lengths are narrower than otherPlan.
var plans = []plan{
	{"1", 10, 10}, {"7", 10, 10}, {"20", 8, 10}, {"27", 9, 9}, {"30", 10, 10}, {"31", 9, 9},
	{"32", 8, 9}, {"33", 9, 9}, {"34", 9, 9}, {"36", 8, 9}, {"39", 6, 11}, {"40", 9, 9},
	{"41", 9, 9}, {"43", 7, 13}, {"44", 9, 10}, {"45", 8, 8}, {"46", 7, 10}, {"47", 8, 8},
	{"48", 9, 9}, {"49", 6, 12}, {"51", 8, 9}, {"52", 10, 10}, {"55", 10, 11}, {"61", 9, 9},
	{"81", 9, 10}, {"86", 9, 11}, {"90", 10, 10}, {"91", 10, 10}, {"92", 9, 10}, {"98", 10, 10},
	{"212", 9, 9}, {"213", 8, 9}, {"216", 8, 8}, {"237", 8, 9}, {"243", 7, 9}, {"250", 8, 9},
	{"257", 8, 8}, {"351", 9, 9}, {"352", 4, 11}, {"353", 7, 9}, {"355", 8, 9}, {"359", 7, 9},
	{"380", 9, 9}, {"381", 7, 9}, {"383", 8, 9}, {"385", 8, 9}, {"386", 8, 8}, {"387", 8, 9},
	{"389", 8, 8}, {"420", 9, 9}, {"421", 9, 9}, {"963", 8, 9}, {"964", 8, 10}, {"972", 8, 9},
	{"995", 9, 9},
}

// otherPlan stands for every other country: E.164 allows 15 digits in all.
var otherPlan = plan{"", 7, 12}

// countryPlan splits digits into country code and national number.
func countryPlan(dig []byte) (nsn []byte, p plan, ok bool) {
	if len(dig) < minWindow || dig[0] == '0' {
		return nil, plan{}, false
	}
	for n := 1; n <= 3 && n < len(dig); n++ {
		for _, p := range plans {
			if p.code == string(dig[:n]) {
				return dig[n:], p, true
			}
		}
	}
	n := codeLength(dig)
	if n == 0 || len(dig) <= n {
		return nil, plan{}, false
	}
	return dig[n:], otherPlan, true
}

// codeLength returns the length of the country code at the beginning of
// digits, 0 when the ITU has given none out there (ITU-T E.164 list).
func codeLength(dig []byte) int {
	if len(dig) < 2 || dig[0] == '0' {
		return 0
	}
	switch number(dig[:2]) {
	case 20, 27, 28, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55,
		56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98:
		return 2
	}
	if dig[0] == '1' || dig[0] == '7' {
		return 1
	}
	return 3
}

// A planKind says what a national number is.
type planKind uint8

const (
	planNone    planKind = iota
	planBelgian          // a Belgian land line or mobile
	planForeign          // a Dutch, French, German or British one
	planPublic           // toll-free, shared, premium, short
)

// nationalPlan says what digits dialled within the country are. Where plans
// collide the Belgian reading comes first: 070 245 245 is a Belgian service,
// not The Hague.
func nationalPlan(d []byte) planKind {
	if len(d) < 8 || d[0] != '0' || d[1] == '0' {
		return planNone
	}
	switch {
	case publicLine(d):
		return planPublic
	case belgianLine(d):
		return planBelgian
	case dutchLine(d), frenchLine(d), germanLine(d), britishLine(d):
		return planForeign
	}
	return planNone
}

// publicLine reports whether d is a service number: 0800 to 0809 of Belgium,
// the Netherlands, France, Germany and Britain, 0900 to 0909, Belgian 070 and
// 078.
func publicLine(d []byte) bool {
	switch {
	case d[1] == '8' && d[2] == '0' && d[3] == '0', d[1] == '9' && d[2] == '0' && len(d) <= 11:
		return len(d) >= 8
	case d[1] == '7' && (d[2] == '0' || d[2] == '8') && len(d) == 9:
		return true
	}
	return false
}

// belgianLine: mobiles 04[5-9] with ten digits, land lines with nine.
func belgianLine(d []byte) bool {
	if len(d) == 10 {
		return d[1] == '4' && d[2] >= '5'
	}
	if len(d) != 9 {
		return false
	}
	b, c := d[1], d[2]
	switch b {
	case '1':
		return c <= '6' || c == '9'
	case '2', '3':
		return c >= '2' && c <= '8'
	case '4':
		return c == '2' || c == '3'
	case '5':
		return true
	case '6':
		return c != '2' && c != '6'
	case '7':
		return c == '1'
	case '8':
		return c != '0' && c != '8' || c == '0' && d[3] >= '2' && d[3] <= '8'
	case '9':
		return c >= '2' && c <= '4'
	}
	return false
}

// dutchLine: ten digits; mobiles 06, land lines 01 to 05 and 07.
func dutchLine(d []byte) bool {
	if len(d) != 10 {
		return false
	}
	switch d[1] {
	case '6':
		return d[2] != '0' && d[2] != '7' && d[2] != '9'
	case '1', '2', '3', '4', '5', '7':
		return true
	}
	return false
}

// frenchLine: ten digits, 01 to 07 and 09.
func frenchLine(d []byte) bool {
	return len(d) == 10 && d[1] != '8' && d[1] != '0'
}

// germanLine: mobiles 015, 016, 017 with eleven or twelve digits, land lines of
// the large cities with their two-digit codes.
func germanLine(d []byte) bool {
	if d[1] == '1' && d[2] >= '5' && d[2] <= '7' {
		return len(d) == 11 || len(d) == 12
	}
	city := d[1] == '3' && d[2] == '0' || d[1] == '4' && d[2] == '0' || d[1] == '6' && d[2] == '9' || d[1] == '8' && d[2] == '9'
	return city && len(d) >= 9 && len(d) <= 11
}

// britishLine: eleven digits, 01, 02 and mobiles 07.
func britishLine(d []byte) bool {
	return len(d) == 11 && (d[1] == '1' || d[1] == '2' || d[1] == '7')
}
