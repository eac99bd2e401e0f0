package surrogate

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed genders.txt
var genders string

var genderList = sync.OnceValue(func() map[string]Gender {
	m := map[string]Gender{}
	for line := range strings.Lines(genders) {
		of, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for name := range strings.FieldsSeq(list) {
			m[name] = Gender(of[0])
		}
	}
	return m
})

// endings tell the gender of most names that bear them, the longest first.
var endings = []struct {
	ending string
	gender Gender
}{
	{"lotte", GenderFemale}, {"linde", GenderFemale}, {"ette", GenderFemale}, {"elle", GenderFemale}, {"ine", GenderFemale},
	{"lien", GenderFemale}, {"wien", GenderFemale}, {"leen", GenderFemale}, {"ie", GenderFemale}, {"a", GenderFemale},
	{"bert", GenderMale}, {"brecht", GenderMale}, {"rik", GenderMale}, {"wout", GenderMale}, {"win", GenderMale},
	{"mar", GenderMale}, {"o", GenderMale}, {"us", GenderMale}, {"ard", GenderMale},
}

// GenderOf guesses the gender that a given name, in lower case without
// diacritics, tells; GenderUnknown when it tells none. A wrong guess does no
// harm but to the reader's picture.
func GenderOf(name string) Gender {
	if g, ok := genderList()[name]; ok {
		return g
	}
	for _, short := range []string{"tje", "je", "ke"} { // woutje, fientje
		if stem, ok := strings.CutSuffix(name, short); ok {
			if g, ok := genderList()[stem]; ok {
				return g
			}
		}
	}
	for _, e := range endings {
		if strings.HasSuffix(name, e.ending) && len(name) > len(e.ending)+1 {
			return e.gender
		}
	}
	return GenderUnknown
}
