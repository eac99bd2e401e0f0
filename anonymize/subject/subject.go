// Package subject finds what is held of one person in anonymised conversations.
//
//	s, err := subject.New(subject.Options{Ring: ring, Policy: policy}, values)
//	match := s.Match(conversation)
//
// No originals are needed and none is kept: the pseudonyms of what the person
// says of himself (addresses, numbers, names, nicknames) are computed again
// under every key of the ring, and looked for. [Search.Limits] says what cannot
// be found: what got no pseudonym, what joins nothing beyond one conversation,
// what was made with a key that was destroyed.
//
// It will miss a conversation that names the person only in a way that is not
// among the values: a first name alone is looked for only when it is given.
package subject

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/placeholder"
	"github.com/clbchat/naamloos/transcripts"
)

// Value is one thing that a person says of himself.
type Value struct {
	Type detectors.EntityType
	Text string
}

// Nickname returns the values of a nickname, which systems keep as a name and
// people use as a user name.
func Nickname(text string) []Value {
	return []Value{{detectors.Person, text}, {detectors.Handle, text}}
}

// Name returns the values of a name. A user name that is known to be the
// person's stands under the name too.
func Name(text string) []Value { return Nickname(text) }

// Options say what the conversations were anonymised with.
type Options struct {
	Generations []keys.Generation // all whose output is searched
	Destroyed   []keys.Period     // periods whose keys are gone, to be told of
	Policy      anonymize.Policy
	Until       time.Time // periods up to this one are looked for; zero means now
}

// firstPeriods is the year from which periods are looked for: exports of chats
// are not older.
const firstPeriods = 2000

// ErrNoValue says that nothing was given to look for.
var ErrNoValue = errors.New("subject: nothing to look for")

// A Search looks for one person. It is safe for concurrent use.
type Search struct {
	pseudonyms map[string]detectors.EntityType
	limits     []string
	keyIDs     []string
}

// New computes what stands for values.
func New(o Options, values []Value) (*Search, error) {
	if len(values) == 0 {
		return nil, ErrNoValue
	}
	s := &Search{pseudonyms: map[string]detectors.EntityType{}}
	if len(o.Generations) == 0 {
		s.limit("all keys were destroyed: nothing can be found")
	}
	if o.Until.IsZero() {
		o.Until = time.Now()
	}
	o.Policy.Require = nil
	for _, g := range o.Generations {
		a, err := anonymize.New(anonymize.Options{Generation: g, Policy: o.Policy})
		if err != nil {
			return nil, err
		}
		s.keyIDs = append(s.keyIDs, g.ID())
		if err := s.add(a, o, values); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *Search) limit(format string, args ...any) {
	if l := fmt.Sprintf(format, args...); !slices.Contains(s.limits, l) {
		s.limits = append(s.limits, l)
	}
}

// add computes what stands for values under one generation.
func (s *Search) add(a *anonymize.Anonymizer, o Options, values []Value) error {
	for _, v := range values {
		if !v.Type.Valid() || strings.TrimSpace(v.Text) == "" {
			return ErrNoValue
		}
		switch a.Reach(v.Type) {
		case anonymize.ReachNone:
			s.limit("%s: the policy leaves nothing that reaches beyond one conversation", v.Type)
		case anonymize.ReachCorpus:
			if err := s.note(a, v, keys.Period{}); err != nil {
				return err
			}
		case anonymize.ReachPeriod:
			if err := s.addPeriods(a, o, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// addPeriods computes what stands for a value in every period.
func (s *Search) addPeriods(a *anonymize.Anonymizer, o Options, v Value) error {
	last, ok := keys.PeriodOf(o.Until, a.PeriodLength())
	p, from := keys.PeriodOf(time.Date(firstPeriods, 1, 1, 0, 0, 0, 0, time.UTC), a.PeriodLength())
	if !ok || !from {
		return keys.ErrPeriod
	}
	s.limit("%s: conversations without a date join nothing beyond themselves", v.Type)
	for _, d := range o.Destroyed {
		s.limit("period %s: its key was destroyed", d)
	}
	for ; p.Compare(last) <= 0; p = p.Next() {
		if err := s.note(a, v, p); err != nil && !errors.Is(err, keys.ErrDestroyed) {
			return err
		}
	}
	return nil
}

func (s *Search) note(a *anonymize.Anonymizer, v Value, p keys.Period) error {
	made, err := a.Pseudonyms(v.Type, v.Text, p)
	for _, pseudonym := range made {
		s.pseudonyms[pseudonym] = v.Type
	}
	return err
}

// Limits says what cannot be found, and why.
func (s *Search) Limits() []string { return slices.Clone(s.limits) }

// KeyIDs names the keys that are searched with.
func (s *Search) KeyIDs() []string { return slices.Clone(s.keyIDs) }

// Match is what was found in one conversation. It holds no value.
type Match struct {
	Types []detectors.EntityType // what matched, sorted
	Party bool                   // the person takes part; otherwise he is spoken of
}

// Match looks for the person in a conversation; false when he is not found.
func (s *Search) Match(c *transcripts.Conversation) (Match, bool) {
	m := &Match{}
	s.text(m, c.ID)
	s.text(m, c.Topic)
	s.fields(m, c.Fields)
	for i := range c.Participants {
		p, before := &c.Participants[i], len(m.Types)
		s.text(m, p.Name)
		s.text(m, p.Email)
		s.text(m, p.IP)
		s.fields(m, p.Fields)
		m.Party = m.Party || len(m.Types) > before
	}
	for i := range c.Messages {
		s.text(m, c.Messages[i].Text)
		s.fields(m, c.Messages[i].Fields)
	}
	slices.Sort(m.Types)
	m.Types = slices.Compact(m.Types)
	return *m, len(m.Types) > 0
}

func (s *Search) fields(m *Match, fields []transcripts.Field) {
	for i := range fields {
		s.text(m, fields[i].Value)
	}
}

// text notes the pseudonyms of the person in a text.
func (s *Search) text(m *Match, text string) {
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '[')
		if i < 0 {
			return
		}
		at += i
		end, ok := placeholder.At(text, at)
		if !ok {
			at++
			continue
		}
		if t, ok := s.pseudonyms[text[at:end]]; ok {
			m.Types = append(m.Types, t)
		}
		at = end
	}
}

// In reports whether a pseudonym of the person stands anywhere in data.
func (s *Search) In(data string) bool {
	var m Match
	s.text(&m, data)
	return len(m.Types) > 0
}
