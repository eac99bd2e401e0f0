package transcripts

import (
	"strings"
	"testing"
	"unicode/utf16"
)

// swap reads in, makes the swaps in every value and writes it again.
func swap(t *testing.T, format, in string, w swaps) string {
	t.Helper()
	cs := readAll(t, format, in, ReadOptions{})
	if got := writeAll(t, format, cs); got != in {
		t.Fatalf("not identical:\n%q\n%q", got, in)
	}
	for _, c := range cs {
		replaceAll(c, w)
	}
	return writeAll(t, format, cs)
}

func TestNewTextIsEncodedAsTheOld(t *testing.T) {
	for _, c := range []struct{ name, format, in, want string }{
		{"backslash", "sql", `INSERT INTO t VALUES ('it\'s Fien',"Fien");`, `INSERT INTO t VALUES ('it\'s o\'é\\\"\n',"o\'é\\\"\n");`},
		{"doubled quote", "sql", `INSERT INTO t VALUES ('it''s Fien',"Fien");`, `INSERT INTO t VALUES ('it''s o''é\\\"\n',"o\'é\\""\n");`},
		{"no backslash", "sql", "SET sql_mode='NO_BACKSLASH_ESCAPES';\nINSERT INTO t VALUES ('c:\\','Fien');", "SET sql_mode='NO_BACKSLASH_ESCAPES';\nINSERT INTO t VALUES ('c:\\','o''é\\\"\n');"},
		{"Windows-1252", "sql", "INSERT INTO t VALUES ('caf\xe9 Fien');", "INSERT INTO t VALUES ('caf\xe9 o''\xe9\\\\\\\"\\n');"},
		{"twice encoded", "sql", "INSERT INTO t VALUES ('cafÃ© Fien');", "INSERT INTO t VALUES ('cafÃ© o''Ã©\\\\\\\"\\n');"},
		{"hexadecimal", "sql", "INSERT INTO t VALUES (0x4669656E,x'4669656e21');", "INSERT INTO t VALUES (0x6F27C3A95C220A,x'6F27C3A95C220A21');"},
		{"mysql -B", "phplive-tsv", "ces\tvname\tplain\nx\tFien\ta\\\\b\n", "ces\tvname\tplain\nx\to'é\\\\\"\\n\ta\\\\b\n"},
		{"OUTFILE", "phplive-outfile", `"abcdefgh1",1763455190,"Fien \"x\"",Fien` + "\n", `"abcdefgh1",1763455190,"o'é\\\"` + "\\\n" + ` \"x\"",o'é\\"` + "\\\n\n"},
		{"JSON", "jsonl", `{"messages":[{"text":"Fien é"}]}`, `{"messages":[{"text":"o'é\\\"\n é"}]}`},
		{"JSON in ASCII", "jsonl", `{"messages":[{"text":"Fien \u00E9\/"}]}`, `{"messages":[{"text":"o'\u00E9\\\"\n \u00E9\/"}]}`},
		{"HTML of PHP Live!", "phplive-html", `<div class='cv'><b>Fien<timestamp_1763455190_cv>:</b> a & Fien<a href="mailto:Fien@x">Fien@x</a></div><>`,
			`<div class='cv'><b>o&#39;é\&quot;<br><timestamp_1763455190_cv>:</b> a & o&#39;é\&quot;<br><a href="mailto:o&#39;é\&quot;` + "\n" + `@x">o&#39;é\&quot;<br>@x</a></div><>`},
		{"CR LF", "text", "[10:12] Jan: hoi\r\nFien\r\n[10:13] Jan: x\r\n[10:14] Jan: y\r\n", "[10:12] Jan: hoi\r\no'é\\\"\r\n\r\n[10:13] Jan: x\r\n[10:14] Jan: y\r\n"},
		{"XML", "mysql-xml", "<mysqldump><table_data name=\"t\"><row><field name=\"a\">x &amp; Fien</field></row></table_data></mysqldump>", "<mysqldump><table_data name=\"t\"><row><field name=\"a\">x &amp; o&#39;é\\&quot;\n</field></row></table_data></mysqldump>"},
		{"PHP serialised", "livezilla", `INSERT INTO lz_chat_archive (customs) VALUES ('a:1:{i:0;s:8:"ik: Fien";}');`, `INSERT INTO lz_chat_archive (customs) VALUES ('a:1:{i:0;s:11:"ik: o''é\\\"\n";}');`},
	} {
		if got := swap(t, c.format, c.in, swaps{"Fien", "o'é\\\"\n"}); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestUTF16IsWrittenAsUTF16(t *testing.T) {
	encode := func(s string, mark string) string {
		b := []byte(mark)
		for _, u := range utf16.Encode([]rune(s)) {
			if mark == "\xff\xfe" {
				b = append(b, byte(u), byte(u>>8))
			} else {
				b = append(b, byte(u>>8), byte(u))
			}
		}
		return string(b)
	}
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		in := encode("[10:12] Jan: hoi Fien 🙂\n[10:13] Jan: x\n[10:14] Jan: y\n", mark)
		if got := swap(t, "text", in, swaps{"Fien", "é🙂"}); got != encode("[10:12] Jan: hoi é🙂 🙂\n[10:13] Jan: x\n[10:14] Jan: y\n", mark) {
			t.Errorf("%q", got)
		}
		f, _ := Lookup("text")
		for _, broken := range []string{in + "x", mark + "\xd8\xd8\xd8\xd8"} {
			if _, err := collect(f, []byte(broken), ReadOptions{}); err == nil || !strings.Contains(err.Error(), "UTF-16") {
				t.Errorf("%q: %v", broken, err)
			}
		}
	}
	f, _ := Lookup("text")
	if _, err := collect(f, []byte("[10:12] Jan: \x00\x01"), ReadOptions{}); err == nil || !strings.Contains(err.Error(), "not text") {
		t.Errorf("bytes that are no text: %v", err)
	}
}

func TestAnEscapeThatIsCutIsWrittenAnew(t *testing.T) {
	raw := "a&lt3 &lt;b" // &lt3 is <3 to a browser
	text, _ := htmlPlain.decode(raw)
	if text != "a<3 <b" {
		t.Fatalf("reads %q", text)
	}
	for start := range len(text) {
		for end := start; end <= len(text); end++ {
			want := text[:start] + "_" + text[end:]
			got, _ := htmlPlain.decode(Apply(raw, htmlPlain.lift(raw, []Edit{{start, end, "_"}})))
			if got != want {
				t.Errorf("%d to %d: %q, want %q", start, end, got, want)
			}
		}
	}
}

func TestMarkupStaysWhenItsTextGoes(t *testing.T) {
	raw := "ik ben <b>Fien</b> <i>De</i>&nbsp;Vos, <br>ja"
	text, _ := htmlPlain.decode(raw)
	i := strings.Index(text, "Fien")
	got := Apply(raw, htmlPlain.lift(raw, []Edit{{i, strings.Index(text, ","), "X"}}))
	if got != "ik ben <b>X</b><i></i>, <br>ja" {
		t.Error(got)
	}
}

func TestCodedAttachmentsHaveToGo(t *testing.T) {
	c := readAll(t, "vcon", `{"uuid":"x","parties":[],"dialog":[],"attachments":[{"body":"RmllbiBWb3M","encoding":"base64url"},{"body":"Fien","encoding":"none"}]}`, ReadOptions{})[0]
	kinds := map[FieldKind]int{}
	for _, f := range c.Fields {
		kinds[f.Kind]++
	}
	if kinds[FieldDrop] != 1 || kinds[FieldText] != 1 {
		t.Errorf("%+v", c.Fields)
	}
}

// Windows-1252 differs from Latin-1 from 0x80, the euro sign, to 0x9F.
func TestEveryByteOfTheCodePageIsItsCharacter(t *testing.T) {
	for c, want := range map[byte]string{0x7f: "\x7f", 0x80: "€", 0x85: "…", 0x9f: "Ÿ", 0xa0: "\u00a0", 0xe9: "é", 0xff: "ÿ"} {
		text, ok := cp1252{}.decode(string([]byte{c}))
		if !ok || text != want || (cp1252{}).encode(text) != string([]byte{c}) {
			t.Errorf("byte %02x is %q, want %q", c, text, want)
		}
	}
}
