package detectors

import "github.com/clbchat/naamloos/detectors/placeholder"

// PseudonymAlphabet are the characters of the code in a pseudonym.
const PseudonymAlphabet = placeholder.Alphabet

// pseudonymCode is the number of characters of the code.
const pseudonymCode = placeholder.CodeLength

// PseudonymAt reports whether a pseudonym such as [PERSON-k7mz4qhd9] begins at
// byte i of text, and where it ends: capitals, a dash and a code. A pseudonym is
// never personal data; [placeholder.At] knows the labels too.
func PseudonymAt(text string, i int) (end int, ok bool) {
	end, ok = placeholder.At(text, i)
	if !ok || text[i] != '[' || end-i < pseudonymCode+3 || text[end-2-pseudonymCode] != '-' {
		return 0, false
	}
	for k := i + 1; k < end-2-pseudonymCode; k++ {
		if c := text[k]; !isUpper(c) && c != '_' {
			return 0, false
		}
	}
	return end, true
}
