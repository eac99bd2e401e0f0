package namebook

import (
	"strings"
	"testing"

	"github.com/clbchat/naamloos/detectors/tagger"
)

// marked returns text with the names that are sure between < and >, and words
// that only the context can tell between ( and ).
func marked(b *Book, text string) string {
	var a tagger.Analysis
	a.Reset(text)
	sure, _ := b.Mark(nil, &a)
	open, shut := map[int]string{}, map[int]string{}
	for _, s := range sure {
		open[s.First], shut[s.Last] = "<", ">"
	}
	inside := make([]bool, len(a.Tokens))
	for _, s := range sure {
		for i := s.First; i <= s.Last; i++ {
			inside[i] = true
		}
	}
	for i := range a.Tokens {
		if b.look(&a, i) == tagger.KnownWeak && !inside[i] {
			open[i], shut[i] = "(", ")"
		}
	}
	var out strings.Builder
	at := 0
	for i, t := range a.Tokens {
		out.WriteString(text[at:t.Start] + open[i] + text[t.Start:t.End] + shut[i])
		at = t.End
	}
	return out.String() + text[at:]
}

func TestNamesOfAConversationAreFoundInTheirForms(t *testing.T) {
	names := []string{"Sofie De Wolf", "jolien", "Otto", "roos", "Yasmine El Amrani", "Grzegorz", "lotte"}
	b := New(names)
	for _, c := range []string{
		"<sofie> zei niets",
		"<SOFIE>!!",
		"dat is <sofies> fiets en <jolien's> jas",
		"<sofieke> en <sofietje> en <jolientje>",
		"<jolieeeen> waar ben je",
		"<lotteke> komt niet, een lotje wel",
		"<Sofie De Wolf> belde",
		"<yasmin> of <yasmne>, <amrani> dus",
		"<grzegroz> is boos",
		"in bottrop woont een ottoman",
		"een (roos) krijgen",
		"de (wolf) in het bos",
	} {
		text := strings.NewReplacer("<", "", ">", "", "(", "", ")", "").Replace(c)
		if got := marked(b, text); got != c {
			t.Errorf("got %s, want %s", got, c)
		}
	}
}

func TestOneSlip(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"sofie", "sofie", true}, {"sofie", "soife", true}, {"sofie", "sofe", true}, {"sofie", "soffie", true},
		{"sofie", "sopie", true}, {"sofie", "tofie", false}, {"sofie", "sopia", false}, {"sofie", "sofieke", false},
	} {
		if oneSlip([]byte(c.a), []byte(c.b)) != c.want || oneSlip([]byte(c.b), []byte(c.a)) != c.want {
			t.Errorf("%s, %s: want %v", c.a, c.b, c.want)
		}
	}
}

func TestAnEmptyBookKnowsNothing(t *testing.T) {
	var a tagger.Analysis
	a.Reset("ik ben lotte")
	if sure, any := New(nil).Mark(nil, &a); any || len(sure) > 0 {
		t.Error("something is known")
	}
}

func FuzzMark(f *testing.F) {
	f.Add("sofie de wolf", "sofieke de wolf \xff jolieeeen")
	f.Fuzz(func(t *testing.T, name, text string) {
		var a tagger.Analysis
		a.Reset(text)
		sure, _ := New([]string{name}).Mark(nil, &a)
		last := -1
		for _, s := range sure {
			if s.First <= last || s.Last < s.First || s.Last >= len(a.Tokens) {
				t.Fatalf("span %v after %d of %d tokens", s, last, len(a.Tokens))
			}
			last = s.Last
		}
	})
}

func BenchmarkNew(b *testing.B) {
	var names []string
	for i := range 300 {
		names = append(names, "Naam"+strings.Repeat(string(rune('a'+i%26)), 1+i%3)+string(rune('a'+i/26))+"lien")
	}
	for b.Loop() {
		New(names)
	}
}
