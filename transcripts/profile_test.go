package transcripts

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// TestSystemsAreReadAsTheirProfilesSay compares what is read of every sample of a
// profile with a listing beside it. UPDATE=1 writes the listings anew.
func TestSystemsAreReadAsTheirProfilesSay(t *testing.T) {
	for _, p := range profiles() {
		files, _ := filepath.Glob(filepath.Join(samplesDir, p.name, "*"))
		for _, file := range files {
			t.Run(p.name+"/"+filepath.Base(file), func(t *testing.T) {
				in, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				cs, err := collect(p.Format(), in, ReadOptions{})
				if err != nil {
					t.Fatal(err)
				}
				checkListing(t, filepath.Join("../testdata/listings", p.name+"."+filepath.Base(file)+".txt"), listing(cs))
			})
		}
	}
}

func checkListing(t *testing.T, path, got string) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || got != string(want) {
		t.Errorf("read as\n%s\nwant\n%s(%v)", got, want, err)
	}
}

// wordsOfKinds are the names of kinds of fields in listings.
var wordsOfKinds = func() map[FieldKind]string {
	out := map[FieldKind]string{FieldTime: "time", FieldOther: "other"}
	for word, k := range fieldWords {
		out[k] = word
	}
	return out
}()

// listing writes down what was read, a value a line.
func listing(cs []*Conversation) string {
	var b strings.Builder
	fields := func(indent string, fs []Field) {
		for _, f := range fs {
			fmt.Fprintf(&b, "%s%s %s %s %q\n", indent, f.Party, wordsOfKinds[f.Kind], f.Label, f.Value)
		}
	}
	for _, c := range cs {
		fmt.Fprintf(&b, "conversation %q %q", c.ID, c.Topic)
		if !c.Started.IsZero() {
			fmt.Fprintf(&b, " from %s", c.Started.UTC().Format("2006-01-02 15:04:05"))
		}
		b.WriteString("\n")
		for _, p := range c.Participants {
			fmt.Fprintf(&b, "  %s %s %q %q %q\n", p.Key, p.Role, p.Name, p.Email, p.IP)
			fields("    ", p.Fields)
		}
		for _, m := range c.Messages {
			fmt.Fprintf(&b, "  %s %s%d %q\n", m.At.UTC().Format("15:04:05"), m.From, m.Kind, m.Text)
			fields("    ", m.Fields)
		}
		fields("  ", c.Fields)
	}
	return b.String()
}

func TestStrictTakesKnownSystemsAndNamesWhatItDoesNotKnow(t *testing.T) {
	eachSample(t, func(t *testing.T, f Format, name string, in []byte) {
		p := profileOf(f.Name)
		if p == nil || p.generic {
			return
		}
		if _, err := collect(f, in, ReadOptions{Strict: true}); err != nil {
			t.Errorf("strict: %v", err)
		}
		if in[0] == 0xFF {
			return // UTF-16
		}
		at := strings.IndexByte(string(in), '{') + 1
		odd := string(in[:at]) + `"oddity":"Fenna",` + string(in[at:])
		if cs, err := collect(f, []byte(odd), ReadOptions{}); err != nil || !strings.Contains(listing(cs), `"Fenna"`) {
			t.Errorf("an unknown field is not read as text: %v", err)
		}
		_, err := collect(f, []byte(odd), ReadOptions{Strict: true})
		var re *ReadError
		if p.name == "slack-channels" || p.name == "telegram" || p.name == "zendesk-chat" {
			return // any field may stand there
		}
		if !errors.As(err, &re) || re.Fault != `unknown field "oddity"` {
			t.Errorf("strict: %v", err)
		}
	})
}

const shopProfile = `
name: kassa
doc: a shop
fields:
  tickets[]:
    ".": conversation
    ref: id
    wie: {".": participant visitor, bijnaam: name, nummer: phone}
    regels[]: {".": message, van: author name, wat: text, bron: keep}
  afdeling: keep
`

func TestAUsersProfileNamesTheFields(t *testing.T) {
	p, err := ParseProfile(strings.NewReader(shopProfile))
	if err != nil {
		t.Fatal(err)
	}
	in := `{"afdeling":"kassa 2","tickets":[{"ref":"K1","wie":{"bijnaam":"wolkje","nummer":32470123456},"regels":[{"van":"wolkje","wat":"hoi","bron":"web"}]},{"ref":"K2","extra":"bel Fenna"}]}`
	cs, err := collect(p.Format(), []byte(in), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := "conversation \"K1\" \"\"\n  p1 visitor \"wolkje\" \"\" \"\"\n    p1 phone nummer \"32470123456\"\n  00:00:00 p10 \"hoi\"\n    p1 name van \"wolkje\"\nconversation \"K2\" \"\"\n   scan extra \"bel Fenna\"\n"
	if got := listing(cs); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	cs[0].Participants[0].Fields[0].Edit([]Edit{{0, 11, "[PHONE-x]"}})
	if out, err := emit(p.Format(), cs); err != nil || out != strings.Replace(in, "32470123456", `"[PHONE-x]"`, 1) {
		t.Errorf("%v: %s", err, out)
	}
}

func TestAUsersProfileNamesTheColumns(t *testing.T) {
	p, err := ParseProfile(strings.NewReader("name: lijst\ndoc: a list\ntable: true\nfields: {wie: author name, wat: text, dos: conversation}\n"))
	if err != nil {
		t.Fatal(err)
	}
	cs, err := collect(p.Format(), []byte("dos,wie,wat,x\nA,wolkje,hoi,1\nB,Pelle,dag,2\nA,Pelle,\"zo, dus\",\n"), ReadOptions{})
	if err != nil || len(cs) != 2 || len(cs[0].Messages) != 2 || cs[0].Messages[1].Text != "zo, dus" || cs[0].Participants[1].Name != "Pelle" {
		t.Errorf("%v\n%s", err, listing(cs))
	}
}

func TestABadProfileIsRefused(t *testing.T) {
	for _, in := range []string{"name: [", "fields: {a: nonsense}", "unknown: 1", "fields: [a]", "kinds: {x: shouted}", "anywhere: {a: b}"} {
		if _, err := ParseProfile(strings.NewReader(in)); err == nil {
			t.Errorf("%q is taken", in)
		}
	}
}

func TestASlackExportTellsWhoWrites(t *testing.T) {
	in, err := os.ReadFile(filepath.Join(samplesDir, "slack", "2025-11-18.json"))
	if err != nil {
		t.Fatal(err)
	}
	users, err := os.ReadFile(filepath.Join(samplesDir, "slack-users", usersFile))
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{"export/users.json": {Data: users}, "export/intervisie/2025-11-18.json": {Data: in}}
	cs, err := collect(profileOf(slackName).Format(), in, ReadOptions{Name: "export/intervisie/2025-11-18.json", Folder: folder})
	if err != nil || cs[0].Participants[0].Name != "Marit Van den Verzinne" {
		t.Fatalf("%v\n%s", err, listing(cs))
	}
	if out, err := emit(profileOf(slackName).Format(), cs); err != nil || out != string(in) {
		t.Error("what the folder tells is written into the file")
	}
}
