package corrections

import (
	"bytes"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
)

// A List finds and allows what readers have corrected. It is a
// detectors.Recognizer and safe for concurrent use.
type List struct {
	digester   *Digester
	deny       map[Digest]detectors.EntityType
	allow      map[Digest]map[detectors.EntityType]bool
	pseudonyms map[string]bool
	longest    int // most words of a denied value
}

// New makes a list of sets that were all made with key. What is denied in one
// set is not allowed by another.
func New(key keys.Key, sets ...Set) (*List, error) {
	l := &List{digester: NewDigester(key), deny: map[Digest]detectors.EntityType{},
		allow: map[Digest]map[detectors.EntityType]bool{}, pseudonyms: map[string]bool{}}
	for _, s := range sets {
		if have := KeyID(key); s.KeyID != have {
			return nil, &KeyError{Want: s.KeyID, Have: have}
		}
		for _, e := range normal(s.Deny) {
			l.deny[e.Digest] = e.Type
			l.longest = max(l.longest, e.Words)
		}
	}
	for _, s := range sets {
		for _, e := range s.Allow {
			l.addAllowed(e)
		}
	}
	return l, nil
}

func (l *List) addAllowed(e Entry) {
	if e.Pseudonym != "" {
		l.pseudonyms[e.Pseudonym] = true
		return
	}
	if _, denied := l.deny[e.Digest]; denied {
		return
	}
	if l.allow[e.Digest] == nil {
		l.allow[e.Digest] = map[detectors.EntityType]bool{}
	}
	l.allow[e.Digest][e.Type] = true
}

// Allows reports whether value was hidden as t without need.
func (l *List) Allows(t detectors.EntityType, value string) bool {
	if len(l.allow) == 0 {
		return false
	}
	d, _, ok := l.digester.Digest(value)
	return ok && l.allow[d][t]
}

// AllowsPseudonym reports whether what pseudonym stands for was hidden without need.
func (l *List) AllowsPseudonym(pseudonym string) bool { return l.pseudonyms[pseudonym] }

// HasPseudonyms reports whether anything is allowed by its pseudonym.
func (l *List) HasPseudonyms() bool { return len(l.pseudonyms) > 0 }

// Denies returns the type under which a value is denied, and false when it is not.
func (l *List) Denies(value string) (detectors.EntityType, bool) {
	d, _, ok := l.digester.Digest(value)
	if !ok {
		return "", false
	}
	t, ok := l.deny[d]
	return t, ok
}

// Match is a place where a denied value stands.
type Match struct {
	Start, End int // bytes of the text
	Type       detectors.EntityType
	Digest     Digest // of the value as it was marked
}

// Matches returns where denied values stand in a text, in order and disjoint.
func (l *List) Matches(text string) []Match {
	if len(l.deny) == 0 {
		return nil
	}
	var out []Match
	w := splitWords(text)
	for i := 0; i < len(w.words); {
		m, n := l.longestAt(&w, i)
		if n == 0 {
			i++
			continue
		}
		out = append(out, m)
		i += n
	}
	return out
}

// Find implements detectors.Recognizer: it appends the places in t where denied
// values stand.
func (l *List) Find(dst []detectors.Span, t detectors.Text) ([]detectors.Span, error) {
	for _, m := range l.Matches(t.Body) {
		dst = append(dst, detectors.Span{Start: m.Start, End: m.End, Type: m.Type,
			Score: 1, Detector: "corrections", Rule: "corrections: a reader marked this value"})
	}
	return dst, nil
}

// longestAt returns the longest denied value at word i, and how many words it has.
func (l *List) longestAt(w *words, i int) (Match, int) {
	most := 1
	for most < l.longest && i+most < len(w.words) && w.words[i+most].joined {
		most++
	}
	for n := most; n > 0; n-- {
		d := l.digester.sum(w.folded(i, i+n))
		if typ, ok := l.deny[d]; ok {
			return Match{w.words[i].start, w.words[i+n-1].end, typ, d}, n
		}
	}
	for _, ending := range nameEndings {
		stem, ok := bytes.CutSuffix(w.folded(i, i+1), []byte(ending))
		if !ok || len(stem) < shortestStem {
			continue
		}
		d := l.digester.sum(stem)
		if typ, ok := l.deny[d]; ok && typ == detectors.Person {
			return Match{w.words[i].start, w.words[i].end, typ, d}, 1
		}
	}
	return Match{}, 0
}

// nameEndings are the genitive and the diminutives a name is met with: fiens,
// fientje, fieneke.
var nameEndings = [...]string{"s", "tje", "je", "eke", "ke", "ken"}

// shortestStem is the fewest letters of a name that is found behind an ending.
const shortestStem = 4
