package language

import "bytes"

// patterns are letters that are usual in one language, or in two, and rare in
// the others. ^ and $ are the bounds of a word.
var patterns = [...]struct {
	letters string
	votes   votes
}{
	{"ij", votes{3, 0, 0, 0}}, {"sch", votes{1, 0, 3, 0}}, {"oe", votes{2, 0, 0, 0}}, {"aa", votes{3, 0, 0, 0}}, {"ee", votes{2, 0, 0, 1}},
	{"oo", votes{2, 0, 0, 2}}, {"uu", votes{3, 0, 0, 0}}, {"^ge", votes{2, 0, 2, 0}}, {"^ver", votes{2, 0, 2, 0}}, {"lijk$", votes{3, 0, 0, 0}},
	{"tje$", votes{3, 0, 0, 0}}, {"ke$", votes{2, 0, 0, 0}}, {"dt$", votes{3, 0, 0, 0}}, {"^kheb", votes{3, 0, 0, 0}}, {"^z", votes{2, 0, 1, 0}},
	{"gt$", votes{3, 0, 0, 0}}, {"kt$", votes{2, 0, 0, 0}}, {"en$", votes{2, 0, 2, 0}}, {"ui", votes{2, 1, 0, 0}}, {"eu", votes{1, 2, 1, 0}},
	{"ou", votes{1, 2, 0, 2}}, {"eau", votes{0, 3, 0, 0}}, {"qu", votes{0, 3, 0, 1}}, {"é", votes{0, 3, 0, 0}}, {"è", votes{0, 3, 0, 0}},
	{"ê", votes{0, 3, 0, 0}}, {"ç", votes{0, 3, 0, 0}}, {"à", votes{0, 3, 0, 0}}, {"oi", votes{0, 3, 0, 0}}, {"ait$", votes{0, 3, 0, 0}},
	{"ent$", votes{0, 2, 1, 1}}, {"er$", votes{1, 2, 2, 1}}, {"ez$", votes{0, 3, 0, 0}}, {"tion$", votes{0, 2, 1, 2}}, {"eux$", votes{0, 3, 0, 0}},
	{"^j'", votes{0, 3, 0, 0}}, {"^l'", votes{0, 3, 0, 0}}, {"^d'", votes{0, 2, 0, 0}}, {"^qu'", votes{0, 3, 0, 0}}, {"^c'", votes{0, 3, 0, 0}},
	{"ß", votes{0, 0, 3, 0}}, {"ü", votes{0, 0, 3, 0}}, {"ö", votes{0, 0, 3, 0}}, {"ä", votes{0, 0, 3, 0}}, {"ch$", votes{1, 0, 3, 0}},
	{"ich", votes{0, 0, 3, 0}}, {"ung$", votes{0, 0, 3, 0}}, {"ei", votes{1, 0, 3, 0}}, {"tz", votes{0, 0, 3, 0}}, {"pf", votes{0, 0, 3, 0}},
	{"st$", votes{1, 0, 2, 1}}, {"th", votes{0, 0, 0, 3}}, {"wh", votes{0, 0, 0, 3}}, {"ght", votes{0, 0, 0, 3}}, {"ing$", votes{1, 0, 0, 3}},
	{"n't$", votes{0, 0, 0, 3}}, {"ed$", votes{0, 0, 0, 2}}, {"sh", votes{0, 0, 0, 3}}, {"ly$", votes{0, 0, 0, 3}}, {"ck", votes{0, 0, 2, 2}},
	{"ea", votes{0, 0, 0, 3}}, {"y$", votes{0, 0, 0, 3}}, {"w$", votes{1, 0, 0, 2}}, {"^y", votes{0, 0, 0, 2}},
}

// spelling adds what the letters of an unknown word tell.
func spelling(v *votes, word []byte) {
	for _, p := range patterns {
		if matches(word, p.letters) {
			for k := range v {
				v[k] += p.votes[k] * spellWeight / 3
			}
		}
	}
}

func matches(word []byte, letters string) bool {
	n := len(letters)
	switch {
	case letters[0] == '^':
		return len(word) > n-1 && string(word[:n-1]) == letters[1:]
	case letters[n-1] == '$':
		return len(word) > n-1 && string(word[len(word)-n+1:]) == letters[:n-1]
	}
	return bytes.Contains(word, []byte(letters))
}
