package transcripts

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// phpLength is a PHP-serialised string from its length on: 11:"Klas: 3 MTB".
type phpLength struct{}

func (phpLength) decode(raw string) (string, bool) {
	n := digits(raw, 0)
	if n == 0 || n+3 > len(raw) || raw[n:n+2] != `:"` || raw[len(raw)-1] != '"' {
		return "", false
	}
	return raw[n+2 : len(raw)-1], true
}

// lift counts the bytes anew.
func (l phpLength) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	n := digits(raw, 0)
	out := []Edit{{0, n, strconv.Itoa(len(Apply(text, edits)))}}
	for _, e := range edits {
		out = append(out, Edit{e.Start + n + 2, e.End + n + 2, e.Text})
	}
	return out
}

// isPHPSerialized reports whether s looks like the output of PHP's serialize.
func isPHPSerialized(s string) bool {
	return len(s) > 6 && (s[0] == 'a' || s[0] == 's' || s[0] == 'O') && s[1] == ':' && '0' <= s[2] && s[2] <= '9' &&
		(strings.HasSuffix(s, "}") || strings.HasSuffix(s, `";`))
}

// phpCode matches what stands between the strings of PHP's serialize: arrays,
// numbers, references, and objects by the name of their class.
var phpCode = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[{};]|N;|[abirRd]:-?[0-9][0-9.eE+-]{0,24}[:;]|d:-?(?:NAN|INF);|O:\d{1,3}:"[\w\\]{1,64}":\d{1,9}:)`)
})

// serialized appends the strings and the long numbers of a PHP-serialised value
// as fields. False when it is not what it looks like.
func (t *tableRow) serialized(c *Conversation, in int32, label string) bool {
	s := t.r.text(in)
	type found struct {
		start, end int
		layer      layer
	}
	var all []found
	for at := 0; at < len(s); {
		if strings.HasPrefix(s[at:], "s:") {
			start, end := at+len("s:"), phpString(s, at+len("s:"))
			if end < 0 {
				return false
			}
			all = append(all, found{start, end, phpLength{}})
			at = end + len(";")
			continue
		}
		n := len(phpCode().FindString(s[at:]))
		switch {
		case n == 0:
			return false
		case n-len("i:;") >= shortNumber && (s[at] == 'i' || s[at] == 'd'):
			all = append(all, found{at + len("i:"), at + n - 1, scalarLayer{blank: "0"}})
		}
		at += n
	}
	for _, f := range all {
		if p, ok := t.r.add(in, f.start, f.end, f.layer); ok && t.r.text(p) != "" {
			c.Fields = append(c.Fields, t.r.field(p, label, FieldText, ""))
		}
	}
	return len(all) > 0
}

// phpString returns where the string ends whose length begins at a byte: behind
// its quotation mark, before a semicolon. -1 when it does not.
func phpString(s string, at int) int {
	end := digits(s, at)
	size, err := strconv.Atoi(s[at:end])
	if err != nil || !strings.HasPrefix(s[end:], `:"`) || size > len(s)-end-4 || s[end+2+size:end+4+size] != `";` {
		return -1
	}
	return end + 3 + size
}
