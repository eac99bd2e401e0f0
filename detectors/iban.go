package detectors

import (
	_ "embed"
	"strings"
)

//go:embed data/iban.txt
var ibanList string

// ibans finds IBANs of every country.
var ibans = classifier{
	name: "iban",
	doc: "IBAN of any country of the SWIFT registry, in any spelling (ISO 13616). Country, length and the kinds of " +
		"characters are enough, whatever the check digits, unless the letters are small and no keyword is near.",
	types:   []EntityType{IBAN},
	numbers: wakingNumbers{left: sideWord | sidePair | sideCaps},
	token:   (*scan).iban,
}

// maxIBAN is the length of the longest IBAN.
const maxIBAN = 34

// ibanShapes gives the kinds of characters after country and check digits: n
// digits, a letters, c both.
var ibanShapes = func() (m [26 * 26]string) {
	for line := range strings.Lines(ibanList) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, f := range strings.Fields(line) {
			m[countryIndex([2]byte{f[0], f[1]})] = expandShape(f[3:])
		}
	}
	return m
}()

// countryIndex numbers two capitals.
func countryIndex(c [2]byte) int { return int(c[0]-'A')*26 + int(c[1]-'A') }

// expandShape writes 4a10n as aaaannnnnnnnnn.
func expandShape(s string) string {
	var b strings.Builder
	n := 0
	for _, c := range []byte(s) {
		if isDigit(c) {
			n = n*10 + int(c-'0')
			continue
		}
		b.WriteString(strings.Repeat(string(c), n))
		n = 0
	}
	return b.String()
}

// iban looks for an IBAN whose check digits begin number token i.
func (s *scan) iban(i int) {
	country, ok := s.ibanCountry(i)
	if !ok {
		return
	}
	shape := ibanShapes[countryIndex(country)]
	if shape == "" || s.size(i) > maxIBAN {
		return
	}
	start := s.toks[i-1].end - 2
	c, ok := s.ibanBody(int(s.toks[i].start), shape)
	if c.n < 2 {
		return
	}
	near, _ := s.announced(i - 1)
	keyword := near&cueAccount != 0
	switch {
	case !ok && keyword && c.n >= minTypedIBAN:
		s.add(byIBAN, IBAN, start, int32(c.end), forceKeyword, "keyword, wrong length")
	case !ok:
		s.miss(byIBAN, start, int32(c.end), "country code", "wrong length for the country")
	case c.rest(country) == 1 && (c.plain || c.fits(shape)):
		s.add(byIBAN, IBAN, start, int32(c.end), forceSum, "check digits hold")
	case !c.fits(shape) && !keyword:
		s.miss(byIBAN, start, int32(c.end), "country and length", "letters where the country has digits")
	case keyword:
		s.add(byIBAN, IBAN, start, int32(c.end), forceKeyword, "keyword, check digits wrong")
	case !c.regular || c.loose || s.glued(i-1) && s.word(i-2):
		s.miss(byIBAN, start, int32(c.end), "country and length", "check digits wrong and not spelled like an IBAN")
	default:
		s.add(byIBAN, IBAN, start, int32(c.end), forceTypo, "country and length, check digits wrong")
	}
}

// minTypedIBAN is the fewest characters after the country that a keyword makes
// an IBAN with something left out.
const minTypedIBAN = 10

// ibanCountry returns the two letters before number token i.
func (s *scan) ibanCountry(i int) (c [2]byte, ok bool) {
	if !s.word(i - 1) {
		return c, false
	}
	w := s.bytes(i - 1)
	n := len(w)
	if n < 2 || !s.glued(i) && (n != 2 || s.toks[i].start-s.toks[i-1].end > 2) {
		return c, false
	}
	c = [2]byte{w[n-2] &^ 0x20, w[n-1] &^ 0x20}
	return c, isUpper(c[0]) && isUpper(c[1])
}

// ibanText is what may be an IBAN, without its separators.
type ibanText struct {
	body    [maxIBAN]byte
	n, end  int
	plain   bool // no separators at all
	regular bool // separators only where people put them
	loose   bool // the country is in small letters and stands apart
}

// ibanBody reads the letters and digits of an IBAN of the given shape from byte
// i, the check digits first, and reports whether it can end there. A letter
// after a gap where the shape has a digit begins the next word.
func (s *scan) ibanBody(i int, shape string) (t ibanText, ok bool) {
	want := len(shape) + 2
	t.plain, t.regular, t.end = true, true, i
	if isLetter(s.b[i-1]) && !isUpper(s.b[i-1]) || !isLetter(s.b[i-1]) {
		t.loose = !isLetter(s.b[i-1]) && !isUpper(s.b[i-2])
	}
	gap := 0
	for ; i < len(s.b) && t.n < want; i++ {
		c := s.b[i]
		if len(s.mended) > 0 && t.n > 1 && shape[t.n-2] != 'n' {
			c = s.written(i)
		}
		if isDigit(c) || isLetter(c) && c < 0x80 {
			if gap > 0 && t.n > 2 && shape[t.n-2] == 'n' && !isDigit(c) {
				break
			}
			if gap > 0 && t.n > 0 {
				t.plain = false
				t.regular = t.regular && ibanBreak(t.n)
			}
			t.body[t.n], t.end, gap = c, i+1, 0
			t.n++
			continue
		}
		if gap++; gap > 2 || !s.ibanSeparator(c) {
			break
		}
	}
	if t.n < 2 || !isDigit(t.body[0]) || !isDigit(t.body[1]) {
		return t, false
	}
	return t, t.n == want && (t.end == len(s.b) || !isDigit(s.b[t.end]))
}

// ibanSeparator reports whether c may stand inside an IBAN.
func (s *scan) ibanSeparator(c byte) bool {
	return c == ' ' || c == '.' || c == '-' || c == '_' || c == '/' || c == '\n' && s.joined
}

// ibanBreak reports whether people put a separator after n characters that
// follow the country: groups of four, or BEkk ddd-ddddddd-dd.
func ibanBreak(n int) bool { return n%4 == 2 || n == 5 || n == 12 }

// rest returns the number modulo 97, with the country and the check digits at
// the end; it is 1 when they hold.
func (t *ibanText) rest(country [2]byte) uint32 {
	rest := mod97(0, t.body[2:t.n])
	rest = mod97(rest, country[:])
	return mod97(rest, t.body[:2])
}

// fits reports whether the characters are of the kinds the country has.
func (t *ibanText) fits(shape string) bool {
	for k := range len(shape) {
		c := t.body[2+k]
		if shape[k] == 'n' && !isDigit(c) || shape[k] == 'a' && isDigit(c) {
			return false
		}
	}
	return true
}
