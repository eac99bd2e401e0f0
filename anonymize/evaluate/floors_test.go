package evaluate

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors"
)

// floor is what may not be lost again. OverRedaction and Spread are ceilings.
type floor struct {
	Covered            float64 `json:"covered"`
	Precision          float64 `json:"precision"`
	CleanConversations float64 `json:"clean_conversations"`
	OverRedaction      float64 `json:"over_redaction"`
	Spread             float64 `json:"spread"`
}

func readFloors(t *testing.T) map[string]floor {
	data, err := os.ReadFile(testdata + "gold/floors.json")
	require.NoError(t, err)
	var out map[string]floor
	require.NoError(t, json.Unmarshal(data, &out))
	return out
}

func newAnonymizer(t *testing.T) *anonymize.Anonymizer {
	a, err := anonymize.New(anonymize.Options{})
	require.NoError(t, err)
	return a
}

// The floors may only rise, the ceilings only fall: change floors.json when the
// detection got better, never because it got worse.
func TestDetectionStaysAboveItsFloors(t *testing.T) {
	scores, err := Measure(newAnonymizer(t).Detect, readGold(t, "dev.jsonl"), nil)
	require.NoError(t, err)
	r := scores.Result(nil)
	for name, f := range readFloors(t) {
		if name == "swap" {
			continue
		}
		got := r.Of(detectors.EntityType(name))
		require.Positive(t, got.Gold, name)
		assert.GreaterOrEqual(t, got.Covered.Value, f.Covered, "%s covered", name)
		assert.GreaterOrEqual(t, got.Precision.Value, f.Precision, "%s precision", name)
		assert.GreaterOrEqual(t, got.Clean.Value, f.CleanConversations, "%s clean conversations", name)
		if f.OverRedaction > 0 {
			assert.LessOrEqual(t, got.OverRedaction.Value, f.OverRedaction, "%s over-redaction", name)
		}
		t.Logf("%s: covered %s, precision %s, clean %s, over-redaction %s", name, got.Covered, got.Precision, got.Clean, got.OverRedaction)
	}
}

// Everybody is hidden alike, wherever his name comes from.
func TestNamesOfEveryOriginStayAboveTheFloor(t *testing.T) {
	f := readFloors(t)["swap"]
	require.Positive(t, f.Covered)
	a, chats := newAnonymizer(t), readGold(t, "dev.jsonl")
	low, high := 1.0, 0.0
	for _, origin := range Origins() {
		scores, err := Measure(a.Detect, Swap(chats, origin), nil)
		require.NoError(t, err)
		got := scores.Result(nil).Of(detectors.Person)
		assert.GreaterOrEqual(t, got.Covered.Value, f.Covered, origin)
		low, high = min(low, got.Covered.Value), max(high, got.Covered.Value)
		t.Logf("%s: covered %s", origin, got.Covered)
	}
	assert.LessOrEqual(t, high-low, f.Spread, "spread between origins")
}
