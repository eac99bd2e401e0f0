package policy

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors"
)

// Explain tells in words what a policy does, who can link what to what, for how
// long, and how it ends: what a data protection officer signs.
func Explain(w io.Writer, p anonymize.Policy) error {
	e := &explainer{w: w, p: p}
	name := p.Name
	if name == "" {
		name = "(default)"
	}
	e.line("Policy %s", name)
	if p.Organisation != "" {
		e.line("Organisation %s: its keys and no other's.", p.Organisation)
	}
	for _, r := range p.Require {
		e.line("Requires %s.", requirements[r])
	}
	e.line("Strictness %s: %s", strictnesses[p.Strictness], strictnessWords[p.Strictness])
	e.line("")
	e.entities()
	e.line("")
	e.linking()
	e.line("")
	e.metadata()
	e.lists()
	e.line("")
	e.retention()
	return e.err
}

type explainer struct {
	w   io.Writer
	p   anonymize.Policy
	err error
}

func (e *explainer) line(format string, args ...any) {
	if e.err == nil {
		_, e.err = fmt.Fprintf(e.w, format+"\n", args...)
	}
}

var requirements = map[anonymize.Requirement]string{
	anonymize.RequireKey:          "a key that is kept",
	anonymize.RequireOrganisation: "the name of the organisation, in the policy or in the key ring",
}

var strictnessWords = []string{
	detectors.StrictnessHigh:   "in doubt a word goes.",
	detectors.StrictnessMedium: "a word goes when it is more likely personal than not.",
	detectors.StrictnessLow:    "a word stays unless it is clearly personal.",
}

// entities prints a table of what becomes of each entity type.
func (e *explainer) entities() {
	t := tabwriter.NewWriter(e.w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "found\tbecomes\tfor example\tthe same within")
	for _, typ := range detectors.EntityTypes() {
		r := e.p.Rule(typ)
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", typ, what(r), example(typ, r, e.p.Language), within(r, e.p))
	}
	if err := t.Flush(); e.err == nil {
		e.err = err
	}
}

func what(r anonymize.Rule) string {
	s := string(r.Operator)
	if r.Label == anonymize.LabelRole {
		s = "role"
	}
	if r.MinScore > 0 {
		s += fmt.Sprintf(" (score %.2g and up)", r.MinScore)
	}
	return s
}

func example(t detectors.EntityType, r anonymize.Rule, language string) string {
	switch r.Operator {
	case anonymize.OperatorPseudonym:
		return "[" + string(t) + "-k7mz4qhd9]"
	case anonymize.OperatorSurrogate:
		return "Fennelinde Oostervelde"
	case anonymize.OperatorMask:
		return "[*****]"
	case anonymize.OperatorShift:
		return "[" + string(t) + " ~2011-03-02]"
	case anonymize.OperatorGeneralise:
		return general(t, r.Band)
	case anonymize.OperatorKeep:
		return "stays as it is"
	case anonymize.OperatorDrop:
		return "nothing"
	}
	if r.Label == anonymize.LabelRole {
		return roleExamples[language]
	}
	return "[" + string(t) + "]"
}

// roleExamples are role labels by language; without one they are Dutch.
var roleExamples = map[string]string{
	"": "[leerling], [leerkracht 1]", "nl": "[leerling], [leerkracht 1]", "fr": "[élève], [professeur 1]",
	"de": "[Schüler], [Lehrkraft 1]", "en": "[pupil], [teacher 1]",
}

func general(t detectors.EntityType, band int) string {
	switch t {
	case detectors.Age:
		from := 13 - 13%band
		return fmt.Sprintf("[AGE %d-%d]", from, from+band-1)
	case detectors.BirthDate:
		from := 2011 - 2011%band
		return fmt.Sprintf("[DATE_BIRTH %d-%d]", from, from+band-1)
	}
	return "[" + string(t) + " BE-VBR]"
}

func within(r anonymize.Rule, p anonymize.Policy) string {
	switch r.Operator {
	case anonymize.OperatorPseudonym, anonymize.OperatorSurrogate:
		if r.Scope == anonymize.ScopePeriod {
			return "one " + length(p)
		}
		if r.Scope == anonymize.ScopeCorpus {
			return "all that the key makes"
		}
		return "one conversation"
	case anonymize.OperatorShift:
		return "one conversation"
	case anonymize.OperatorLabel:
		if r.Label == anonymize.LabelRole {
			return "one conversation"
		}
	}
	return "-"
}

func length(p anonymize.Policy) string {
	if p.Period == "" {
		return "month"
	}
	return string(p.Period)
}

// linking tells who can link what.
func (e *explainer) linking() {
	var by [3][]string
	for _, t := range detectors.EntityTypes() {
		switch within(e.p.Rule(t), e.p) {
		case "one conversation":
			by[0] = append(by[0], string(t))
		case "one " + length(e.p):
			by[1] = append(by[1], string(t))
		case "all that the key makes":
			by[2] = append(by[2], string(t))
		}
	}
	e.line("Who can link what")
	if len(by[0]) > 0 {
		e.line("- Within one conversation any reader: %s. From one conversation to another nobody, not even with the key.", strings.Join(by[0], ", "))
	}
	if len(by[1]) > 0 {
		e.line("- Within one %s any reader: %s. From one %s to the next only whoever has the key and guesses the value; nobody once the key of the %s is destroyed.",
			length(e.p), strings.Join(by[1], ", "), length(e.p), length(e.p))
	}
	if len(by[2]) > 0 {
		e.line("- Everywhere the key is used any reader: %s. Back to the person only whoever has the key and guesses the value; nobody once the key is destroyed.", strings.Join(by[2], ", "))
	}
	if len(by[0])+len(by[1])+len(by[2]) == 0 {
		e.line("- Nothing in the text: no code is left in it.")
	}
}

// treatments tells what becomes of each kind of metadata. The treatment "" is
// the default.
var treatments = []struct {
	what  string
	have  func(anonymize.Metadata) anonymize.Treatment
	words map[anonymize.Treatment]string
}{
	{"ids of conversations and records", func(m anonymize.Metadata) anonymize.Treatment { return m.IDs }, map[anonymize.Treatment]string{
		"": "searched for persons", anonymize.TreatScan: "searched for persons",
		anonymize.TreatRekey: "replaced by a code that joins equal ones wherever the key is used",
	}},
	{"times", func(m anonymize.Metadata) anonymize.Treatment { return m.Times }, map[anonymize.Treatment]string{
		"": "kept", anonymize.TreatKeep: "kept", anonymize.TreatHour: "rounded down to the hour",
		anonymize.TreatDay: "rounded down to the day", anonymize.TreatRelative: "counted from the beginning of the conversation",
	}},
	{"IP addresses", func(m anonymize.Metadata) anonymize.Treatment { return m.IP }, map[anonymize.Treatment]string{
		"": "gone", anonymize.TreatDrop: "gone",
		anonymize.TreatPseudonym: "as the rule of IP has it, so that repeat sources can be counted; without the key a code cannot be reversed by trying all addresses",
	}},
	{"geography", func(m anonymize.Metadata) anonymize.Treatment { return m.Geo }, map[anonymize.Treatment]string{
		"": "country and province", anonymize.TreatProvince: "country and province", anonymize.TreatCountry: "country only", anonymize.TreatDrop: "none",
	}},
	{"free fields", func(m anonymize.Metadata) anonymize.Treatment { return m.Fields }, map[anonymize.Treatment]string{
		"": "searched for persons like messages", anonymize.TreatScan: "searched for persons like messages", anonymize.TreatDrop: "gone",
	}},
	{"what was said", func(m anonymize.Metadata) anonymize.Treatment { return m.Texts }, map[anonymize.Treatment]string{
		"": "kept, without what is found in it", anonymize.TreatScan: "kept, without what is found in it", anonymize.TreatDrop: "gone, no text is left",
	}},
}

func (e *explainer) metadata() {
	m := e.p.Metadata
	e.line("Beside the text")
	for _, t := range treatments {
		e.line("- %s: %s", t.what, t.words[t.have(m)])
	}
	e.line("- city, coordinates, host names, user agents, secrets: gone")
	if m.KeyID == anonymize.TreatKeep {
		e.line("- JSON lines name the key they were made with: 8 digits that tell nothing of it")
	}
	if len(m.KeepFields) > 0 {
		e.line("- fields that stay unread: %s", strings.Join(m.KeepFields, ", "))
	}
	if len(m.DropFields) > 0 {
		e.line("- fields that go: %s", strings.Join(m.DropFields, ", "))
	}
}

func (e *explainer) lists() {
	if n := len(e.p.KeepWords) + len(e.p.KeepPatterns); n > 0 {
		e.line("- %d words and patterns stay readable although they look personal", n)
	}
	for _, d := range e.p.Deny {
		e.line("- %d words and patterns always go as %s", len(d.Words)+len(d.Patterns), d.Type)
	}
}

func (e *explainer) retention() {
	r := e.p.Retention
	if r.Days == 0 {
		e.line("Held without a limit.")
		return
	}
	e.line("Held for %d days.", r.Days)
	if r.Overdue == anonymize.OverdueSkip {
		e.line("- Older conversations are left out when anonymising, and counted.")
	} else {
		e.line("- Older conversations are refused when anonymising; nothing is written.")
	}
	if r.Expired == anonymize.TreatDay {
		e.line("- 'naamloos expire' leaves anonymised ones with their day only, and without what joins them.")
	} else {
		e.line("- 'naamloos expire' removes anonymised ones.")
	}
}
