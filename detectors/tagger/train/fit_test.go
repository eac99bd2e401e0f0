package train

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/clbchat/naamloos/detectors/tagger"
)

const root = "../../../"

func chats(t *testing.T, name string) []Conversation {
	t.Helper()
	f, err := os.Open(filepath.Join(root, "testdata/train", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	convs, err := ReadChats(name, f)
	if err != nil {
		t.Fatal(err)
	}
	return convs
}

// small are the options of a training that takes a second.
func small(t *testing.T) Options {
	t.Helper()
	lists, err := ReadLists(os.DirFS(root + "detectors/lexicon/lists"))
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		Seed: 1, Epochs: 2, Tune: 2, Runs: 1, Rate: 0.12, Drop: 0.1, Forget: 0.15, Cutoff: 3, Filler: lists.Filler(),
		Costs: Costs{Miss: 1.5, MissOther: 1.5, False: 0.3},
		Vary:  Vary{Swap: 0.6, Words: 0.2, Nouns: 0.12, Lower: 0.35},
	}
}

// TestASmallTrainingLearnsAndRepeats trains on 140 chats, twice, and measures
// on 90 others.
func TestASmallTrainingLearnsAndRepeats(t *testing.T) {
	if testing.Short() {
		t.Skip("trains")
	}
	learn, o := chats(t, "chats-nl-a.txt"), small(t)
	first := Fit(learn, o)
	if !bytes.Equal(first, Fit(learn, o)) {
		t.Error("the same texts and seed gave another model")
	}
	m, err := tagger.Load(string(first))
	if err != nil {
		t.Fatal(err)
	}
	tally := NewTally()
	Measure(m, chats(t, "chats-nl-b.txt"), 0, tally)
	covered := float64(tally.Covered["PERSON"]) / float64(tally.Gold["PERSON"])
	right := float64(tally.Right) / float64(tally.Said)
	if covered < 0.85 || right < 0.85 {
		t.Errorf("persons covered %.3f, right %.3f; want 0.85 of both", covered, right)
	}
}

func TestFaultyTextsAreRefusedWithoutQuotingThem(t *testing.T) {
	for _, text := range []string{"=== conv a lang=nl\nvisitor: ik ben [[PERSON|lotte\n", "lotte\n", "=== conv a lang=nl\nvisitor: ]] lotte\n"} {
		_, err := ReadChats("x.txt", bytes.NewReader([]byte(text)))
		if err == nil {
			t.Error("no error")
		} else if bytes.Contains([]byte(err.Error()), []byte("lotte")) {
			t.Error("the error quotes the text")
		}
	}
}

func TestVariedTextsKeepTheirAnnotation(t *testing.T) {
	o := small(t)
	rng := rand.New(rand.NewPCG(5, 0))
	for _, c := range chats(t, "chats-mix-c.txt") {
		v := vary(&c, rng, &o)
		for i, m := range v.Messages {
			at := 0
			for _, s := range m.Spans {
				if s.Start < at || s.End <= s.Start || s.End > len(m.Text) {
					t.Fatalf("conversation %s message %d: span [%d,%d)", c.ID, i+1, s.Start, s.End)
				}
				at = s.End
			}
			if len(m.Spans) > len(c.Messages[i].Spans) {
				t.Fatalf("conversation %s message %d: more spans", c.ID, i+1)
			}
		}
	}
}
