package transcripts

import (
	"os"
	"strings"
	"testing"
)

func sample(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile("../testdata/transcripts/" + path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestPHPLiveTextsAreReadFromFormatted(t *testing.T) {
	for _, name := range []string{"phplive_mysqldump.sql", "phplive_mysqldump_double_encoded.sql", "p_transcripts_phpmyadmin_nl_v4.5.sql"} {
		in := sample(t, "phplive/"+name)
		cs := readAll(t, "phplive", in, ReadOptions{})
		var chats []*Conversation
		for _, c := range cs {
			if len(c.Messages) > 0 {
				chats = append(chats, c)
			}
		}
		if len(chats) != 2 {
			t.Fatalf("%s: %d chats", name, len(chats))
		}
		c := chats[0]
		if strings.Contains(name, "v4.5") {
			if c.Messages[2].Text != "hij is 8, zit bij juf Ilse in 't Verzonnen Schooltje (Lokeren)" || len(c.src.(*record).derived) != 1 || writeAll(t, "phplive", cs) != in {
				t.Errorf("%s: %+v", name, c)
			}
			continue
		}
		if len(c.src.(*record).derived) != 1 || len(c.src.(*record).mirrors) < 5 {
			t.Errorf("%s: plain or copies not tied: %d, %d", name, len(c.src.(*record).derived), len(c.src.(*record).mirrors))
		}
		if c.ID != "412345678ab" || c.Participants[0].Name != "Fenna Wolkenaer" || c.Messages[3].Text != "ok. 't is over Joris D'Fantasie uit 3MTB, hij zit in mijn klas\nhij stuurt me de hele tijd berichten <3 <3 en ik wil dat nie" {
			t.Errorf("%s: %+v", name, c)
		}
		if got := c.Messages[5].Text; got != "Pelle, is dit dezelfde leerling als gisteren? zie dossier 2025/0417 (Amélie Duchâteau)" || c.Messages[5].Kind != KindWhisper {
			t.Errorf("%s: %q", name, got)
		}
		if got := writeAll(t, "phplive", cs); got != in {
			t.Errorf("%s: not identical", name)
		}
	}
}

func TestPHPLivePlainFollowsFormatted(t *testing.T) {
	in := sample(t, "phplive/phplive_mysqldump_double_encoded.sql")
	cs := readAll(t, "phplive", in, ReadOptions{})
	replaced := swaps{"Joris D'Fantasie", "PërsoonEen", "Fenna Wolkenaer", "PersoonTwee", "fenna.wolkenaer@example.com", "mail@een.invalid",
		"Amélie Duchâteau", "Zoë", "screenshot_joris_dfantasie", "bestand", "joris.dfantasie_09", "handle1", "Fenna", "PersoonDrie"}
	for _, c := range cs {
		replaceAll(c, replaced)
	}
	out := writeAll(t, "phplive", cs)
	for _, leak := range []string{"Joris", "Fantasie", "Fenna", "wolkenaer", "Wolkenaer", "Duch", "dfantasie"} {
		if i := strings.Index(out, leak); i >= 0 {
			t.Errorf("%q still there: …%s…", leak, out[max(i-60, 0):min(i+60, len(out))])
		}
	}
	again := readAll(t, "phplive", out, ReadOptions{})
	for i, c := range again {
		if a, b := appendCanonical(nil, c), appendCanonical(nil, cs[i]); string(a) != string(b) {
			t.Errorf("read again:\n%s\nwant\n%s", a, b)
		}
	}
	if !strings.Contains(out, "PÃ«rsoonEen") || !strings.Contains(out, "ZoÃ«") {
		t.Error("not damaged again")
	}
}

// swaps is a list of what is replaced by what.
type swaps []string

// edits returns the edits of s that make the swaps.
func (w swaps) edits(s string) []Edit {
	var out []Edit
	for at := 0; at < len(s); at++ {
		for i := 0; i < len(w); i += 2 {
			if strings.HasPrefix(s[at:], w[i]) {
				out = append(out, Edit{at, at + len(w[i]), w[i+1]})
				at += len(w[i]) - 1
				break
			}
		}
	}
	return out
}

// replaceAll makes the same swaps in every value of a conversation.
func replaceAll(c *Conversation, w swaps) {
	set := func(s *string) { *s = Apply(*s, w.edits(*s)) }
	fields := func(fs []Field) {
		for i := range fs {
			fs[i].Edit(w.edits(fs[i].Value))
		}
	}
	set(&c.Topic)
	set(&c.ID)
	fields(c.Fields)
	for i := range c.Participants {
		p := &c.Participants[i]
		set(&p.Name)
		set(&p.Email)
		set(&p.IP)
		fields(p.Fields)
	}
	for i := range c.Messages {
		c.Messages[i].Edit(w.edits(c.Messages[i].Text))
		fields(c.Messages[i].Fields)
	}
}
