package transcripts

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// fuzzExport checks of a reader of exports and containers what [fuzzFormat] checks
// of others, but for words of the system, which stay, and for archives, of which
// the entries must come back.
func fuzzExport(f *testing.F, name string, seeds ...string) {
	format, ok := Lookup(name)
	if !ok {
		f.Fatal("no such format")
	}
	files, _ := filepath.Glob(filepath.Join(samplesDir, name, "*"))
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		cs, err := collect(format, in, ReadOptions{MaxRecord: 1 << 20})
		if err != nil {
			var re *ReadError
			if !errors.As(err, &re) || re.Fault == "" {
				t.Fatalf("not a ReadError: %v", err)
			}
			return
		}
		out, err := emit(format, cs)
		if err != nil || !sameContent(out, string(in)) {
			t.Fatalf("not the same: %v\n%q\n%q", err, in, out)
		}
		for _, c := range cs {
			shout(c)
		}
		out, err = emit(format, cs)
		if err != nil {
			t.Fatalf("cannot be written: %v", err)
		}
		if _, err := collect(format, []byte(out), ReadOptions{MaxRecord: 4 << 20}); err != nil {
			t.Fatalf("does not read again: %v\n%q\n%q", err, in, out)
		}
	})
}

func FuzzZendeskChat(f *testing.F)   { fuzzExport(f, "zendesk-chat") }
func FuzzZendeskTicket(f *testing.F) { fuzzExport(f, "zendesk-ticket") }
func FuzzIntercom(f *testing.F)      { fuzzExport(f, "intercom") }
func FuzzLiveChat(f *testing.F)      { fuzzExport(f, "livechat") }
func FuzzTeams(f *testing.F)         { fuzzExport(f, "msteams") }
func FuzzTawkTo(f *testing.F)        { fuzzExport(f, "tawkto") }
func FuzzCrisp(f *testing.F)         { fuzzExport(f, "crisp") }
func FuzzChatwoot(f *testing.F)      { fuzzExport(f, "chatwoot") }
func FuzzLiveHelperChat(f *testing.F) {
	fuzzExport(f, "livehelperchat")
}
func FuzzMessenger(f *testing.F) {
	fuzzExport(f, "messenger", `{"messages":[{"content":"Zo\u00c3\u00ab \u00c3"}]}`)
}
func FuzzTelegram(f *testing.F) {
	fuzzExport(f, "telegram", `{"messages":[{"text":["a b ",{"text":"c d"}," \x0B e"]}]}`)
}
func FuzzSlack(f *testing.F) {
	fuzzExport(f, "slack", `[{"type":"message","text":"a <@U07AB> b &lt;c&gt; :smile: d"}]`)
}
func FuzzSlackUsers(f *testing.F)    { fuzzExport(f, "slack-users") }
func FuzzSlackChannels(f *testing.F) { fuzzExport(f, "slack-channels") }
func FuzzMattermost(f *testing.F)    { fuzzExport(f, "mattermost") }
func FuzzRocketChat(f *testing.F)    { fuzzExport(f, "rocketchat") }
func FuzzMatrix(f *testing.F)        { fuzzExport(f, "matrix") }
func FuzzJSON(f *testing.F) {
	fuzzExport(f, "json", `{"a":"{\"b\":\"c d\"}","e":12345678,"f@g":[1.5,null,"<b>h i</b> &amp;"]}`, `{"user":"a b","text":"c d"}`+"\n"+`{"user":"e","text":"f g","room":"h"}`)
}
func FuzzCSV(f *testing.F) {
	fuzzExport(f, "csv", "sep=;\r\nnaam;bericht\r\n\"a \"\"b\"\" c\";d e\r\n", "id,naam,bericht\n1,a b,c\n2,d,e f\n1,g,\"h\ni j\"\n", "\xff\xfea\x00;\x00b\x00\n\x00")
}
func FuzzXLSX(f *testing.F) { fuzzExport(f, "xlsx") }
func FuzzDOCX(f *testing.F) { fuzzExport(f, "docx") }
func FuzzEML(f *testing.F) {
	fuzzExport(f, "eml", "From: =?utf-8?Q?a_b?= <c@d>\nTo: \"e f\" <g@h>, i@j (k l)\nSubject: m\n n\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>o p=\nq r=C3=A9</p>\n")
}
func FuzzMbox(f *testing.F) { fuzzExport(f, "mbox") }
func FuzzZip(f *testing.F)  { fuzzExport(f, "zip") }
func FuzzGzip(f *testing.F) { fuzzExport(f, "gzip") }
