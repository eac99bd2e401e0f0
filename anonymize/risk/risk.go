// Package risk says how likely it is that someone is still recognised in a
// conversation that was anonymised, and why.
//
// [New] makes an [Assessor], [Assessor.Assess] weighs one conversation: words
// and numbers that are still there and look like a name or an identifier,
// places where the detectors hesitated, and combinations of school, class, age,
// place and a rare event, of which few people have one. Each [Sign] says where
// and why. The risk is 1 less the chance that none of the signs betrays anybody,
// each taken as a chance of its own:
//
//	risk = 1 - (1-w1)(1-w2)...
//
// Words are weighed by the chance the tagger of names itself gave them, scaled to
// annotated chats; the other weights were set by hand. A test holds the signs
// against what leaks (see docs/REVIEW.md): they say well where to look, and weakly
// which conversation to read first. The figure is no probability that holds
// outside such chats. It will miss a person who is described without any of these
// signs.
package risk

import (
	"math"
	"strings"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/tagger"
	"github.com/clbchat/naamloos/transcripts"
)

// Kind is a kind of sign.
type Kind string

// The kinds of signs.
const (
	Name        Kind = "name"        // a word that is still there and may be a name; the tagger did not think so
	Capital     Kind = "capital"     // a capital where the sentence asks for none
	Number      Kind = "number"      // what looks like a number of somebody
	Passed      Kind = "passed"      // looks like personal data, and was not taken for it
	Hesitation  Kind = "hesitation"  // was replaced, but the detector was not sure
	Combination Kind = "combination" // school, class, age, place and event together
)

// Sign is one reason for risk. It holds no text.
type Sign struct {
	Kind    Kind    `json:"kind"`
	Message int     `json:"message,omitempty"` // number from 1; 0: a field, or the whole conversation
	Start   int     `json:"start,omitempty"`   // bytes of the message's text
	End     int     `json:"end,omitempty"`
	Weight  float64 `json:"weight"`          // 0 to 1
	Why     string  `json:"why,omitempty"`   // constant text: the rule of a detector
	Parts   []Part  `json:"parts,omitempty"` // of a combination
}

// Assessment is what is said of one conversation.
type Assessment struct {
	Risk  float64 `json:"risk"` // 0 to 1
	Signs []Sign  `json:"signs,omitempty"`
}

// An Assessor weighs conversations. It is safe for concurrent use.
type Assessor struct {
	set    *detectors.Set
	model  *tagger.Model
	events []eventClass
	plain  map[string]bool
}

// New returns an Assessor.
func New() (*Assessor, error) {
	set, err := detectors.New(detectors.Options{})
	if err != nil {
		return nil, err
	}
	model, err := tagger.Default()
	if err != nil {
		return nil, err
	}
	return &Assessor{set: set, model: model, events: readEvents(), plain: readPlain()}, nil
}

// most is how far the signs of one kind can raise the risk on their own.
var most = map[Kind]float64{Name: 0.95, Capital: 0.6, Number: 0.95, Passed: 0.5, Hesitation: 0.25, Combination: 0.7}

// maxSigns is the most signs that are listed of one conversation.
const maxSigns = 200

// Assess weighs an anonymised conversation. replacements may be nil; p too,
// then every combination counts as rare. An error means that a detector failed
// and nothing can be said.
func (a *Assessor) Assess(c *transcripts.Conversation, replacements [][]anonymize.Replacement, p *Population) (Assessment, error) {
	var signs []Sign
	seen := map[string]bool{}
	d := doubter{model: a.model, plain: a.plain, worst: map[string]Sign{}}
	for i := range c.Messages {
		text := c.Messages[i].Text
		found, err := a.message(text, at(replacements, i), seen)
		if err != nil {
			return Assessment{}, err
		}
		d.read(i+1, text, at(replacements, i))
		for _, s := range found {
			s.Message = i + 1
			signs = append(signs, s)
		}
	}
	for _, text := range fieldTexts(c) {
		found, err := a.message(text, nil, seen)
		if err != nil {
			return Assessment{}, err
		}
		d.read(0, text, nil)
		signs = append(signs, found...)
	}
	signs = append(d.signs(), signs...)
	if s, ok := a.combination(c, p); ok {
		signs = append(signs, s)
	}
	return Assessment{Risk: total(signs), Signs: signs[:min(len(signs), maxSigns)]}, nil
}

// fieldTexts returns what people wrote beside the messages: text of several words.
func fieldTexts(c *transcripts.Conversation) []string {
	var out []string
	add := func(fields []transcripts.Field) {
		for i := range fields {
			if f := &fields[i]; f.Kind == transcripts.FieldText && strings.Contains(strings.TrimSpace(f.Value), " ") {
				out = append(out, f.Value)
			}
		}
	}
	add(c.Fields)
	for i := range c.Participants {
		add(c.Participants[i].Fields)
	}
	for i := range c.Messages {
		add(c.Messages[i].Fields)
	}
	return out
}

// Written reports whether a conversation or record holds anything that people
// wrote, and so anything to weigh.
func Written(c *transcripts.Conversation) bool { return len(c.Messages) > 0 || len(fieldTexts(c)) > 0 }

func at(replacements [][]anonymize.Replacement, i int) []anonymize.Replacement {
	if i < len(replacements) {
		return replacements[i]
	}
	return nil
}

// total is the chance that at least one sign betrays somebody.
func total(signs []Sign) float64 {
	none := map[Kind]float64{}
	for _, s := range signs {
		if _, ok := none[s.Kind]; !ok {
			none[s.Kind] = 1
		}
		none[s.Kind] *= 1 - s.Weight
	}
	safe := 1.0
	for _, k := range []Kind{Name, Capital, Number, Passed, Hesitation, Combination} {
		if n, ok := none[k]; ok {
			safe *= 1 - min(1-n, most[k])
		}
	}
	return math.Round((1-safe)*1000) / 1000
}
