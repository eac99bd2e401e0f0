package transcripts

import (
	"strings"
	"testing"
)

// TestNothingPassesUnread holds where fuzzing found that something stood in no
// value. "geheim" stands for a name.
func TestNothingPassesUnread(t *testing.T) {
	for _, c := range []struct{ format, in string }{
		{"phplive", "INSERT INTO p_transcripts(formatted,plain) VALUES ('<div>a</div><>','a <a href=\\'mailto:geheim@x\\'>mail</a>');"},
		{"phplive", "INSERT INTO p_transcripts(formatted,question) VALUES ('<div>a</div><>','<img alt=\\'geheim\\'>a');"},
		{"phplive", "INSERT INTO p_transcripts(formatted) VALUES ('geheim<div class=\\'co\\'><b>x<timestamp_1763455220_co>:</b> a</div><>');"},
		{"phplive", "INSERT INTO p_transcripts(vname,formatted,plain,question) VALUES ('a','x geheim\x00','geheim\x00','geheim\x00');"},
		{"whatsapp", "1/2/50 geheim: 1:05 - a: b\n"},
		{"vcon", `{"parties":[],"parties":[{"name":"geheim x"}],"dialog":[{"type":"text","parties":[0],"body":"a","body":"geheim b"}]}`},
		{"livezilla", "INSERT INTO lz_chat_posts(sender_name,text) VALUES ('geheim x',NULL);"},
		{"livezilla", "INSERT INTO lz_chat_archive(customs) VALUES ('a:1:{i:0;s:1:\"x\" geheim;}');"},
		{"sql", "INSERT INTO `geheim@x` VALUES ('b');"},
		{"sql", "geheim a;INSERT INTO t(a) VALUES ('b');"},
		{"sql", "INSERT INTO t(a) VALUES ('b');COPY t FROM stdin;\n1 geheim b\n;"},
		{"sql", "SET @a='geheim b';INSERT INTO t(a) VALUES ('b');/*M! geheim */"},
		{"sql", "-- Host: a    Database: b geheim\nSELECT 1;"},
		{"sql", "SELECT \"a \\\" geheim\";"},
		{"mysql-xml", "<mysqldump><table_data name=\"t\">geheim<row><field name=\"a\">b</field></row></table_data><options Comment=\"geheim\" odd=\"geheim\"/><!-- geheim --></mysqldump>"},
		{"sql", "CREATE TABLE t (`a@geheim` int);INSERT INTO t(`b@geheim`) VALUES ('c');"},
		{"mysql-xml", "<mysqldump><table_data name=\"t\"><row><field name=\"a@geheim\">b</field></row></table_data></mysqldump>"},
		{"phplive-tsv", "a@geheim\tces\tvname\tplain\n1\t2\t3\t4\n"},
		{"phplive-html", "<div title='geheim' geheim@x><geheim@x>a</div><>"},
		{"text", "Bij geheim: b\n[10:12] a: b\n[10:13] a: c\n"},
		{"vcon", `{"vcon":"0.3.0","parties":[{"name":"a"}],"dialog":[{"type":"text","parties":[0],"mediatype":"geheim a","body":"b"},{"type":"geheim b"}]}`},
		{"vcon", `{"vcon":"0.3.0","uuid":"u","parties":["geheim",{"civicaddress":"geheim"}],"dialog":["geheim"],"attachments":["geheim"],"a@geheim":1}`},
		{"jsonl", `{"messages":[{"text":"a"}],"participants":["geheim",{"geo":{"a@geheim":"b"},"fields":{"b@geheim":1}}],"c@geheim":{"d@geheim":2}}`},
		{"jsonl", `{"messages":[{"text":"a","html":"<b>x</b><a title='geheim'>gehe<i>im</i></a>"}]}`},
		{"eml", "Date: bij geheim\nContent-Language: a geheim\nContent-Type: text/plain; a geheim\nFrom: b@c\n\nx\n"},
		{"mbox", "From a geheim\nSubject: b\n\nx\n"},
		{"eml", "From: a <b@c>\nReferences: <d\n\tgeheim>\nTo: e@geheim\n\tf\n\nx\n"},
	} {
		f, _ := Lookup(c.format)
		cs, err := collect(f, []byte(c.in), ReadOptions{})
		if err != nil {
			t.Fatalf("%s: %v", c.format, err)
		}
		for _, conversation := range cs {
			shout(conversation)
		}
		out, err := emit(f, cs)
		if err != nil || strings.Contains(strings.ToLower(out), "geheim") {
			t.Errorf("%s: %q becomes %q, %v", c.format, c.in, out, err)
		}
		if _, err := collect(f, []byte(out), ReadOptions{}); err != nil {
			t.Errorf("%s: %q does not read again: %v", c.format, out, err)
		}
	}
}

// TestWhatStaysLooksLikeIt holds that a field is text when it does not hold what
// its name says.
func TestWhatStaysLooksLikeIt(t *testing.T) {
	for _, c := range []struct {
		kind FieldKind
		text string
		want FieldKind
	}{
		{FieldOther, "mobile_web-2", FieldOther}, {FieldOther, "bel Fenna", FieldText}, {FieldOther, "fenna@example.com", FieldText},
		{FieldTime, "2025-11-18 09:12", FieldTime}, {FieldTime, "18 nov. 2025 om 9u12", FieldTime}, {FieldTime, "1763455190", FieldTime},
		{FieldTime, "Tue, 18 Nov 2025 09:44:01 +0100", FieldTime}, {FieldTime, "na school bij Fenna", FieldText},
		{FieldCountry, "België", FieldCountry}, {FieldCountry, "0470 12 34 56", FieldText}, {FieldRegion, "BE-VBR", FieldRegion},
		{FieldText, "Mozilla/5.0 (iPhone) Safari", FieldUserAgent}, {FieldText, "Mozilla is mijn browser", FieldText},
	} {
		if got := fitting(c.kind, c.text); got != c.want {
			t.Errorf("%q declared as %d is %d, want %d", c.text, c.kind, got, c.want)
		}
	}
}
