package anonymize

import (
	"slices"

	"github.com/clbchat/naamloos/anonymize/identity"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
)

// A Reach says how far the pseudonyms of a type can be found again.
type Reach uint8

// The reaches.
const (
	ReachNone   Reach = iota // the type gets no pseudonym, or one that holds within a conversation
	ReachPeriod              // within a period, as long as its key is there
	ReachCorpus              // wherever the key was used
)

// Reach returns how far the pseudonyms of a type can be found again.
func (a *Anonymizer) Reach(t detectors.EntityType) Reach {
	r := a.rules.byType[t]
	switch {
	case r.Operator != OperatorPseudonym || r.Scope == ScopeConversation:
		return ReachNone
	case r.Scope == ScopePeriod:
		return ReachPeriod
	}
	return ReachCorpus
}

// Pseudonyms returns all that may stand for a value of a type that is looked
// for: as itself, and for a name or user name as the person it names. period
// counts for a type that reaches one period; the error is [keys.ErrDestroyed]
// when its key is gone.
func (a *Anonymizer) Pseudonyms(t detectors.EntityType, text string, period keys.Period) ([]string, error) {
	r := a.rules.byType[t]
	values, people := r.values.coder, r.people.coder
	switch a.Reach(t) {
	case ReachNone:
		return nil, nil
	case ReachPeriod:
		coders, err := a.rules.period(period)
		if err != nil {
			return nil, err
		}
		values, people = coders[t], coders[detectors.Person]
	}
	out := []string{token(t, values.code(canonical(t, text)))}
	if t == detectors.Person || t == detectors.Handle {
		var nobody *identity.Graph
		who, _ := nobody.Canonical(detectors.Person, text)
		out = append(out, token(t, people.code(who)))
	}
	return slices.Compact(out), nil
}

// PeriodLength returns how long the periods last that the policy counts in.
func (a *Anonymizer) PeriodLength() keys.Length { return a.rules.length() }
