package detectors

// number returns the value of up to 18 digits.
func number(digits []byte) uint64 {
	var n uint64
	for _, c := range digits {
		n = n*10 + uint64(c-'0')
	}
	return n
}

// complement97 reports whether the last two of the digits are 97 minus the
// rest modulo 97 (national register, company number).
func complement97(digits []byte, prefix uint64) bool {
	n := len(digits) - 2
	p := uint64(1)
	for range n {
		p *= 10
	}
	return number(digits[n:]) == 97-(prefix*p+number(digits[:n]))%97
}

// remainder97 reports whether the last two of the digits are the rest modulo
// 97, 97 standing for 0 (old account, identity card, structured
// communication).
func remainder97(digits []byte) bool {
	n := len(digits) - 2
	r := number(digits[:n]) % 97
	if r == 0 {
		r = 97
	}
	return number(digits[n:]) == r
}

// luhn reports whether the digits pass the Luhn check (ISO/IEC 7812).
func luhn(digits []byte) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// mod11and10 reports whether the digits pass ISO 7064 MOD 11,10.
func mod11and10(digits []byte) bool {
	p := 10
	for _, c := range digits[:len(digits)-1] {
		p = (p + int(c-'0')) % 10
		if p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (p+int(digits[len(digits)-1]-'0'))%10 == 1
}

// verhoeff reports whether the digits pass the Verhoeff check.
func verhoeff(digits []byte) bool {
	c := byte(0)
	for i := range digits {
		d := digits[len(digits)-1-i] - '0'
		for range i % 8 {
			d = verhoeffStep[d]
		}
		c = dihedral(c, d)
	}
	return c == 0
}

var verhoeffStep = [10]byte{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}

// dihedral multiplies in the dihedral group of the pentagon.
func dihedral(a, b byte) byte {
	switch {
	case a < 5 && b < 5:
		return (a + b) % 5
	case a < 5:
		return 5 + (a+b-5)%5
	case b < 5:
		return 5 + (a-5+5-b)%5
	}
	return (a + 5 - b) % 5
}

// mod97 returns the rest modulo 97 of digits and letters, A counting as 10.
func mod97(rest uint32, b []byte) uint32 {
	for _, c := range b {
		switch {
		case isDigit(c):
			rest = (rest*10 + uint32(c-'0')) % 97
		case isLetter(c):
			rest = (rest*100 + uint32(c|0x20-'a') + 10) % 97
		}
	}
	return rest
}
