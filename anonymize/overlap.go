package anonymize

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/lexicon"
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
		out = appendRemains(out, text, sp, out)
	}
	slices.SortFunc(out, func(a, b detectors.Span) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// identifiers are the types that a name does not swallow: Woningpolis
// WO4153397 is no organisation.
var identifiers = []detectors.EntityType{
	detectors.URL, detectors.Email, detectors.IBAN, detectors.NRN, detectors.NationalID, detectors.Card, detectors.IP, detectors.MAC,
	detectors.DeviceID, detectors.BankAccount, detectors.CompanyID, detectors.Phone, detectors.Plate, detectors.AccountID,
	detectors.Handle, detectors.OtherID, detectors.Password,
}

// cutNames cuts names by the tagger around the identifiers that they have
// swallowed, before anything is learnt from them. What is left stays covered, but
// for particles without a name. Spans are sorted by Start.
func cutNames(text string, spans []detectors.Span) []detectors.Span {
	var out []detectors.Span
	for i, sp := range spans {
		inner := swallowed(text, spans, i)
		if len(inner) > 0 && out == nil {
			out = append(make([]detectors.Span, 0, len(spans)+1), spans[:i]...)
		}
		switch {
		case len(inner) > 0:
			for _, left := range appendRemains(nil, text, sp, inner) {
				if !onlyParticles(text[left.Start:left.End]) {
					out = append(out, left)
				}
			}
		case out != nil:
			out = append(out, sp)
		}
	}
	if out == nil {
		return spans
	}
	return out
}

// onlyParticles reports whether what is left of a name is no name: van, de la.
func onlyParticles(left string) bool {
	for word := range strings.FieldsSeq(left) {
		if !lexicon.Find(lexicon.Hash(lexicon.Fold(nil, word))).Has(lexicon.Particle) {
			return false
		}
	}
	return true
}

// swallowed returns the identifiers that span i, a name by the tagger, holds
// beside other words or, when it is a user name, beside nothing but marks.
func swallowed(text string, spans []detectors.Span, i int) (inner []detectors.Span) {
	sp := spans[i]
	if sp.Detector != "names" || sp.Type == detectors.Address {
		return nil
	}
	first := i
	for first > 0 && spans[first-1].Start == sp.Start {
		first--
	}
	for _, in := range spans[first:] {
		if in.Start >= sp.End || len(inner) == largestCluster {
			break
		}
		if in.Detector == "names" || !slices.Contains(identifiers, in.Type) || in.End > sp.End || in.Len() == sp.Len() {
			continue
		}
		if sp.Type == detectors.Handle && strings.ContainsFunc(text[sp.Start:in.Start]+text[in.End:sp.End], wordRune) ||
			!edge(text, in.Start) || !edge(text, in.End) {
			continue
		}
		inner = append(inner, in)
	}
	return inner
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
