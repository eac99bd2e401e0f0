package risk

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/transcripts"
)

// Part is a part of a combination that few people share.
type Part string

// The parts of combinations. A part that can be read weighs more than one that
// is a pseudonym.
const (
	School Part = "school"
	Class  Part = "class"
	Age    Part = "age"
	Place  Part = "place"
	Event  Part = "event"
)

// traits are the parts that a conversation has.
type traits struct {
	values   map[Part][]string // pseudonyms and readable values, folded
	readable int               // how many parts can be read
}

// Population counts the combinations of many conversations. It is filled by one
// goroutine and then safe for concurrent reading.
type Population struct{ counts map[string]int }

// NewPopulation returns an empty population.
func NewPopulation() *Population { return &Population{counts: map[string]int{}} }

// Add counts a conversation.
func (a *Assessor) Add(p *Population, c *transcripts.Conversation) {
	if t := a.traits(c); len(t.values) > 1 {
		p.counts[t.key()]++
	}
}

// shared is from how many conversations on a combination says little.
const shared = 5

// combination weighs the parts of a conversation.
func (a *Assessor) combination(c *transcripts.Conversation, p *Population) (Sign, bool) {
	t := a.traits(c)
	if len(t.values) < 3 || p != nil && p.counts[t.key()] >= shared {
		return Sign{}, false
	}
	weight := 0.04 * float64(len(t.values)-2)
	if t.values[Event] != nil {
		weight *= 2
	}
	weight += 0.06 * float64(t.readable)
	return Sign{Kind: Combination, Weight: weight, Parts: t.parts()}, true
}

func (t *traits) parts() []Part {
	var out []Part
	for _, p := range []Part{School, Class, Age, Place, Event} {
		if t.values[p] != nil {
			out = append(out, p)
		}
	}
	return out
}

// key names the combination.
func (t *traits) key() string {
	var b strings.Builder
	for _, p := range t.parts() {
		v := slices.Clone(t.values[p])
		slices.Sort(v)
		b.WriteString(string(p) + "=" + strings.Join(slices.Compact(v), ",") + ";")
	}
	return b.String()
}

func (t *traits) add(p Part, value string) { t.values[p] = append(t.values[p], value) }

// tokenParts are the parts that pseudonyms stand for.
var tokenParts = map[detectors.EntityType]Part{
	detectors.Org: School, detectors.OtherID: Class, detectors.Age: Age, detectors.BirthDate: Age,
	detectors.Location: Place, detectors.Address: Place,
}

func (a *Assessor) traits(c *transcripts.Conversation) traits {
	t := traits{values: map[Part][]string{}}
	readable := map[Part]bool{}
	for i := range c.Messages {
		a.readText(&t, c.Messages[i].Text, readable)
	}
	for _, text := range fieldTexts(c) {
		a.readText(&t, text, readable)
	}
	t.readable = len(readable)
	return t
}

// readText finds the parts in one text.
func (a *Assessor) readText(t *traits, text string, readable map[Part]bool) {
	var words []string
	for at := 0; at < len(text); {
		if end, ok := detectors.PseudonymAt(text, at); ok {
			token := text[at:end]
			if p, ok := tokenParts[detectors.EntityType(token[1:strings.LastIndexByte(token, '-')])]; ok {
				t.add(p, token)
			}
			at = end
			continue
		}
		end := wordEnd(text, at)
		if end == at {
			at++
			continue
		}
		words = append(words, strings.ToLower(text[at:end]))
		at = end
	}
	a.readWords(t, words, readable)
}

// readWords finds the parts that can be read in a message.
func (a *Assessor) readWords(t *traits, words []string, readable map[Part]bool) {
	for i, word := range words {
		for _, e := range a.events {
			if e.has(word) {
				t.add(Event, e.name)
			}
		}
		prev, next := "", ""
		if i > 0 {
			prev = words[i-1]
		}
		if i+1 < len(words) {
			next = words[i+1]
		}
		switch {
		case age(word, next):
			t.add(Age, "age "+word)
			readable[Age] = true
		case class(word, prev, next):
			t.add(Class, "class "+word)
			readable[Class] = true
		case place(word):
			t.add(Place, "place "+word)
			readable[Place] = true
		}
	}
}

// age reads "14 jaar", "14j", "14 ans".
func age(word, next string) bool {
	n := 0
	for n < len(word) && word[n] >= '0' && word[n] <= '9' {
		n++
	}
	if n == 0 || n > 2 {
		return false
	}
	unit := word[n:]
	if unit == "" {
		unit = next
	}
	return slices.Contains([]string{"jaar", "jr", "j", "jarige", "ans", "jahre", "years", "yo"}, unit)
}

// class reads "4de jaar", "3LATB", "zesde leerjaar", "klas 5B".
func class(word, prev, next string) bool {
	if prev == "klas" || prev == "classe" || prev == "klasse" {
		return hasDigit(word)
	}
	if slices.Contains([]string{"leerjaar", "middelbaar", "secundair", "primaire", "secondaire", "klasse"}, next) {
		return true
	}
	return len(word) >= 4 && len(word) <= 7 && word[0] >= '1' && word[0] <= '7' && !hasDigit(word[1:]) && code(strings.ToUpper(word))
}

// place finds towns that are no common words.
func place(word string) bool {
	e := lexicon.Find(lexicon.Hash(lexicon.Fold(nil, word)))
	return len(word) >= 5 && e.Has(lexicon.Place) && e.Common() == 0 && e.First() < 4 && e.Surname() < 6
}

//go:embed data/events.txt
var eventLines string

//go:embed data/plain.txt
var plainLines string

// eventClass is a class of events by the beginnings of its words.
type eventClass struct {
	name  string
	stems []string
}

func (e eventClass) has(word string) bool {
	return slices.ContainsFunc(e.stems, func(stem string) bool { return strings.HasPrefix(word, stem) })
}

func readEvents() []eventClass {
	var out []eventClass
	for line := range strings.Lines(eventLines) {
		if name, stems, ok := strings.Cut(line, ":"); ok && line[0] != '#' {
			out = append(out, eventClass{name, strings.Fields(stems)})
		}
	}
	return out
}

func readPlain() map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(plainLines) {
		if line[0] == '#' {
			continue
		}
		for _, word := range strings.Fields(line) {
			out[string(lexicon.Fold(nil, word))] = true
		}
	}
	return out
}

// germanWords are met in nearly every German sentence and in no Dutch one.
var germanWords = []string{"ich", "nicht", "und", "ist", "das", "mir", "mich", "auch", "aber", "sie", "wir", "der", "die", "ein", "eine", "einen", "im", "bei"}

// german reports whether a text is German, in which every noun has a capital.
func german(text string) bool {
	n := 0
	for _, w := range strings.Fields(text) {
		if slices.Contains(germanWords, strings.ToLower(strings.Trim(w, ".,!?"))) {
			n++
		}
	}
	return n >= 2
}
