package transcripts

import (
	"regexp"
	"strings"
	"sync"
)

const ircName = "irc"

// ircFormat is the log of an IRC client: <nick> text, * nick action, *** notice.
// The user and host behind a nickname (nick!user@host) are fields, not text.
func ircFormat() Format {
	return Format{
		Name: ircName,
		Doc:  "IRC log (mIRC, irssi and their like)",
		Sniff: func(_ string, head []byte) int {
			s, ok := headText(head)
			if !ok {
				return 0
			}
			said, rest := len(ircSaid().FindAllStringIndex(s, 20)), len(ircOther().FindAllStringIndex(s, 20))
			switch {
			case said > 0 && rest > 0:
				return 75
			case said > 2:
				return 40
			}
			return 0
		},
		Read:  wholeFile{ircName, readIRC}.read,
		Write: writeSpliced(ircName),
	}
}

const ircTime = `(?:\[?(\d{1,2}:\d{2}(?::\d{2})?)\]?[ \t]+)?`

var (
	ircSaid  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^` + ircTime + `<[@+%&~ ]?([^\s<>]+)>[ \t]`) })
	ircOther = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?m)^` + ircTime + `(?:\*{1,4}[ \t]|-!-[ \t]|-([^\s()-]+)(?:\([^)\s]*\))?-[ \t])`)
	})
	ircMaskPattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?:!| ?[(\[])(~?[^\s!@()\[\]]+)@([^\s()\[\]]+)[)\]]?`)
	})
	ircRenamed = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(\S+) (?:is now known as|heet nu|is nu bekend als) (\S+)`)
	})
	ircActor = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([^\s!()\[\]#]+)[ !]`) })
)

func readIRC(r *record, _ ReadOptions) (*Conversation, string) {
	c := &Conversation{}
	x := ircReader{lineReader{r: r, c: c}}
	s := r.text(0)
	for at := 0; at < len(s); {
		end, next := len(s), len(s)
		if n := strings.IndexByte(s[at:], '\n'); n >= 0 {
			end, next = at+n, at+n+1
		}
		for end > at && s[end-1] == '\r' {
			end--
		}
		if strings.TrimSpace(s[at:end]) != "" {
			x.line(at, end)
		}
		at = next
	}
	return c, ""
}

// ircReader reads an IRC log line by line.
type ircReader struct{ lineReader }

func (x *ircReader) line(at, end int) {
	line := x.r.text(x.in)[at:end]
	if m := ircSaid().FindStringSubmatchIndex(line); m != nil {
		msg := x.message(at, m)
		nick := [2]int{at + m[4], at + m[5]}
		msg.From = x.nick(x.text(nick))
		p, _ := x.r.add(x.in, nick[0], nick[1], nil)
		msg.Fields = append(msg.Fields, x.r.field(p, "speaker", FieldHandle, msg.From))
		x.add(msg, at+m[1], end)
		return
	}
	m := ircOther().FindStringSubmatchIndex(line)
	if m == nil {
		x.add(Message{Kind: KindSystem}, at, end)
		return
	}
	msg := x.message(at, m)
	msg.Kind = KindSystem
	start := at + m[1]
	text := x.r.text(x.in)[start:end]
	switch {
	case m[4] >= 0: // -nick- notice
		p, _ := x.r.add(x.in, at+m[4], at+m[5], nil)
		msg.From = x.nick(x.r.text(p))
		msg.Fields = append(msg.Fields, x.r.field(p, "speaker", FieldHandle, msg.From))
		msg.Fields = x.masks(msg.Fields, at+m[5], start)
	case strings.HasPrefix(line[m[1]-2:], "* ") && !strings.Contains(line[:m[1]], "**"): // * nick action
		if nick, _, ok := strings.Cut(text, " "); ok {
			msg.Kind, msg.From = KindText, x.nick(nick)
		}
	default:
		x.event(text)
	}
	msg.Fields = x.masks(msg.Fields, start, end)
	p, _ := x.r.add(x.in, start, end, ircText{})
	msg.Text, msg.ref = x.r.text(p), x.r.leaf(p)
	x.c.Messages = append(x.c.Messages, msg)
}

// message begins a message with the time that a pattern found.
func (x *ircReader) message(at int, m []int) Message {
	var msg Message
	if m[2] >= 0 {
		p, _ := x.r.add(x.in, at+m[2], at+m[3], nil)
		msg.Fields = append(msg.Fields, x.r.field(p, "time", FieldTime, ""))
	}
	return msg
}

// nick returns the key of the participant with a nickname. It is a name that
// texts call him by.
func (x *ircReader) nick(nick string) string { return x.key(strings.TrimLeft(nick, "@+%&~")) }

// event learns from a notice who is there, and who has another name now.
func (x *ircReader) event(text string) {
	if m := ircRenamed().FindStringSubmatch(text); m != nil {
		key := x.nick(m[1])
		x.names = append(x.names, speakerName{m[2], key})
		x.alias(key, m[2])
		return
	}
	if m := ircActor().FindStringSubmatch(text); m != nil && ircMaskPattern().MatchString(text) {
		x.nick(m[1])
	}
}

// masks adds the user and host behind nicknames as fields.
func (x *ircReader) masks(fields []Field, start, end int) []Field {
	for _, m := range ircMaskPattern().FindAllStringSubmatchIndex(x.r.text(x.in)[start:end], -1) {
		user, _ := x.r.add(x.in, start+m[2], start+m[3], nil)
		host, _ := x.r.add(x.in, start+m[4], start+m[5], nil)
		fields = append(fields, x.r.field(user, "user", FieldHandle, ""), x.r.field(host, "host", FieldHost, ""))
	}
	return fields
}

// ircText is a line without the user and host behind nicknames.
type ircText struct{}

func (l ircText) decode(raw string) (string, bool) {
	return decodePieces(raw, l.next, func(string) string { return "" }), true
}

func (l ircText) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{l.next, func(s string) string { return s }}.lift(raw, text, edits)
}

func (ircText) next(raw string, at int) piece {
	m := ircMaskPattern().FindStringIndex(raw[at:])
	switch {
	case m == nil:
		return piece{len(raw) - at, len(raw) - at, pieceRun}
	case m[0] == 0:
		return piece{m[1], 0, pieceMark}
	}
	return piece{m[0], m[0], pieceRun}
}
