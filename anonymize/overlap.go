package anonymize

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors"
)

// precedence lists entity types by how sure their shape is: of overlapping
// spans of one length the earlier type wins.
var precedence = [...]detectors.EntityType{
	detectors.Password, detectors.URL, detectors.Email, detectors.IBAN, detectors.NRN, detectors.NationalID,
	detectors.Card, detectors.IP, detectors.MAC, detectors.DeviceID, detectors.BankAccount, detectors.CompanyID,
	detectors.Phone, detectors.Plate, detectors.BirthDate, detectors.Coordinates, detectors.Address,
	detectors.AccountID, detectors.Handle, detectors.Person, detectors.Org, detectors.Location,
	detectors.OtherID, detectors.Age,
}

// largestCluster is how many overlapping spans are compared with each other;
// more of them become one span, so that time stays linear.
const largestCluster = 64

// resolve returns spans sorted and disjoint. The longest of overlapping spans
// wins; what it leaves of the others stays a span of its own, so that no letter
// and no digit that was found is ever uncovered.
func resolve(text string, spans []detectors.Span) []detectors.Span {
	if len(spans) == 0 {
		return nil
	}
	sorted := slices.Clone(spans)
	if disjoint(spans) {
		return sorted
	}
	slices.SortStableFunc(sorted, func(a, b detectors.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	out := make([]detectors.Span, 0, len(sorted))
	for len(sorted) > 0 {
		n, end := 1, sorted[0].End
		for n < len(sorted) && sorted[n].Start < end {
			end = max(end, sorted[n].End)
			n++
		}
		switch {
		case n == 1:
			out = append(out, sorted[0])
		case n > largestCluster:
			merged := sorted[0]
			merged.End = end
			out = append(out, merged)
		default:
			out = append(out, resolveCluster(text, sorted[:n])...)
		}
		sorted = sorted[n:]
	}
	return out
}

// disjoint reports whether spans are sorted and none overlaps another.
func disjoint(spans []detectors.Span) bool {
	for i := 1; i < len(spans); i++ {
		if spans[i].Start < spans[i-1].End {
			return false
		}
	}
	return true
}

// resolveCluster resolves spans that hang together.
func resolveCluster(text string, spans []detectors.Span) []detectors.Span {
	ranked := slices.Clone(spans)
	slices.SortStableFunc(ranked, func(a, b detectors.Span) int {
		return cmp.Or(cmp.Compare(b.Len(), a.Len()), cmp.Compare(rank(a.Type), rank(b.Type)), cmp.Compare(b.Score, a.Score))
	})
	var out []detectors.Span
	for _, sp := range ranked {
		out = append(out, remains(text, sp, out)...)
	}
	slices.SortFunc(out, func(a, b detectors.Span) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// remains returns the parts of sp that no span of taken covers, without blanks
// and punctuation at their ends.
func remains(text string, sp detectors.Span, taken []detectors.Span) []detectors.Span {
	parts := []detectors.Span{sp}
	for _, t := range taken {
		var next []detectors.Span
		for _, p := range parts {
			if !p.Overlaps(t) {
				next = append(next, p)
				continue
			}
			left, right := p, p
			left.End, right.Start = t.Start, t.End
			next = appendTrimmed(next, text, left)
			next = appendTrimmed(next, text, right)
		}
		parts = next
	}
	return parts
}

func appendTrimmed(spans []detectors.Span, text string, sp detectors.Span) []detectors.Span {
	for sp.Start < sp.End {
		r, n := utf8.DecodeRuneInString(text[sp.Start:sp.End])
		if wordRune(r) {
			break
		}
		sp.Start += n
	}
	for sp.Start < sp.End {
		r, n := utf8.DecodeLastRuneInString(text[sp.Start:sp.End])
		if wordRune(r) {
			break
		}
		sp.End -= n
	}
	if sp.Start >= sp.End {
		return spans
	}
	return append(spans, sp)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func rank(t detectors.EntityType) int {
	if i := slices.Index(precedence[:], t); i >= 0 {
		return i
	}
	return len(precedence)
}
