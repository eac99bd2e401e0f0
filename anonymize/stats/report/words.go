package report

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/clbchat/naamloos/anonymize/region"
	"github.com/clbchat/naamloos/anonymize/stats"
)

// languages are those of the report, in the order in which they are offered.
var languages = [...]string{"nl", "fr", "de", "en"}

// names are what the languages call themselves.
var names = [...]string{"Nederlands", "Français", "Deutsch", "English"}

//go:embed words.txt
var wordList string

var allWords = sync.OnceValue(func() map[string][]string {
	words := map[string][]string{}
	for line := range strings.Lines(wordList) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		key, rest, _ := strings.Cut(line, "\t")
		words[key] = strings.Split(rest, "\t")
	}
	return words
})

// speech says things in one language.
type speech struct {
	code string
	n    int
}

// say returns what a key stands for.
func (s speech) say(key string) string { return allWords()[key][s.n] }

// number returns a count as the language writes it.
func (s speech) number(c stats.Count) string {
	if c < 0 {
		return "·"
	}
	digits := strconv.FormatInt(int64(c), 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + s.say("group") + digits[i:]
	}
	return digits
}

// duration returns seconds as people say them.
func (s speech) duration(seconds stats.Count) string {
	n := int64(seconds)
	switch {
	case n < 0:
		return "·"
	case n < 90:
		return fmt.Sprintf(s.say("seconds"), n)
	case n < 90*60:
		return fmt.Sprintf(s.say("minutes"), (n+30)/60)
	}
	return fmt.Sprintf(s.say("hours"), (n+1800)/3600)
}

// value returns a value of a table as people say it.
func (s speech) value(t stats.Table, v string) string {
	if v == stats.Unknown || v == stats.Other {
		return s.say(v)
	}
	prefix := ""
	switch t {
	case stats.Weekday, stats.MessageWeekday:
		prefix = "weekday."
	case stats.Role:
		prefix = "role."
	case stats.Speaker:
		prefix = "speaker."
	case stats.Language:
		prefix = "language."
	case stats.SourceTimes:
		prefix = "times."
	case stats.Entity:
		prefix = "entity."
	case stats.Waiting:
		prefix = "waiting."
	case stats.Country:
		return region.Name(v, s.code)
	case stats.Region:
		if country, ok := strings.CutSuffix(v, "-"+stats.Unknown); ok {
			return region.Name(country, s.code) + ", " + s.say(stats.Unknown)
		}
		return region.Name(v, s.code)
	}
	if words, ok := allWords()[prefix+v]; ok && prefix != "" {
		return words[s.n]
	}
	if isMonth(v) {
		return v
	}
	return strings.ReplaceAll(v, "-", "–")
}
