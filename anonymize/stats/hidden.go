package stats

import (
	"fmt"
	"io"
	"log/slog"
)

// Exact counts of a few point at people: like keys they never show themselves.

const hidden = "stats(hidden)"

// Format hides the counts from every verb of package fmt.
func (Stats) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, hidden) }

// MarshalText hides the counts; JSON and YAML use it too.
func (Stats) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue hides the counts from log/slog.
func (Stats) LogValue() slog.Value { return slog.StringValue(hidden) }

// Format hides the counts and the keys from every verb of package fmt.
func (*Collector) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, hidden) }

// MarshalText hides the counts and the keys; JSON and YAML use it too.
func (*Collector) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue hides the counts and the keys from log/slog.
func (*Collector) LogValue() slog.Value { return slog.StringValue(hidden) }
