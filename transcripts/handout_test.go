package transcripts

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// hostile is a conversation whose texts try to be markup.
func hostile() *Conversation {
	at := time.Date(2026, 1, 12, 16, 4, 0, 0, time.UTC)
	return &Conversation{
		ID: "c1", Topic: "pesten <b>", Started: at,
		Participants: []Participant{
			{Key: "visitor", Role: RoleVisitor, Name: "[PERSON-aaaaaaaaa]"},
			{Key: "operator", Role: RoleOperator, Name: `"><img src=x onerror=alert(1)>`},
			{Key: "p3"},
		},
		Messages: []Message{
			{Kind: KindSystem, Text: "[PERSON-aaaaaaaaa] is er", At: at},
			{From: "visitor", At: at.Add(193 * time.Second), Text: "hey </td></tr><script>alert('x')</script> & *vet* _x_ [a](http://x)\nregel 2 \u202eomgekeerd\x00\x1b 👩‍👩‍👧"},
			{From: "operator", Kind: KindWhisper, At: at.Add(61*time.Minute + 2*time.Second), Text: "# intern | <w:t>"},
			{From: "p3", Text: "zonder tijd"},
			{From: "operator", Text: "Dag!"},
		},
	}
}

func TestHandoutsAreAsTheGoldenFilesSay(t *testing.T) {
	for name, file := range map[string]string{"html": "handout.html", "markdown": "handout.md", "chatml": "handout.jsonl", "vcon": "handout.vcon.json", "jsonl": "canonical.jsonl"} {
		got := writeAll(t, name, []*Conversation{hostile(), {ID: "log", Fields: []Field{{Label: "x", Value: "y"}}}})
		path := "../testdata/handouts/" + file
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is not as %s:\n%s", name, path, got)
		}
	}
}

func TestNoTextOfAMessageBecomesMarkup(t *testing.T) {
	page := writeAll(t, "html", []*Conversation{hostile()})
	for _, bad := range []string{"<script", "<img", "</td></tr><script", "\u202e", "\x00", "\x1b"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if n := strings.Count(page, "http"); n != 1+strings.Count(page, "http-equiv") {
		t.Errorf("the page refers to %d addresses", n)
	}
	text, _ := htmlPlain.decode(page[strings.Index(page, "<tbody>"):])
	if !strings.Contains(text, "<script>alert('x')</script> & *vet*") {
		t.Error("the text is not all there")
	}
}

func TestDocxIsWellFormedAndHoldsEveryText(t *testing.T) {
	doc := writeAll(t, "docx", []*Conversation{hostile(), hostile()})
	z, err := zip.NewReader(strings.NewReader(doc), int64(len(doc)))
	if err != nil {
		t.Fatal(err)
	}
	var texts string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			if c, ok := tok.(xml.CharData); ok && f.Name == "word/document.xml" {
				texts += string(c)
			}
		}
	}
	for _, want := range []string{"hey </td></tr><script>alert('x')</script> & *vet*", "regel 2 omgekeerd", "Opmerking", "+1:01:02", "(intern)", "👩‍👩‍👧"} {
		if strings.Count(texts, want) != 2 {
			t.Errorf("%q stands %d times in the document", want, strings.Count(texts, want))
		}
	}
	if again := writeAll(t, "docx", []*Conversation{hostile(), hostile()}); again != doc {
		t.Error("the same conversations give another file")
	}
}

func TestWrittenJSONIsJSON(t *testing.T) {
	for _, name := range []string{"jsonl", "vcon", "chatml"} {
		for line := range bytes.Lines([]byte(writeAll(t, name, []*Conversation{hostile()}))) {
			if !json.Valid(line) {
				t.Errorf("%s: not JSON: %s", name, line)
			}
		}
	}
}

func TestConversionKeepsEveryMessage(t *testing.T) {
	eachSample(t, func(t *testing.T, f Format, name string, in []byte) {
		cs, err := collect(f, in, ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		canonical, _ := Lookup(jsonlName)
		if f.Name == jsonlName {
			return
		}
		out, err := emit(canonical, cs)
		if err != nil {
			t.Fatal(err)
		}
		again, err := collect(canonical, []byte(out), ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := tree(again), out; a != b {
			i := firstDifference(a, b)
			t.Errorf("canonical is not canonical: %s, want %s", a[max(0, i-80):min(len(a), i+80)], b[max(0, i-80):min(len(b), i+80)])
		}
		for i, c := range again {
			if len(c.Messages) != len(cs[i].Messages) {
				t.Errorf("%d messages became %d", len(cs[i].Messages), len(c.Messages))
			}
			for k := range c.Messages {
				if c.Messages[k].Text != cs[i].Messages[k].Text {
					t.Errorf("message %d is another", k+1)
				}
			}
		}
	})
}
