package transcripts

import "strings"

// shortNumber is the least number of digits that a phone number without its
// leading zero has.
const shortNumber = 8

// action returns what is done with the value that comes next.
func (w *jsonWalk) action() *action {
	if r := w.target(); r != nil && r.said {
		return &r.act
	}
	label := w.here()
	if a, ok := w.p.anywhere[label]; ok {
		return &a
	}
	if len(w.frames) > 0 && !w.p.generic && w.frames[len(w.frames)-1].known {
		return &scanAction
	}
	a, ok := w.named[label]
	if !ok {
		a = w.p.byName(label)
		w.named[label] = a
	}
	return a
}

// inner tells whether the tree goes on below a rule.
func (r *rule) inner() bool {
	return r.child != nil || r.item != nil || r.other != nil || r.deep != nil
}

// byName returns what a member holds by its name alone.
func (p *Profile) byName(label string) *action {
	a, ok := namedField(label)
	switch {
	case !ok:
		return &scanAction
	case p.generic:
		return &a
	case a.slot != slotField || a.kind == FieldName && !strings.Contains(normalName(label), "name") || normalName(label) == "name":
		return &scanAction // too weak a hint in a file that is known otherwise
	}
	a.author = false
	return &a
}

// unknownField tells of a member that the profile of a format does not know.
type unknownField struct {
	name string
	at   int
}

func (e *unknownField) Error() string {
	if isMemberName(e.name) {
		return `unknown field "` + e.name + `"`
	}
	return "unknown field"
}
