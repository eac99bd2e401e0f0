package anonymize

import (
	"slices"
	"strings"
	"unicode"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/namebook"
)

// ofIdentifier returns what has to go of a value that identifies a record. An
// opaque identifier stays, so that files can still be joined: numbers, hex, a
// UUID, conv-12. One that holds a name goes as a whole.
func ofIdentifier(text string, spans []detectors.Span) []detectors.Span {
	if strings.ContainsFunc(text, unicode.IsSpace) { // no identifier but a title
		return without(spans, detectors.DeviceID)
	}
	if isOpaque(text) {
		return slices.DeleteFunc(spans, func(sp detectors.Span) bool { return !standsInIdentifier(text, sp) })
	}
	spans = without(spans, detectors.DeviceID)
	if slices.ContainsFunc(spans, func(sp detectors.Span) bool { return sp.Start == 0 && sp.End == len(text) }) {
		return spans
	}
	return wholeIdentifier(text)
}

func without(spans []detectors.Span, t detectors.EntityType) []detectors.Span {
	return slices.DeleteFunc(spans, func(sp detectors.Span) bool { return sp.Type == t })
}

// standsInIdentifier reports whether a finding is beyond doubt though it stands
// in an opaque identifier: an address, or a number that proves itself.
func standsInIdentifier(text string, sp detectors.Span) bool {
	switch sp.Type {
	case detectors.Email, detectors.IBAN, detectors.NRN, detectors.IP:
		return true
	case detectors.Phone:
		return text[sp.Start] == '+' || text[sp.Start] == '0'
	}
	return false
}

// wholeIdentifier is the finding of an identifier that names somebody.
func wholeIdentifier(text string) []detectors.Span {
	return []detectors.Span{{End: len(text), Type: detectors.Handle, Score: 1, Detector: "metadata", Rule: "metadata: an identifier that holds a name"}}
}

// shortestInID is the fewest letters of a name that is sought in an identifier.
const shortestInID = 3

// isOpaque reports whether an identifier holds no word that people are called.
func isOpaque(id string) bool {
	if isHex(id) {
		return true
	}
	for word := range lettersOf(id) {
		e := lexicon.Find(lexicon.Hash(lexicon.Fold(nil, word)))
		if len(word) >= shortestInID && !namebook.Common(e) && max(e.First(), e.Surname()) >= listedName {
			return false
		}
	}
	return true
}

// lettersOf yields the rows of letters in an identifier. Capitals in a word begin
// another: chatLotte.
func lettersOf(id string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start := -1
		lower := false
		for i, r := range id + " " {
			switch letter := unicode.IsLetter(r); {
			case letter && start >= 0 && lower && unicode.IsUpper(r), !letter && start >= 0:
				if !yield(id[start:i]) {
					return
				}
				if start = -1; letter {
					start = i
				}
			case letter && start < 0:
				start = i
			}
			lower = unicode.IsLower(r)
		}
	}
}

// isHex reports whether an identifier is a row of hexadecimal digits, or a UUID.
func isHex(id string) bool {
	const shortest, fewestDigits = 8, 3
	digits := 0
	for _, r := range id {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case 'a' <= r|0x20 && r|0x20 <= 'f', r == '-':
		default:
			return false
		}
	}
	return len(id) >= shortest && digits >= fewestDigits
}

// claimIdentifiers finds the identifiers that hold a name of the conversation,
// which then are sought as a whole wherever they are written.
func (s *state) claimIdentifiers() {
	var names []string // of persons, in small letters
	for i := range s.slots {
		text := s.texts[i]
		if sl := &s.slots[i]; text == "" || !sl.identifies() || sl.treat != scan || isToken(text) || strings.ContainsFunc(text, unicode.IsSpace) || s.coversAll(i) {
			continue
		}
		if names == nil {
			names = namesIn(s.facts)
		}
		for word := range lettersOf(text) {
			if len(word) >= shortestInID && slices.Contains(names, strings.ToLower(word)) {
				s.alone[i] = s.cast.open(text, wholeIdentifier(text))
				s.facts = append(s.facts, detectors.Fact{Value: text, Type: detectors.Handle})
				break
			}
		}
	}
}

// namesIn returns the words of the persons of facts, in small letters.
func namesIn(facts []detectors.Fact) []string {
	names := []string{}
	for _, f := range facts {
		if f.Type == detectors.Person {
			names = slices.AppendSeq(names, lettersOf(strings.ToLower(f.Value)))
		}
	}
	return names
}

// coversAll reports whether all of value i was found to be one thing.
func (s *state) coversAll(i int) bool {
	return slices.ContainsFunc(s.alone[i], func(sp detectors.Span) bool { return sp.Start == 0 && sp.End == len(s.texts[i]) })
}
