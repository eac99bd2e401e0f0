package transcripts

import (
	"regexp"
	"strings"
	"sync"
)

// stampLayer is a time at the beginning of a line. What is written there is one
// as well, or the line would begin no message any more: in place of anything else
// come zeros.
type stampLayer struct{}

func (stampLayer) decode(raw string) (string, bool) { return raw, true }

func (stampLayer) lift(raw string, edits []Edit) []Edit {
	was := parseStamp(raw)
	if text := Apply(raw, edits); isStamp(text) && parseStamp(text).hasDay == was.hasDay {
		return edits
	}
	zeros := strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9':
			return '0'
		case strings.ContainsRune(" \t-/.,:", r):
			return r
		}
		return -1
	}, raw))
	switch {
	case isStamp(zeros):
	case was.hasDay:
		zeros = "00/00/0000 00:00"
	default:
		zeros = "00:00"
	}
	return whole(raw, zeros)
}

var wholeStamp = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^` + stampPattern + `$`) })

func isStamp(s string) bool { return wholeStamp().MatchString(s) }
