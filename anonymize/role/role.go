// Package role guesses what part somebody has in a conversation from what is
// said around his name: "juf Griet" is a teacher, "mijn vriendin Lotte" a
// friend, who says "ik ben Fien" is the one who seeks help.
//
// A [Scene] collects what a conversation tells: [Scene.Party], [Scene.Mention]
// and [Scene.Said]; [Scene.Of] gives the guess, [Label] its word in a language.
// What nothing is said of is [Nobody]. A wrong guess misleads a reader, it
// uncovers nothing.
package role

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed roles.txt
var lines string

// Role is a part in a conversation, by its English word.
type Role string

// Roles with a meaning of their own. The others are in roles.txt.
const (
	Pupil    Role = "pupil"    // who seeks help, when nothing else is said
	Employee Role = "employee" // who gives it
	Nobody   Role = "person"   // of whom nothing is said
	parent   Role = "parent"
	teacher  Role = "teacher"
	child    Role = "child"
	mate     Role = "classmate"
	elder    Role = "grandparent"
	adult    Role = "adult"
)

// cue is what a word tells.
type cue struct {
	role       Role
	possessive bool // only with "mijn", "haar" ... before it
	title      bool // outweighed by any other cue
}

// book holds the roles, the words for them and the words that tell them.
type book struct {
	roles  []Role
	labels map[string]map[Role]string // by language
	cues   map[string]cue             // by folded word
}

var roles = sync.OnceValue(func() *book {
	b := &book{labels: map[string]map[Role]string{}, cues: map[string]cue{}}
	for line := range strings.Lines(lines) {
		head, cues, ok := strings.Cut(strings.TrimSpace(line), ": ")
		words := strings.Fields(head)
		if !ok || strings.HasPrefix(line, "#") || len(words) != len(languages) {
			continue
		}
		r := Role(words[len(words)-1])
		b.roles = append(b.roles, r)
		for i, language := range languages {
			if b.labels[language] == nil {
				b.labels[language] = map[Role]string{}
			}
			b.labels[language][r] = words[i]
		}
		for word := range strings.FieldsSeq(cues) {
			b.add(word, r)
		}
	}
	return b
})

// languages are those of labels, in the order of the file.
var languages = []string{"nl", "fr", "de", "en"}

func (b *book) add(word string, r Role) {
	c := cue{role: r, possessive: word[0] == '+', title: word[0] == '-'}
	b.cues[strings.Join(words(word), "")] = c
}

// All returns all roles.
func All() []Role { return append([]Role(nil), roles().roles...) }

// Label returns the word for a role in nl, fr, de or en.
func Label(language string, r Role) string { return roles().labels[language][r] }
