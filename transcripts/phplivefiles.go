package transcripts

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
)

const (
	phpliveSessionName = "phplive-session"
	phpliveHTMLName    = "phplive-html"
	phplivePlainName   = "phplive-plain"
)

// phpliveSessionFormat is a chat that PHP Live! has not stored yet:
// web/chat_sessions/<ces>.txt, lines in base64 parted by <>.
func phpliveSessionFormat() Format {
	return Format{
		Name: phpliveSessionName,
		Doc:  "PHP Live! file of a chat under way (web/chat_sessions/*.txt)",
		Sniff: func(_ string, head []byte) int {
			line, _, ok := bytes.Cut(bytes.TrimSpace(head), []byte("<>"))
			if text, isCode := (base64Layer{}).decode(string(line)); ok && isCode && strings.HasPrefix(text, "<") {
				return 95
			}
			return 0
		},
		Read:  wholeFile{phpliveSessionName, readPHPLiveSession}.read,
		Write: writeSpliced(phpliveSessionName),
	}
}

func readPHPLiveSession(r *record, _ ReadOptions) (*Conversation, string) {
	h := newPHPLiveChat(r)
	s := r.text(0)
	for at := 0; at < len(s); {
		end, next := len(s), len(s)
		if n := strings.Index(s[at:], "<>"); n >= 0 {
			end, next = at+n, at+n+len("<>")
		}
		if strings.TrimSpace(s[at:end]) != "" {
			p, ok := r.add(0, at, end, base64Layer{})
			if !ok || !validText(r.text(p)) {
				return nil, "malformed base64 or truncated file"
			}
			h.line(p, 0, len(r.text(p)))
		}
		at = next
	}
	return h.c, ""
}

// phpliveHTMLFormat is the column formatted of PHP Live! in a file.
func phpliveHTMLFormat() Format {
	return Format{
		Name: phpliveHTMLName,
		Doc:  "PHP Live! text of one chat, column formatted",
		Sniff: func(_ string, head []byte) int {
			if i := bytes.Index(head, []byte("<div class='c")); i >= 0 && i < 64 && bytes.Contains(head, []byte("</div><>")) {
				return 90
			}
			return 0
		},
		Read:  wholeFile{phpliveHTMLName, readPHPLiveHTML}.read,
		Write: writeSpliced(phpliveHTMLName),
	}
}

func readPHPLiveHTML(r *record, _ ReadOptions) (*Conversation, string) {
	h := newPHPLiveChat(r)
	h.formatted(0)
	return h.c, ""
}

// newPHPLiveChat returns an empty chat whose lines stand in r.
func newPHPLiveChat(r *record) *phpliveChat {
	c := &Conversation{Participants: []Participant{{Key: RoleVisitor, Role: RoleVisitor}}}
	return &phpliveChat{t: &tableRow{r: r, table: &table{}}, c: c}
}

// phplivePlainFormat is the column plain of PHP Live! in a file. What it has
// lost by its making (the ends of lines in a message) is not to be had back.
func phplivePlainFormat() Format {
	return Format{
		Name: phplivePlainName,
		Doc:  "PHP Live! text of one chat, column plain",
		Sniff: func(_ string, head []byte) int {
			if bytes.Count(head, []byte(":&nbsp;")) >= 2 && bytes.Contains(head, []byte("\r\n")) && !bytes.Contains(head, []byte("<div")) {
				return 80
			}
			return 0
		},
		Read: wholeFile{phplivePlainName, func(r *record, _ ReadOptions) (*Conversation, string) {
			h := newPHPLiveChat(r)
			h.plainLines(0)
			return h.c, ""
		}}.read,
		Write: writeSpliced(phplivePlainName),
	}
}

// plainSpeaker is the name before what someone said, in version 4.7 and before.
var plainSpeaker = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\(whisper\) )?([^\r\n:]{1,80}):(&nbsp;| )`)
})

// plainLines reads the column plain where formatted is not there.
func (h *phpliveChat) plainLines(in int32) {
	s := h.t.r.text(in)
	known := h.plainNames(s)
	for at := 0; at < len(s); {
		end, next := len(s), len(s)
		if n := strings.IndexByte(s[at:], '\n'); n >= 0 {
			end, next = at+n, at+n+1
		}
		for end > at && s[end-1] == '\r' {
			end--
		}
		if end > at {
			h.plainLine(in, at, end, known)
		}
		at = next
	}
}

// plainNames counts who speaks. Names behind which no &nbsp; stands must recur,
// or be the visitor's, to be told from a text with a colon.
func (h *phpliveChat) plainNames(s string) map[string]bool {
	count := map[string]int{}
	for line := range strings.Lines(s) {
		if m := plainSpeaker().FindStringSubmatch(line); m != nil {
			if count[m[2]]++; m[3] == "&nbsp;" {
				count[m[2]] += 2
			}
		}
	}
	known := map[string]bool{"Visitor": true, h.c.Participants[0].Name: true}
	for name, n := range count {
		known[name] = known[name] || n > 1
	}
	return known
}

// plainLine reads one line.
func (h *phpliveChat) plainLine(in int32, at, end int, known map[string]bool) {
	r := h.t.r
	m := plainSpeaker().FindStringSubmatchIndex(r.text(in)[at:end])
	if m == nil || !known[r.text(in)[at+m[4]:at+m[5]]] {
		msg := Message{Kind: KindSystem}
		msg.Text, msg.ref, msg.Fields = r.html(in, at, end, htmlPHPLive)
		h.c.Messages = append(h.c.Messages, msg)
		return
	}
	var msg Message
	name, _ := r.add(in, at+m[4], at+m[5], htmlPHPLive)
	msg.From = h.speaker(r.text(name))
	if m[2] >= 0 {
		msg.Kind = KindWhisper
	}
	msg.Text, msg.ref, msg.Fields = r.html(in, at+m[1], end, htmlPHPLive)
	if !isPlaceholder(r.text(name)) {
		msg.Fields = append(msg.Fields, r.field(name, "speaker", FieldName, msg.From))
	}
	h.c.Messages = append(h.c.Messages, msg)
}

// speaker returns the key of the one with a name; nothing tells staff from
// visitor but the visitor's name, when it is known.
func (h *phpliveChat) speaker(name string) string {
	v := &h.c.Participants[0]
	if name == "Visitor" || v.Name != "" && name == v.Name {
		return RoleVisitor
	}
	key := h.operator(name)
	if v.Name == "" && v.refs.name == 0 {
		for i := range h.c.Participants {
			if h.c.Participants[i].Key == key {
				h.c.Participants[i].Role = ""
			}
		}
	}
	return key
}
