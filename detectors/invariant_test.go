package detectors_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors"
)

// checkSpans fails when the structured spans of text are not valid, disjoint
// and sorted, or when a second look finds something else.
func checkSpans(t *testing.T, set *detectors.Set, text detectors.Text) {
	t.Helper()
	spans, err := set.Find(nil, text)
	if err != nil {
		t.Fatal(err)
	}
	end := 0
	for _, s := range spans {
		switch {
		case s.Start < end || s.End <= s.Start || s.End > len(text.Body):
			t.Errorf("span %d-%d of %s lies wrong", s.Start, s.End, s.Type)
			return
		case !boundary(text.Body, s.Start) || !boundary(text.Body, s.End):
			t.Errorf("span %d-%d of %s cuts a character", s.Start, s.End, s.Type)
		case !s.Type.Valid() || s.Score <= 0 || s.Score > 1 || s.Rule == "" || s.Detector == "":
			t.Errorf("a %s by %q of %q with score %v", s.Type, s.Rule, s.Detector, s.Score)
		}
		end = s.End
	}
	again, err := set.Find(nil, text)
	if err != nil || !slices.Equal(spans, again) {
		t.Error("a second look finds something else")
	}
}

// boundary reports whether no character of text lies across byte i; bytes that
// are not UTF-8 are characters of their own.
func boundary(text string, i int) bool {
	for k := i - 1; k >= 0 && k > i-utf8.UTFMax; k-- {
		if r, n := utf8.DecodeRuneInString(text[k:]); r != utf8.RuneError || n > 1 {
			return k+n <= i
		}
	}
	return true
}

// invariantTexts are all texts of the case files, the vectors and the chats.
func invariantTexts(t testing.TB) []string {
	t.Helper()
	var texts []string
	for _, d := range detectors.All() {
		for _, c := range readCases(t, d.Name) {
			texts = append(texts, c.text)
		}
	}
	return append(texts, chatLines(t, chatFiles...)...)
}

func TestSpansAreValidDisjointAndSorted(t *testing.T) {
	set := structured(t)
	prev := ""
	for _, text := range invariantTexts(t) {
		checkSpans(t, set, detectors.Text{Body: text, Prev: prev})
		prev = text
	}
}

func TestWhatReplacesASpanIsNotFoundAgain(t *testing.T) {
	set := structured(t)
	for _, text := range invariantTexts(t) {
		spans, err := set.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		out := replaced(text, spans)
		again, err := set.Find(nil, detectors.Text{Body: out})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range again {
			if strings.ContainsAny(out[s.Start:s.End], "[]") {
				t.Errorf("a pseudonym is found as %s by %q", s.Type, s.Rule)
			}
		}
	}
}

func TestTheQuickLookHidesNothing(t *testing.T) {
	set := structured(t)
	for _, text := range invariantTexts(t) {
		quick, err := set.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		slow, err := set.FindJoined(nil, detectors.Text{Body: text}) // looks at every text
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(quick, slow) {
			t.Errorf("%q: %v, without the quick look %v", text, quick, slow)
		}
	}
}

// replaced puts a pseudonym for every span.
func replaced(text string, spans []detectors.Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.Start] + "[" + string(s.Type) + "-k7mz4qhd9]")
		at = s.End
	}
	return b.String() + text[at:]
}

func TestEveryDetectorAloneFindsWhatTheSetHides(t *testing.T) {
	set := structured(t)
	for _, text := range invariantTexts(t)[:1500] {
		all, err := set.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range detectors.All() {
			if d.Name == "names" {
				continue
			}
			one, err := d.Find(nil, detectors.Text{Body: text})
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range one {
				if hidden, n := covered(text, s.Start, s.End, all); hidden < n {
					t.Errorf("the set uncovers a %s of %s", s.Type, d.Name)
				}
			}
		}
	}
}

func TestExplainFindsTheSameAndSaysNothingOfTheText(t *testing.T) {
	set := structured(t)
	near := 0
	for _, text := range invariantTexts(t)[:3000] {
		want, err := set.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		got, misses, err := set.Explain(detectors.Text{Body: text})
		if err != nil || !slices.Equal(want, got) {
			t.Fatal("Explain finds something else")
		}
		for _, m := range misses {
			near++
			if m.Start < 0 || m.End > len(text) || m.Start >= m.End || m.Rule == "" || m.Why == "" || m.Detector == "" {
				t.Errorf("near miss %d-%d of %q", m.Start, m.End, m.Detector)
			}
		}
	}
	if near == 0 {
		t.Error("nothing was nearly found")
	}
}

func TestStrictnessHidesMoreNeverLess(t *testing.T) {
	var sets []*detectors.Set
	for _, s := range []detectors.Strictness{detectors.StrictnessLow, detectors.StrictnessMedium, detectors.StrictnessHigh} {
		set, err := detectors.NewStructured(detectors.Options{Strictness: s})
		if err != nil {
			t.Fatal(err)
		}
		sets = append(sets, set)
	}
	fewer := 0
	for _, text := range invariantTexts(t) {
		var below []detectors.Span
		for i, set := range sets {
			spans, err := set.Find(nil, detectors.Text{Body: text})
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range below {
				if hidden, n := covered(text, s.Start, s.End, spans); hidden < n {
					t.Errorf("strictness uncovers a %s found by %q", s.Type, s.Rule)
				}
			}
			if i > 0 && len(spans) > len(below) {
				fewer++
			}
			below = spans
		}
	}
	if fewer == 0 {
		t.Error("strictness makes no difference")
	}
}

func TestStrictnessThatDoesNotExistIsRefused(t *testing.T) {
	if _, err := detectors.New(detectors.Options{Strictness: 7}); err == nil {
		t.Error("a strictness that does not exist is taken")
	}
	if _, err := detectors.New(detectors.Options{Keep: []string{"awel", " "}}); err == nil || !strings.Contains(err.Error(), "Keep[1]") {
		t.Error("an empty entry to keep is taken")
	}
}

func TestWhatAUserKeepsStaysReadable(t *testing.T) {
	set, err := detectors.NewStructured(detectors.Options{Keep: []string{"09 210 01 02", "+32 3 234 77 10", "helpdesk@clb.example", "clb.example", "@clbgent"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"bel 09 210 01 02", "of 09/210.01.02", "+32 9 210 01 02", "03/234 77 10", "mail helpdesk@clb.example", "zie https://www.clb.example/hulp",
		"volg @clbgent op insta",
	} {
		spans, err := set.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range spans {
			t.Errorf("%q: a %s is found by %q", text, s.Type, s.Rule)
		}
	}
	if spans, _ := set.Find(nil, detectors.Text{Body: "bel 09 210 01 03"}); len(spans) != 1 {
		t.Error("a number that is not kept stays readable")
	}
}

func TestNumbersOverTwoMessagesAreFoundTogether(t *testing.T) {
	set := structured(t)
	for _, c := range []struct {
		text string
		typ  detectors.EntityType
	}{
		{"0471 12\n34 56", detectors.Phone}, {"mijn nummer: 0471\n123456", detectors.Phone}, {"85.07\n30-033\n28", detectors.NRN},
		{"850730\n03328", detectors.NRN}, {"BE68 5390\n0754 7034", detectors.IBAN}, {"4111 1111\n1111 1111", detectors.Card},
	} {
		text := detectors.Text{Body: c.text}
		spans, err := set.FindJoined(nil, text)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(spans, func(s detectors.Span) bool {
			return s.Type == c.typ && s.Start <= strings.IndexByte(c.text, '\n') && s.End == len(c.text)
		}) {
			t.Errorf("%s: found %v", c.typ, spans)
		}
		alone, err := set.Find(nil, text)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range alone {
			if strings.Contains(c.text[s.Start:s.End], "\n") {
				t.Errorf("Find lets a %s run over a line break", s.Type)
			}
		}
	}
}

func TestTheTextBeforeAnnouncesWhatABareNumberIs(t *testing.T) {
	set := structured(t)
	for _, c := range []struct {
		prev, text string
		typ        detectors.EntityType
	}{
		{"Hoe oud ben je?", "14", detectors.Age}, {"Tu as quel âge ?", "quinze", detectors.Age}, {"Wat is je klantnummer?", "EL-0091-4427-6", detectors.AccountID},
		{"En je wachtwoord?", "dat is x7Lq-92Pa", detectors.Password}, {"Wat is uw geboortedatum?", "3 mei 2021", detectors.BirthDate},
	} {
		with, err := set.Find(nil, detectors.Text{Body: c.text, Prev: c.prev})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(with, func(s detectors.Span) bool { return s.Type == c.typ }) {
			t.Errorf("%q after %q: found %v", c.text, c.prev, with)
		}
		without, err := set.Find(nil, detectors.Text{Body: c.text})
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(without, func(s detectors.Span) bool { return s.Type == c.typ }) {
			t.Errorf("%q is a %s without a question", c.text, c.typ)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, text := range invariantTexts(f)[:1200] {
		f.Add(text, "")
	}
	f.Add("ＢＥ６８ ５３９０ 0754 7034", "wat is je rekening?")
	f.Add("O471 12 34 56 a\u0301 0️⃣ \xff\xfe +++", "ww?")
	set, err := detectors.NewStructured(detectors.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body, prev string) {
		guard := time.AfterFunc(5*time.Second, func() { panic("a short text takes seconds") })
		defer guard.Stop()
		text := detectors.Text{Body: body, Prev: prev}
		checkSpans(t, set, text)
		if _, err := set.FindJoined(nil, text); err != nil {
			t.Error(err)
		}
		if _, _, err := set.Explain(text); err != nil {
			t.Error(err)
		}
	})
}

func TestWhatWasReadBeforeChangesNothing(t *testing.T) {
	used, err := detectors.NewStructured(detectors.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range invariantTexts(t) {
		fresh, err := detectors.NewStructured(detectors.Options{})
		if err != nil {
			t.Fatal(err)
		}
		want, err := fresh.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		got, err := used.Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		if diff := differs(got, want); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}
