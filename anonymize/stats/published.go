package stats

import "strconv"

// Count is a number that may be shown, or Absent.
type Count int64

// Absent is the Count of a cell that is not shown: too few conversations, or
// needed to hide such a cell. In JSON it is null.
const Absent Count = -1

// MarshalJSON writes null for what is absent.
func (c Count) MarshalJSON() ([]byte, error) {
	if c < 0 {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(c), 10), nil
}

// Line is a line of a table. Value "other" gathers the lines of few that are not
// listed by name.
type Line struct {
	Value         string `json:"value"`
	Count         Count  `json:"count"`
	Conversations *Count `json:"conversations,omitempty"` // in how many it occurs, where that is not Count
}

// Lines are a table with one line a value.
type Lines struct {
	Table Table  `json:"table"`
	Unit  string `json:"unit"` // what is counted: conversations, messages, replacements, sources
	Lines []Line `json:"lines"`
}

// Grid is a table with rows and columns.
type Grid struct {
	Table   Table     `json:"table"`
	Unit    string    `json:"unit"`
	Rows    []string  `json:"rows"`
	Columns []string  `json:"columns"`
	Counts  [][]Count `json:"counts"`
}

// Times are quantiles of a time, in seconds, rounded up by at most a tenth.
type Times struct {
	Table  Table `json:"table"`
	Median Count `json:"median_seconds"`
	Ninety Count `json:"ninety_percent_seconds"`
}

// Published is what may be shown of [Stats].
type Published struct {
	Threshold     int     `json:"threshold"`
	Round         int     `json:"round,omitempty"`
	Conversations Count   `json:"conversations"`
	Messages      Count   `json:"messages"`
	Tables        []Lines `json:"tables"`
	Grids         []Grid  `json:"grids"`
	Times         []Times `json:"times"`
	SourcesOneIn  int64   `json:"sources_one_in,omitempty"` // over 1 when sources are estimated from a sample
	Sealed        *Sealed `json:"sealed,omitempty"`         // exact counts, for adding up
}
