package keys

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"
)

// ErrDestroyed says that a key was destroyed: what was made with it can be
// linked no more, and nothing new can be made.
var ErrDestroyed = errors.New("keys: the key was destroyed")

// ErrLength says that a policy counts in other periods than the ring has keys for.
var ErrLength = errors.New("keys: the ring has keys for periods of another length")

// A Generation is what all pseudonyms of an organisation are made with from one
// rotation to the next: one key for the scopes "corpus" and "conversation", and
// a key for each period. It is not changed once it is made, and safe for
// concurrent use. Like a [Key] it never shows itself.
type Generation struct {
	id           string
	organisation string
	created      time.Time
	corpus       Key    // zero when it was destroyed
	length       Length // of its periods; "" when the period keys are derived from corpus
	periods      tree
}

// Derived returns a generation that has but one key: those of its periods are
// derived from it, of any length, and can be destroyed only together with it.
func Derived(k Key) Generation { return Generation{id: k.ID(), corpus: k} }

// IsZero reports whether g is the zero Generation.
func (g Generation) IsZero() bool { return g.id == "" }

// ID names the generation; it tells nothing of its keys.
func (g Generation) ID() string { return g.id }

// Created returns when the generation was made; zero for a derived one.
func (g Generation) Created() time.Time { return g.created }

// Organisation returns whose keys they are; "" when the ring does not say.
func (g Generation) Organisation() string { return g.organisation }

// Length returns how long its periods last; "" when they may have any length.
func (g Generation) Length() Length { return g.length }

// Corpus returns the key of the scopes "corpus" and "conversation".
func (g Generation) Corpus() (Key, error) {
	if g.corpus.IsZero() {
		return Key{}, ErrDestroyed
	}
	return g.corpus, nil
}

// Period returns the key of a period.
func (g Generation) Period(p Period) (Key, error) {
	switch {
	case g.length == "" && !g.corpus.IsZero():
		return g.corpus.Derive("period", p.String()), nil
	case g.length == "":
		return Key{}, ErrDestroyed
	case g.length != p.length:
		return Key{}, ErrLength
	}
	leaf, ok := g.periods.leaf(p.index)
	if !ok {
		return Key{}, ErrDestroyed
	}
	defer leaf.Wipe()
	return leaf.Derive("period", p.String()), nil
}

// Format hides the keys from every verb of package fmt.
func (Generation) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, hiddenGeneration) }

// MarshalText hides the keys; JSON and YAML use it too.
func (Generation) MarshalText() ([]byte, error) { return []byte(hiddenGeneration), nil }

// LogValue hides the keys from log/slog.
func (Generation) LogValue() slog.Value { return slog.StringValue(hiddenGeneration) }

const hiddenGeneration = "keys.Generation(hidden)"
