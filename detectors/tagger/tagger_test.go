package tagger

import (
	"strings"
	"testing"
	"unsafe"
)

const chat = "ik ben lotte en mijn juf An zegt dat ik moet stoppen, morgen ga ik naar gent met jef de smet van 3B\n"

func TestTaggingAllocatesNothing(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	var a Analysis
	text := strings.Repeat(chat, 4)
	a.Reset(text)
	m.Tag(&a, Context{}, 0)
	if n := testing.AllocsPerRun(20, func() {
		a.Reset(text)
		m.Tag(&a, Context{Prev: a.ReadPrev("hoe heet je?")}, 0)
	}); n != 0 {
		t.Errorf("%v allocations for a text", n)
	}
}

func TestAModelOfAnotherShapeIsRefused(t *testing.T) {
	for name, data := range map[string]string{
		"empty": "", "no magic": strings.Repeat("x", len(embedded)), "short": embedded[:len(embedded)-8],
		"other version": embedded[:4] + "\x63" + embedded[5:],
	} {
		if _, err := Load(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestPseudonymsAreNeverTagged(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	var a Analysis
	a.Reset("ik ben [PERSON-k7mz4qhd9] en juf [PERSON-bcd234fgh] is mijn juf")
	for i, l := range m.Tag(&a, Context{}, 64) {
		if l != Outside && a.words[i].isPseudo {
			t.Errorf("token %d is labelled %d", i, l)
		}
	}
}

// scoreSlowly is what score computes, without packing labels in words.
func (m *Model) scoreSlowly(features []uint64) (s [numLabels]int32) {
	for _, h := range features {
		slot := m.table[h>>(64-m.bits)*8:][:8]
		if slot[0] != print(Row(h)) {
			continue
		}
		for l := 1; l < numLabels; l++ {
			s[l] += int32(slot[l]) - 128
		}
	}
	return s
}

func TestPackedScoresAreThoseOfTheLabels(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	var a Analysis
	a.Reset(chat)
	for i := range a.Tokens {
		f := a.appendFeatures(nil, i, Context{Role: Visitor})
		if got, want := m.score(f), m.scoreSlowly(f); got != want {
			t.Fatalf("token %d: %v, want %v", i, got, want)
		}
	}
}

func BenchmarkTag(b *testing.B) {
	m, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	var a Analysis
	b.SetBytes(int64(len(chat)))
	b.ReportAllocs()
	for b.Loop() {
		a.Reset(chat)
		m.Tag(&a, Context{}, 0)
	}
}

// BenchmarkLoad is what a process pays before its first text.
func BenchmarkLoad(b *testing.B) {
	b.ReportMetric(float64(len(embedded)), "bytes")
	b.ReportMetric(float64(unsafe.Sizeof(Model{})), "parsed")
	for b.Loop() {
		if _, err := Default(); err != nil {
			b.Fatal(err)
		}
	}
}
