package transcripts

import (
	_ "embed"
	"strings"
	"sync"
)

// fieldNames maps the names that people and systems give to fields and columns,
// normalised, to what they hold. First column: the word of a profile.
//
//go:embed profiles/fieldnames.txt
var fieldNamesText string

var fieldNames = sync.OnceValue(func() map[string]action { return parseFieldNames(fieldNamesText) })

// parseFieldNames reads lines such as "email e-mail, mailadres".
func parseFieldNames(text string) map[string]action {
	out := map[string]action{}
	for line := range strings.Lines(text) {
		word, names, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || word == "#" {
			continue
		}
		a, _ := parseAction(strings.ReplaceAll(word, "+", " "))
		for name := range strings.SplitSeq(names, ",") {
			out[normalName(name)] = a
		}
	}
	return out
}

// namedField returns what a field of this name holds, and whether the name is known.
func namedField(name string) (action, bool) {
	name = normalName(name)
	a, ok := fieldNames()[name]
	for _, p := range possessives {
		if !ok && strings.HasPrefix(name, p) {
			a, ok = fieldNames()[name[len(p):]]
		}
	}
	return a, ok
}

// possessives are what forms put before the name of a field.
var possessives = []string{"je", "jouw", "uw", "mijn", "votre", "ton", "ta", "mon", "your", "my", "dein", "deine", "ihr", "ihre"}

// normalName makes names of fields comparable: lower case, without accents,
// spaces and punctuation. "E-mailadres:" and "e_mailadres" are the same.
func normalName(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		default:
			b.WriteString(withoutAccent[r])
		}
	}
	return b.String()
}

// withoutAccent holds the letters of Dutch, French and German names of fields.
var withoutAccent = map[rune]string{
	'à': "a", 'â': "a", 'ä': "a", 'á': "a", 'ç': "c", 'è': "e", 'é': "e", 'ê': "e", 'ë': "e",
	'î': "i", 'ï': "i", 'í': "i", 'ô': "o", 'ö': "o", 'ó': "o", 'ù': "u", 'û': "u", 'ü': "u", 'ú': "u", 'ß': "ss",
}
