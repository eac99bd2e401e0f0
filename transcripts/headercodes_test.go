package transcripts

import (
	"strings"
	"testing"
)

func TestTextOfASheetHeaderStaysApartFromItsCodes(t *testing.T) {
	l := headerCodes{}
	for _, raw := range []string{`&CFenna &"Arial"&12W`, `&C8&12a&13b8 && 12&é5&"Ari&9`, `"=8?bR&88888?888`, `&12x&34y8`, `a&5b&6c&7&8d9&`, "&"} {
		text, _ := l.decode(raw)
		for from := range len(text) + 1 {
			for to := from; to <= len(text); to++ {
				for _, by := range []string{"", "7", "&", "x&7"} {
					edits := []Edit{{from, to, by}}
					out := Apply(raw, l.lift(raw, edits))
					if got, _ := l.decode(out); got != Apply(text, edits) && !markIsKept(text[from:to]) {
						t.Fatalf("%q with %q at [%d,%d) is %q, which reads %q", raw, by, from, to, out, got)
					}
				}
			}
		}
	}
}

// markIsKept reports whether an edit covers the beginning of a part, which stays.
func markIsKept(covered string) bool {
	return strings.Contains(covered, "\n")
}
