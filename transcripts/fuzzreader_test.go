package transcripts

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzJSONL(f *testing.F) {
	fuzzFormat(f, "jsonl", jsonCode, `{"messages":[{"text":"geheim \ud83d\ude42\/ twee"}],"participants":[{"ip":"1.2.3.4"},{"geo":{"country":"BE"}}]}`)
}

func FuzzPHPLive(f *testing.F) {
	fuzzFormat(f, "phplive", sqlText, "INSERT INTO p_transcripts(vname,formatted,plain)VALUES('Ã©Ã© geheim','<div class=\\'cv\\'><b>a<timestamp_1763455220_cv>:</b> x geheim<br>&lt;</div><>','a: x geheim&lt;\\r\\n'),(\"a\",x'6162',0x6162);",
		"INSERT INTO `p_x` VALUES (NOW(),'a' 'b',_utf8'c',-1.5e3,NULL) ON DUPLICATE KEY UPDATE a='geheim';", "-- geheim jan\n/* x */ SET a='b';DELIMITER ;;\nCREATE TABLE t (a int,`b``c` text COMMENT 'x');;\n")
}

func FuzzLiveZilla(f *testing.F) {
	fuzzFormat(f, "livezilla", sqlText, "INSERT INTO lz_chat_archive (customs,transcript_text,html) VALUES ('a:1:{i:0;s:6:\"geheim\";}','a: x geheim\na: y\n','<b>x</b>');")
}

func FuzzSQL(f *testing.F) {
	fuzzFormat(f, "sql", sqlText, "INSERT INTO `klanten` (naam,tel) VALUES ('geheim x',470123456),(N'a',NOW());UPDATE klanten SET naam='geheim' WHERE id=1;")
}

func FuzzPHPLiveTSV(f *testing.F) {
	fuzzFormat(f, "phplive-tsv", tableText, "ces\tvname\tplain\nx\ta geheim\tb\\tc\\\\ d\r\\n\n")
}

func FuzzPHPLiveOutfile(f *testing.F) {
	fuzzFormat(f, "phplive-outfile", htmlCode, "1;\"a\\\"geheim x\";\\N\n")
}
func FuzzPHPLiveSession(f *testing.F) {
	fuzzFormat(f, "phplive-session", nil, "PGI+Z2VoZWltIHg8L2I+<>")
}
func FuzzPHPLiveHTML(f *testing.F) {
	fuzzFormat(f, "phplive-html", htmlCode, "<div class='co cw'>(whisper) <b>x<timestamp_1763455220_co cw>:</b></span> a geheim<a href='mailto:geheim@x' title=\"a&amp;b\">geheim@x</a><!-- c --><script>d</script></div><>x<>")
}
func FuzzPHPLivePlain(f *testing.F) {
	fuzzFormat(f, "phplive-plain", htmlCode, "a:&nbsp;x geheim y\r\na:&nbsp;&lt;\r\n")
}
func FuzzMySQLXML(f *testing.F) {
	fuzzFormat(f, "mysql-xml", xmlCode, "<mysqldump><table_data name=\"p_messages\"><row><field name=\"vname\">a &lt;geheim b</field><field name=\"x\" xsi:nil=\"true\" /></row></mysqldump>")
}

func FuzzText(f *testing.F) {
	fuzzFormat(f, "text", htmlCode, "[10:12] a: x geheim\r\ny z\r\n[10:13] b: c\r\n", "Jan (10:12): a b\nJan (10:13): c d\nPiet (10:14): e\n", "Jan - 18/11/2025 10:12\na b\n\nJan - 18/11/2025 10:13\nc\n\nPiet - 18/11/2025 10:14\nd\n",
		"Visitor:\tgeheim x\nIP: 192.0.2.1 (host: a.b.c.d)\n\nx: a\ny: b\nx: c\n\nVisitor Details\nName:\tgeheim x\n", "\xff\xfe[\x001\x000\x00")
}

func FuzzWhatsApp(f *testing.F) {
	fuzzFormat(f, "whatsapp", htmlCode, "11/18/25, 10:12\u202fAM - a geheim: b c\n1/2/25, 1:05\u202fPM - d: e\n", "\u200e[18-11-2025 10:11:32] ~\u202fa: \u200ex\r\n")
}
func FuzzSignal(f *testing.F) {
	fuzzFormat(f, "signal", htmlCode, "[2019-05-29, 15:04] Me: geheim b  \n> c\n")
}
func FuzzIRC(f *testing.F) {
	fuzzFormat(f, "irc", htmlCode, "[10:00] <a> b geheim\n[10:00] *** a!b@c has joined\n10:00 -!- a [b@c] quit\n* a b\n-n(b@c)- d e\n[10:00] *** a is now known as d\n")
}
func FuzzVCon(f *testing.F) {
	fuzzFormat(f, "vcon", exportText, `{"uuid":"x","parties":[{"name":"a geheim","mailto":"mailto:b"}],"dialog":[{"type":"text","start":"2025-11-18T09:12:03+00:00","parties":[0],"body":"<b>x</b> geheim","mediatype":"text/html"}]}`+"\n")
}

func FuzzZendeskChat(f *testing.F)   { fuzzFormat(f, "zendesk-chat", exportText) }
func FuzzZendeskTicket(f *testing.F) { fuzzFormat(f, "zendesk-ticket", exportText) }
func FuzzIntercom(f *testing.F)      { fuzzFormat(f, "intercom", exportText) }
func FuzzLiveChat(f *testing.F)      { fuzzFormat(f, "livechat", exportText) }
func FuzzTeams(f *testing.F)         { fuzzFormat(f, "msteams", exportText) }
func FuzzTawkTo(f *testing.F)        { fuzzFormat(f, "tawkto", exportText) }
func FuzzCrisp(f *testing.F)         { fuzzFormat(f, "crisp", exportText) }
func FuzzChatwoot(f *testing.F)      { fuzzFormat(f, "chatwoot", exportText) }
func FuzzLiveHelperChat(f *testing.F) {
	fuzzFormat(f, "livehelperchat", exportText)
}
func FuzzMessenger(f *testing.F) {
	fuzzFormat(f, "messenger", exportText, `{"messages":[{"content":"Zo\u00c3\u00ab \u00c3"}]}`)
}
func FuzzTelegram(f *testing.F) {
	fuzzFormat(f, "telegram", exportText, `{"messages":[{"text":["a b ",{"text":"c d"}," \x0B e"]}]}`)
}
func FuzzSlack(f *testing.F) {
	fuzzFormat(f, "slack", exportText, `[{"type":"message","text":"a <@U07AB> b &lt;c&gt; :smile: d"}]`)
}
func FuzzSlackUsers(f *testing.F)    { fuzzFormat(f, "slack-users", exportText) }
func FuzzSlackChannels(f *testing.F) { fuzzFormat(f, "slack-channels", exportText) }
func FuzzMattermost(f *testing.F)    { fuzzFormat(f, "mattermost", exportText) }
func FuzzRocketChat(f *testing.F)    { fuzzFormat(f, "rocketchat", exportText) }
func FuzzMatrix(f *testing.F)        { fuzzFormat(f, "matrix", exportText) }
func FuzzJSON(f *testing.F) {
	fuzzFormat(f, "json", exportText, `{"a":"{\"b\":\"c d\"}","e":12345678,"f@g":[1.5,null,"<b>h i</b> &amp;"]}`, `{"user":"a b","text":"c d"}`+"\n"+`{"user":"e","text":"f g","room":"h"}`)
}
func FuzzCSV(f *testing.F) {
	fuzzFormat(f, "csv", htmlCode, "sep=;\r\nnaam;bericht\r\n\"a \"\"b\"\" c\";d e\r\n", "id,naam,bericht\n1,a b,c\n2,d,e f\n1,g,\"h\ni j\"\n", "\xff\xfea\x00;\x00b\x00\n\x00")
}
func FuzzXLSX(f *testing.F) { fuzzFormat(f, "xlsx", nil) }
func FuzzDOCX(f *testing.F) { fuzzFormat(f, "docx", nil) }
func FuzzEML(f *testing.F) {
	fuzzFormat(f, "eml", mailText, "From: =?utf-8?Q?a_b?= <c@d>\nTo: \"e f\" <g@h>, i@j (k l)\nSubject: m\n n\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>o p=\nq r=C3=A9</p>\n")
}
func FuzzMbox(f *testing.F) { fuzzFormat(f, "mbox", mailText) }
func FuzzZip(f *testing.F)  { fuzzFormat(f, "zip", nil) }
func FuzzGzip(f *testing.F) { fuzzFormat(f, "gzip", nil) }

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
