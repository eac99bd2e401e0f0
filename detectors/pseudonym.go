package detectors

import "strings"

// PseudonymAlphabet are the characters of the code in a pseudonym: no vowels,
// so that no word appears, and nothing that is easily confused.
const PseudonymAlphabet = "bcdfghjkmnpqrstvwxz23456789"

// pseudonymCode is the number of characters of the code.
const pseudonymCode = 9

// PseudonymAt reports whether a pseudonym such as [PERSON-k7mz4qhd9] begins at
// byte i of text, and where it ends: capitals, a dash and a code. A pseudonym is
// never personal data.
func PseudonymAt(text string, i int) (end int, ok bool) {
	return pseudonymAt(text, i)
}

func pseudonymAt[T string | []byte](text T, i int) (end int, ok bool) {
	if i >= len(text) || text[i] != '[' {
		return 0, false
	}
	j := typeEnd(text, i+1)
	end = j + 1 + pseudonymCode + 1
	if j == i+1 || end > len(text) || text[j] != '-' || text[end-1] != ']' {
		return 0, false
	}
	for _, c := range []byte(text[j+1 : end-1]) {
		if strings.IndexByte(PseudonymAlphabet, c) < 0 {
			return 0, false
		}
	}
	return end, true
}

// typeEnd returns the end of the run of capitals and underscores at text[i].
func typeEnd[T string | []byte](text T, i int) int {
	j := i
	for j < len(text) && j < i+maxTypeLen && (text[j] >= 'A' && text[j] <= 'Z' || text[j] == '_') {
		j++
	}
	return j
}

const maxTypeLen = 16

func isEntityType[T string | []byte](name T) bool {
	for _, t := range entityTypes {
		if string(t) == string(name) {
			return true
		}
	}
	return false
}
