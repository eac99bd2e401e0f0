package token

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func pieces(text string) []string {
	var out []string
	for _, t := range Append(nil, text) {
		out = append(out, text[t.Start:t.End])
	}
	return out
}

func TestTokensAreCutWhereNamesBeginAndEnd(t *testing.T) {
	for text, want := range map[string]string{
		"ik ben lotte😭en":              "ik|ben|lotte|😭|en",
		"mr d'hondt en D'Haene":        "mr|d'hondt|en|D'Haene",
		"d'habitude l'envol qu'emma":   "d'|habitude|l'|envol|qu'|emma",
		"in 's-Hertogenbosch":          "in|'s-Hertogenbosch",
		"Van den Broeck, K. Peeters":   "Van|den|Broeck|,|K|.|Peeters",
		"heeeey sofie!!! ...":          "heeeey|sofie|!!!|...",
		"@sofke.dw jean-pierre emma’s": "@|sofke|.|dw|jean-pierre|emma’s",
		"foto's z'n m'n aujourd'hui":   "foto's|z'n|m'n|aujourd'hui",
		"dag [PERSON-k7mz4qhd9]ke":     "dag|[PERSON-k7mz4qhd9]|ke",
		"[PERSON-] [x":                 "[|PERSON|-|]|[|x",
		"3LATB 14j 0477/12.34":         "3LATB|14j|0477|/|12|.|34",
		"ja❤️sofie👨‍👩‍👧ok":             "ja|❤️|sofie|👨‍👩‍👧|ok",
		"José Zoë":                     "José|Zoë",
		"a\xffb":                       "a|\xff|b",
	} {
		if got := strings.Join(pieces(text), "|"); got != want {
			t.Errorf("tokens of case %q: got %q", want, got)
		}
	}
}

func TestShapes(t *testing.T) {
	for text, want := range map[string]Shape{
		"sofie": Lower, "Sofie": Title, "SOFIE": Upper, "K": Upper, "soFie": Mixed, "Jean-Pierre": Title,
		"12": NoCase, "محمد": NoCase, "Élise": Title, "'s-Gravenwezel": Title,
	} {
		if got := Append(nil, text)[0].Shape; got != want {
			t.Errorf("shape of case wanted %v: got %v", want, got)
		}
	}
}

func TestLinesAndGlue(t *testing.T) {
	toks := Append(nil, "a,b\n c")
	var line, glued []bool
	for _, x := range toks {
		line = append(line, x.Line)
		glued = append(glued, x.Glued)
	}
	if !slices.Equal(line, []bool{true, false, false, true}) || !slices.Equal(glued, []bool{false, true, true, false}) {
		t.Errorf("line %v glued %v", line, glued)
	}
}

func check(t *testing.T, text string) {
	at := 0
	for _, x := range Append(nil, text) {
		if x.Start < at || x.End <= x.Start || x.End > len(text) {
			t.Fatalf("token [%d,%d) after %d", x.Start, x.End, at)
		}
		if strings.TrimSpace(text[at:x.Start]) != "" {
			t.Fatalf("bytes lost before %d", x.Start)
		}
		if x.Glued && x.Start != at {
			t.Fatalf("glued token at %d after a space", x.Start)
		}
		if utf8.ValidString(text) && (!utf8.RuneStart(text[x.Start]) || x.End < len(text) && !utf8.RuneStart(text[x.End])) {
			t.Fatalf("token [%d,%d) cuts a character", x.Start, x.End)
		}
		at = x.End
	}
	if strings.TrimSpace(text[at:]) != "" {
		t.Fatalf("bytes lost after %d", at)
	}
}

func FuzzAppendLosesNothing(f *testing.F) {
	for _, s := range []string{"ik ben lotte😭en", "d'hondt's-Gravenwezel", "[PERSON-k7mz4qhd9]", "a\xff\xc3", "ȺȺȺȺȺȺȺ's", "’s-x", "k'é", "\u0301a\ufe0f"} {
		f.Add(s)
	}
	f.Fuzz(check)
}

func BenchmarkAppend(b *testing.B) {
	text := strings.Repeat("ik ben lotte en mijn juf An zegt da'k moet stoppen 😭 ", 100)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var buf []Token
	for b.Loop() {
		buf = Append(buf[:0], text)
	}
}
