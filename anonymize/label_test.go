package anonymize

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

// anonymised returns what becomes of a file in a format.
func anonymised(t *testing.T, format, in string) string {
	t.Helper()
	f, ok := transcripts.Lookup(format)
	if !ok {
		t.Fatal("no such format")
	}
	a, err := New(Options{Key: keys.New()})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out, a.Conversations(f.Read(strings.NewReader(in), transcripts.ReadOptions{}))); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var pseudonyms = regexp.MustCompile(`\[[A-Z_]+-[a-z0-9]+\]`)

// A number says something of a person only by the name of its field.
func TestTheNameOfAFieldAnnouncesItsValue(t *testing.T) {
	const php = "INSERT INTO `p_transcripts` (`ces`,`custom`) VALUES ('c1','Leeftijd-_-15-cus-Klas-_-3 Moderne B-cus-Score-_-16-cus-Hoe oud ben je?-_-13-cus-');"
	cases := []struct {
		format, in string
		gone, stay []string
	}{
		{"jsonl", `{"participants":[{"key":"v","fields":{"leeftijd":"15","âge":14,"Alter":"13","klas":"3 Moderne B","score":"16","aantal":17,"old":"18"}}],"messages":[{"text":"leeftijd: 12"}]}`,
			[]string{"15", "14", "13", "12", "Moderne"}, []string{`"score":"16"`, `"aantal":17`, `"old":"18"`}},
		{"jsonl", `{"participants":[{"key":"v","fields":{"telefoon":"478123456","geboortedatum":"12/03/2011","naam van je school":"Don Bosco","rijksregister":"11.03.12-123.45"}}],"messages":[{"text":"hoi"}]}`,
			[]string{"478123456", "2011", "Bosco", "11.03"}, nil},
		{"phplive", php, []string{"15", "Moderne", "13"}, []string{"Score-_-16", "'c1'"}},
		{"csv", "id;leeftijd;klas;hoe oud ben je;score;bericht\n1;15;3 Moderne B;14;16;hallo daar\n2;13 jaar;2A;nvt;9;dag allemaal\n",
			[]string{"15", "14", "13", "Moderne", "2A"}, []string{";16;", ";9;", "nvt"}},
		{"json", `{"tickets":[{"leeftijd":15,"klas":"3 Moderne B","Hoe oud ben je?":"14","score":16,"rating":"5","class":"btn-2","message":"hallo daar","user":"x"}]}`,
			[]string{"15", "14", "Moderne"}, []string{`"score":16`, `"rating":"5"`, `"class":"btn-2"`}},
		{"chatwoot", `{"payload":[{"id":1,"content":"dag","custom_attributes":{"leeftijd":15,"score":16}}]}`, []string{"15"}, []string{`"score":16`}},
	}
	for _, c := range cases {
		out := pseudonyms.ReplaceAllString(anonymised(t, c.format, c.in), "")
		for _, s := range c.gone {
			if strings.Contains(out, s) {
				t.Errorf("%s: %q is left in %s", c.format, s, out)
			}
		}
		for _, s := range c.stay {
			if !strings.Contains(out, s) {
				t.Errorf("%s: %q is gone from %s", c.format, s, out)
			}
		}
	}
}

// Files are joined by identifiers: they stay unless they name somebody.
func TestAnIdentifierStaysUnlessItHoldsAName(t *testing.T) {
	for _, id := range []string{"c1", "conv-12", "1763455190", "7bee9af51a7ae86d", "abc123def0", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "LHC-2026-000123"} {
		in := `{"id":"` + id + `","participants":[{"key":"v","name":"Lotte Wolkenaer"}],"messages":[{"from":"v","text":"ik ben Lotte"}]}`
		if out := anonymised(t, "jsonl", in); !strings.Contains(out, `{"id":"`+id+`"`) {
			t.Errorf("%s is gone: %s", id, out)
		}
	}
	for _, id := range []string{"conv-lotte-12", "chat-wolkenaer-3", "chatWolkenaer3", "lotte@example.com", "+32478123456", "Casus Lotte"} {
		in := `{"id":"` + id + `","participants":[{"key":"v","name":"Lotte Wolkenaer"}],"messages":[{"from":"v","text":"zie ` + id + `","fields":{"ref":"` + id + `"}}]}`
		out := strings.ToLower(anonymised(t, "jsonl", in))
		if strings.Contains(out, "lotte") || strings.Contains(out, "wolkenaer") || strings.Contains(out, "478123456") {
			t.Errorf("%s is left: %s", id, out)
		}
		_, rest, _ := strings.Cut(out, `"id":"`)
		if name, _, _ := strings.Cut(rest, `"`); strings.Count(out, name) != 3 {
			t.Errorf("%s is not the same everywhere: %s", id, out)
		}
	}
}
