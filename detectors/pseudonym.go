package detectors

import "strings"

// pseudonymAlphabet is what the code of a pseudonym is made of.
const pseudonymAlphabet = "bcdfghjkmnpqrstvwxz23456789"

// pseudonymCode is the length of the code of a pseudonym.
const pseudonymCode = 9

// PseudonymAt reports whether a pseudonym such as [PERSON-k7mz4qhd9] begins at
// byte i of text, and where it ends. A pseudonym is never personal data.
func PseudonymAt(text string, i int) (end int, ok bool) {
	if i >= len(text) || text[i] != '[' {
		return 0, false
	}
	n := i + 1
	for n < len(text) && (text[n] >= 'A' && text[n] <= 'Z' || text[n] == '_') {
		n++
	}
	if n == i+1 || n-i > 16 || n+1+pseudonymCode >= len(text) || text[n] != '-' || text[n+1+pseudonymCode] != ']' {
		return 0, false
	}
	for _, c := range []byte(text[n+1 : n+1+pseudonymCode]) {
		if strings.IndexByte(pseudonymAlphabet, c) < 0 {
			return 0, false
		}
	}
	return n + 2 + pseudonymCode, true
}
