package transcripts

import (
	"bytes"
	"embed"
	"io"
	"iter"
	"sync"
)

// profileFiles are the profiles of known systems. Each names the public source
// of its fields on the first line.
//
//go:embed profiles/*.yaml
var profileFiles embed.FS

// profiles are the profiles of known systems, in the order of their files.
var profiles = sync.OnceValue(func() []*Profile {
	entries, err := profileFiles.ReadDir("profiles")
	if err != nil {
		panic("transcripts: profiles are not embedded")
	}
	out := make([]*Profile, 0, len(entries))
	for _, e := range entries {
		b, err := profileFiles.ReadFile("profiles/" + e.Name())
		if err != nil {
			panic("transcripts: profile " + e.Name() + " is not embedded")
		}
		p, err := ParseProfile(bytes.NewReader(b))
		if err != nil {
			panic("transcripts: profile " + e.Name() + ": " + err.Error())
		}
		p.own = true
		out = append(out, p)
	}
	return out
})

// profileFormats are the formats that profiles describe.
func profileFormats() []Format {
	var out []Format
	for _, p := range profiles() {
		out = append(out, p.Format())
	}
	return out
}

// profileOf returns the profile of a known system.
func profileOf(name string) *Profile {
	for _, p := range profiles() {
		if p.name == name {
			return p
		}
	}
	return nil
}

// Format returns the format that a profile describes.
func (p *Profile) Format() Format {
	f := Format{Name: p.name, Doc: p.doc, Read: readJSON(p)}
	f.Sniff = func(_ string, head []byte) int { return p.fits(head) }
	if p.table {
		f.Read, f.Sniff = readCSV(p), p.fitsTable
	}
	f.Write = func(w io.Writer, conversations iter.Seq2[*Conversation, error]) error {
		return writeRecords(w, p.name, conversations)
	}
	return f
}

// fits tells how sure it is that a file beginning with head is of the format:
// the more names of its own it finds, the surer.
func (p *Profile) fits(head []byte) int {
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) {
		text, _ := csvHead(head)
		head = []byte(text)
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(utf8BOM)), " \t\r\n")
	if !beginsJSON(head) {
		return 0
	}
	if p.generic {
		return 10
	}
	sure := 0
	for _, names := range p.sniff {
		if holdsAll(head, names) {
			sure = max(sure, min(60+10*len(names), 95))
		}
	}
	return sure
}

func holdsAll(head []byte, names []string) bool {
	for _, n := range names {
		if !bytes.Contains(head, []byte(`"`+n+`"`)) {
			return false
		}
	}
	return true
}

// beginsJSON tells whether an array or object begins, as far as its first value
// shows: [PERSON-k7mz4qhd9] and [16:04] begin lines of text.
func beginsJSON(head []byte) bool {
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		return false
	}
	first := bytes.TrimLeft(head, "[ \t\r\n")
	if len(first) == 0 {
		return true
	}
	switch c := first[0]; {
	case c == '{':
		first = bytes.TrimLeft(first[1:], " \t\r\n")
		return len(first) == 0 || first[0] == '"' || first[0] == '}'
	case c == '"':
		return true
	case c == ']':
		return endsValue(bytes.TrimLeft(first, "]"))
	case c == '-' || c >= '0' && c <= '9':
		return endsValue(bytes.TrimLeft(first, "+-.0123456789eE"))
	}
	for _, word := range []string{"true", "false", "null"} {
		if rest, ok := bytes.CutPrefix(first, []byte(word)); ok {
			return endsValue(rest)
		}
	}
	return false
}

// endsValue tells whether a value has ended before rest.
func endsValue(rest []byte) bool {
	rest = bytes.TrimLeft(rest, "] \t\r\n")
	return len(rest) == 0 || rest[0] == ',' || rest[0] == '[' || rest[0] == '{'
}
