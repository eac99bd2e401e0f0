package transcripts

import (
	"strings"
	"testing"
)

// TestATableOfPseudonymsIsStillATable holds that what stands for the first word
// of a table is not taken for JSON.
func TestATableOfPseudonymsIsStillATable(t *testing.T) {
	rows := strings.Repeat("Gent\tB-LOC\n.\tO\n", 300)
	for _, first := range []string{"Fenna", "[PERSON-k7mz4qhd9]", "[PERSOON_1]"} {
		head := first + "\tB-PER\n" + rows
		if f, ok := Sniff("", []byte(head)); !ok || f.Name != "csv" {
			t.Errorf("a table that begins with %s is read as %q", first, f.Name)
		}
	}
	if f, _ := Sniff("", []byte("[10:12] a: b, c\n[10:13] d: e, f\n[10:14] a: g, h\n")); f.Name != "text" {
		t.Errorf("a transcript is read as %q", f.Name)
	}
}
