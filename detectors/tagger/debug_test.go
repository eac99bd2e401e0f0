package tagger

import (
	"fmt"
	"os"
	"testing"
)

func TestDebug(t *testing.T) {
	data, err := os.ReadFile(os.Getenv("MODEL"))
	if err != nil {
		t.Skip()
	}
	m, _ := Load(string(data))
	var a Analysis
	a.Reset(os.Getenv("T"))
	labels := m.Tag(&a, Context{Role: Visitor}, 0)
	for i := range a.Tokens {
		w := a.words[i]
		fmt.Printf("%-12s lab %d margin %4d  first %d sur %d common %d dutch %v lang %d spelt %d/%d stem %d scores %v\n", a.Key(i), labels[i], a.Margin(i, 1), w.entry.First(), w.entry.Surname(), w.entry.Common(), w.entry.Has(1<<15), w.entry.Language(), w.spelt&7, w.spelt>>3, w.stem, a.scores[i][1:6])
	}
}
