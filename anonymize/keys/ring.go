package keys

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"time"
)

// A Ring holds all keys of one organisation: a generation for each rotation, the
// last of which makes pseudonyms, and the record of what was done to them.
//
// A period's key, a generation, or all can be destroyed: what was made with
// them can then be linked no more, by nobody. Methods that change a ring change
// it in memory only; [Ring.Write] writes it. Like a [Key] it never shows itself.
type Ring struct {
	organisation string
	length       Length
	created      time.Time
	recipients   []string
	generations  []Generation
	events       []Event
}

// Event is one thing that was done to a ring. It holds no secret.
type Event struct {
	At     time.Time `json:"at"`
	What   string    `json:"what"`             // made, rotated, destroyed
	Key    string    `json:"key,omitempty"`    // id of a generation
	Period string    `json:"period,omitempty"` // of a destroyed period
}

// What can be done to a ring.
const (
	EventMade      = "made"
	EventRotated   = "rotated"
	EventDestroyed = "destroyed"
)

// ErrUnknown says that a ring has no such key.
var ErrUnknown = errors.New("keys: the ring has no such key")

// NewRing returns a ring of one generation for an organisation (which may be
// "") with periods of a length.
func NewRing(organisation string, l Length, at time.Time) *Ring {
	r := &Ring{organisation: organisation, length: l, created: at.UTC().Truncate(time.Second)}
	r.add(at, EventMade)
	return r
}

func (r *Ring) add(at time.Time, what string) {
	at = at.UTC().Truncate(time.Second)
	corpus := New()
	r.generations = append(r.generations, Generation{id: corpus.ID(), organisation: r.organisation,
		created: at, corpus: corpus, length: r.length, periods: newTree()})
	r.events = append(r.events, Event{At: at, What: what, Key: corpus.ID()})
}

// Organisation returns whose ring it is; "" when it does not say.
func (r *Ring) Organisation() string { return r.organisation }

// Length returns how long its periods last.
func (r *Ring) Length() Length { return r.length }

// Created returns when the ring was made.
func (r *Ring) Created() time.Time { return r.created }

// Recipients returns whom the ring is encrypted for when it is written.
func (r *Ring) Recipients() []string { return slices.Clone(r.recipients) }

// SetRecipients notes whom the ring is encrypted for.
func (r *Ring) SetRecipients(recipients []string) { r.recipients = slices.Clone(recipients) }

// Events returns what was done to the ring, in order.
func (r *Ring) Events() []Event { return slices.Clone(r.events) }

// Generations returns all generations that were not destroyed, the oldest first.
func (r *Ring) Generations() []Generation {
	return slices.DeleteFunc(slices.Clone(r.generations), func(g Generation) bool { return g.corpus.IsZero() })
}

// Current returns the generation that makes pseudonyms, the last; ErrDestroyed
// when it was destroyed.
func (r *Ring) Current() (Generation, error) {
	g := r.generations[len(r.generations)-1]
	if g.corpus.IsZero() {
		return Generation{}, ErrDestroyed
	}
	return g, nil
}

// Rotate adds a generation. What the older ones have made can still be found.
func (r *Ring) Rotate(at time.Time) { r.add(at, EventRotated) }

// DestroyPeriod destroys the keys of a period in all generations. ErrDestroyed
// when all of them were destroyed before, ErrLength when the ring has periods of
// another length.
func (r *Ring) DestroyPeriod(p Period, at time.Time) error {
	if p.length != r.length {
		return ErrLength
	}
	did := false
	for i, g := range r.generations {
		if leaf, ok := g.periods.leaf(p.index); ok {
			leaf.Wipe()
			r.generations[i].periods = g.periods.without(p.index)
			did = true
		}
	}
	if !did {
		return ErrDestroyed
	}
	r.events = append(r.events, Event{At: at.UTC().Truncate(time.Second), What: EventDestroyed, Period: p.String()})
	return nil
}

// DestroyedPeriods returns the periods whose keys were destroyed, in order.
func (r *Ring) DestroyedPeriods() []Period {
	var out []Period
	for _, e := range r.events {
		if p, err := ParsePeriod(e.Period); err == nil && e.What == EventDestroyed {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, Period.Compare)
	return out
}

// DestroyGeneration destroys all keys of a generation.
func (r *Ring) DestroyGeneration(id string, at time.Time) error {
	i := slices.IndexFunc(r.generations, func(g Generation) bool { return g.id == id })
	if i < 0 {
		return ErrUnknown
	}
	g := &r.generations[i]
	if g.corpus.IsZero() {
		return ErrDestroyed
	}
	g.wipe()
	r.events = append(r.events, Event{At: at.UTC().Truncate(time.Second), What: EventDestroyed, Key: id})
	return nil
}

// wipe overwrites all keys of g.
func (g *Generation) wipe() {
	g.corpus.Wipe()
	for _, seed := range g.periods {
		seed.Wipe()
	}
	g.periods = tree{}
}

// Wipe overwrites all keys of the ring in memory.
func (r *Ring) Wipe() {
	for i := range r.generations {
		r.generations[i].wipe()
	}
}

// Equal reports whether r and o hold the same keys and the same record.
func (r *Ring) Equal(o *Ring) bool {
	return r.organisation == o.organisation && r.length == o.length && r.created.Equal(o.created) && slices.Equal(r.events, o.events) && slices.Equal(r.recipients, o.recipients) &&
		slices.EqualFunc(r.generations, o.generations, func(a, b Generation) bool {
			return a.id == b.id && a.created.Equal(b.created) && a.corpus.Equal(b.corpus) && maps.EqualFunc(a.periods, b.periods, Key.Equal)
		})
}

const hiddenRing = "keys.Ring(hidden)"

// Format hides the keys from every verb of package fmt.
func (Ring) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, hiddenRing) }

// MarshalText hides the keys; JSON and YAML use it too.
func (Ring) MarshalText() ([]byte, error) { return []byte(hiddenRing), nil }

// LogValue hides the keys from log/slog.
func (Ring) LogValue() slog.Value { return slog.StringValue(hiddenRing) }
