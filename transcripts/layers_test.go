package transcripts

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// exactLayers are those in which an edit of the text is an edit of the text again
// when it is read back.
var exactLayers = map[string]layer{
	"quoted field": csvQuoted{}, "Slack": slackText{}, "quoted-printable": quotedPrintable{}, "header": headerText{}, "quoted name": quotedName{},
	"byte escapes": byteEscapes{}, "code page": cp437, "percent": percent{}, "references": htmlAttr{}, "header of a sheet": headerCodes{},
}

// checkLayer replaces the runes [from, to) of the text that raw encodes.
func checkLayer(t *testing.T, name string, l layer, raw string, from, to int) {
	t.Helper()
	text, ok := l.decode(raw)
	if !ok || !utf8.ValidString(text) {
		return
	}
	for from < len(text) && !utf8.RuneStart(text[from]) {
		from++
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	if from > to || to > len(text) || strings.ContainsAny(text[from:to], "\n") {
		return
	}
	edits := []Edit{{from, to, "[PERSON-k7mz4qhd9]"}}
	lifted := l.lift(raw, edits)
	for i, e := range lifted {
		if e.Start < 0 || e.End < e.Start || e.End > len(raw) || i > 0 && e.Start < lifted[i-1].End {
			t.Fatalf("%s: %q: bad edits %v", name, raw, lifted)
		}
	}
	out := Apply(raw, lifted)
	if got, _ := l.decode(out); got != Apply(text, edits) {
		t.Errorf("%s: %q with [%d,%d) replaced is %q, which reads %q, not %q", name, raw, from, to, out, got, Apply(text, edits))
	}
}

func TestAnEditOfATextIsThatEditReadBack(t *testing.T) {
	for _, c := range []struct{ layer, raw string }{
		{"quoted field", `zij zei ""hoi"" en ""dag""`}, {"Slack", "&lt;3 <@U07AB> en <#C1|zaal> :smile: a&amp;b"},
		{"quoted-printable", "Am=C3=A9lie is fi=\r\nls =3D x"}, {"header", "vraag van =?utf-8?Q?Am=C3=A9lie?= =?utf-8?Q?_Duch=C3?= =?utf-8?Q?=A2teau?= en meer"},
		{"quoted name", `Jan \"de\" Man`}, {"byte escapes", "Zo\u00c3\u00ab en \u00f0\u009f\u0099\u0082"}, {"code page", "Zo\x89 a"},
		{"percent", "naam=Am%C3%A9lie+D%20x"}, {"references", "D&#39;Hondt &amp; co"}, {"header of a sheet", `&CFenna &"Arial"&12W`},
		{"header of a sheet", `&C8&12a&13b8 && 12&é5&"Ari&9`}, {"header of a sheet", `&"A"&88888?888&`},
	} {
		for from := range len(c.raw) {
			for to := from; to <= len(c.raw); to++ {
				checkLayer(t, c.layer, exactLayers[c.layer], c.raw, from, to)
			}
		}
	}
}

// unfolded matches a line break that nothing of the header follows.
var unfolded = regexp.MustCompile(`[\r\n](?:[^ \t\n]|\n[^ \t]|\s*$)`)

// loneBackslash matches a backslash that escapes no sign of ASCII.
var loneBackslash = regexp.MustCompile(`^(?:[^\\]|\\[\x00-\x7f])*\\(?:[^\x00-\x7f]|$)`)

// cannotStand reports whether raw is nothing a layer is
// given: a header goes on behind its line breaks only, a backslash does not end
// what it begins.
func cannotStand(layer, raw string) bool {
	switch layer {
	case "header":
		return unfolded.MatchString(raw)
	case "quoted name":
		return loneBackslash.MatchString(raw)
	}
	return false
}

func FuzzExactLayers(f *testing.F) {
	f.Add("=?utf-8?B?RmVubmE=?= x", 1, 3)
	f.Add("Am=C3=A9lie fi=\r\nls", 2, 9)
	f.Add(`"=8?bR&88888?888`, 1, 8)
	f.Fuzz(func(t *testing.T, raw string, from, to int) {
		if raw == "" || from < 0 || from > len(raw) || to < from || to > len(raw) || !utf8.ValidString(raw) {
			return
		}
		for name, l := range exactLayers {
			if cannotStand(name, raw) {
				continue
			}
			checkLayer(t, name, l, raw, from, to)
		}
	})
}

func TestNewTextFitsWhereItStands(t *testing.T) {
	const by = `P;1,"é"`
	for _, c := range []struct{ name, format, in, want string }{
		{"bare field", "csv", "naam;bericht\nFien;hoi\n", "naam;bericht\n\"P;1,\"\"é\"\"\";hoi\n"},
		{"quoted field", "csv", "naam,bericht\r\n\"Fien \"\"x\"\"\",hoi\r\n", "naam,bericht\r\n\"P;1,\"\"é\"\" \"\"x\"\"\",hoi\r\n"},
		{"Windows-1252", "csv", "naam;bericht\nFien;caf\xe9\n", "naam;bericht\n\"P;1,\"\"\xe9\"\"\";caf\xe9\n"},
		{"JSON in JSON", "json", `{"a":"{\"b\":\"Fien\"}"}`, `{"a":"{\"b\":\"P;1,\\\"é\\\"\"}"}`},
		{"HTML in JSON", "json", `{"a":"<b>Fien<\/b> &amp; co"}`, `{"a":"<b>P;1,\"é\"<\/b> &amp; co"}`},
		{"number in JSON", "json", `{"gsm": 470123456 }`, `{"gsm": "P;1,é" }`},
		{"escapes by the byte", "messenger", `{"participants":[{"name":"Fien \u00c3\u00ab"}],"messages":[]}`, `{"participants":[{"name":"P;1,\"\u00c3\u00a9\" \u00c3\u00ab"}],"messages":[]}`},
		{"pieces", "telegram", `{"name":"x","messages":[{"date_unixtime":"1763457123","from_id":"1","text":["ik ben Fi",{"type":"bold","text":"en"},"!"]}]}`,
			`{"name":"x","messages":[{"date_unixtime":"1763457123","from_id":"1","text":["ik ben P;1,\"é\"",{"type":"bold","text":""},"!"]}]}`},
		{"name in a header", "eml", "From: Fien <a@example.com>\nTo: x@example.com\nSubject: Fien\n\nhoi\n", "From: \"P;1,\\\"é\\\"\" <a@example.com>\nTo: x@example.com\nSubject: P;1,\"é\"\n\nhoi\n"},
		{"quoted-printable", "eml", "From: a@example.com\nTo: b@example.com\nSubject: x\nContent-Transfer-Encoding: quoted-printable\n\nik ben Fi=\nen\n", "From: a@example.com\nTo: b@example.com\nSubject: x\nContent-Transfer-Encoding: quoted-printable\n\nik ben P;1,\"=C3=A9\"=\n\n"},
		{"file name", "eml", "From: a@example.com\nTo: b@example.com\nSubject: x\nContent-Disposition: attachment; filename*=utf-8''Fien%20x.txt\n\nhoi\n", "From: a@example.com\nTo: b@example.com\nSubject: x\nContent-Disposition: attachment; filename*=utf-8''P%3B1%2C%22%C3%A9%22%20x.txt\n\nhoi\n"},
	} {
		if got := swap(t, c.format, c.in, swaps{"Fien", by, "470123456", by}); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}
