package tagger

import (
	"os"
	"strings"
	"testing"
)

// devLines returns the lines of the measuring chats.
func devLines(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("../../testdata/gold/dev.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(data), "\n")
}

// another returns a model with other weights.
func another(t *testing.T) *Model {
	t.Helper()
	data := []byte(embedded)
	for i := headSize + 1; i < len(data); i += 3 {
		data[i] ^= 0x15
	}
	m, err := Load(string(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestWhatIsRememberedChangesNoScore(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	other := another(t)
	var a Analysis
	for _, line := range devLines(t) {
		for _, c := range []Context{{Role: Visitor}, {Role: Staff}} {
			for _, m := range []*Model{m, other, m} {
				a.Reset(line)
				m.Tag(&a, c, 0)
				for i := range a.Tokens {
					want := m.scoreSlowly(a.appendFeatures(nil, i, c))
					want[PersonBegin] += a.titled(i)
					if a.endsSentence(i) {
						want[PersonInside] = never
					}
					if !a.words[i].isPseudo && a.scores[i] != want {
						t.Fatalf("token %d: %v, want %v", i, a.scores[i], want)
					}
				}
			}
		}
	}
}

func TestWhatIsRememberedIsWhatANewAnalysisReads(t *testing.T) {
	var old Analysis
	for range 2 {
		for _, line := range devLines(t) {
			var a Analysis
			a.Reset(line)
			old.Reset(line)
			for i := range a.words {
				if old.words[i] != a.words[i] {
					t.Fatalf("token %d: %v, want %v", i, old.words[i], a.words[i])
				}
			}
		}
	}
}

func TestAWordIsForgottenInOneReadingOnly(t *testing.T) {
	var a Analysis
	for range 2 {
		a.Reset("ik ben lotte")
		e := a.Entry(2)
		if e.First() == 0 {
			t.Fatal("the list does not know the name")
		}
		a.Forget(2)
		if a.Entry(2).First() != 0 {
			t.Fatal("the name is not forgotten")
		}
	}
	a.Reset("dag lotte")
	if a.Entry(1).First() == 0 {
		t.Error("the name is forgotten in another text")
	}
}

func TestWhatWasKnownIsNotRemembered(t *testing.T) {
	var a Analysis
	a.Reset("ik ben lotte")
	a.Know(2, KnownPerson)
	a.Reset("dag")
	a.Reset("ik ben lotte")
	if a.Known(2) != Unknown {
		t.Error("still known")
	}
}
