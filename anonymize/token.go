package anonymize

import "github.com/clbchat/naamloos/detectors"

// pseudonymAt reports whether a pseudonym begins at byte i, and where it ends.
func pseudonymAt(text string, i int) (int, bool) { return detectors.PseudonymAt(text, i) }

// isToken reports whether all of text is one pseudonym.
func isToken(text string) bool {
	end, ok := pseudonymAt(text, 0)
	return ok && end == len(text)
}
