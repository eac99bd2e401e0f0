package anonymize

import (
	"slices"
	"strings"
	"unicode"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/namebook"
)

// stopValues are what systems and people write in a name or e-mail field when
// they do not give one. They stay, and teach nothing.
var stopValues = []string{
	"", "null", "nil", "none", "n/a", "na", "nvt", "invalid", "unknown", "undefined", "test",
	"visitor", "bezoeker", "bezoekster", "visiteur", "besucher", "gast", "guest", "invité", "klant", "client", "customer",
	"anoniem", "anonymous", "anonyme", "anonym", "anon", "onbekend", "inconnu", "unbekannt",
	"operator", "agent", "medewerker", "begeleider", "helpdesk", "support", "system", "systeem", "bot", "admin",
	"leerling", "ouder", "mama", "papa", "leerkracht", "student", "user", "me", "ik", "moi", "ich",
}

func stopValue(text string) bool {
	return !strings.ContainsFunc(text, unicode.IsLetter) && !strings.ContainsFunc(text, unicode.IsDigit) ||
		slices.Contains(stopValues, strings.ToLower(strings.TrimSpace(text)))
}

// mailboxes are local parts that name no person.
var mailboxes = []string{
	"info", "contact", "admin", "administratie", "mail", "email", "office", "sales", "support", "help", "helpdesk",
	"noreply", "no", "reply", "school", "secretariaat", "secretariat", "directie", "klas", "team", "chat", "test", "post",
}

// shortestFact is the fewest letters of a name that is sought on its own.
const shortestFact = 2

// learn returns what the conversation teaches, in the order of its values.
func (s *state) learn() []detectors.Fact {
	var f factList
	for i := range s.slots {
		sl := &s.slots[i]
		for _, sp := range s.alone[i] {
			value := s.texts[i][sp.Start:sp.End]
			if s.a.set.Keeps(value) {
				continue
			}
			if sl.treat == whole && sp.Type == detectors.Person && sl.role != detectors.RoleStaff && onlyWords(value) {
				continue
			}
			f.learn(sp.Type, value, sl.treat == whole)
		}
	}
	return f.facts
}

// listedName is the bucket of the number of people with a name from which on a
// word that a visitor calls himself by may be his name.
const listedName = 5

// onlyWords reports whether a nickname is made of ordinary words that hardly
// anybody is called: hulp, boos meisje. It teaches nothing.
func onlyWords(nick string) bool {
	for word := range strings.FieldsFuncSeq(nick, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		e := lexicon.Find(lexicon.Hash(lexicon.Fold(nil, word)))
		if !namebook.Common(e) || max(e.First(), e.Surname()) >= listedName {
			return false
		}
	}
	return true
}

type factList struct {
	facts []detectors.Fact
	seen  map[detectors.Fact]bool
}

func (f *factList) add(t detectors.EntityType, value string) {
	if n := letters(value); n < shortestFact || stopValue(value) {
		return
	}
	fact := detectors.Fact{Value: value, Type: t}
	if f.seen[fact] {
		return
	}
	if f.seen == nil {
		f.seen = map[detectors.Fact]bool{}
	}
	f.seen[fact] = true
	f.facts = append(f.facts, fact)
}

// learn notes what one finding teaches.
func (f *factList) learn(t detectors.EntityType, text string, metadata bool) {
	switch t {
	case detectors.Person:
		f.learnName(text, metadata)
	case detectors.Handle:
		f.add(detectors.Handle, text)
		if metadata {
			f.learnParts(text)
		}
	case detectors.Email:
		if at := strings.IndexByte(text, '@'); at > 0 {
			f.learnParts(text[:at])
		}
	}
}

// learnName notes a name. A nickname such as "jarne8630" or "xx_wolfke_xx" is
// noted as written and with what is left of it without decoration.
func (f *factList) learnName(text string, metadata bool) {
	if !metadata || !strings.ContainsFunc(text, decoration) {
		f.add(detectors.Person, text)
		return
	}
	f.add(detectors.Handle, text)
	f.learnParts(text)
}

// learnParts notes the names in a local part, login or nickname.
func (f *factList) learnParts(text string) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		if letters(part) >= 3 && !slices.Contains(mailboxes, strings.ToLower(part)) {
			f.add(detectors.Person, part)
		}
	}
}

func decoration(r rune) bool {
	return unicode.IsDigit(r) || r == '_' || r == '.' || r == '*' || r == '~'
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
