package transcripts

import (
	"net/netip"
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// meta reads a label and its value, on the line that begins at start. A label
// that nobody knows may be a name: it is read with its value.
func (lr *lineReader) meta(label, value string, start, end int) {
	at := end - len(value)
	if role := labelRole(label); role != "" {
		lr.person(role, label, at, end)
		return
	}
	kind, known := kindOfLabel(label)
	if !known {
		lr.fields("line", FieldText, start, end)
		return
	}
	switch kind {
	case FieldIP:
		lr.address(label, at, end)
	case FieldTime:
		lr.when(label, at, end)
	default:
		lr.fields(label, kind, at, end)
	}
}

// person reads a name, with an e-mail address in angle brackets behind it.
func (lr *lineReader) person(role, label string, at, end int) {
	s := lr.r.text(lr.in)[at:end]
	name, mail, _ := strings.Cut(s, "<")
	at += len(name) - len(strings.TrimLeftFunc(name, unicode.IsSpace))
	s, name = lr.r.text(lr.in)[at:end], strings.TrimSpace(name)
	if isPlaceholder(name) {
		lr.fields(label, FieldText, at, end)
		return
	}
	p, _ := lr.r.add(lr.in, at, at+len(name), nil)
	key := lr.key(name)
	for i := range lr.c.Participants {
		q := &lr.c.Participants[i]
		if q.Key != key {
			continue
		}
		q.Role = role
		if q.refs.name == 0 {
			q.Name, q.refs.name = name, lr.r.leaf(p)
		} else {
			q.Fields = append(q.Fields, lr.r.field(p, label, FieldName, key))
		}
		if n := strings.IndexByte(mail, '>'); n > 0 && strings.Contains(mail[:n], "@") {
			start := at + strings.IndexByte(s, '<') + 1
			p, _ := lr.r.add(lr.in, start, start+n, nil)
			q.Fields = append(q.Fields, lr.r.field(p, label+" e-mail", FieldEmail, key))
			at = start + n
		} else {
			at += len(name)
		}
	}
	if strings.Trim(lr.r.text(lr.in)[at:end], " <>()\t") != "" {
		lr.fields(label, FieldText, at, end)
	}
}

// address reads an IP address and what stands behind it, such as its host name.
func (lr *lineReader) address(label string, at, end int) {
	s := lr.r.text(lr.in)[at:end]
	first, rest, _ := strings.Cut(s, " ")
	if _, err := netip.ParseAddr(first); err != nil && !strings.HasPrefix(first, "[") {
		lr.fields(label, FieldText, at, end)
		return
	}
	lr.fields(label, FieldIP, at, at+len(first))
	from := end - len(rest)
	for _, m := range hostPattern().FindAllStringIndex(rest, -1) {
		if from < end-len(rest)+m[0] {
			lr.rest(label, from, end-len(rest)+m[0])
		}
		lr.fields(label+" host", FieldHost, end-len(rest)+m[0], end-len(rest)+m[1])
		from = end - len(rest) + m[1]
	}
	lr.rest(label, from, end)
}

// rest adds a range as text unless it has no letter or digit.
func (lr *lineReader) rest(label string, at, end int) {
	if s := strings.Trim(lr.r.text(lr.in)[at:end], " ():;,.-\t"); s != "" && s != "host" {
		lr.fields(label, FieldText, at, end)
	}
}

// hostPattern matches a host name of three or more parts.
var hostPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){2,}`)
})

// when reads when the conversation began or ended.
func (lr *lineReader) when(label string, at, end int) {
	p, _ := lr.r.add(lr.in, at, end, nil)
	text := lr.r.text(p)
	t, layout, ok := parseTime(text)
	if !ok {
		st := parseStamp(text)
		t, layout, ok = st.time(lr.order)
	}
	if ok && isEndLabel(label) && lr.c.Ended.IsZero() {
		lr.c.Ended, lr.c.refs.ended = t, lr.r.timeAs(p, t, layout)
		return
	}
	if ok && lr.c.Started.IsZero() {
		lr.c.Started, lr.c.refs.started = t, lr.r.timeAs(p, t, layout)
		return
	}
	lr.c.Fields = append(lr.c.Fields, lr.r.field(p, label, FieldTime, ""))
}

func isEndLabel(label string) bool {
	switch strings.ToLower(label) {
	case "finished", "ended", "einde", "eindtijd", "end", "fin", "ende", "gesloten":
		return true
	}
	return false
}
