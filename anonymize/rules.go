package anonymize

import (
	"regexp"
	"slices"
	"sync"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/surrogate"
	"github.com/clbchat/naamloos/detectors"
)

// rules are a policy made ready under a generation of keys. They are safe for
// concurrent use.
type rules struct {
	policy       Policy
	generation   keys.Generation
	corpus       keys.Key // of the generation
	root         keys.Key // of the scopes corpus and conversation: corpus, for the organisation
	byType       map[detectors.EntityType]*rule
	ids          *coder // of ids that are not made of anybody's data, and of file names on disk
	hashes       derived
	files        derived
	chats        *coder // digests conversations, for their scope
	keepWords    map[string]bool
	keepPatterns []*regexp.Regexp
	keepFields   []string
	dropFields   []string
	book         *surrogate.Book // nil when no rule has surrogates
	usesPeriods  bool            // a rule counts in periods
	local        bool            // a rule tells conversations apart
	plays        bool            // persons become surrogates or role labels
	periods      sync.Map        // keys.Period -> map[detectors.EntityType]*coder
}

// rule is the rule of one entity type.
type rule struct {
	Rule
	typ    detectors.EntityType
	values scoped // of values of the type
	people scoped // of who is meant: a user name has the code of its person
}

// scoped makes codes of one kind within one scope. Of the scope period it is
// used only for conversations without a time, whose codes reach no further.
type scoped struct {
	*coder
	kind detectors.EntityType
}

// derived makes codes of ids that are made of somebody's data, such as the hash
// of an address: they reach no further than codes of the data itself.
type derived struct {
	scoped
	scope Scope
}

const kindID = detectors.EntityType("id")

func (r *rules) derived(of Rule) derived {
	scope := of.Scope
	if of.Operator != OperatorPseudonym && of.Operator != OperatorSurrogate {
		scope = ScopeConversation
	}
	return derived{r.scoped(kindID, scope), scope}
}

// newRules makes the rules of a policy that was checked.
func newRules(p Policy, g keys.Generation) (*rules, error) {
	root, err := g.Corpus()
	if err != nil {
		return nil, err
	}
	r := &rules{policy: p, generation: g, corpus: root, root: ofOrganisation(root, p.Organisation),
		byType: map[detectors.EntityType]*rule{}, keepWords: map[string]bool{},
		keepFields: p.Metadata.KeepFields, dropFields: p.Metadata.DropFields}
	r.ids, r.chats = newCoder(r.root, "id"), newCoder(r.root, "conversation")
	r.hashes, r.files = r.derived(p.Rule(detectors.IP)), r.derived(p.Rule(detectors.Person))
	for _, t := range detectors.EntityTypes() {
		of := p.Rule(t)
		r.byType[t] = &rule{of, t, r.scoped(t, of.Scope), r.scoped(detectors.Person, of.Scope)}
	}
	for _, w := range p.KeepWords {
		r.keepWords[foldWords(w)] = true
	}
	for _, pattern := range p.KeepPatterns {
		re, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
		if err != nil {
			return nil, &PolicyError{"keep.patterns", "a pattern does not compile"}
		}
		r.keepPatterns = append(r.keepPatterns, re)
	}
	if p.Uses(OperatorSurrogate) {
		r.book = surrogate.NewBook(r.root)
	}
	r.local = r.hashes.scope != ScopeCorpus || r.files.scope != ScopeCorpus
	for _, rule := range r.byType {
		r.usesPeriods = r.usesPeriods || rule.Scope == ScopePeriod
		r.local = r.local || rule.Scope == ScopeConversation || rule.Scope == ScopePeriod
	}
	r.plays = r.book != nil || r.byType[detectors.Person].Label == LabelRole
	return r, nil
}

// ofOrganisation returns the key of an organisation.
func ofOrganisation(k keys.Key, organisation string) keys.Key {
	if organisation == "" {
		return k
	}
	return k.Derive("organisation", organisation)
}

// scoped returns the coder of a kind within a scope.
func (r *rules) scoped(kind detectors.EntityType, s Scope) scoped {
	if s == ScopeCorpus {
		return scoped{newCoder(r.root, string(kind)), kind}
	}
	return scoped{newCoder(r.root, string(kind), "conversation"), kind}
}

// language returns the language of role labels.
func (r *rules) language() string {
	if r.policy.Language == "" {
		return "nl"
	}
	return r.policy.Language
}

// length returns how long the periods of the policy last.
func (r *rules) length() keys.Length {
	if r.policy.Period == "" {
		return keys.Month
	}
	return r.policy.Period
}

// period returns the coders of a period, one a kind.
func (r *rules) period(p keys.Period) (map[detectors.EntityType]*coder, error) {
	if have, ok := r.periods.Load(p); ok {
		return have.(map[detectors.EntityType]*coder), nil
	}
	ofPeriod, err := r.generation.Period(p)
	if err != nil {
		return nil, err
	}
	defer ofPeriod.Wipe()
	key := ofOrganisation(ofPeriod, r.policy.Organisation)
	defer key.Wipe()
	coders := map[detectors.EntityType]*coder{kindID: newCoder(key, string(kindID), "period")}
	for _, rule := range r.byType {
		if rule.Scope == ScopePeriod {
			for _, kind := range []detectors.EntityType{rule.typ, detectors.Person} {
				coders[kind] = newCoder(key, string(kind), "period")
			}
		}
	}
	have, _ := r.periods.LoadOrStore(p, coders)
	return have.(map[detectors.EntityType]*coder), nil
}

// wipe overwrites the keys that were derived for the rules.
func (r *rules) wipe() {
	if r.policy.Organisation != "" {
		r.root.Wipe()
	}
	for _, c := range []*coder{r.ids, r.chats, r.hashes.coder, r.files.coder} {
		c.wipe()
	}
	for _, of := range r.byType {
		of.values.wipe()
		of.people.wipe()
	}
	r.periods.Range(func(_, coders any) bool {
		for _, c := range coders.(map[detectors.EntityType]*coder) {
			c.wipe()
		}
		return true
	})
}

// kept reports whether a finding stays because of its words.
func (r *rules) kept(text string) bool {
	if len(r.keepWords) > 0 && r.keepWords[foldWords(text)] {
		return true
	}
	return slices.ContainsFunc(r.keepPatterns, func(re *regexp.Regexp) bool { return re.MatchString(text) })
}

// sure drops findings that are too doubtful and those that the policy keeps by
// their words. What is left teaches.
func (r *rules) sure(text string, spans []detectors.Span) []detectors.Span {
	return slices.DeleteFunc(spans, func(sp detectors.Span) bool {
		return sp.Score < r.byType[sp.Type].MinScore || r.kept(text[sp.Start:sp.End])
	})
}

// hidden returns findings without those of types that stay, before overlaps are
// resolved: a type that stays never covers one that goes. spans stays as it is,
// for what stays still teaches.
func (r *rules) hidden(text string, spans []detectors.Span) []detectors.Span {
	stays := func(sp detectors.Span) bool {
		return r.byType[sp.Type].Operator == OperatorKeep || r.kept(text[sp.Start:sp.End])
	}
	if !slices.ContainsFunc(spans, stays) {
		return spans
	}
	return slices.DeleteFunc(slices.Clone(spans), stays)
}
