package detectors

// wakes reports whether text can hold anything structured: a digit, an at
// sign, an underscore, a dot or colon inside a word, or a word of the cueTable
// that wakes. Most messages hold none, and this one pass is all they cost.
func (l *cueTable) wakes(text string) bool {
	h, tail := uint64(hashSeed), uint32(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		if f := fold[c]; f != 0 && c < 0xd9 {
			h = (h ^ uint64(f)) * hashPrime
			tail = tail<<8 | uint32(f)
			continue
		}
		if wakeBytes[c] && (c == '@' || c == '_' || isDigit(c) || insideWord(text, i)) || c >= 0xd9 && otherDigits(text, i) {
			return true
		}
		if h != hashSeed {
			if l.wakeful(h, tail) {
				return true
			}
			h, tail = hashSeed, 0
		}
		if c >= 0xe0 { // three or four bytes: emoji, quotation marks
			i += 2 + int(c>>4&1)
		}
	}
	return h != hashSeed && l.wakeful(h, tail)
}

// wakeBytes are the bytes that are not letters and can wake.
var wakeBytes = func() (t [256]bool) {
	for _, c := range "0123456789@_.:" {
		t[c] = true
	}
	return t
}()

// wakeful reports whether the word with hash h and last four bytes tail is
// worth a second look.
func (l *cueTable) wakeful(h uint64, tail uint32) bool {
	return l.bloom[h>>bloomShift/64]>>(h>>bloomShift%64)&1 != 0 || streetTail(tail)
}

// streetTail reports whether a word ends like a Dutch or German street:
// kerkstraat, gentsesteenweg, turnhoutsebaan, hauptstraße.
func streetTail(tail uint32) bool {
	switch tail {
	case 'r'<<24 | 'a'<<16 | 'a'<<8 | 't', // straat
		'n'<<24 | 'w'<<16 | 'e'<<8 | 'g', // steenweg
		'l'<<24 | 'a'<<16 | 'a'<<8 | 'n',
		'b'<<24 | 'a'<<16 | 'a'<<8 | 'n',
		'l'<<24 | 'e'<<16 | 'i'<<8 | 'n', // plein
		'k'<<24 | 'a'<<16 | 'a'<<8 | 'i',
		'r'<<24 | 'e'<<16 | 'e'<<8 | 'f', // dreef
		'a'<<24 | 's'<<16 | 's'<<8 | 'e': // strasse
		return true
	}
	return tail<<8 == 0xc3<<24|0x9f<<16|'e'<<8
}

// insideWord reports whether the dot or colon at text[i] joins two words, as in
// a web address or an IPv6 address.
func insideWord(text string, i int) bool {
	if i+1 >= len(text) {
		return false
	}
	next := text[i+1]
	if text[i] == ':' {
		return next == ':' || next == '/'
	}
	return i > 0 && fold[text[i-1]] != 0 && fold[next] != 0
}

// otherDigits reports whether a digit or at sign of another alphabet begins at
// text[i]: full-width, Arabic, mathematical.
func otherDigits(text string, i int) bool {
	if i+2 >= len(text) {
		return false
	}
	switch text[i] {
	case 0xef:
		return text[i+1] == 0xbc || text[i+1] == 0xb9
	case 0xd9, 0xdb:
		return text[i+1] >= 0xa0
	case 0xf0:
		return text[i+1] == 0x9d
	}
	return false
}
