package transcripts

// target returns the rule of the value that comes next, nil for none.
func (w *jsonWalk) target() *rule {
	if len(w.frames) == 0 && w.nested {
		return w.root
	}
	if len(w.frames) == 0 {
		if w.p.stream && w.p.tree.item != nil {
			return w.p.tree.item
		}
		return w.p.tree
	}
	f := &w.frames[len(w.frames)-1]
	if !f.array {
		return f.next
	}
	if f.rule != nil && f.rule.item != nil {
		return f.rule.item
	}
	if f.rule != nil && f.rule.act.scope == scopeNone && f.join == 0 {
		return f.rule // what is said of an array of strings holds for the strings
	}
	return nil
}

// key looks the name of a member up.
func (w *jsonWalk) key(t jsonToken) error {
	f := &w.frames[len(w.frames)-1]
	f.label = w.label(w.buf[t.start:t.end])
	f.next, f.known = f.find(f.label)
	if _, ok := w.p.anywhere[f.label]; ok {
		f.known = true
	}
	if f.known {
		return nil
	}
	if w.strict && !w.p.generic {
		return &unknownField{name: f.label, at: t.start}
	}
	if !isMemberName(f.label) {
		w.note(opName, &scanAction, t.start, t.end)
	}
	return nil
}

// label returns the decoded name of a member, always the same string for it.
func (w *jsonWalk) label(raw []byte) string {
	if s, ok := w.labels[string(raw)]; ok {
		return s
	}
	s, _ := (&jsonString{}).decode(string(raw))
	if len(w.labels) < 10_000 {
		w.labels[string(raw)] = s
	}
	return s
}

// find returns the rule of a member, and whether the profile knows it. Below a
// value of which the tree has no more to say, the same holds for all.
func (f *jsonPath) find(name string) (*rule, bool) {
	if f.rule != nil && f.rule.act.scope == scopeNone && !f.rule.inner() && f.deep == nil && f.rule.said {
		return f.rule, true
	}
	for _, r := range []*rule{f.rule, f.deep} {
		if r != nil && r.child[name] != nil {
			return r.child[name], true
		}
	}
	for _, r := range []*rule{f.rule, f.deep} {
		if r != nil && r.other != nil {
			return r.other, true
		}
	}
	return nil, false
}

// here returns the label of the value that comes next.
func (w *jsonWalk) here() string {
	if len(w.frames) == 0 {
		return ""
	}
	return w.frames[len(w.frames)-1].label
}

// ofPerson tells whether the name of a member makes its number a person's: an age.
func (w *jsonWalk) ofPerson(label string) bool {
	yes, ok := w.persons[label]
	if !ok {
		yes = answerKind(label) != FieldText
		w.persons[label] = yes
	}
	return yes
}
