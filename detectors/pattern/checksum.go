package pattern

import "strings"

// A checksum is a test of the digits of a match.
type checksum string

// The checksums a recognizer can name.
const (
	noChecksum checksum = ""
	mod97      checksum = "mod97"    // the last two digits are the rest modulo 97, or 97 minus it; 97 for 0
	luhn       checksum = "luhn"     // ISO/IEC 7812
	elfproef   checksum = "elfproef" // nine digits, weights 9 to 2 and -1
)

// known reports whether c is one of the checksums.
func (c checksum) known() bool {
	return c == noChecksum || c == mod97 || c == luhn || c == elfproef
}

// holds reports whether the digits of value pass the test.
func (c checksum) holds(value string) bool {
	d := digits(value)
	switch c {
	case mod97:
		return holdsMod97(d)
	case luhn:
		return holdsLuhn(d)
	case elfproef:
		return holdsElfproef(d)
	}
	return true
}

// digits returns the values of the digits in s.
func digits(s string) []int {
	var d []int
	for _, c := range s {
		if c >= '0' && c <= '9' {
			d = append(d, int(c-'0'))
		}
	}
	return d
}

func holdsMod97(d []int) bool {
	if len(d) < 4 {
		return false
	}
	rest := 0
	for _, n := range d[:len(d)-2] {
		rest = (rest*10 + n) % 97
	}
	check := d[len(d)-2]*10 + d[len(d)-1]
	return check%97 == rest || check == 97-rest
}

func holdsLuhn(d []int) bool {
	sum := 0
	for i, n := range d {
		if (len(d)-i)%2 == 0 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return len(d) > 1 && sum%10 == 0
}

func holdsElfproef(d []int) bool {
	if len(d) != 9 {
		return false
	}
	sum, any := -d[8], false
	for i, n := range d[:8] {
		sum += (9 - i) * n
		any = any || n != 0
	}
	return any && sum%11 == 0
}

func equalFold(a, b string) bool { return a != "" && strings.EqualFold(a, b) }
