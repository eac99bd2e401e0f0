package anonymize

import (
	"slices"
	"strings"
	"unicode"

	"github.com/clbchat/naamloos/anonymize/surrogate"
	"github.com/clbchat/naamloos/detectors"
)

// assign gives everybody that s has found a surrogate or a role label, where
// the policy has them. Surrogates are given in an order that the key tells, so
// that a person has the same one in most conversations; labels are numbered in
// the order of the conversation.
func (k *cast) assign(s *state) {
	if k.a.rules.book != nil {
		k.noteWords(s)
		if k.language == "" {
			k.language = languageOf(s.texts)
		}
		r := k.a.rules.byType[detectors.Person]
		persons := s.everybody()
		slices.SortFunc(persons, func(a, b string) int {
			return strings.Compare(k.code(r.Scope, r.people, a), k.code(r.Scope, r.people, b))
		})
		for _, c := range persons {
			k.nameOf(c)
		}
	}
	if k.a.rules.byType[detectors.Person].Label == LabelRole {
		k.assignRoles(s)
	}
}

// everybody returns the canonical names of all who are found, in the order of
// the conversation, and notes the fullest name of each.
func (s *state) everybody() []string {
	var out []string
	seen := map[string]bool{}
	for i := range s.slots {
		for _, sp := range s.found[i] {
			if sp.Type != detectors.Person {
				continue
			}
			text := s.texts[i][sp.Start:sp.End]
			p := s.value(sp.Type, text).canonical
			if !seen[p] {
				seen[p] = true
				out = append(out, p)
			}
			if words := nameWords(foldWords(text)); len(words) > len(s.cast.full[p]) {
				s.cast.full[p] = words
			}
		}
	}
	return out
}

// nameOf returns the surrogate of a person, chosen when first asked for.
func (k *cast) nameOf(canonical string) (surrogate.Name, bool) {
	if n, ok := k.names[canonical]; ok {
		return n, n.Given != ""
	}
	words := k.full[canonical]
	if len(words) == 0 {
		words = nameWords(canonical)
	}
	w := surrogate.Want{Language: k.language}
	for i, word := range words {
		if i == 0 {
			w.Gender = surrogate.GenderOf(word)
		}
		w.Initials += strings.ToLower(fold(word)[:1])
	}
	r := k.a.rules.byType[detectors.Person]
	coder, prefix := k.coder(r.Scope, r.people)
	seed := coder.sum(prefix + "surrogate " + canonical)
	n, ok := k.a.rules.book.Pick([16]byte(seed[:16]), w,
		func(word string) bool { return k.words[word] || k.given[word] })
	if !ok {
		n = surrogate.Name{} // remembered: none is left
	}
	k.names[canonical] = n
	if ok {
		k.given[strings.ToLower(n.Given)], k.given[strings.ToLower(n.Surname)] = true, true
	}
	return n, ok
}

// surrogate returns the part of a person's surrogate that a mention calls for:
// both names, the given name, or the surname, in upper or lower case as it
// stands there. False when no name is left.
func (k *cast) surrogate(mention, canonical string) (string, bool) {
	n, ok := k.nameOf(canonical)
	if !ok {
		return "", false
	}
	said, whole := nameWords(foldWords(mention)), k.full[canonical]
	name := n.Given
	switch {
	case len(said) > 1:
		name = n.String()
	case len(said) == 1 && len(whole) > 1 && said[0] == whole[len(whole)-1] && said[0] != whole[0]:
		name = n.Surname
	}
	return likeCase(name, mention), true
}

// likeCase writes name in lower case when mention has no capital, and in
// capitals when it has nothing else.
func likeCase(name, mention string) string {
	upper, lower := strings.IndexFunc(mention, unicode.IsUpper) >= 0, strings.IndexFunc(mention, unicode.IsLower) >= 0
	switch {
	case !upper:
		return strings.ToLower(name)
	case !lower && letters(mention) > 1:
		return strings.ToUpper(name)
	}
	return name
}

// particles are words of a surname that no one is called by alone.
var particles = []string{"van", "de", "den", "der", "het", "ten", "ter", "te", "t", "du", "des", "le", "la", "les", "di", "da", "el", "al", "von", "zu", "zum", "op", "in"}

// nameWords returns the words of a folded name without particles, and all of
// them when nothing else is there.
func nameWords(name string) []string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !wordRune(r) })
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(particles, w) })
	if len(kept) == 0 {
		return words
	}
	return kept
}

// functionWords tell the language of a text.
var functionWords = map[string][]string{
	"nl": {"ik", "een", "het", "niet", "maar", "met", "mijn", "ook", "van", "hij", "wat", "voor", "zijn", "heb", "ben", "wel", "nog", "dat"},
	"fr": {"je", "le", "les", "est", "pas", "mais", "avec", "mon", "ma", "et", "il", "elle", "que", "pour", "suis", "une", "des", "ai"},
	"de": {"ich", "ein", "das", "nicht", "aber", "mit", "mein", "auch", "und", "er", "sie", "was", "ist", "habe", "bin", "noch", "der", "die"},
	"en": {"i", "the", "not", "but", "with", "my", "and", "he", "she", "what", "for", "is", "have", "am", "still", "that", "was", "it"},
}

// languageOf returns the language that most function words of texts are of, nl
// when there are none.
func languageOf(texts []string) string {
	counts := map[string]int{}
	for _, text := range texts {
		for _, w := range wordsOf(text) {
			word := fold(text[w.start:w.end])
			for _, language := range surrogate.Languages() {
				if slices.Contains(functionWords[language], word) {
					counts[language]++
				}
			}
		}
	}
	best := "nl"
	for _, language := range surrogate.Languages() {
		if counts[language] > counts[best] {
			best = language
		}
	}
	return best
}
