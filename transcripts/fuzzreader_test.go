package transcripts

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// fuzzFormat checks that a reader neither panics nor loops, that every value is
// text, that what it accepts comes back byte for byte, that what was changed
// reads again, and that an error is a ReadError without the text of the file.
func fuzzFormat(f *testing.F, name string, seeds ...string) {
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
		cs, err := collect(format, in, ReadOptions{Name: "x.txt", MaxRecord: 1 << 20})
		if err != nil {
			var re *ReadError
			if !errors.As(err, &re) || strings.Contains(re.Error(), "\x00") {
				t.Fatalf("not a ReadError: %v", err)
			}
			return
		}
		for _, c := range cs {
			c.values(func(v value) {
				if !utf8.ValidString(v.text) {
					t.Fatalf("a value is not UTF-8: %q", v.text)
				}
			})
		}
		out, err := emit(format, cs)
		if err != nil || out != string(in) {
			t.Fatalf("not identical: %v\n%q\n%q", err, in, out)
		}
		for _, c := range cs {
			shout(c)
		}
		out, err = emit(format, cs)
		if err != nil {
			t.Fatalf("cannot be written: %v", err)
		}
		if strings.Contains(out, "geheim") {
			t.Fatalf("left: %q", out)
		}
		if _, err := collect(format, []byte(out), ReadOptions{MaxRecord: 2 << 20}); err != nil {
			t.Fatalf("does not read again: %v\n%q\n%q", err, in, out)
		}
	})
}

// shout replaces every second word of every text by a pseudonym, and the word
// "geheim" wherever it stands.
func shout(c *Conversation) {
	edits := func(s string) []Edit {
		var out []Edit
		for at, n := 0, 0; at < len(s); n++ {
			end := at
			for end < len(s) && s[end] != ' ' && s[end] != '\n' {
				_, size := utf8.DecodeRuneInString(s[end:])
				end += size
			}
			if end > at && (n%2 == 1 || strings.Contains(s[at:end], "geheim")) {
				out = append(out, Edit{at, end, `[É-"o'x\]`})
			}
			at = end + 1
		}
		return out
	}
	fields := func(fs []Field) {
		for i := range fs {
			if fs[i].Kind != FieldOther && fs[i].Kind != FieldTime {
				fs[i].Edit(edits(fs[i].Value))
			}
		}
	}
	fields(c.Fields)
	for i := range c.Participants {
		p := &c.Participants[i]
		p.Name, p.Email, p.IP = Apply(p.Name, edits(p.Name)), Apply(p.Email, edits(p.Email)), ""
		fields(p.Fields)
	}
	c.ID, c.Topic = Apply(c.ID, edits(c.ID)), Apply(c.Topic, edits(c.Topic))
	for i := range c.Messages {
		c.Messages[i].Edit(edits(c.Messages[i].Text))
		fields(c.Messages[i].Fields)
	}
}

func FuzzJSONL(f *testing.F) {
	fuzzFormat(f, "jsonl", `{"messages":[{"text":"geheim \ud83d\ude42\/ twee"}],"participants":[{"ip":"1.2.3.4"},{"geo":{"country":"BE"}}]}`)
}

func FuzzPHPLive(f *testing.F) {
	fuzzFormat(f, "phplive", "INSERT INTO p_transcripts(vname,formatted,plain)VALUES('Ã©Ã© geheim','<div class=\\'cv\\'><b>a<timestamp_1763455220_cv>:</b> x geheim<br>&lt;</div><>','a: x geheim&lt;\\r\\n'),(\"a\",x'6162',0x6162);",
		"INSERT INTO `p_x` VALUES (NOW(),'a' 'b',_utf8'c',-1.5e3,NULL) ON DUPLICATE KEY UPDATE a='geheim';", "-- geheim jan\n/* x */ SET a='b';DELIMITER ;;\nCREATE TABLE t (a int,`b``c` text COMMENT 'x');;\n")
}

func FuzzLiveZilla(f *testing.F) {
	fuzzFormat(f, "livezilla", "INSERT INTO lz_chat_archive (customs,transcript_text,html) VALUES ('a:1:{i:0;s:6:\"geheim\";}','a: x geheim\na: y\n','<b>x</b>');")
}

func FuzzPHPLiveTSV(f *testing.F) {
	fuzzFormat(f, "phplive-tsv", "ces\tvname\tplain\nx\ta geheim\tb\\tc\\\\ d\r\\n\n")
}

func FuzzPHPLiveOutfile(f *testing.F) {
	fuzzFormat(f, "phplive-outfile", "1;\"a\\\"geheim x\";\\N\n")
}
func FuzzPHPLiveSession(f *testing.F) { fuzzFormat(f, "phplive-session", "PGI+Z2VoZWltIHg8L2I+<>") }
func FuzzPHPLiveHTML(f *testing.F) {
	fuzzFormat(f, "phplive-html", "<div class='co cw'>(whisper) <b>x<timestamp_1763455220_co cw>:</b></span> a geheim<a href='mailto:geheim@x' title=\"a&amp;b\">geheim@x</a><!-- c --><script>d</script></div><>x<>")
}
func FuzzPHPLivePlain(f *testing.F) {
	fuzzFormat(f, "phplive-plain", "a:&nbsp;x geheim y\r\na:&nbsp;&lt;\r\n")
}
func FuzzMySQLXML(f *testing.F) {
	fuzzFormat(f, "mysql-xml", "<mysqldump><table_data name=\"p_messages\"><row><field name=\"vname\">a &lt;geheim b</field><field name=\"x\" xsi:nil=\"true\" /></row></mysqldump>")
}

func FuzzText(f *testing.F) {
	fuzzFormat(f, "text", "[10:12] a: x geheim\r\ny z\r\n[10:13] b: c\r\n", "Jan (10:12): a b\nJan (10:13): c d\nPiet (10:14): e\n", "Jan - 18/11/2025 10:12\na b\n\nJan - 18/11/2025 10:13\nc\n\nPiet - 18/11/2025 10:14\nd\n",
		"Visitor:\tgeheim x\nIP: 192.0.2.1 (host: a.b.c.d)\n\nx: a\ny: b\nx: c\n\nVisitor Details\nName:\tgeheim x\n", "\xff\xfe[\x001\x000\x00")
}

func FuzzWhatsApp(f *testing.F) {
	fuzzFormat(f, "whatsapp", "11/18/25, 10:12\u202fAM - a geheim: b c\n1/2/25, 1:05\u202fPM - d: e\n", "\u200e[18-11-2025 10:11:32] ~\u202fa: \u200ex\r\n")
}
func FuzzSignal(f *testing.F) { fuzzFormat(f, "signal", "[2019-05-29, 15:04] Me: geheim b  \n> c\n") }
func FuzzIRC(f *testing.F) {
	fuzzFormat(f, "irc", "[10:00] <a> b geheim\n[10:00] *** a!b@c has joined\n10:00 -!- a [b@c] quit\n* a b\n-n(b@c)- d e\n[10:00] *** a is now known as d\n")
}
func FuzzVCon(f *testing.F) {
	fuzzFormat(f, "vcon", `{"uuid":"x","parties":[{"name":"a geheim","mailto":"mailto:b"}],"dialog":[{"type":"text","start":"2025-11-18T09:12:03+00:00","parties":[0],"body":"<b>x</b> geheim","mediatype":"text/html"}]}`+"\n")
}

// FuzzLayers checks of every encoding that piece by piece edits come out as the
// text they say.
func FuzzLayers(f *testing.F) {
	f.Add("a&lt;b\\n'é' Ã©<br>%41+ \r\n", 1, 4)
	layers := []layer{sqlEscaped | sqlBackslash, sqlDoubled | sqlBackslash, sqlDoubled, &jsonString{}, &jsonString{ascii: true, slash: true, html: true}, htmlAttr{},
		percent{}, mojibake{}, cp1252{}, crlf{}, mysqlEscape{}, mysqlEscape{outfile: true, quoted: true}, hexLayer{}, base64Layer{}, htmlPlain, htmlPHPLive, utf16Layer{utf16Orders[0]}, phpLength{}, ircText{}}
	f.Fuzz(func(t *testing.T, raw string, start, end int) {
		for _, l := range layers {
			text, ok := l.decode(raw)
			if !ok || start < 0 || end < start || end > len(text) || !utf8.ValidString(text[:start]) || !utf8.ValidString(text[start:end]) || !utf8.ValidString(text[end:]) {
				continue
			}
			if got := Apply(raw, l.lift(raw, nil)); got != raw && (l != layer(base64Layer{}) && l != layer(hexLayer{})) {
				t.Fatalf("%T: no edits change %q to %q", l, raw, got)
			}
			want := text[:start] + "NEW" + text[end:]
			lifted := l.lift(raw, []Edit{{start, end, "NEW"}})
			if !order(append([]Edit(nil), lifted...)) {
				t.Fatalf("%T: %v overlap", l, lifted)
			}
			got, ok := l.decode(Apply(raw, lifted))
			if ok && got != want && !isMarked(l, raw) {
				t.Fatalf("%T: %q with %q at %d to %d reads %q, want %q", l, raw, "NEW", start, end, got, want)
			}
		}
	})
}

// isMarked reports whether raw holds markup that stays inside an edit, or
// escapes that new text beside them may complete.
func isMarked(l layer, raw string) bool {
	switch l.(type) {
	case htmlText, htmlAttr, ircText, phpLength, mojibake:
		return true
	}
	return strings.ContainsAny(raw, `\&%'"`)
}
