package anonymize

import (
	"net/netip"

	"github.com/clbchat/naamloos/anonymize/place"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/placeholder"
)

// A value is what a finding stands for: its canonical form, or the person it
// names.
type value struct {
	canonical string
	person    bool
}

// write returns what stands for a finding. What it returns is never taken for personal data again: it is a placeholder,
// a surrogate that the cast knows, or nothing.
func (k *cast) write(t detectors.EntityType, text string, v value) string {
	r := k.a.rules.byType[t]
	switch r.Operator {
	case OperatorKeep:
		return text
	case OperatorDrop:
		return ""
	case OperatorMask:
		return placeholder.Mask
	case OperatorLabel:
		if r.Label == LabelRole {
			return k.roleLabel(v.canonical)
		}
		return label(t, "")
	case OperatorGeneralise:
		return label(t, k.a.generalise(r, text))
	case OperatorShift:
		return label(t, shifted(text, k.a.rules.chats.number(k.scope+"shift")))
	case OperatorSurrogate:
		if name, ok := k.surrogate(text, v.canonical); ok {
			return name
		}
	}
	if v.person {
		return token(t, k.code(r.Scope, r.people, v.canonical))
	}
	return token(t, k.code(r.Scope, r.values, v.canonical))
}

// label writes what is left of a value behind its type; nothing may be left.
func label(t detectors.EntityType, rest string) string {
	if rest == "" {
		return "[" + string(t) + "]"
	}
	return "[" + string(t) + " " + rest + "]"
}

// generalise returns the coarse form of a value, or "" when it has none.
func (a *Anonymizer) generalise(r *rule, text string) string {
	switch r.typ {
	case detectors.Age:
		return ageBand(text, r.Band)
	case detectors.BirthDate:
		return yearBand(text, r.Band)
	case detectors.IP:
		return a.areaOf(text)
	}
	if p, ok := place.Find(text); ok {
		return p.String()
	}
	return ""
}

// areaOf returns the country and province of an address, as far as known.
func (a *Anonymizer) areaOf(text string) string {
	addr, err := netip.ParseAddr(text)
	if a.locate == nil || err != nil {
		return ""
	}
	g, ok := a.locate.Locate(addr.Unmap())
	switch {
	case !ok || !place.Code(g.Country):
		return ""
	case place.Code(g.Region):
		return g.Region
	}
	return g.Country
}
