package evaluate

import (
	"cmp"
	"embed"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors"
)

// Origins are the origins of names that [Swap] knows.
func Origins() []string {
	return []string{"flemish", "walloon", "moroccan", "turkish", "polish", "congolese", "ukrainian", "asian"}
}

//go:embed names/*.txt
var nameFiles embed.FS

// Swap returns chats in which everybody has a name of the given origin, drawn
// from lists that no training text was made with. Within one conversation a
// person keeps one name: first names and surnames, genitives, diminutives, short
// forms and misspellings become those of the new name, in the same case; so do
// the names in nicknames, handles and e-mail addresses. The origin must be one
// of [Origins].
func Swap(chats []Chat, origin string) []Chat {
	first, last := nameList(origin+".first"), nameList(origin+".last")
	out := make([]Chat, len(chats))
	for i := range chats {
		s := swapper{seed: chats[i].ID, lists: [2][]string{first, last}}
		out[i] = s.chat(&chats[i])
	}
	return out
}

func nameList(name string) []string {
	text, _ := nameFiles.ReadFile("names/" + name + ".txt") // embedded: an unknown origin is empty
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return lines[1:]
}

// nameKind tells a first name from a surname.
type nameKind int

const (
	firstName nameKind = iota
	surname
)

// base is one name of a conversation and what becomes of it.
type base struct {
	kind nameKind
	old  string // folded
	new  string
}

// swapper swaps the names of one conversation.
type swapper struct {
	seed  string
	lists [2][]string
	bases []base
}

func (s *swapper) chat(c *Chat) Chat {
	s.learn(c)
	out := *c
	out.Messages = make([]Message, len(c.Messages))
	for i := range c.Messages {
		out.Messages[i] = s.message(&c.Messages[i])
	}
	out.Nick, out.Operator = s.replaceWords(c.Nick), s.replaceWords(c.Operator)
	return out
}

// learn fills bases: full names first, then names alone, short ones before the
// forms that are made of them.
func (s *swapper) learn(c *Chat) {
	type single struct {
		text   string
		titled bool
	}
	var singles []single
	for i := range c.Messages {
		m := &c.Messages[i]
		for _, sp := range m.Spans {
			if sp.Type != detectors.Person {
				continue
			}
			words := strings.Fields(m.Text[sp.Start:sp.End])
			if len(words) == 1 {
				singles = append(singles, single{words[0], titled(m.Text[:sp.Start])})
				continue
			}
			f, l := splitName(words)
			s.add(firstName, f)
			s.add(surname, l)
		}
	}
	slices.SortStableFunc(singles, func(a, b single) int { return cmp.Compare(len(a.text), len(b.text)) })
	for _, x := range singles {
		kind := firstName
		if x.titled {
			kind = surname
		}
		if b, _ := s.match(foldWord(x.text)); b == nil {
			s.add(kind, x.text)
		}
	}
}

// splitName parts a full name into first name and surname. A particle in front
// means that the surname comes first.
func splitName(words []string) (first, last string) {
	n := len(words)
	if n > 2 && particle(words[0]) {
		return words[n-1], strings.Join(words[:n-1], " ")
	}
	return words[0], strings.Join(words[1:], " ")
}

func particle(word string) bool {
	return slices.Contains([]string{"van", "de", "den", "der", "el", "ben", "op", "vande", "vanden", "du", "von", "di", "al", "ait"}, strings.ToLower(word))
}

// titles stand before a surname.
var titles = []string{"mevr", "mevr.", "mevrouw", "mvr", "mw", "mw.", "meneer", "mneer", "mijnheer", "menere", "dhr", "dhr.", "mr", "mr.", "mme", "madame",
	"monsieur", "m.", "frau", "herr", "mrs", "mrs.", "miss", "ms", "dr", "dr.", "dokter", "docteur", "prof", "prof."}

func titled(before string) bool {
	words := strings.Fields(before)
	return len(words) > 0 && slices.Contains(titles, strings.ToLower(words[len(words)-1]))
}

// add notes a name that is not known yet and chooses what becomes of it. Names
// already given in the conversation are passed over.
func (s *swapper) add(kind nameKind, name string) {
	old := foldWord(name)
	if old == "" || slices.ContainsFunc(s.bases, func(b base) bool { return b.old == old }) {
		return
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(s.seed + "/" + old)) // never fails, see hash.Hash
	list := s.lists[kind]
	at := int(h.Sum32() % uint32(len(list)))
	for range list {
		if !slices.ContainsFunc(s.bases, func(b base) bool { return b.new == list[at] }) {
			break
		}
		at = (at + 1) % len(list)
	}
	to := list[at]
	if utf8.RuneCountInString(old) == 1 { // an initial stays one
		to = firstLetters(to, 1)
	}
	s.bases = append(s.bases, base{kind, old, to})
}

// form makes of a new name what a mention was of the old one.
type form func(name string) string

// match returns the base that a folded mention belongs to, and its form.
func (s *swapper) match(word string) (*base, form) {
	for i := range s.bases {
		if s.bases[i].old == word {
			return &s.bases[i], func(name string) string { return name }
		}
	}
	var found *base
	var as form
	for i := range s.bases {
		b := &s.bases[i]
		f := derive(b.old, word)
		if f != nil && (found == nil || len(b.old) > len(found.old)) {
			found, as = b, f
		}
	}
	return found, as
}

// suffixes make genitives and diminutives.
var suffixes = []string{"'s", "s", "'", "tje", "tjes", "je", "jes", "ke", "kes", "ken", "eke", "eken", "ie", "sje", "y"}

// derive tells how word is made of the name old, nil when it is not.
func derive(old, word string) form {
	if rest, ok := strings.CutPrefix(word, old); ok {
		if slices.Contains(suffixes, rest) {
			return func(name string) string { return withSuffix(name, rest) }
		}
		if strings.Trim(rest, lastLetter(old)) == "" {
			return func(name string) string { return name + strings.Repeat(lastLetter(name), utf8.RuneCountInString(rest)) }
		}
	}
	if n := utf8.RuneCountInString(word); n == 1 && strings.HasPrefix(old, word) {
		return func(name string) string { return firstLetters(name, 1) }
	} else if n >= 3 && strings.HasPrefix(old, word) {
		return func(name string) string { return firstLetters(name, n) }
	}
	if len(old) >= 5 && oneEdit(old, word) {
		return misspell
	}
	return nil
}

// withSuffix adds an ending as it is spelt after name.
func withSuffix(name, suffix string) string {
	if suffix == "s" && strings.ContainsAny(lastLetter(name), "aiouy") {
		return name + "'s"
	}
	return name + suffix
}

func lastLetter(name string) string {
	_, n := utf8.DecodeLastRuneInString(name)
	return name[len(name)-n:]
}

func firstLetters(name string, n int) string {
	runes := []rune(name)
	return string(runes[:min(n, len(runes))])
}

// misspell leaves the third letter of a long name out and doubles the last of a
// short one.
func misspell(name string) string {
	runes := []rune(name)
	if len(runes) > 4 {
		return string(slices.Delete(runes, 2, 3))
	}
	return name + lastLetter(name)
}

// oneEdit reports whether a and b differ by one letter put in, left out or
// exchanged, or by two neighbours swapped.
func oneEdit(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) < len(y) {
		return slices.Equal(x[i:], y[i+1:])
	}
	if i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:]) {
		return true
	}
	return i < len(x) && slices.Equal(x[i+1:], y[i+1:])
}

// foldWord returns a name in small letters without the marks of decoration.
func foldWord(s string) string {
	return strings.Trim(strings.ToLower(strings.ReplaceAll(s, "’", "'")), ".,!?;:()\"*~_")
}

// isWord reports whether r belongs to a name.
func isWord(r rune) bool { return unicode.IsLetter(r) || r == '\'' || r == '’' || r == '-' }
