package transcripts

import (
	"regexp"
	"strings"
	"sync"
)

// lineReader reads a transcript of lines: a block that says whose it is, then
// messages, which go on over lines without a head of their own.
type lineReader struct {
	r       *record
	in      int32
	c       *Conversation
	grammar *lineGrammar
	wrap    layer // undoes the ends of lines inside a message
	names   []speakerName
	known   map[string]bool // names that the file declares or that recur
	order   dayOrder
	open    int    // where the text of the message under way begins, -1 for none
	stop    int    // where it ends so far
	blank   bool   // the line before is blank
	gap     [2]int // its last blank lines: from its end there to what follows
}

// speakerName is the name of a participant as lines have it.
type speakerName struct{ name, key string }

// read reads the text of the place in. Without a grammar all of it is one
// message.
func (lr *lineReader) read() {
	s := lr.r.text(lr.in)
	lr.open = -1
	if strings.Contains(s, "\r\n") {
		lr.wrap = crlf{}
	}
	lr.declared(s)
	if lr.grammar == nil {
		lr.grammar = chooseGrammar(s, lr.known)
	}
	if lr.grammar == nil {
		lr.add(Message{}, 0, len(strings.TrimRight(s, "\r\n")))
		return
	}
	lr.order = lr.dayOrder(s)
	lr.recurring(s)
	for at := 0; at < len(s); {
		end, next := len(s), len(s)
		if n := strings.IndexByte(s[at:], '\n'); n >= 0 {
			end, next = at+n, at+n+1
		}
		for end > at && s[end-1] == '\r' {
			end--
		}
		lr.line(at, end)
		at = next
	}
	lr.close()
}

// declared learns the names in the block before and behind the messages.
func (lr *lineReader) declared(s string) {
	lr.known = map[string]bool{}
	for line := range strings.Lines(s) {
		if label, value, ok := metaLine(strings.TrimRight(line, "\r\n")); ok && labelRole(label) != "" {
			name, _, _ := strings.Cut(value, " <")
			lr.known[strings.TrimSpace(name)] = true
		}
	}
}

// recurring learns which names begin a line more than once.
func (lr *lineReader) recurring(s string) {
	count := map[string]int{}
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n")
		if h, ok := lr.grammar.match(line, 0); ok && h.name[1] > h.name[0] {
			name := line[h.name[0]:h.name[1]]
			if count[name]++; count[name] > 1 {
				lr.known[name] = true
			}
		}
	}
}

// dayOrder decides on the order of day and month by all heads.
func (lr *lineReader) dayOrder(s string) dayOrder {
	var stamps []stamp
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n")
		if h, ok := lr.grammar.match(line, 0); ok && h.stamp[1] > h.stamp[0] {
			stamps = append(stamps, parseStamp(line[h.stamp[0]:h.stamp[1]]))
		}
	}
	return dayOrderOf(stamps)
}

// line reads one line.
func (lr *lineReader) line(at, end int) {
	line := lr.r.text(lr.in)[at:end]
	if strings.TrimSpace(line) == "" {
		lr.blank = true
		return
	}
	if h, ok := lr.grammar.match(line, at); ok && (!lr.grammar.closed || lr.known[lr.text(h.name)]) && (h.stamp[1] > h.stamp[0] || !isTabbed(line)) {
		lr.close()
		lr.begin(h, end)
		return
	}
	if label, value, ok := metaLine(line); ok && (lr.open < 0 || isTabbed(line)) {
		lr.aside()
		lr.meta(label, value, at, end)
		return
	}
	if lr.open < 0 {
		lr.fields("line", FieldText, at, end)
		return
	}
	if lr.blank {
		lr.gap = [2]int{lr.stop, at}
	}
	lr.stop, lr.blank = at+len(strings.TrimRight(line, " ")), false
}

func (lr *lineReader) text(r [2]int) string { return lr.r.text(lr.in)[r[0]:r[1]] }

// isTabbed reports whether a line is a label, a tab and a value.
func isTabbed(line string) bool {
	label, _, ok := strings.Cut(line, ":\t")
	return ok && len(label) < 40
}

// aside closes the message under way. What stands behind its last blank line
// belongs to the block that begins.
func (lr *lineReader) aside() {
	gap, end := lr.gap, lr.stop
	if lr.open >= 0 && gap[1] > gap[0] {
		lr.stop = gap[0]
		defer lr.fields("line", FieldText, gap[1], end)
	}
	lr.close()
}

// begin begins a message.
func (lr *lineReader) begin(h lineHead, end int) {
	var m Message
	s := lr.r.text(lr.in)
	if h.name[1] > h.name[0] {
		lr.speaker(h.name, &m)
	} else if h.stamp[1] > h.stamp[0] {
		m.Kind = KindSystem
	}
	if h.stamp[1] > h.stamp[0] {
		lr.time(h.stamp, &m)
	}
	lr.c.Messages = append(lr.c.Messages, m)
	lr.open, lr.blank, lr.gap = h.text, false, [2]int{}
	lr.stop = max(h.text, len(strings.TrimRight(s[:end], " ")))
	if lr.grammar.body && end < len(s) {
		lr.open = end + 1
		lr.stop = lr.open
	}
}

// close ends the message under way.
func (lr *lineReader) close() {
	if lr.open < 0 {
		return
	}
	m := &lr.c.Messages[len(lr.c.Messages)-1]
	p, _ := lr.r.add(lr.in, lr.open, max(lr.stop, lr.open), lr.wrap)
	m.Text, m.ref = lr.r.text(p), lr.r.leaf(p)
	lr.open = -1
}

// add adds a message of a range.
func (lr *lineReader) add(m Message, start, end int) {
	p, _ := lr.r.add(lr.in, start, end, lr.wrap)
	m.Text, m.ref = lr.r.text(p), lr.r.leaf(p)
	lr.c.Messages = append(lr.c.Messages, m)
}

// fields adds a range as a field of the conversation.
func (lr *lineReader) fields(label string, kind FieldKind, start, end int) {
	p, _ := lr.r.add(lr.in, start, end, lr.wrap)
	lr.c.Fields = append(lr.c.Fields, lr.r.field(p, label, kind, ""))
}

// time reads the stamp of a message. One without a date is a field.
func (lr *lineReader) time(at [2]int, m *Message) {
	p, _ := lr.r.add(lr.in, at[0], at[1], stampLayer{})
	st := parseStamp(lr.r.text(p))
	if t, layout, ok := st.time(lr.order); ok {
		m.At, m.atRef = t, lr.r.timeAs(p, t, layout)
		return
	}
	m.Fields = append(m.Fields, lr.r.field(p, "time", FieldTime, ""))
}

// speaker reads who says a message.
func (lr *lineReader) speaker(at [2]int, m *Message) {
	s := lr.text(at)
	for _, mark := range []string{"~", "\u202f", "\u00a0", " ", "@"} { // name that WhatsApp shows of one who is no contact
		if strings.HasPrefix(s, mark) {
			at[0] += len(mark)
			s = s[len(mark):]
		}
	}
	m.From = lr.key(s)
	if isPlaceholder(s) {
		return
	}
	kind := FieldName
	if isPhoneLike(s) {
		kind = FieldPhone
	}
	p, _ := lr.r.add(lr.in, at[0], at[1], nil)
	m.Fields = append(m.Fields, lr.r.field(p, "speaker", kind, m.From))
}

// key returns the key of the participant with a name.
func (lr *lineReader) key(name string) string {
	for _, n := range lr.names {
		if n.name == name {
			return n.key
		}
	}
	p := Participant{Key: keyNumber(len(lr.names))}
	switch {
	case isPhoneLike(name) || isPlaceholder(name):
	default:
		p.Name = name
	}
	lr.c.Participants = append(lr.c.Participants, p)
	lr.names = append(lr.names, speakerName{name, p.Key})
	return p.Key
}

// alias adds another name of a participant, which stands in no place of its own.
func (lr *lineReader) alias(key, name string) {
	for i := range lr.c.Participants {
		if p := &lr.c.Participants[i]; p.Key == key {
			p.Fields = append(p.Fields, Field{Label: "also", Kind: FieldName, Party: key, Value: name})
		}
	}
}

// isPhoneLike reports whether a name is a telephone number.
func isPhoneLike(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			n++
		case strings.ContainsRune("+ -()./\u00a0\u202a\u202c\u2011", r):
		default:
			return false
		}
	}
	return n >= 6
}

// metaLabel is a label and a value on a line.
var metaLabel = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([\pL][\pL\pN .'’_/#-]{1,39}?)\s?:[ \t]+(\S.*)$`)
})

// metaLine splits a line such as "IP: 192.0.2.44".
func metaLine(line string) (label, value string, ok bool) {
	m := metaLabel().FindStringSubmatch(line)
	if m == nil || len(strings.Fields(m[1])) > 4 {
		return "", "", false
	}
	return m[1], m[2], true
}

// labelRole returns whose name stands behind a label.
func labelRole(label string) string {
	switch strings.ToLower(label) {
	case "visitor", "bezoeker", "klant", "customer", "client", "name", "naam", "nom", "visiteur", "besucher", "leerling", "gebruiker", "beller":
		return RoleVisitor
	case "operator", "assigned operator", "medewerker", "agent", "counsellor", "hulpverlener", "begeleider", "opérateur", "mitarbeiter":
		return RoleOperator
	}
	return ""
}
