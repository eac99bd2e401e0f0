package anonymize

import (
	"cmp"
	"slices"
	"strings"
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
// wins, but for a name that has swallowed an identifier; what the winner leaves
// of the others stays a span of its own, so that no letter and no digit that was
// found is ever uncovered.
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
	ranked := make([]detectors.Span, 0, len(spans))
	var names []detectors.Span // that have swallowed an identifier: what is left of them
	for _, sp := range spans {
		if swallows(text, sp, spans) {
			names = append(names, sp)
		} else {
			ranked = append(ranked, sp)
		}
	}
	rankLength(ranked)
	rankLength(names)
	var out []detectors.Span
	for _, sp := range append(ranked, names...) {
		out = appendRemains(out, text, sp, out)
	}
	slices.SortFunc(out, func(a, b detectors.Span) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// rankLength sorts spans, those that win first.
func rankLength(spans []detectors.Span) {
	slices.SortStableFunc(spans, func(a, b detectors.Span) int {
		return cmp.Or(cmp.Compare(b.Len(), a.Len()), cmp.Compare(rank(a.Type), rank(b.Type)), cmp.Compare(b.Score, a.Score))
	})
}

// identifiers are the types that a name does not swallow: Woningpolis
// WO4153397 is no organisation.
var identifiers = []detectors.EntityType{
	detectors.URL, detectors.Email, detectors.IBAN, detectors.NRN, detectors.NationalID, detectors.Card, detectors.IP, detectors.MAC,
	detectors.DeviceID, detectors.BankAccount, detectors.CompanyID, detectors.Phone, detectors.Plate, detectors.AccountID,
	detectors.Handle, detectors.OtherID,
}

// swallows reports whether sp is a name by the tagger that holds an identifier
// of spans and more: words before it or, of a user name, only marks.
func swallows(text string, sp detectors.Span, spans []detectors.Span) bool {
	if sp.Detector != "names" || sp.Type == detectors.Address {
		return false
	}
	return slices.ContainsFunc(spans, func(in detectors.Span) bool {
		if in.Detector == "names" || !slices.Contains(identifiers, in.Type) || in.Start < sp.Start || in.End > sp.End || in.Len() == sp.Len() {
			return false
		}
		if sp.Type == detectors.Handle {
			return !strings.ContainsFunc(text[sp.Start:in.Start]+text[in.End:sp.End], wordRune)
		}
		return edge(text, in.Start) && edge(text, in.End)
	})
}

// edge reports whether no word goes on across byte i of text.
func edge(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	return !wordRune(before) || !wordRune(after)
}

// appendRemains appends to dst the parts of sp that no span of taken covers. What
// is left beside one has no blanks and punctuation at its ends.
func appendRemains(dst []detectors.Span, text string, sp detectors.Span, taken []detectors.Span) []detectors.Span {
	for k := range taken {
		t := &taken[k]
		if !sp.Overlaps(*t) {
			continue
		}
		left, right := sp, sp
		left.End, right.Start = t.Start, t.End
		for _, part := range [...]detectors.Span{left, right} {
			if part, ok := trimmed(text, part); ok {
				dst = appendRemains(dst, text, part, taken[k+1:])
			}
		}
		return dst
	}
	return append(dst, sp)
}

// trimmed returns sp without blanks and punctuation at its ends, and whether
// anything is left.
func trimmed(text string, sp detectors.Span) (detectors.Span, bool) {
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
	return sp, sp.Start < sp.End
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func rank(t detectors.EntityType) int {
	if i := slices.Index(precedence[:], t); i >= 0 {
		return i
	}
	return len(precedence)
}
