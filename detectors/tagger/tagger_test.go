package tagger

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
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
		slot := m.table[slotOf(Row(h), m.slots)*slotSize:][:slotSize]
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
		var s sum
		var got [numLabels]int32
		f := a.appendFeatures(nil, i, Context{Role: Visitor})
		m.add(&s, f)
		if s.scores(&got); got != m.scoreSlowly(f) {
			t.Fatalf("token %d: %v, want %v", i, got, m.scoreSlowly(f))
		}
	}
}

// viterbiSlowly is what viterbi computes, without settling plain tokens early.
func (m *Model) viterbiSlowly(a *Analysis) []Label {
	best := make([][numLabels]int32, len(a.words))
	back := make([][numLabels]Label, len(a.words))
	for i := range best {
		for l := range numLabels {
			if i == 0 {
				best[0][l] = m.trans[numLabels][l] + a.scores[0][l]
				continue
			}
			from := 0
			for k := range numLabels {
				if best[i-1][k]+m.trans[k][l] > best[i-1][from]+m.trans[from][l] {
					from = k
				}
			}
			best[i][l] = best[i-1][from] + m.trans[from][l] + a.scores[i][l]
			back[i][l] = Label(from)
		}
	}
	out := make([]Label, len(best))
	last := Label(0)
	for l, s := range best[len(best)-1] {
		if s > best[len(best)-1][last] {
			last = Label(l)
		}
	}
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = last
		last = back[i][last]
	}
	return out
}

func TestPlainTokensChangeNoLabels(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	var a Analysis
	settled := 0
	for _, line := range devLines(t) {
		a.Reset(line)
		for _, bias := range []int{0, 48} {
			got := slices.Clone(m.Tag(&a, Context{}, bias))
			if len(got) == 0 {
				continue
			}
			if want := m.viterbiSlowly(&a); !slices.Equal(got, want) {
				t.Fatalf("bias %d: %v, want %v", bias, got, want)
			}
			for i := range a.scores {
				if m.plain(&a.scores[i]) {
					settled++
				}
			}
		}
	}
	if settled == 0 {
		t.Error("no token is plain")
	}
}

func TestACapitalBehindATitleLeansToAPerson(t *testing.T) {
	for text, want := range map[string]int32{
		"Dat zei Frau Herbst gestern": titleBonus, "Ik bel mevr. De Wolf": titleBonus, "Zegt meneer Hoop": titleBonus,
		"dat zei frau herbst": 0, "DAT ZEI FRAU HERBST": 0, "Dat zei Frau Direktor": 0, "Meneer Het": 0, "juf\nWiskunde": 0,
	} {
		var a Analysis
		a.Reset(text)
		got := int32(0)
		for i := range a.Tokens {
			got = max(got, a.titled(i))
		}
		if got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestKindsOfOrganisationsAreKnownByWordOrEnding(t *testing.T) {
	for word, want := range map[string]uint8{"garage": 1, "Tuincentrum": 1, "naaischool": 1, "school": 1, "colruyt": 2, "lotte": 0, "club": 1, "huis": 1} {
		var a Analysis
		a.Reset(word)
		if a.words[0].org != want {
			t.Errorf("%s: %d, want %d", word, a.words[0].org, want)
		}
	}
}

// BenchmarkTag reads the chats that were trained on, one message a call.
func BenchmarkTag(b *testing.B) {
	m, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	texts, size := chatTexts(b)
	var a Analysis
	for _, text := range texts { // once, so that nothing grows any more
		a.Reset(text)
		m.Tag(&a, Context{}, 0)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			a.Reset(text)
			m.Tag(&a, Context{}, 0)
		}
	}
}

// chatTexts returns the messages of the training chats, without markup, and how
// many bytes they are.
func chatTexts(t testing.TB) (texts []string, size int) {
	t.Helper()
	files, err := filepath.Glob("../../testdata/train/chats-*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no chats", err)
	}
	markup := regexp.MustCompile(`\[\[[A-Z_]+\|(.*?)\]\]`)
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(markup.ReplaceAllString(string(data), "$1")) {
			if _, text, ok := strings.Cut(line, ": "); ok {
				texts = append(texts, strings.TrimSuffix(text, "\n"))
				size += len(text)
			}
		}
	}
	return texts, size
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
