package transcripts

import (
	"errors"
	"strings"
	"testing"
)

// readSkipping reads as --skip-bad does: it goes on behind what can be skipped.
func readSkipping(t *testing.T, name, in string) (cs []*Conversation, faults []*ReadError) {
	t.Helper()
	f, _ := Lookup(name)
	for c, err := range f.Read(strings.NewReader(in), ReadOptions{}) {
		if err == nil {
			cs = append(cs, c)
			continue
		}
		var re *ReadError
		if !errors.As(err, &re) {
			t.Fatalf("no ReadError: %v", err)
		}
		faults = append(faults, re)
		if !re.Skipped {
			break
		}
	}
	return cs, faults
}

// chatRows is a statement with rows of a chat each; a name of "encr" makes the
// row one that cannot be read.
func chatRows(names ...string) string {
	var rows []string
	for _, n := range names {
		encr := "0"
		if n == "encr" {
			encr = "1"
		}
		rows = append(rows, "('"+n+"',"+encr+",'<div></div><>')")
	}
	return "INSERT INTO p_transcripts (vname, encr, formatted) VALUES\n" + strings.Join(rows, ",\n") + ";\n"
}

func TestARefusedRowGoesAndItsStatementStays(t *testing.T) {
	const first = "-- van Jan\nSET x=1;\n"
	for _, c := range []struct{ in, want string }{
		{first + chatRows("a", "encr", "b"), first + chatRows("a", "b")},
		{first + chatRows("encr", "b", "c"), first + chatRows("b", "c")},
		{first + chatRows("encr", "encr", "c"), first + chatRows("c")},
		{first + chatRows("a", "encr", "encr"), first + chatRows("a")},
		{first + chatRows("encr") + chatRows("b"), first + "\n" + chatRows("b")},
		{first + chatRows("a") + chatRows("encr", "encr") + "COMMIT;\n", first + chatRows("a") + "\nCOMMIT;\n"},
	} {
		cs, faults := readSkipping(t, "phplive", c.in)
		if len(faults) == 0 || faults[0].Fault != "encrypted transcript" || faults[0].Line < 4 {
			t.Errorf("%s\nfaults %v", c.in, faults)
		}
		got := writeAll(t, "phplive", cs)
		if strings.ReplaceAll(got, "\n", "") != strings.ReplaceAll(c.want, "\n", "") {
			t.Errorf("%s\nbecomes\n%s\nwant\n%s", c.in, got, c.want)
		}
		if again, faults := readSkipping(t, "phplive", got); len(faults) > 0 || tree(again) != strings.TrimSuffix(tree(cs), "{\"messages\":[]}\n") {
			t.Errorf("%s\nreads %d conversations, %v", got, len(again), faults)
		}
	}
}

func TestSQLFaultsAreNamedWithTheirPlace(t *testing.T) {
	for _, c := range []struct {
		in, fault string
		line      int
	}{
		{"", "empty file", 1},
		{"\xff\xfeI\x00N\x00", "UTF-16 text, save it as UTF-8", 1},
		{"INSERT INTO t VALUES ('a'", "truncated dump", 1},
		{"INSERT INTO t VALUES ('a", "truncated dump", 1},
		{"\n\nINSERT INTO t VALUES ('a'),\n", "truncated dump", 3},
		{"INSERT INTO t VALUES ('a')", "truncated dump", 1},
		{"INSERT INTO t VALUES 'a';", "malformed SQL: a row is missing", 1},
		{"CREATE TABLE t (a int, b int);\nINSERT INTO t VALUES (1,2),\n(1);\n", "a row does not fit the columns of its table", 3},
		{"-- MySQL dump 10.13\nINSERT INTO t VALUES ('a');\n", "truncated dump: its end mark is missing", 3},
		{"INSERT INTO lz_chat_archive (fullname,gzip) VALUES ('a',1);", "compressed transcript", 1},
	} {
		_, faults := readSkipping(t, "sql", c.in)
		if len(faults) != 1 || faults[0].Fault != c.fault || faults[0].Line != c.line {
			t.Errorf("%q: %v, want line %d: %s", c.in, faults, c.line, c.fault)
		}
	}
}

func TestGoodRowsOfATruncatedDumpAreWhole(t *testing.T) {
	cs, faults := readSkipping(t, "sql", "INSERT INTO t VALUES ('a'),('b'),('c")
	if len(faults) != 1 || !faults[0].Skipped {
		t.Fatalf("faults %v", faults)
	}
	if got := writeAll(t, "sql", cs); got != "INSERT INTO t VALUES ('a'),('b');\n" {
		t.Errorf("left %q", got)
	}
}

func TestNamesAndDefinitionsThatChangeReadAgain(t *testing.T) {
	for in, want := range map[string]string{
		"CREATE TABLE t (a int,`jan@x` int);INSERT INTO t VALUES (1,2);":              "CREATE TABLE t (a int,`x` int);INSERT INTO t VALUES (1,2);",
		"CREATE TABLE t (a int,`\x00` int);INSERT INTO t VALUES (1,2);":               "CREATE TABLE t (a int,`name` int);INSERT INTO t VALUES (1,2);",
		"INSERT INTO `a``b@`.`t` (\"c\"\"@\",d) VALUES (1,2);":                        "INSERT INTO `x`.`t` (\"x\",d) VALUES (1,2);",
		"CREATE TABLE t (a int;\nDef b int, c int);INSERT INTO t VALUES (1,2,'3',4);": "CREATE TABLE t (a int;\nx);INSERT INTO t VALUES (1,2,'3',4);",
	} {
		cs := readAll(t, "sql", in, ReadOptions{})
		for _, c := range cs {
			for i := range c.Fields {
				switch f := &c.Fields[i]; {
				case f.Kind == FieldDrop:
					f.Edit(whole(f.Value, ""))
				case f.Label == "name" || f.Label == "statement":
					f.Edit(whole(f.Value, "'x`\""))
				}
			}
		}
		got := writeAll(t, "sql", cs)
		if got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
		if again := readAll(t, "sql", got, ReadOptions{}); len(again) != len(cs) {
			t.Errorf("%q reads %d conversations", got, len(again))
		}
	}
}

func TestStrictNamesUnknownColumns(t *testing.T) {
	f, _ := Lookup("phplive")
	for in, want := range map[string]string{
		"INSERT INTO p_transcripts (ces, vname, geheim1) VALUES ('a','b','c');":        `unknown field "p_transcripts.geheim1"`,
		"INSERT INTO p_transcripts (ces, vname, custom) VALUES ('a','b','c');":         "",
		"INSERT INTO onbekend (`jan@example.com`) VALUES ('a');":                       "unknown field",
		"CREATE TABLE p_notes (noteID int, zz int); INSERT INTO p_notes VALUES (1,2);": `unknown field "p_notes.zz"`,
	} {
		_, err := collect(f, []byte(in), ReadOptions{Strict: true})
		var re *ReadError
		if want == "" && err != nil || want != "" && (!errors.As(err, &re) || re.Fault != want) {
			t.Errorf("%s: %v, want %q", in, err, want)
		}
	}
}

func TestPHPLive41LinesAreRead(t *testing.T) {
	formatted := `<div class=\'ca\'><i>mag ik iets vragen?</i></div><><cid><div class=\'cv\'><b>D&#39;Hondt Fien<timestamp_1300000000_cv>:</b> ik ben Fien<br>uit Gent</div></cid><><div class=\'co\'><b>Pelle<timestamp_1300000009_co>:</b> dag Fien</div><><div class=\'cl\'><disconnected><d1>De chat is gedaan.</div><>`
	row := "INSERT INTO `p_transcripts` VALUES ('1a2b3c4d5e6f',1300000000,1300000100,1,2,0,0,5,900,'D\\'Hondt Fien','null','192.0.2.1','mag ik iets vragen?','" + formatted + "','');\n"
	c := readAll(t, "phplive", row, ReadOptions{})[0]
	if len(c.Messages) != 4 || c.Messages[1].Text != "ik ben Fien\nuit Gent" || c.Messages[1].From != RoleVisitor || c.Messages[2].From != RoleOperator || c.Messages[3].Kind != KindSystem {
		t.Errorf("messages %+v", c.Messages)
	}
	if p := c.Participants[0]; p.Name != "D'Hondt Fien" || p.Email != "" || p.IP != "192.0.2.1" || c.Messages[1].Fields[0].Value != "D'Hondt Fien" {
		t.Errorf("visitor %+v", p)
	}
	if c.Messages[1].At.Unix() != 1300000000 || c.Started.Unix() != 1300000000 || c.Ended.Unix() != 1300000100 {
		t.Error("times are lost")
	}
}

func TestTimesMoveEverywhereTheyStand(t *testing.T) {
	in := sample(t, "phplive/phplive_mysqldump_double_encoded.sql")
	cs := readAll(t, "phplive", in, ReadOptions{})
	for _, c := range cs {
		for i := range c.Messages {
			if at := &c.Messages[i].At; !at.IsZero() {
				*at = at.AddDate(0, 0, 1)
			}
		}
	}
	out := writeAll(t, "phplive", cs)
	if strings.Contains(out, "timestamp_1763455220_co") || !strings.Contains(out, "<!--begin:1763541620123-->") || !strings.Contains(out, "timestamp_1763541620_co") || strings.Contains(out, "end:1763455220123") {
		t.Error("a mark keeps its time")
	}
}

func TestPlainIsMadeAsPHPLiveMakesIt(t *testing.T) {
	formatted, plain := sample(t, "phplive-html/transcript_formatted_412345678ab.html"), sample(t, "phplive-plain/transcript_plain_412345678ab.txt")
	if got := phplivePlain(formatted); got != plain {
		t.Errorf("from byte %d on it is another", firstDifference(got, plain))
	}
	for in, want := range map[string]string{
		"a<br>b<>c": "ab\r\nc", "<a href='x>y'>z</a>w": "x>yw", "<a href='x'>z": "z", "1 < 2 en 3 > 2": "1  2", "<\n>": "<\n>", "<a href='": "<a href='",
	} {
		if got := phplivePlain(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestPostsOfOneChatAreOneConversation(t *testing.T) {
	in := sample(t, "livezilla/lz_chat.sql")
	cs := readAll(t, "livezilla", in, ReadOptions{})
	c := cs[len(cs)-1]
	if len(cs) != 2 || c.ID != "11704" || len(c.Messages) != 2 || len(c.Participants) != 2 || c.Messages[1].From != c.Participants[1].Key || c.Participants[1].Name != "Marit" {
		t.Fatalf("%d conversations, %+v", len(cs), c)
	}
	c.ID = "c1"
	if out := writeAll(t, "livezilla", cs); strings.Count(out, "'c1'") != 2 {
		t.Error("the posts are parted")
	}
}
