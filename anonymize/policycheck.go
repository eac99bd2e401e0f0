package anonymize

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
)

// A PolicyError says which field of a policy is wrong, and how. Fields are
// named as in a policy file: "entities.PHONE.operator".
type PolicyError struct{ Field, Fault string }

// Error implements error.
func (e *PolicyError) Error() string { return "anonymize: policy: " + e.Field + ": " + e.Fault }

// Check returns a *PolicyError for the first thing that is wrong with p.
func (p Policy) Check() error {
	if err := checkRule("default", "", p.Default); err != nil {
		return err
	}
	for _, t := range slices.Sorted(maps.Keys(p.Rules)) {
		if !t.Valid() {
			return &PolicyError{"entities." + string(t), "there is no such entity type"}
		}
		if err := checkRule("entities."+string(t), t, p.Rules[t]); err != nil {
			return err
		}
	}
	if err := p.checkWords(); err != nil {
		return err
	}
	if err := p.checkLists(); err != nil {
		return err
	}
	return p.Metadata.check()
}

// fit makes the policy that of the keys' organisation and periods, and refuses
// keys of another organisation or of periods of another length.
func (p *Policy) fit(g keys.Generation) error {
	switch {
	case g.IsZero():
		return nil
	case p.Organisation == "":
		p.Organisation = g.Organisation()
	case g.Organisation() != "" && p.Organisation != g.Organisation():
		return &PolicyError{"organisation", "the key ring belongs to another organisation"}
	}
	switch {
	case p.Period == "":
		p.Period = g.Length()
	case g.Length() != "" && p.Period != g.Length():
		return &PolicyError{"period", fmt.Sprintf("the key ring has keys for each %s, the policy counts in each %s", g.Length(), p.Period)}
	}
	return nil
}

// checkRule checks the rule at a field; t is "" for the default.
func checkRule(field string, t detectors.EntityType, r Rule) error {
	switch {
	case r.Operator != "" && !slices.Contains(operators, r.Operator):
		return &PolicyError{field + ".operator", fmt.Sprintf("no operator %q; there are %s", r.Operator, list(operators))}
	case t != "" && !possible(r.Operator, t):
		return &PolicyError{field + ".operator", fmt.Sprintf("%s cannot be done to %s", r.Operator, t)}
	case r.Scope != "" && !slices.Contains(scopes, r.Scope):
		return &PolicyError{field + ".scope", fmt.Sprintf("no scope %q; there are %s", r.Scope, list(scopes))}
	case r.Scope != "" && r.Scope != ScopeConversation && (r.Operator == OperatorShift || r.Label == LabelRole):
		return &PolicyError{field + ".scope", "shifted dates and role labels hold within a conversation only"}
	case r.Scope != "" && slices.Contains([]Operator{OperatorMask, OperatorGeneralise, OperatorKeep, OperatorDrop}, r.Operator):
		return &PolicyError{field + ".scope", fmt.Sprintf("%s has no scope: it tells no value from another", r.Operator)}
	case r.Label != "" && r.Label != LabelType && r.Label != LabelRole:
		return &PolicyError{field + ".label", fmt.Sprintf("no labelling %q; there are type, role", r.Label)}
	case r.Label == LabelRole && (r.Operator != OperatorLabel || t != detectors.Person):
		return &PolicyError{field + ".label", "role is for the operator label of PERSON"}
	case r.Band < 0 || r.Band > 50:
		return &PolicyError{field + ".band", "a band has 1 to 50 years"}
	case r.Band != 0 && r.Operator != OperatorGeneralise:
		return &PolicyError{field + ".band", "only generalise has bands"}
	case !(r.MinScore >= 0 && r.MinScore <= 1):
		return &PolicyError{field + ".min_score", "a score is between 0 and 1"}
	}
	return nil
}

func (p Policy) checkWords() error {
	switch {
	case !slices.Contains([]string{"", "nl", "fr", "de", "en"}, p.Language):
		return &PolicyError{"language", "labels are written in nl, fr, de or en"}
	case p.Period != "" && !p.Period.Valid():
		return &PolicyError{"period", "a period is a month or a quarter"}
	case p.Strictness > detectors.StrictnessLow:
		return &PolicyError{"strictness", "there are high, medium, low"}
	case p.Retention.Days < 0:
		return &PolicyError{"retention.days", "a number of days is not negative"}
	case !slices.Contains([]Overdue{"", OverdueRefuse, OverdueSkip}, p.Retention.Overdue):
		return &PolicyError{"retention.overdue", "there are refuse, skip"}
	case !slices.Contains([]Treatment{"", TreatDrop, TreatDay}, p.Retention.Expired):
		return &PolicyError{"retention.expired", "there are drop, day"}
	}
	for _, r := range p.Require {
		if r != RequireKey && r != RequireOrganisation {
			return &PolicyError{"require", "there are key, organisation"}
		}
	}
	return nil
}

func (p Policy) checkLists() error {
	for i, pattern := range p.KeepPatterns {
		if err := checkPattern(pattern); err != nil {
			return &PolicyError{fmt.Sprintf("keep.patterns[%d]", i), err.Error()}
		}
	}
	for i, w := range p.KeepWords {
		if strings.TrimSpace(w) == "" {
			return &PolicyError{fmt.Sprintf("keep.words[%d]", i), "the word is empty"}
		}
	}
	for i, d := range p.Deny {
		field := fmt.Sprintf("deny[%d]", i)
		if !d.Type.Valid() {
			return &PolicyError{field + ".type", fmt.Sprintf("there is no entity type %q", d.Type)}
		}
		for k, w := range d.Words {
			if strings.TrimSpace(w) == "" {
				return &PolicyError{fmt.Sprintf("%s.words[%d]", field, k), "the word is empty"}
			}
		}
		for k, pattern := range d.Patterns {
			if err := checkPattern(pattern); err != nil {
				return &PolicyError{fmt.Sprintf("%s.patterns[%d]", field, k), err.Error()}
			}
		}
	}
	return nil
}

// checkPattern refuses patterns that do not compile and those that match nothing at all.
func checkPattern(pattern string) error {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return err // quotes the policy, which is no transcript
	}
	if re.MatchString("") {
		return fmt.Errorf("the pattern matches an empty text")
	}
	return nil
}

// check returns an error for a treatment that its kind of metadata cannot have.
func (m Metadata) check() error {
	for _, c := range []struct {
		field string
		have  Treatment
		can   []Treatment
	}{
		{"ids", m.IDs, []Treatment{TreatScan, TreatRekey}},
		{"times", m.Times, []Treatment{TreatKeep, TreatRelative, TreatHour, TreatDay}},
		{"ip", m.IP, []Treatment{TreatDrop, TreatPseudonym}},
		{"geo", m.Geo, []Treatment{TreatProvince, TreatCountry, TreatDrop}},
		{"fields", m.Fields, []Treatment{TreatScan, TreatDrop}},
		{"texts", m.Texts, []Treatment{TreatScan, TreatDrop}},
		{"key_id", m.KeyID, []Treatment{TreatDrop, TreatKeep}},
	} {
		if c.have != "" && !slices.Contains(c.can, c.have) {
			return &PolicyError{"metadata." + c.field, fmt.Sprintf("%q cannot be done; there are %s", c.have, list(c.can))}
		}
	}
	return nil
}

func list[T ~string](all []T) string {
	var b strings.Builder
	for i, v := range all {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(v))
	}
	return b.String()
}
