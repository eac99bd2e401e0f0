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

//go:embed profiles/roles.txt
var roleWordsText string

// roleWords maps words of people to roles.
var roleWords = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	wordLines(roleWordsText, func(role, word string) { out[word] = role })
	return out
})

// parseFieldNames reads lines such as "email e-mail, mailadres".
func parseFieldNames(text string) map[string]action {
	out := map[string]action{}
	wordLines(text, func(words, name string) {
		a, _ := parseAction(strings.ReplaceAll(words, "+", " "))
		out[normalName(name)] = a
	})
	return out
}

// wordLines reads lines such as "visitor bezoeker, visiteur".
func wordLines(text string, visit func(first, other string)) {
	for line := range strings.Lines(text) {
		first, others, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || first == "#" {
			continue
		}
		for other := range strings.SplitSeq(others, ", ") {
			visit(first, other)
		}
	}
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
