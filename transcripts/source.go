package transcripts

import (
	"time"
)

// ref points at a value in the source of a conversation: the number of its
// place, from 1. Zero means that the value was not read from a source.
type ref int32

// conversationRefs and participantRefs say where the named values stand.
type conversationRefs struct{ id, started, ended, topic, keyID ref }

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

// field returns the value at a place as a field, of the kind that is declared if
// its text allows it.
func (r *record) field(p int32, label string, kind FieldKind, party string) Field {
	return Field{Label: label, Kind: fitting(kind, r.places[p].text), Party: party, Value: r.places[p].text, ref: r.leaf(p)}
}

// time returns the point in time that a place holds. False when it holds none;
// then the place is no leaf yet.
func (r *record) time(p int32) (time.Time, ref, bool) {
	text := r.places[p].text
	if n := len(r.times); n > 0 && len(text) >= len("2006-01-02") {
		layout := r.times[n-1].layout // most times of a file are written alike
		if at, ok := parseAs(layout, text); ok {
			return at, r.timeAs(p, at, layout), true
		}
	}
	at, layout, ok := parseTime(text)
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
