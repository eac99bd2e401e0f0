package transcripts

import (
	"strings"
	"unicode/utf8"
)

// addressList reads a list of names and addresses.
type addressList struct {
	m     *mail
	in    int32
	label string
	name  int32 // place of the name before the address, 0 for none
}

// addresses reads a list of names and addresses.
func (m *mail) addresses(in int32, f headerField) {
	l := addressList{m: m, in: in, label: f.name}
	s := m.r.text(in)
	at := f.value
	for i := at; i < f.stop; i++ {
		switch {
		case s[i] == '"':
			end := quoteEnd(s, i+1, f.stop)
			if end < f.stop && end > i+1 {
				l.name = m.quoted(in, i+1, end)
				i, at = end, end+1
			}
		case strings.IndexByte("<>(),;", s[i]) >= 0:
			l.word(at, i, s[i])
			at = i + 1
		}
	}
	l.word(at, f.stop, ',')
}

// quoteEnd returns where the quoted string ends whose inside begins at a byte.
func quoteEnd(s string, at, stop int) int {
	for at < stop && s[at] != '"' {
		if s[at] == '\\' {
			at++
		}
		at++
	}
	return at
}

// word takes what stands between two marks, of which end is the second.
func (l *addressList) word(start, stop int, end byte) {
	word := l.m.r.text(l.in)[start:stop]
	start, stop = start+leading(word, " \t\r\n:"), stop-trailing(word, " \t\r\n")
	switch {
	case start >= stop:
	case strings.Contains(word, "@") && !strings.ContainsAny(strings.TrimSpace(word), " \t\r\n"):
		l.m.address(l.in, l.name, start, stop, l.label)
		l.name = 0
	case end == '<' || end == ')':
		l.flush()
		l.name = l.m.decoded(l.in, start, stop, phrase{})
	default:
		l.m.rest(l.in, start, stop, l.label)
	}
	if end == ',' || end == ';' {
		l.flush()
	}
}

// flush adds a name without an address.
func (l *addressList) flush() {
	if l.name != 0 {
		l.m.c.Fields = append(l.m.c.Fields, l.m.r.field(l.name, l.label, FieldName, ""))
		l.name = 0
	}
}

// quoted adds the place of a name in quotes. Some programs put quoted-printable
// in it, which no standard knows.
func (m *mail) quoted(in int32, start, end int) int32 {
	p := m.unfolded(in, start, end, quotedName{})
	text := m.r.text(p)
	if strings.Contains(text, "=?") {
		return m.decoded(p, 0, len(text), headerText{})
	}
	if q, ok := m.r.add(p, 0, len(text), quotedPrintable{}); ok && m.r.text(q) != text && utf8.ValidString(m.r.text(q)) {
		return q
	}
	return p
}

// address adds a participant with an address and perhaps a name.
func (m *mail) address(in, name int32, start, end int, label string) {
	p := m.decoded(in, start, end, nil)
	email := m.r.field(p, label, FieldEmail, "")
	for i := range m.c.Participants {
		if q := &m.c.Participants[i]; strings.EqualFold(q.Email, email.Value) {
			email.Party = q.Key
			q.Fields = append(q.Fields, email)
			if name != 0 {
				q.Fields = append(q.Fields, m.r.field(name, label, FieldName, q.Key))
			}
			return
		}
	}
	q := Participant{Key: keyNumber(len(m.c.Participants)), Email: email.Value}
	q.refs.email = email.ref
	if name != 0 {
		q.Name, q.refs.name = m.r.text(name), m.r.leaf(name)
	}
	m.c.Participants = append(m.c.Participants, q)
}
