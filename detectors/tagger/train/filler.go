package train

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/clbchat/naamloos/detectors/lexicon"
)

// Filler holds the names and places that are put into the slots of annotated
// texts, so that the model learns the frames and not the names.
type Filler struct {
	First, Surname, Place Urn
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
	to   map[string]string
}

func (f *Filler) newSwap(rng *rand.Rand, lang string) *swap {
	return &swap{f: f, rng: rng, lang: lang, to: map[string]string{}}
}

// all swaps whole names.
func (s *swap) all(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = s.name(n, false)
	}
	return out
}

// fill swaps the persons and some of the places of m.
func (s *swap) fill(m *pieces) {
	for i := range *m {
		p := &(*m)[i]
		switch p.typ {
		case "PERSON":
			titled := i > 0 && endsInTitle((*m)[i-1].text)
			p.text = s.name(p.text, titled)
		case "LOC":
			p.text = s.place(p.text)
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
	if key := strings.ToLower(name); len(words) > 1 && s.to[key] != "" {
		return like(s.to[key], name)
	}
	for i, w := range words {
		if len(words) > 1 && i > 0 && strings.ToLower(w) == w && isParticle(w) {
			words[i] = w
			continue
		}
		words[i] = s.word(w, i > 0 || titled)
	}
	return strings.Join(words, " ")
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
		urn := &s.f.First
		if surname && e.First() < 9 || e.First() == 0 && e.Surname() > 0 {
			urn = &s.f.Surname
		}
		to = urn.draw(s.rng)
		s.to[key] = to
	}
	return like(to, body) + end
}

// genitive cuts 's off.
func genitive(w string) (body, end string) {
	for _, g := range [...]string{"'s", "’s"} {
		if b, ok := strings.CutSuffix(w, g); ok {
			return b, g
		}
	}
	return w, ""
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

// place swaps a place half of the time.
func (s *swap) place(name string) string {
	key := "place " + strings.ToLower(name)
	to, ok := s.to[key]
	if !ok {
		to = name
		if s.rng.IntN(2) == 0 {
			to = s.f.Place.draw(s.rng)
		}
		s.to[key] = to
	}
	if to == name {
		return name
	}
	return like(to, name)
}
