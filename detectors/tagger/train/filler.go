package train

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/namebook"
)

// Filler holds the names and places that are put into the slots of annotated
// texts, so that the model learns the frames and not the names.
type Filler struct {
	First, Surname, Place Urn
	Words                 Urn            // first names that are also words
	Nouns                 map[string]Urn // by language, nouns that are also names
}

// Urn holds things to draw, weighted by how many people bear them.
type Urn struct {
	items []string
	sums  []float64 // running sums of weights
}

// NewUrn returns an urn of items; the weight of a count is its power 0.6, so
// that rare names come up often enough.
func NewUrn(items []string, counts []float64) Urn {
	u := Urn{items: items}
	sum := 0.0
	for _, c := range counts {
		sum += math.Pow(c, 0.6)
		u.sums = append(u.sums, sum)
	}
	return u
}

// draw returns an item: a quarter of the time any, else by weight.
func (u *Urn) draw(rng *rand.Rand) string {
	if rng.IntN(4) == 0 {
		return u.items[rng.IntN(len(u.items))]
	}
	x := rng.Float64() * u.sums[len(u.sums)-1]
	i, _ := slices.BinarySearch(u.sums, x)
	return u.items[min(i, len(u.items)-1)]
}

// swap gives each name of one conversation another, the same each time.
type swap struct {
	f    *Filler
	rng  *rand.Rand
	lang string
	vary *Vary
	to   map[string]string
}

func (f *Filler) newSwap(rng *rand.Rand, lang string, v *Vary) *swap {
	return &swap{f: f, rng: rng, lang: lang, vary: v, to: map[string]string{}}
}

// nouns puts nouns that are also names after some determiners of the text
// between annotations, where they are no names.
func (s *swap) nouns(text string) string {
	urn, ok := s.f.Nouns[s.lang]
	if !ok {
		urn = s.f.Nouns["nl"]
	}
	words := strings.Split(text, " ")
	for i := 1; i+1 < len(words); i++ {
		if s.rng.Float64() < s.vary.Nouns && determiner(words[i-1]) && isNoun(words[i]) {
			words[i] = urn.draw(s.rng)
		}
	}
	return strings.Join(words, " ")
}

// determiner reports words that a noun follows and a name hardly ever.
func determiner(w string) bool {
	switch strings.ToLower(w) {
	case "een", "n", "'n", "ne", "nen", "het", "'t", "t", "elke", "iedere", "geen", "deze", "dit", "die", "mijn", "men", "zijn", "haar",
		"un", "une", "la", "le", "les", "des", "ma", "mon", "ta", "ton", "sa", "son", "cette", "ce", "chaque",
		"ein", "eine", "einen", "einem", "kein", "keine", "mein", "meine", "dein", "the", "a", "an", "my", "your", "his", "this", "that", "every", "no":
		return true
	}
	return false
}

// isNoun guesses: a common word in small letters, no frequent one.
func isNoun(w string) bool {
	if !isLetters(w) || len(w) < 4 || w != strings.ToLower(w) {
		return false
	}
	e := lexicon.Find(lexicon.Hash(lexicon.Fold(nil, w)))
	return e.Common() < 11 && e.Language() == 0 && namebook.Common(e)
}

// all swaps whole names.
func (s *swap) all(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = s.name(n, false)
	}
	return out
}

// fill swaps the persons of m, and some of its places, organisations and user
// names.
func (s *swap) fill(m *pieces) {
	for i := range *m {
		p := &(*m)[i]
		switch p.typ {
		case "":
			p.text = s.nouns(p.text)
		case "PERSON":
			titled := i > 0 && endsInTitle((*m)[i-1].text)
			p.text = s.name(p.text, titled)
		case "LOC":
			p.text = s.other(p.text, s.drawPlace)
		case "ORG":
			p.text = s.other(p.text, s.org)
		case "HANDLE":
			if to := s.handle(); s.rng.IntN(2) == 0 {
				p.text = to
			}
		}
	}
}

func endsInTitle(before string) bool {
	words := strings.Fields(before)
	if len(words) == 0 {
		return false
	}
	key := lexicon.Fold(nil, strings.TrimRight(words[len(words)-1], "."))
	return lexicon.Find(lexicon.Hash(key)).Has(lexicon.Honorific)
}

// name swaps the words of a name, first names for first names and surnames for
// surnames, keeping letter case, genitives and words that are neither.
func (s *swap) name(name string, titled bool) string {
	words := strings.Split(name, " ")
	for i, w := range words {
		if len(words) > 1 && i > 0 && strings.ToLower(w) == w && isParticle(w) {
			continue
		}
		words[i] = s.word(w, i > 0 || titled)
	}
	switch x := s.rng.IntN(60); {
	case x == 0 && len(words) == 1 && !titled: // wannes r
		words = append(words, like(string('a'+rune(s.rng.IntN(26))), name))
	case x == 1 && len(words) == 1 && !titled: // Wannes R.
		words = append(words, string('A'+rune(s.rng.IntN(26)))+".")
	case x < 4 && len(words) == 2: // W. Peeters
		words[0] = initialOf(words[0])
	case x == 4 && len(words) == 2: // W.P.
		return initialOf(words[0]) + initialOf(words[1])
	}
	return strings.Join(words, " ")
}

func initialOf(w string) string {
	for _, r := range w {
		return string(r) + "."
	}
	return w
}

func isParticle(w string) bool {
	return lexicon.Find(lexicon.Hash(lexicon.Fold(nil, w))).Has(lexicon.Particle)
}

// word swaps one word of a name.
func (s *swap) word(w string, surname bool) string {
	body, end := genitive(w)
	if len(body) < 3 || !isLetters(body) || isParticle(body) {
		return w
	}
	key := string(lexicon.Fold(nil, body))
	to, ok := s.to[key]
	if !ok {
		e := lexicon.Find(lexicon.Hash([]byte(key)))
		if surname && e.First() < 9 || e.First() == 0 && e.Surname() > 0 {
			to = s.f.Surname.draw(s.rng)
		} else if s.rng.Float64() < s.vary.Words {
			to = s.f.Words.draw(s.rng)
		} else if to = s.f.First.draw(s.rng); s.rng.IntN(8) == 0 {
			to = petName(to, s.lang, s.rng)
		}
		s.to[key] = to
	}
	return like(to, body) + end
}

// genitive cuts 's off, and s when what is left is a name and the whole is not.
func genitive(w string) (body, end string) {
	for _, g := range [...]string{"'s", "’s"} {
		if b, ok := strings.CutSuffix(w, g); ok {
			return b, g
		}
	}
	if b, ok := strings.CutSuffix(w, "s"); ok && len(b) > 2 && firstName(w) == 0 && firstName(b) > 3 {
		return b, "s"
	}
	return w, ""
}

func firstName(w string) int {
	return lexicon.Find(lexicon.Hash(lexicon.Fold(nil, w))).First()
}

// like writes s in the letter case of model.
func like(s, model string) string {
	switch {
	case model == strings.ToLower(model):
		return strings.ToLower(s)
	case len(model) > 2 && model == strings.ToUpper(model):
		return strings.ToUpper(s)
	}
	return capitals(s)
}

// other swaps a place or organisation half of the time, the same each time.
func (s *swap) other(name string, draw func() string) string {
	key := "other " + strings.ToLower(name)
	to, ok := s.to[key]
	if !ok {
		to = name
		if s.rng.IntN(2) == 0 {
			to = draw()
		}
		s.to[key] = to
	}
	if to == name {
		return name
	}
	return like(to, name)
}

func (s *swap) drawPlace() string { return s.f.Place.draw(s.rng) }
