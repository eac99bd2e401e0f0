package transcripts

import (
	"errors"
	"slices"
	"time"
)

// errOverlap is returned when two changes fall on the same bytes of a source.
var errOverlap = errors.New("transcripts: two values stand on the same bytes")

// splice implements source.
func (r *record) splice(c *Conversation) (string, error) {
	return r.spliceAll([]*Conversation{c})
}

// spliceAll returns the record with the values that conversations hold now.
func (r *record) spliceAll(cs []*Conversation) (string, error) {
	edits, err := r.edits(cs)
	if err != nil {
		return "", err
	}
	return Apply(r.raw, edits), nil
}

// edits returns what changed in the record: sorted, disjoint edits of its bytes.
func (r *record) edits(cs []*Conversation) ([]Edit, error) {
	s := splicer{r: r}
	for _, c := range cs {
		c.values(s.visit)
	}
	if s.seen < r.leaves {
		s.blankUnseen(cs)
	}
	var extra []Edit
	if r.extra != nil {
		extra = r.extra(cs[0])
	}
	if s.own == nil && len(extra) == 0 {
		return nil, nil
	}
	return s.write(extra)
}

// splicer gathers the edits of each place of a record.
type splicer struct {
	r    *record
	seen int
	own  [][]Edit // by place, in bytes of its text; nil when nothing changed
}

// visit compares a value of the conversation with its source.
func (s *splicer) visit(v value) {
	if v.ref == 0 {
		return
	}
	s.seen++
	p := &s.r.places[v.ref-1]
	switch {
	case p.time > 0:
		t := s.r.times[p.time-1]
		if !v.at.Equal(t.at) {
			s.put(int32(v.ref-1), whole(p.text, formatTime(v.at, t.layout)))
			s.move(int32(v.ref-1), t.at, v.at)
		}
	case p.text == v.text && len(v.edits) == 0:
	case len(v.edits) > 0 && Apply(p.text, v.edits) == v.text:
		s.put(int32(v.ref-1), slices.Clone(v.edits))
	case p.text != v.text:
		s.put(int32(v.ref-1), whole(p.text, v.text))
	}
}

// move moves the points in time that follow place p, which went from one to
// another.
func (s *splicer) move(p int32, from, to time.Time) {
	for _, f := range s.r.follows {
		if f.of == p {
			at := to
			if !to.IsZero() {
				at = to.Add(f.at.Sub(from))
			}
			s.put(f.place, whole(s.r.places[f.place].text, formatTime(at, f.layout)))
		}
	}
}

// whole returns the edit that replaces all of text.
func whole(text, by string) []Edit { return []Edit{{0, len(text), by}} }

// put adds edits to a place and to the places that repeat it.
func (s *splicer) put(p int32, edits []Edit) {
	if s.own == nil {
		s.own = make([][]Edit, len(s.r.places))
	}
	if len(s.own[p]) > 0 { // two values of conversations stand here
		s.own[p] = unite(s.own[p], edits)
		return
	}
	s.own[p] = append(s.own[p], edits...)
	for _, m := range s.r.mirrors {
		if m.of == p {
			s.own[m.place] = append(s.own[m.place], clip(edits, m.off, len(s.r.places[m.place].text))...)
		}
	}
}

// unite returns edits that cover all that two lists of edits of a text cover.
// Where they overlap, the text of the first stands.
func unite(a, b []Edit) []Edit {
	all := append(slices.Clone(a), b...)
	slices.SortStableFunc(all, func(x, y Edit) int { return x.Start - y.Start })
	out := all[:1]
	for _, e := range all[1:] {
		last := &out[len(out)-1]
		if e.Start < last.End || e.Start == last.Start {
			last.End = max(last.End, e.End)
			continue
		}
		out = append(out, e)
	}
	return out
}

// clip returns edits of a text as edits of its part of n bytes from byte off on.
func clip(edits []Edit, off, n int) []Edit {
	var out []Edit
	for _, e := range edits {
		start, end := max(e.Start-off, 0), min(e.End-off, n)
		if start < end || start == end && e.Start == e.End && e.Start >= off && e.Start <= off+n {
			out = append(out, Edit{start, end, e.Text})
		}
	}
	return out
}

// blankUnseen empties the values that the conversation no longer holds.
func (s *splicer) blankUnseen(cs []*Conversation) {
	held := make([]bool, len(s.r.places))
	for _, c := range cs {
		c.values(func(v value) {
			if v.ref > 0 {
				held[v.ref-1] = true
			}
		})
	}
	for i, p := range s.r.places {
		if p.leaf && !held[i] && p.text != "" {
			s.put(int32(i), whole(p.text, ""))
		}
	}
}

// write lifts the edits of all places, innermost first, to edits of the bytes.
func (s *splicer) write(extra []Edit) ([]Edit, error) {
	if s.own == nil {
		s.own = make([][]Edit, len(s.r.places))
	}
	for i := len(s.r.places) - 1; i > 0; i-- {
		if err := s.lift(int32(i)); err != nil {
			return nil, err
		}
	}
	for _, d := range s.r.derived {
		if err := s.derive(d); err != nil {
			return nil, err
		}
	}
	root := &s.r.places[0]
	edits := append(outside(s.own[0], extra), extra...)
	if !order(edits) {
		return nil, errOverlap
	}
	if root.layer == nil {
		return edits, nil
	}
	return root.layer.lift(s.r.raw, edits), nil
}

// derive makes a place anew whose origin has changed.
func (s *splicer) derive(d derivation) error {
	if len(s.own[d.from]) == 0 {
		return nil
	}
	text := Apply(s.r.places[d.from].text, s.own[d.from])
	s.own[d.to] = whole(s.r.places[d.to].text, d.make(text))
	for p := d.to; p > 0; p = s.r.places[p].parent {
		if err := s.lift(p); err != nil {
			return err
		}
	}
	return nil
}

// lift hands the edits of a place on to its parent.
func (s *splicer) lift(i int32) error {
	edits := s.own[i]
	if len(edits) == 0 {
		return nil
	}
	if !order(edits) {
		return errOverlap
	}
	p := &s.r.places[i]
	if p.layer != nil {
		edits = p.layer.lift(s.r.places[p.parent].text[p.start:p.end], edits)
	}
	for _, e := range edits {
		s.own[p.parent] = append(s.own[p.parent], Edit{e.Start + int(p.start), e.End + int(p.start), e.Text})
	}
	return nil
}

// outside returns the edits that no edit of covers covers.
func outside(edits, covers []Edit) []Edit {
	return slices.DeleteFunc(slices.Clone(edits), func(e Edit) bool {
		return slices.ContainsFunc(covers, func(c Edit) bool { return c.Start <= e.Start && e.End <= c.End })
	})
}

// order sorts edits by start and reports whether they are disjoint.
func order(edits []Edit) bool {
	slices.SortStableFunc(edits, func(a, b Edit) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	for i := 1; i < len(edits); i++ {
		if edits[i].Start < edits[i-1].End {
			return false
		}
	}
	return true
}

// value is one value of a conversation as it is now.
type value struct {
	ref   ref
	text  string
	at    time.Time // of a point in time
	edits []Edit
}

// values calls visit for everything of c that may stand in a source.
func (c *Conversation) values(visit func(value)) {
	visit(value{ref: c.refs.id, text: c.ID})
	visit(value{ref: c.refs.started, at: c.Started})
	visit(value{ref: c.refs.ended, at: c.Ended})
	visit(value{ref: c.refs.topic, text: c.Topic})
	visit(value{ref: c.refs.keyID, text: c.KeyID})
	visitFields(c.Fields, visit)
	for i := range c.Participants {
		p := &c.Participants[i]
		visit(value{ref: p.refs.name, text: p.Name})
		visit(value{ref: p.refs.email, text: p.Email})
		visit(value{ref: p.refs.ip, text: p.IP})
		var g Geo
		if p.Geo != nil {
			g = *p.Geo
		}
		visit(value{ref: p.refs.country, text: g.Country})
		visit(value{ref: p.refs.region, text: g.Region})
		visitFields(p.Fields, visit)
	}
	for i := range c.Messages {
		m := &c.Messages[i]
		visit(value{ref: m.ref, text: m.Text, edits: m.edits})
		visit(value{ref: m.atRef, at: m.At})
		visitFields(m.Fields, visit)
	}
}

func visitFields(fields []Field, visit func(value)) {
	for i := range fields {
		visit(value{ref: fields[i].ref, text: fields[i].Value, edits: fields[i].edits})
	}
}
