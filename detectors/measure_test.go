package detectors_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/clbchat/naamloos/detectors"
)

// TestMeasure writes what the detectors find in the texts of a JSONL file, for
// scorers that are not part of this repository. It runs only when asked.
func TestMeasure(t *testing.T) {
	in, out := os.Getenv("NAAMLOOS_MEASURE"), os.Getenv("NAAMLOOS_MEASURE_OUT")
	if in == "" {
		t.Skip("NAAMLOOS_MEASURE is not set")
	}
	strict := map[string]detectors.Strictness{"low": detectors.StrictnessLow, "medium": detectors.StrictnessMedium}
	set, err := detectors.New(detectors.Options{Strictness: strict[os.Getenv("NAAMLOOS_MEASURE_STRICTNESS")]})
	if err != nil {
		t.Fatal(err)
	}
	r, err := os.Open(in)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	w, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	type span struct {
		Start int                  `json:"start"`
		End   int                  `json:"end"`
		Type  detectors.EntityType `json:"type"`
		By    string               `json:"detector"`
		Rule  string               `json:"rule"`
	}
	enc := json.NewEncoder(w)
	for sc := bufio.NewScanner(r); sc.Scan(); {
		var line struct {
			ID     json.RawMessage `json:"id"`
			Text   string          `json:"text"`
			Before string          `json:"before"`
		}
		if err := json.Unmarshal(sc.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		found, err := set.Find(nil, detectors.Text{Body: line.Text, Prev: line.Before})
		if err != nil {
			t.Fatal(err)
		}
		spans := []span{}
		for _, f := range found {
			spans = append(spans, span{f.Start, f.End, f.Type, f.Detector, f.Rule})
		}
		if err := enc.Encode(map[string]any{"id": line.ID, "spans": spans}); err != nil {
			t.Fatal(err)
		}
	}
}
