package anonymize

import "github.com/clbchat/naamloos/detectors/placeholder"

// pseudonymAt reports whether a pseudonym, label or mask begins at byte i, and
// where it ends.
func pseudonymAt(text string, i int) (int, bool) { return placeholder.At(text, i) }

// isToken reports whether all of text is one pseudonym, label or mask.
func isToken(text string) bool {
	end, ok := pseudonymAt(text, 0)
	return ok && end == len(text)
}
