package transcripts

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

const (
	textName     = "text"
	whatsappName = "whatsapp"
	signalName   = "signal"
)

// textFormat is a transcript in plain text, in whatever way it says who speaks.
// A text in which nothing says it is one message.
func textFormat() Format {
	return Format{
		Name: textName,
		Doc:  "plain text with a name or a time before each message; else one text",
		Sniff: func(name string, head []byte) int {
			s, ok := headText(head)
			switch {
			case !ok || isMarkup(s):
				return 0
			case chooseGrammar(s, nil) != nil:
				return 30
			case strings.HasSuffix(strings.ToLower(name), ".txt"):
				return 10
			}
			return 2
		},
		Read:  wholeFile{textName, readLines}.read,
		Write: writeSpliced(textName),
	}
}

func readLines(r *record, _ ReadOptions) (*Conversation, string) {
	switch s := r.text(0); {
	case isMarkup(s):
		return nil, "no plain text but JSON, XML or the like; it has a format of its own"
	case sniffMail([]byte(s)) > 0 && codedMail().MatchString(s):
		return nil, "no plain text but a mail with encoded parts; read it as eml"
	}
	c := &Conversation{}
	lr := lineReader{r: r, c: c}
	lr.read()
	return c, ""
}

// headText returns the text at the beginning of a file. False when it is none.
func headText(head []byte) (string, bool) {
	s := string(head)
	for i := 0; i < utf8.UTFMax && len(s) > utf8.UTFMax && !utf8.ValidString(s); i++ {
		s = s[:len(s)-1] // a character may be cut
	}
	if !utf8.ValidString(s) {
		s = string(head)
	}
	if l := charsetOf(s); l != nil {
		var ok bool
		if s, ok = l.decode(s[:len(s)&^1]); !ok {
			return "", false
		}
	}
	return s, strings.IndexByte(s, 0) < 0
}

// codedMail matches the header field of a part of a mail that no one can read as
// it is.
var codedMail = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?im)^content-transfer-encoding:\s*(?:base64|quoted-printable)`)
})

// isMarkup reports whether a text is JSON, XML, HTML or PDF: to read it as plain
// text would miss what it encodes.
func isMarkup(s string) bool {
	s = strings.ToLower(strings.TrimLeft(s[:min(len(s), 200)], " \t\r\n\ufeff"))
	for _, head := range [...]string{"{\"", "{ \"", "{\n", "{\r", "[{", "[\n", "<?xml", "<!doctype", "<html", "%pdf-", "{\\rtf"} {
		if strings.HasPrefix(s, head) {
			return true
		}
	}
	return false
}

// whatsappFormat is what "Export chat" of WhatsApp writes, in any locale, on
// Android (date time - name: text) and iOS ([date time] name: text).
func whatsappFormat() Format {
	return Format{
		Name: whatsappName,
		Doc:  "WhatsApp exported chat (.txt), Android and iOS, all locales",
		Sniff: func(_ string, head []byte) int {
			if s, ok := headText(head); ok {
				return whatsappShare(s)
			}
			return 0
		},
		Read:  wholeFile{whatsappName, readWhatsApp}.read,
		Write: writeSpliced(whatsappName),
	}
}

// whatsappHead is a line of a WhatsApp chat; every one has a date and a time.
var whatsappHead = sync.OnceValue(func() *lineGrammar {
	head := `^` + marksPattern + `\[?(?P<stamp>` + datePattern + `[,.]?\s(?:\D{0,11}[\s\x{202F}\x{00A0}])??` + clockPattern + `)(?:\]|[ \x{00A0}]-|:[ ]-)[ \x{00A0}]` + marksPattern + saysPattern + marksPattern
	return &lineGrammar{name: "WhatsApp", head: regexp.MustCompile(head)}
})

// whatsappShare tells how sure it is by the lines that begin a message.
func whatsappShare(s string) int {
	hits, total := 0, 0
	for line := range strings.Lines(s) {
		if line = strings.TrimRight(line, "\r\n"); line == "" {
			continue
		}
		if total++; total > 50 {
			break
		}
		if _, ok := whatsappHead().match(line, 0); ok {
			hits++
		} else if total == 1 {
			return 0
		}
	}
	if hits*3 < total || signalLine().MatchString(s) {
		return 0
	}
	return 60
}

func readWhatsApp(r *record, o ReadOptions) (*Conversation, string) {
	c := &Conversation{}
	lr := lineReader{r: r, c: c, grammar: whatsappHead()}
	lr.read()
	if len(c.Messages) == 0 {
		return nil, "no message begins as WhatsApp writes it"
	}
	lr.contact(o.Name)
	return c, ""
}

// contactFile is the name of a file that WhatsApp exports: it holds the name of
// the contact or the group.
var contactFile = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)WhatsApp[- ]Chat (?:met|with|mit|avec|- )\s*(.+?)(?:\.txt|\.zip)?$`)
})

// contact adds the name in the file name when it is that of one who speaks
// under a longer name.
func (lr *lineReader) contact(file string) {
	m := contactFile().FindStringSubmatch(file)
	if m == nil {
		return
	}
	for _, n := range lr.names {
		if n.name != m[1] && strings.HasPrefix(n.name, m[1]) {
			lr.alias(n.key, m[1])
			return
		}
	}
}

// signalFormat is Signal as sigexport writes it: Markdown, two spaces at the
// end of a line.
func signalFormat() Format {
	return Format{
		Name: signalName,
		Doc:  "Signal chat exported by sigexport (Markdown)",
		Sniff: func(_ string, head []byte) int {
			if s, ok := headText(head); ok && signalLine().MatchString(s) {
				return 70
			}
			return 0
		},
		Read:  wholeFile{signalName, readSignal}.read,
		Write: writeSpliced(signalName),
	}
}

var signalLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)\A(?:\s|\x{FEFF})*\[\d{4}-\d\d-\d\d,? \d\d:\d\d(?::\d\d)?\] [^:\r\n]{1,60}: `)
})

func readSignal(r *record, _ ReadOptions) (*Conversation, string) {
	c := &Conversation{}
	lr := lineReader{r: r, c: c, grammar: &lineGrammars()[0]}
	lr.read()
	if len(c.Messages) == 0 {
		return nil, "no message begins as sigexport writes it"
	}
	return c, ""
}
