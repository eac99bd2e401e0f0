package transcripts

import (
	"strings"
)

// phplivePlain makes the column plain of the column formatted: links become
// their address, <> a line end, and what is left of tags goes, without a space.
func phplivePlain(formatted string) string {
	var b strings.Builder
	b.Grow(len(formatted))
	s := strings.ReplaceAll(plainLinks(formatted), "<>", "\r\n")
	for {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '>')
		if n := strings.IndexByte(s[open:], '\n'); end < 0 || n >= 0 && n < end {
			b.WriteString(s[:open+1]) // the pattern .*? does not go over a line end
			s = s[open+1:]
			continue
		}
		b.WriteString(s[:open])
		s = s[open+end+1:]
	}
	b.WriteString(s)
	return b.String()
}

// plainLinks replaces <a href='X'...a> by X.
func plainLinks(s string) string {
	const open = "<a href='"
	at := strings.Index(s, open)
	if at < 0 {
		return s
	}
	var b strings.Builder
	for ; at >= 0; at = strings.Index(s, open) {
		b.WriteString(s[:at])
		s = s[at:]
		line := s
		if n := strings.IndexByte(s, '\n'); n >= 0 {
			line = s[:n]
		}
		q := strings.IndexByte(line[len(open):], '\'')
		end := -1
		if q >= 0 {
			end = strings.Index(line[len(open)+q+1:], "a>")
		}
		if end < 0 {
			b.WriteString(open)
			s = s[len(open):]
			continue
		}
		b.WriteString(s[len(open) : len(open)+q])
		s = s[len(open)+q+1+end+len("a>"):]
	}
	b.WriteString(s)
	return b.String()
}
