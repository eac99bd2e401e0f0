package transcripts

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestLinesAreReadAsTheCasesSay reads testdata/lines.txt: cases parted by a line
// of equal signs, the transcript above a line of dashes, below it one line per
// message: key, kind, time, text with \n.
func TestLinesAreReadAsTheCasesSay(t *testing.T) {
	b, err := os.ReadFile("../testdata/transcripts-lines.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := strings.Split(strings.TrimSpace(string(b)), "\n=====\n")
	for i, c := range cases {
		head, want, ok := strings.Cut(c, "\n-----\n")
		name, in, _ := strings.Cut(head, "\n")
		if !ok || !strings.HasPrefix(name, "# ") {
			t.Fatalf("case %d is not whole", i+1)
		}
		format, title, _ := strings.Cut(name[2:], ": ")
		t.Run(title, func(t *testing.T) {
			got := heard(readAll(t, format, in, ReadOptions{})[0])
			if got != strings.TrimSpace(want) {
				t.Errorf("heard\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// heard lists who says what.
func heard(c *Conversation) string {
	var lines []string
	for i := range c.Messages {
		m := &c.Messages[i]
		at := "-"
		if !m.At.IsZero() {
			at = m.At.Format("2006-01-02T15:04:05")
		}
		who := "-"
		for _, p := range c.Participants {
			if p.Key == m.From {
				if who = p.Name; who == "" {
					who = p.Key
				}
			}
		}
		lines = append(lines, fmt.Sprintf("%s | %s | %s | %s", who, kindNames[m.Kind], at, strings.ReplaceAll(m.Text, "\n", `\n`)))
	}
	return strings.Join(lines, "\n")
}

func TestMarkupIsNotTakenForPlainText(t *testing.T) {
	for _, in := range []string{
		"\xff\xfe{\x00\"\x00i\x00d\x00\"\x00:\x00\"\x00x\x00\"\x00}\x00", "<?xml version=\"1.0\"?><x>D&#39;Hondt</x>", "<!DOCTYPE html><p>Fien", "%PDF-1.7 Fien", `{\rtf1 Fi\'e9n}`,
	} {
		if f, ok := Sniff("x.txt", []byte(in)); ok && f.Name == textName {
			t.Errorf("%q is read as plain text", in)
		}
	}
	if f, ok := Sniff("x.txt", []byte("[10:12] Jan: hoi\n[10:13] Jan: hoi\n[10:14] Jan: hoi\n")); !ok || f.Name != textName {
		t.Errorf("a transcript is read as %q", f.Name)
	}
}
