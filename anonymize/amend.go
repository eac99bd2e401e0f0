package anonymize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors"
)

// longestAmendment is the most bytes of a message that does nothing but correct
// a number.
const longestAmendment = 100

// amendments are words by which people correct what they have just written.
var amendments = strings.Fields("sorry sry oei oeps oops ups pardon foutje fout verkeerd typfout typo tikfout correctie verbetering bedoel bedoelde " +
	"moet moest wacht neen nee ipv niet juist laatste eerste begint eindigt erreur faute désolé desole voulais plutôt c'est correction " +
	"falsch korrektur meinte tippfehler entschuldigung mean meant wrong mistake wait actually should")

// numberTypes are types of numbers and codes that are corrected in part.
var numberTypes = []detectors.EntityType{
	detectors.Phone, detectors.IBAN, detectors.BankAccount, detectors.Card, detectors.NRN, detectors.NationalID, detectors.CompanyID,
	detectors.AccountID, detectors.OtherID, detectors.Plate, detectors.Password,
}

// findAmended finds what corrects a number that the same participant has
// written in the message before: "sorry, 0470... moet zijn ...78", "*48214".
func (s *state) findAmended() {
	last := map[string]int{} // the slot of each participant's last message
	for i := range s.slots {
		sl := &s.slots[i]
		if sl.msg == nil {
			continue
		}
		if before, ok := last[sl.party]; ok && sl.message-s.slots[before].message <= farthest && len(s.texts[i]) <= longestAmendment {
			s.split[i] = append(s.split[i], s.amended(i, before)...)
		}
		last[sl.party] = i
	}
}

// amended returns the parts of message i that correct the last number of
// message before.
func (s *state) amended(i, before int) []detectors.Span {
	number, ok := lastNumber(s.alone[before])
	if !ok {
		return nil
	}
	text := s.texts[i]
	parts := codes(text)
	starred := strings.HasPrefix(text, "*") && len(parts) == 1
	if !starred && !amends(text) || !belongs(text, parts, alphanumerics(s.texts[before][number.Start:number.End])) {
		return nil
	}
	for k := range parts {
		parts[k].Type = number.Type
	}
	return parts
}

// belongs reports whether one of the codes in text plainly is of the number
// that was written: as long as it, or cut off by dots, or, told beside another,
// its beginning or end.
func belongs(text string, codes []detectors.Span, was string) bool {
	return slices.ContainsFunc(codes, func(c detectors.Span) bool {
		code := alphanumerics(text[c.Start:c.End])
		switch {
		case len(code) == len(was), len(code) > 7 && len(code)-len(was) <= 1 && len(was)-len(code) <= 1:
			return true
		case strings.HasSuffix(text[:c.Start], "..") || strings.HasPrefix(text[c.End:], ".."):
			return true
		}
		return len(codes) > 1 && (strings.HasPrefix(was, code) || strings.HasSuffix(was, code))
	})
}

// lastNumber returns the last number or code of spans.
func lastNumber(spans []detectors.Span) (last detectors.Span, ok bool) {
	for _, sp := range spans {
		if slices.Contains(numberTypes, sp.Type) {
			last, ok = sp, true
		}
	}
	return last, ok
}

// amends reports whether a word of text says that something is corrected.
func amends(text string) bool {
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		if slices.Contains(amendments, strings.ToLower(w)) {
			return true
		}
	}
	return false
}

// codes returns the runs of letters and digits in text that have two digits or
// more.
func codes(text string) []detectors.Span {
	var spans []detectors.Span
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !alphanumeric(r) {
			i += n
			continue
		}
		start, digits := i, 0
		for i < len(text) {
			if r, n = utf8.DecodeRuneInString(text[i:]); !alphanumeric(r) {
				break
			}
			if unicode.IsDigit(r) {
				digits++
			}
			i += n
		}
		if digits >= 2 {
			spans = append(spans, detectors.Span{Start: start, End: i, Score: 0.6, Detector: "amendment", Rule: "amendment: corrects a number of the message before"})
		}
	}
	return spans
}

// alphanumerics returns the letters and digits of text, in small letters.
func alphanumerics(text string) string {
	return strings.ToLower(keepRunes(text, alphanumeric))
}
