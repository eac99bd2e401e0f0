package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRecallFloors holds the figures of the annotated chats that nothing was
// trained on. Floors of cover may only rise, ceilings of over-redaction only
// fall. docs/NAMES.md says what is wanted and what is reached.
func TestRecallFloors(t *testing.T) {
	var stdout, stderr bytes.Buffer
	gold := filepath.Join("..", "..", "testdata", "gold", "dev.jsonl")
	code := run([]string{"eval", "--json", gold}, nil, &stdout, &stderr, func(string) string { return "" })
	require.Zero(t, code)
	type share struct{ Value float64 }
	var got struct {
		All struct {
			Figures []struct {
				Type          string
				Covered       share
				Precision     share
				OverRedaction share `json:"over_redaction"`
			}
		}
	}
	require.NoError(t, json.Unmarshal(stdout.Bytes(), &got))
	floors := map[string]struct{ covered, precision, over float64 }{
		"ALL":    {0.95, 0.94, 0.008},
		"PERSON": {0.97, 0.935, 0.007},
		"LOC":    {0.90, 0.90, 0.002},
		"ORG":    {0.70, 0.85, 0.002},
		"HANDLE": {0.90, 0.90, 0.002},
	}
	seen := 0
	for _, f := range got.All.Figures {
		want, ok := floors[f.Type]
		if !ok {
			continue
		}
		seen++
		assert.GreaterOrEqual(t, f.Covered.Value, want.covered, "%s covered", f.Type)
		assert.GreaterOrEqual(t, f.Precision.Value, want.precision, "%s precision", f.Type)
		assert.LessOrEqual(t, f.OverRedaction.Value, want.over, "%s over-redaction", f.Type)
	}
	assert.Equal(t, len(floors), seen)
}
