package transcripts

import (
	"regexp"
	"strings"
	"sync"
)

// lineGrammar is a way in which programs and people write who says what.
type lineGrammar struct {
	name string
	// head matches the beginning of a line that begins a message; its groups
	// "stamp" and "name" may be absent.
	head *regexp.Regexp
	// body tells that the text stands on the lines behind the head.
	body bool
	// closed tells that only names that recur, or that the file declares, begin a
	// message.
	closed bool
}

// The parts of the patterns. A name has no colon, bracket or quotation mark, but
// for words in square brackets, as pseudonyms are.
const (
	marksPattern   = `[\x{200E}\x{200F}\x{202A}-\x{202E}\x{FEFF}]*`
	datePattern    = `\d{1,4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,4}`
	clockPattern   = `\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[\s\x{202F}\x{00A0}]?[APap]\.?[\s\x{202F}\x{00A0}]?[Mm]\.?)?`
	stampPattern   = `(?P<stamp>(?:` + datePattern + `[,.]?\s(?:\D{0,11}[\s\x{202F}\x{00A0}])??)?` + clockPattern + `|` + clockPattern + `\s` + datePattern + `)`
	wordInBrackets = `\[[\pL\pN_-]+\]`
	namePattern    = `(?P<name>(?:[^\s:\[\]<>|"*]|` + wordInBrackets + `)(?:[^:\r\n\[\]<>|"]|` + wordInBrackets + `){0,59}?)`
	saysPattern    = `(?:` + namePattern + `\s?:(?:[ \t\x{00A0}]|$))?`
)

// lineGrammars are tried in order. Sources: exports seen in public code and
// manuals, listed in docs/FORMATS.md.
var lineGrammars = sync.OnceValue(func() []lineGrammar {
	pattern := func(s string) *regexp.Regexp { return regexp.MustCompile(`^` + marksPattern + s) }
	return []lineGrammar{
		{name: "[time] name: text", head: pattern(`\[` + stampPattern + `\]:?[ \t]+` + marksPattern + saysPattern)},
		{name: "(time) name: text", head: pattern(`\(` + stampPattern + `\):?[ \t]+` + saysPattern)},
		{name: "time name: text", head: pattern(stampPattern + `(?:[ \t][-–|]|:)?[ \t]+` + marksPattern + saysPattern)},
		{name: "name (time): text", head: pattern(namePattern + `[ \t]+[(\[]` + stampPattern + `[)\]][ \t]*:?(?:[ \t]|$)`)},
		{name: "name - date time", head: pattern(namePattern + `[ \t]+[-–|,][ \t]+(?P<stamp>` + datePattern + `,?[ \t]` + clockPattern + `)[ \t]*$`), body: true},
		{name: "<name> text", head: pattern(`<[@+%~&]?(?P<name>[^\s<>][^<>\r\n]{0,59})>(?:[ \t]|$)`)},
		{name: "name: text", head: pattern(namePattern + `[ \t]?:(?:[ \x{00A0}]|$)`), closed: true},
	}
})

// lineHead is the beginning of a message: ranges in the text.
type lineHead struct {
	stamp, name [2]int // empty when absent
	text        int
}

// match returns the head of the line that begins at byte at of a text.
func (g *lineGrammar) match(line string, at int) (lineHead, bool) {
	m := g.head.FindStringSubmatchIndex(line)
	if m == nil {
		return lineHead{}, false
	}
	h := lineHead{text: at + m[1]}
	for i, name := range g.head.SubexpNames() {
		if m[2*i] < 0 {
			continue
		}
		switch name {
		case "stamp":
			h.stamp = [2]int{at + m[2*i], at + m[2*i+1]}
		case "name":
			h.name = [2]int{at + m[2*i], at + m[2*i+1]}
			if !isSpeaker(line[m[2*i]:m[2*i+1]]) {
				if g.head.SubexpIndex("stamp") < 0 {
					return lineHead{}, false
				}
				h.text, h.name = h.name[0], [2]int{}
			}
		}
	}
	return h, true
}

// isSpeaker reports whether what stands before a colon can be a name: of few
// words, and no time of day.
func isSpeaker(s string) bool {
	if len(strings.Fields(s)) > 6 || strings.HasPrefix(s, "***") || strings.HasSuffix(s, "http") || strings.HasSuffix(s, "https") {
		return false
	}
	end := digits(s, 0)
	return end == 0 || end > 2 || end < len(s) && s[end] != '.' && s[end] != ':' && s[end] != 'u'
}

// chooseGrammar returns the grammar that fits a text: the first with at least
// three hits, or with hits on three of five lines that are not blank. Nil when
// none does.
func chooseGrammar(s string, known map[string]bool) *lineGrammar {
	all := lineGrammars()
	for i := range all {
		g := &all[i]
		hits, total := 0, 0
		names := map[string]int{}
		for line := range strings.Lines(s) {
			if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) == "" {
				continue
			}
			if total++; total > 2000 {
				break
			}
			h, ok := g.match(line, 0)
			if !ok {
				continue
			}
			if name := line[h.name[0]:h.name[1]]; !g.closed || known[name] || names[name] > 0 {
				hits++
			} else {
				names[name]++
			}
		}
		if hits >= 3 || hits > 0 && hits*5 >= total*3 || g.closed && hits >= 2 {
			return g
		}
	}
	return nil
}
