package transcripts

import (
	"errors"
	"slices"
	"time"
)

// ref points at a value in the source of a conversation: the number of its
// place, from 1. Zero means that the value was not read from a source.
type ref int32

// conversationRefs and participantRefs say where the named values stand.
type conversationRefs struct{ id, started, ended, topic ref }

type participantRefs struct{ name, email, ip, country, region ref }

// source is what a conversation was read from.
type source interface {
	// format is the name of the format it was read in.
	format() string
	// splice returns the bytes it was read from with the values that c holds now.
	splice(c *Conversation) (string, error)
}

// place is a range of a record, or of another place, and the text it encodes.
// A value that stands several layers deep (HTML in mojibake in a SQL literal)
// is a chain of places.
type place struct {
	parent     int32  // the place whose text holds it; -1 for the whole record
	start, end int32  // range in the text of parent
	time       int32  // number of its point in time, from 1; 0 when it is none
	leaf       bool   // a value of the conversation refers to it
	layer      layer  // how the range is encoded; nil when it is not
	text       string // decoded
}

// record is the source that every engine shares: the raw bytes of one
// conversation, with what stands between it and the one before, and the places
// of its values. It is not changed any more once the conversation is yielded.
type record struct {
	name    string // of the format
	raw     string
	places  []place // place 0 is the whole record; parents stand before children
	times   []timePlace
	leaves  int
	mirrors []mirror
	follows []follower
	derived []derivation
	extra   func(c *Conversation) []Edit // edits of place 0 for what is no value
}

// timePlace remembers the point in time that a place held, and how it is written.
type timePlace struct {
	at     time.Time
	layout string
}

// mirror is a place that repeats the text of a leaf from byte off on.
type mirror struct {
	place, of int32
	off       int
}

// follower is a place that repeats a point in time, in its own layout and with
// its own distance.
type follower struct {
	place, of int32
	timePlace
}

// derivation is a place whose text is a function of the text of another. No
// other value stands in the place to, or in those that hold it but the record.
type derivation struct {
	to, from int32
	make     func(string) string
}

// newRecord returns a record of raw, whose bytes are encoded by l (nil: UTF-8).
// False when raw is not in that encoding.
func newRecord(format, raw string, l layer) (*record, bool) {
	r := &record{name: format, raw: raw}
	text, ok := raw, true
	if l != nil {
		text, ok = l.decode(raw)
	}
	r.places = append(make([]place, 0, 16+len(raw)/72), place{parent: -1, end: int32(len(raw)), layer: l, text: text})
	return r, ok
}

func (r *record) format() string { return r.name }

// text returns the decoded text of a place.
func (r *record) text(p int32) string { return r.places[p].text }

// add adds the place [start, end) of the text of parent, encoded by l (nil: as
// it is). False when the range is not in that encoding; then nothing is added.
func (r *record) add(parent int32, start, end int, l layer) (int32, bool) {
	text := r.places[parent].text[start:end]
	if l != nil {
		var ok bool
		if text, ok = l.decode(text); !ok {
			return 0, false
		}
	}
	r.places = append(r.places, place{parent: parent, start: int32(start), end: int32(end), layer: l, text: text})
	return int32(len(r.places) - 1), true
}

// leaf makes a place the place of a value and returns the reference to it. What
// the conversation no longer holds when it is written is written empty.
func (r *record) leaf(p int32) ref {
	if !r.places[p].leaf {
		r.places[p].leaf = true
		r.leaves++
	}
	return ref(p + 1)
}

// field returns the value at a place as a field.
func (r *record) field(p int32, label string, kind FieldKind, party string) Field {
	return Field{Label: label, Kind: kind, Party: party, Value: r.places[p].text, ref: r.leaf(p)}
}

// time returns the point in time that a place holds. False when it holds none;
// then the place is no leaf yet.
func (r *record) time(p int32) (time.Time, ref, bool) {
	at, layout, ok := parseTime(r.places[p].text)
	if !ok {
		return time.Time{}, 0, false
	}
	return at, r.timeAs(p, at, layout), true
}

// timeAs makes a place that of the point in time at, written in a layout of
// package time, or in one of the layouts that parseTime returns.
func (r *record) timeAs(p int32, at time.Time, layout string) ref {
	r.times = append(r.times, timePlace{at, layout})
	r.places[p].time = int32(len(r.times))
	return r.leaf(p)
}

// mirror makes place p follow the value at of: p repeats its text from byte off
// on and gets the edits made there. False when the texts differ.
func (r *record) mirror(p int32, of ref, off int) bool {
	text, whole := r.places[p].text, r.places[of-1].text
	if off < 0 || off+len(text) > len(whole) || whole[off:off+len(text)] != text {
		return false
	}
	r.mirrors = append(r.mirrors, mirror{p, int32(of - 1), off})
	return true
}

// follow makes the point in time at place p move with the one at of.
func (r *record) follow(p int32, of ref) {
	if at, layout, ok := parseTime(r.places[p].text); ok {
		r.follows = append(r.follows, follower{p, int32(of - 1), timePlace{at, layout}})
	}
}

// derive makes place to follow place from, as f makes it. False when it does
// not at present.
func (r *record) derive(to, from int32, f func(string) string) bool {
	if f(r.places[from].text) != r.places[to].text {
		return false
	}
	r.derived = append(r.derived, derivation{to, from, f})
	return true
}

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
