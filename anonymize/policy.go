package anonymize

import (
	"slices"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
)

// An Operator says what becomes of a finding.
type Operator string

// The operators. The zero Operator is OperatorPseudonym.
const (
	OperatorPseudonym  Operator = "pseudonym"  // [PERSON-k7mz4qhd9]: joins equal values within its scope
	OperatorSurrogate  Operator = "surrogate"  // an invented name of the same kind
	OperatorLabel      Operator = "label"      // [PHONE], or by role: [leerkracht 1]
	OperatorMask       Operator = "mask"       // [*****]
	OperatorGeneralise Operator = "generalise" // [AGE 12-14], [LOC BE-VBR]
	OperatorShift      Operator = "shift"      // [DATE_BIRTH ~2011-03-02]: a date nearby
	OperatorKeep       Operator = "keep"       // stays as it is
	OperatorDrop       Operator = "drop"       // goes, nothing takes its place
)

var operators = []Operator{OperatorPseudonym, OperatorSurrogate, OperatorLabel, OperatorMask,
	OperatorGeneralise, OperatorShift, OperatorKeep, OperatorDrop}

// Operators returns all operators in the order of the documentation.
func Operators() []Operator { return slices.Clone(operators) }

// A Scope says how far equal values give equal pseudonyms and surrogates.
type Scope string

// The scopes. The zero Scope is ScopeCorpus.
const (
	ScopeConversation Scope = "conversation" // within one conversation
	ScopePeriod       Scope = "period"       // within one month or quarter
	ScopeCorpus       Scope = "corpus"       // wherever the key is used
)

var scopes = []Scope{ScopeConversation, ScopePeriod, ScopeCorpus}

// Scopes returns all scopes, the narrowest first.
func Scopes() []Scope { return slices.Clone(scopes) }

// A Labelling says what a label tells.
type Labelling string

// The ways of labelling. The zero Labelling is LabelType.
const (
	LabelType Labelling = "type" // [PERSON]
	LabelRole Labelling = "role" // [leerling], [leerkracht 1], [vriend 2]: for PERSON
)

// Rule says what becomes of the findings of one entity type. The zero Rule is a
// pseudonym of the scope corpus.
type Rule struct {
	Operator Operator
	Scope    Scope     // of pseudonym and surrogate
	Label    Labelling // of label
	Band     int       // of generalise: years in a band; 0 means 3 for AGE and 5 for DATE_BIRTH
	MinScore float64   // findings less sure than this stay; 0 hides all
}

// A Treatment says what becomes of a kind of metadata, or of all text. The zero
// Treatment is the default, which [Metadata] gives.
type Treatment string

// The treatments.
const (
	TreatKeep      Treatment = "keep"      // it stays
	TreatScan      Treatment = "scan"      // persons are looked for in it
	TreatRekey     Treatment = "rekey"     // a code that joins equal values
	TreatPseudonym Treatment = "pseudonym" // as the rule of its entity type has it
	TreatDrop      Treatment = "drop"      // it goes
	TreatRelative  Treatment = "relative"  // counted from the beginning of the conversation
	TreatHour      Treatment = "hour"      // rounded down to the hour
	TreatDay       Treatment = "day"       // rounded down to the day
	TreatProvince  Treatment = "province"  // country and province
	TreatCountry   Treatment = "country"   // country only
)

// Metadata says what becomes of what stands beside the messages, and of the
// messages as a whole.
type Metadata struct {
	IDs        Treatment // scan (default), rekey: ids of conversations and records
	Times      Treatment // keep (default), relative, hour, day
	IP         Treatment // drop (default), pseudonym: the address of a participant
	Geo        Treatment // province (default), country, drop
	Fields     Treatment // scan (default), drop: free fields
	Texts      Treatment // scan (default), drop: what was said
	KeyID      Treatment // drop (default), keep: the output names the key, in formats that can
	KeepFields []string  // labels of fields that stay as they are
	DropFields []string  // labels of fields that go
}

// A Deny is a list of words or patterns that are always findings of one type.
type Deny struct {
	Type     detectors.EntityType
	Words    []string // whole words, in upper or lower case
	Patterns []string // RE2, as package regexp has it
}

// Retention says how long conversations may be held.
type Retention struct {
	Days    int       // 0: no limit
	Overdue Overdue   // what anonymising does with a conversation over age
	Expired Treatment // drop (default), day: what becomes of anonymised conversations over age
}

// Overdue says what anonymising does with a conversation over age.
type Overdue string

// What can be done. The zero Overdue is OverdueRefuse.
const (
	OverdueRefuse Overdue = "refuse" // an error, nothing is written
	OverdueSkip   Overdue = "skip"   // it is left out
)

// A Requirement is what a policy cannot do without.
type Requirement string

// The requirements.
const (
	RequireKey          Requirement = "key"          // a key that is kept, not one made for the run
	RequireOrganisation Requirement = "organisation" // the name of the organisation, so that keys are never mixed up
)

// Policy says what becomes of what is found. The zero Policy gives pseudonyms
// of the scope corpus to everything.
type Policy struct {
	Name         string
	Organisation string // keys are derived for it: other organisations get other pseudonyms
	Require      []Requirement
	Strictness   detectors.Strictness
	Language     string      // of role labels: nl (default), fr, de, en
	Period       keys.Length // of the scope period; "" means month
	Default      Rule        // of entity types without a rule
	Rules        map[detectors.EntityType]Rule
	KeepWords    []string
	KeepPatterns []string // RE2: findings that match as a whole stay
	Deny         []Deny
	Metadata     Metadata
	Retention    Retention
}

// Rule returns what becomes of findings of a type.
func (p Policy) Rule(t detectors.EntityType) Rule {
	r, ok := p.Rules[t]
	if !ok {
		r = p.Default
		if !possible(r.Operator, t) {
			r = Rule{Operator: OperatorLabel, MinScore: r.MinScore}
		}
	}
	if r.Operator == "" {
		r.Operator = OperatorPseudonym
	}
	if r.Scope == "" {
		r.Scope = ScopeCorpus
		if r.Operator == OperatorShift {
			r.Scope = ScopeConversation
		}
	}
	if r.Band == 0 {
		r.Band = defaultBand(t)
	}
	return r
}

func defaultBand(t detectors.EntityType) int {
	if t == detectors.BirthDate {
		return 5
	}
	return 3
}

// Uses reports whether any rule has the operator.
func (p Policy) Uses(o Operator) bool {
	return slices.ContainsFunc(detectors.EntityTypes(), func(t detectors.EntityType) bool { return p.Rule(t).Operator == o })
}

// possible reports whether an operator can work on a type.
func possible(o Operator, t detectors.EntityType) bool {
	switch o {
	case OperatorSurrogate:
		return t == detectors.Person
	case OperatorGeneralise:
		return slices.Contains([]detectors.EntityType{detectors.Age, detectors.BirthDate, detectors.Location, detectors.Address, detectors.IP}, t)
	case OperatorShift:
		return t == detectors.BirthDate
	}
	return true
}
