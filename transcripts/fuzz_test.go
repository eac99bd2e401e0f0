package transcripts

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// fuzzFormat checks that a reader neither panics nor loops, that every value is
// text, that what it accepts comes back as it was, that what was changed reads
// again, and that an error is a ReadError. Where readable is not nil, it also
// checks that no secret is left in what readable returns of the output: all but
// the names and words of the format.
func fuzzFormat(f *testing.F, name string, readable func(string) string, seeds ...string) {
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
		f.Add(bytes.ReplaceAll(b, []byte("Fenna"), []byte("geheim")))
	}
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		cs, err := collect(format, in, ReadOptions{Name: "x.txt", MaxRecord: 1 << 20})
		if err != nil {
			var re *ReadError
			if !errors.As(err, &re) || re.Fault == "" || strings.Contains(re.Error(), "\x00") {
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
		if err != nil || !sameContent(out, string(in)) {
			t.Fatalf("not identical: %v\n%q\n%q", err, in, out)
		}
		for _, c := range cs {
			shout(c)
		}
		out, err = emit(format, cs)
		if err != nil {
			t.Fatalf("cannot be written: %v", err)
		}
		if readable != nil && strings.Contains(readable(out), "geheim") {
			t.Fatalf("left: %q", out)
		}
		if name == "csv" && dialectOf(out) != dialectOf(string(in)) {
			return // a file of one or two rows, whose marks were in what was replaced
		}
		if _, err := collect(format, []byte(out), ReadOptions{MaxRecord: 4 << 20}); err != nil {
			t.Fatalf("does not read again: %v\n%q\n%q", err, in, out)
		}
	})
}

// dialectOf returns what parts the fields of delimited text.
func dialectOf(s string) csvDialect {
	if l := charsetOf(s); l != nil {
		s, _ = l.decode(s)
	}
	d, _ := sniffCSV([]byte(s))
	return d
}

// without returns s without what a pattern matches.
func without(pattern string) func(s string) string {
	re := regexp.MustCompile(pattern)
	return func(s string) string { return re.ReplaceAllString(s, " ") }
}

var (
	htmlCode = without(`(?is)\b(?:class|target|rel|border|width|height|align|valign|type|tag|dir|lang|cellpadding|cellspacing|colspan|rowspan|bgcolor|color|size|face|role|tabindex|style)\s*=\s*\\*['"]?[^'"<>\\]*|\b(?:data|aria|xmlns|xml|accept|o|v|w|m|x|st1|svg)[-:]\w+`)
	xmlCode  = without(`(?is)</?[^\s<>/="']+|[^\s<>/="']+\s*=(?:\s*["'][\w .:#/-]*["'])?`)
	jsonCode = without(`"(?:[^"\\]|\\.)*"\s*:`)
	sqlToken = regexp.MustCompile("(?is)'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|--[\\x00-\\x20][^\n]*|#[^\n]*|/\\*!|/\\*.*?\\*/")
)

// exportText returns the strings of JSON without the names of members, and
// without the words that a system may have chosen.
func exportText(s string) string {
	var b strings.Builder
	for _, token := range jsonStrings.FindAllString(s, -1) {
		if strings.HasSuffix(token, `"`) && !isWordOfSystem(strings.Trim(token, `"`)) {
			b.WriteString(htmlCode(token))
		}
	}
	return b.String()
}

var jsonStrings = regexp.MustCompile(`"(?:[^"\\]|\\.)*"(?:\s*:)?`)

// mailText returns a mail without the names of its header fields.
func mailText(s string) string { return htmlCode(mailNames(s)) }

var mailNames = without(`(?m)^[!-9;-~]+:|boundary="?[^"\s]*`)

// tableText returns delimited text without the line of names.
func tableText(s string) string {
	_, rows, _ := strings.Cut(s, "\n")
	return htmlCode(rows)
}

// sqlText returns the literals and comments of SQL.
func sqlText(s string) string {
	if strings.Contains(s, "NO_BACKSLASH_ESCAPES") {
		return ""
	}
	var b strings.Builder
	for _, token := range sqlToken.FindAllString(s, -1) {
		if text := strings.TrimLeft(token, "#-"); token[0] != '`' && !isDumpComment(text) && !strings.HasPrefix(text, " Host: ") {
			b.WriteString(htmlCode(token))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// shout replaces every second word of every text by a pseudonym, and the word
// "geheim" wherever it stands.
func shout(c *Conversation) {
	with := func(s, by string) []Edit {
		var out []Edit
		for at, n := 0, 0; at < len(s); n++ {
			end := at
			for end < len(s) && s[end] != ' ' && s[end] != '\n' {
				_, size := utf8.DecodeRuneInString(s[end:])
				end += size
			}
			if end > at && (n%2 == 1 || strings.Contains(s[at:end], "geheim")) {
				out = append(out, Edit{at, end, by})
			}
			at = end + 1
		}
		return out
	}
	edits := func(s string) []Edit { return with(s, `[É-"o'x\]`) }
	fields := func(fs []Field) {
		for i := range fs {
			switch f := &fs[i]; {
			case f.Kind == FieldDrop && f.Value != "": // it has to go
				f.Edit(whole(f.Value, ""))
			case f.Kind == FieldName: // a line would not begin with another
				f.Edit(with(f.Value, "[É-ox]"))
			case f.Kind != FieldOther && f.Kind != FieldTime && f.Label != "time", strings.Contains(f.Value, "geheim"):
				f.Edit(edits(f.Value))
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

// FuzzFormats reads anything in any format: it must come back as it was, or be
// refused.
func FuzzFormats(f *testing.F) {
	all := All()
	for i, format := range all {
		paths, _ := filepath.Glob("../testdata/transcripts/" + format.Name + "/*")
		for _, p := range paths {
			if b, err := os.ReadFile(p); err == nil && len(b) < 64<<10 {
				f.Add(b, uint8(i))
			}
		}
	}
	f.Fuzz(func(t *testing.T, in []byte, n uint8) {
		format := all[int(n)%len(all)]
		if format.Read == nil || format.Write == nil {
			return
		}
		cs, err := collect(format, in, ReadOptions{MaxRecord: 1 << 20})
		if err != nil {
			return
		}
		if out, err := emit(format, cs); err != nil || !sameContent(out, string(in)) {
			t.Errorf("%s: not identical: %v", format.Name, err)
		}
	})
}
