package transcripts

import (
	"bytes"
	"strings"
	"testing"
)

func readAll(t *testing.T, name, in string, o ReadOptions) []*Conversation {
	t.Helper()
	f, ok := Lookup(name)
	if !ok {
		t.Fatalf("no format %s", name)
	}
	var out []*Conversation
	for c, err := range f.Read(strings.NewReader(in), o) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func writeAll(t *testing.T, name string, cs []*Conversation) string {
	t.Helper()
	f, _ := Lookup(name)
	var b bytes.Buffer
	err := f.Write(&b, func(yield func(*Conversation, error) bool) {
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCanonicalChangesOnlyWhatWasReplaced(t *testing.T) {
	in := "\n" + `{"id":"c1","started":"2026-01-12T16:04:00+01:00","school":"GO! De Brug","participants":[{"key":"visitor","name":"fientje","email":"f@x.be","ip":"81.240.117.9","fields":{"leeftijd":"14"}},{"ip":"192.0.2.1", "key":"Jan"}],` +
		` "messages":[{"from":"visitor","at":"2026-01-12T16:04:10+01:00","text":"hey \u00e9\n\"ik\" ben fien"},{"text":"Dag fien!","from":"Jan"}]}` + "\r\n\n"
	cs := readAll(t, "jsonl", in, ReadOptions{})
	if got := writeAll(t, "jsonl", cs); got != in {
		t.Fatalf("not identical:\n%s\n%s", got, in)
	}
	c := cs[0]
	if c.Messages[0].Text != "hey é\n\"ik\" ben fien" || c.Participants[1].Key != "p1" || c.Messages[1].From != "p1" {
		t.Fatalf("read %+v", c)
	}
	i := strings.Index(c.Messages[0].Text, "fien")
	c.Messages[0].Edit([]Edit{{i, i + 4, "<é>"}})
	c.Participants[0].Name = "anna"
	c.Participants[0].IP = ""
	c.Participants[0].Geo = &Geo{Country: "BE", Region: "BE-VBR"}
	c.Participants[1].IP = ""
	c.Participants[1].Fields[0].Value = "Piet"
	c.Messages[1].Fields[0].Value = "Piet"
	want := "\n" + `{"id":"c1","started":"2026-01-12T16:04:00+01:00","school":"GO! De Brug","participants":[{"key":"visitor","name":"anna","email":"f@x.be","geo":{"country":"BE","region":"BE-VBR"},"fields":{"leeftijd":"14"}},{ "key":"Piet"}],` +
		` "messages":[{"from":"visitor","at":"2026-01-12T16:04:10+01:00","text":"hey \u00e9\n\"ik\" ben <\u00e9>"},{"text":"Dag fien!","from":"Piet"}]}` + "\r\n\n"
	if got := writeAll(t, "jsonl", cs); got != want {
		t.Fatalf("got\n%s\nwant\n%s", got, want)
	}
}

func TestGeographyTakesThePlaceOfTheIP(t *testing.T) {
	for in, want := range map[string]string{
		`{"participants":[{"ip":"192.0.2.1"}],"messages":[]}`:                                     `{"participants":[{"geo":{"country":"BE","region":"BE-VOV"}}],"messages":[]}`,
		`{"participants":[{"key":"u", "ip":"192.0.2.1","geo":{}}],"messages":[]}`:                 `{"participants":[{"key":"u", "geo":{"country":"BE","region":"BE-VOV"}}],"messages":[]}`,
		`{"participants":[{"geo":{"city":"Gent"},"ip":"192.0.2.1"}],"messages":[]}`:               `{"participants":[{"geo":{"country":"BE","region":"BE-VOV","city":"Gent"}}],"messages":[]}`,
		`{"participants":[{"geo":{"country":"NL"},"ip":"192.0.2.1"}],"messages":[]}`:              `{"participants":[{"geo":{"region":"BE-VOV","country":"BE"}}],"messages":[]}`,
		`{"participants":[{"ip":"192.0.2.1","geo":{"region":"x","country":"NL"}}],"messages":[]}`: `{"participants":[{"geo":{"region":"BE-VOV","country":"BE"}}],"messages":[]}`,
	} {
		cs := readAll(t, "jsonl", in, ReadOptions{})
		cs[0].Participants[0].IP = ""
		cs[0].Participants[0].Geo = &Geo{Country: "BE", Region: "BE-VOV"}
		if got := writeAll(t, "jsonl", cs); got != want {
			t.Errorf("%s becomes\n%s, want\n%s", in, got, want)
		}
		cs = readAll(t, "jsonl", in, ReadOptions{})
		cs[0].Participants[0].IP = ""
		if got := writeAll(t, "jsonl", cs); strings.Contains(got, `"ip"`) || strings.Contains(got, "192") {
			t.Errorf("%s becomes %s", in, got)
		}
	}
}
