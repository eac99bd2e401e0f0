package transcripts

import (
	"strings"
	"unicode/utf8"
)

// header reads one header field.
func (m *mail) header(in int32, f headerField) {
	if f.stop <= f.value {
		return
	}
	switch kindOfHeader(f.name) {
	case headerAddresses:
		m.addresses(in, f)
	case headerIdentifiers:
		m.identifiers(in, f)
	case headerParameters:
		m.parameters(in, f)
	case headerDropped:
		p, ok := m.r.add(in, f.start, f.lineEnd, wholeLine{})
		if !ok {
			p, _ = m.r.add(in, f.start, f.lineEnd, opaqueBody{})
		}
		m.c.Fields = append(m.c.Fields, m.r.field(p, f.name, FieldDrop, ""))
	case headerKept:
		if value := m.r.text(in)[f.value:f.stop]; !isWordOfSystem(value) {
			m.rest(in, f.value, f.stop, f.name)
		}
	case headerDate:
		m.date(in, f)
	case headerSubject:
		p := m.text(in, f)
		if m.c.refs.topic == 0 && m.depth == 1 {
			m.c.Topic, m.c.refs.topic = m.r.text(p), m.r.leaf(p)
			return
		}
		m.c.Fields = append(m.c.Fields, m.r.field(p, f.name, FieldText, ""))
	default:
		m.other(in, f)
	}
}

// date reads when a mail was sent; other dates are fields.
func (m *mail) date(in int32, f headerField) {
	if m.c.refs.started == 0 {
		if p, ok := m.r.add(in, f.value, f.stop, nil); ok && utf8.ValidString(m.r.text(p)) {
			if at, ref, ok := m.r.time(p); ok {
				m.c.Started, m.c.refs.started = at, ref
				return
			}
		}
	}
	m.c.Fields = append(m.c.Fields, m.r.field(m.text(in, f), f.name, FieldTime, ""))
}

// other reads a header field that no standard knows, by the end of its name.
func (m *mail) other(in int32, f headerField) {
	kind := FieldText
	switch value := m.r.text(in)[f.value:f.stop]; {
	case f.name == "x-mailer" || f.name == "user-agent":
		kind = FieldUserAgent
	case strings.HasSuffix(f.name, "-ip"):
		kind = FieldIP
		if n := len(value); n > 2 && value[0] == '[' && value[n-1] == ']' {
			f.value, f.stop = f.value+1, f.stop-1
		}
	case strings.HasSuffix(f.name, "-host"), strings.HasSuffix(f.name, "-helo"):
		kind = FieldHost
	}
	m.c.Fields = append(m.c.Fields, m.r.field(m.text(in, f), f.name, kind, ""))
}

func leading(s, chars string) int  { return len(s) - len(strings.TrimLeft(s, chars)) }
func trailing(s, chars string) int { return len(s) - len(strings.TrimRight(s, chars)) }

// unfolded adds a place with a layer, whose lines may be folded.
func (m *mail) unfolded(in int32, start, end int, l layer) int32 {
	if !strings.ContainsAny(m.r.text(in)[start:end], "\r\n") {
		return m.decoded(in, start, end, l)
	}
	p := m.decoded(in, start, end, headerText{})
	return m.decoded(p, 0, len(m.r.text(p)), l)
}

// text adds the place of the value of a header field.
func (m *mail) text(in int32, f headerField) int32 {
	return m.decoded(in, f.value, f.stop, headerText{})
}

// decoded adds a place with a layer. What is not UTF-8 beneath it is Windows-1252.
func (m *mail) decoded(in int32, start, end int, l layer) int32 {
	if p, ok := m.r.add(in, start, end, l); ok && utf8.ValidString(m.r.text(p)) {
		return p
	}
	p, _ := m.r.add(in, start, end, cp1252{})
	if q, ok := m.r.add(p, 0, len(m.r.text(p)), l); ok && utf8.ValidString(m.r.text(q)) {
		return q
	}
	return p
}

// Kinds of header fields.
const (
	headerOther = iota
	headerAddresses
	headerIdentifiers
	headerParameters
	headerDropped
	headerKept
	headerDate
	headerSubject
)

// kindOfHeader tells what a header field holds by its name. Signatures and
// traces of servers are true no longer when the mail changes, and name machines.
func kindOfHeader(name string) int {
	name = strings.TrimPrefix(name, "resent-")
	switch name {
	case "from", "to", "cc", "bcc", "reply-to", "sender", "return-path", "delivered-to", "x-original-to", "envelope-to", "x-envelope-from", "x-envelope-to",
		"disposition-notification-to", "errors-to", "apparently-to", "mail-followup-to", "x-forwarded-to", "x-forwarded-for", "x-sender", "x-receiver", "return-receipt-to":
		return headerAddresses
	case "message-id", "in-reply-to", "references", "x-ms-exchange-parent-message-id", "original-message-id":
		return headerIdentifiers
	case "content-type", "content-disposition":
		return headerParameters
	case "received", "x-received", "received-spf", "dkim-signature", "domainkey-signature", "authentication-results", "dkim-filter", "x-dkim", "autocrypt", "thread-index",
		"x-google-smtp-source", "x-gm-message-state", "x-proofpoint-guid", "x-authenticated-sender", "face", "x-face":
		return headerDropped
	case "mime-version", "content-transfer-encoding", "content-language", "content-length", "precedence", "importance", "priority", "x-priority", "x-msmail-priority",
		"auto-submitted", "lines", "status", "x-status", "x-uid", "x-keywords", "encoding", "accept-language", "delivery-date":
		return headerKept
	case "date":
		return headerDate
	case "subject":
		return headerSubject
	}
	for _, prefix := range []string{"arc-", "x-google-dkim", "x-ms-exchange", "x-microsoft-antispam", "x-forefront", "x-spam", "x-ms-", "x-originatororg", "x-antispam", "x-mailgun", "x-sg-", "x-ses", "x-barracuda", "x-sophos"} {
		if strings.HasPrefix(name, prefix) {
			return headerDropped
		}
	}
	return headerOther
}

// identifiers reads identifiers of mails: what stands between < and >.
func (m *mail) identifiers(in int32, f headerField) {
	s := m.r.text(in)
	for at := f.value; at < f.stop; {
		open := strings.IndexByte(s[at:f.stop], '<')
		if open < 0 {
			m.rest(in, at, f.stop, f.name)
			return
		}
		m.rest(in, at, at+open, f.name)
		at += open + 1
		n := strings.IndexByte(s[at:f.stop], '>')
		if n < 0 {
			n = f.stop - at
		}
		if n > 0 {
			p := m.unfolded(in, at, at+n, nil)
			m.c.Fields = append(m.c.Fields, m.r.field(p, f.name, FieldIDHash, ""))
		}
		at += min(n+1, f.stop-at)
	}
}

// rest adds what stands between values as text, unless it is but punctuation.
func (m *mail) rest(in int32, start, end int, label string) {
	s := m.r.text(in)[start:end]
	start += leading(s, " \t\r\n<>,;:()\"")
	end -= trailing(s, " \t\r\n<>,;:()\"")
	if start < end {
		m.c.Fields = append(m.c.Fields, m.r.field(m.decoded(in, start, end, headerText{}), label, FieldText, ""))
	}
}

// parameters reads the names of files among the parameters of a header field.
func (m *mail) parameters(in int32, f headerField) {
	s := m.r.text(in)
	for at := f.value; at < f.stop; {
		next := parameterEnd(s, at, f.stop)
		key, value, ok := strings.Cut(s[at:next], "=")
		key = strings.ToLower(strings.Trim(key, " \t\r\n;"))
		if base, _, _ := strings.Cut(key, "*"); ok && (base == "name" || base == "filename") {
			start := next - len(value)
			end := next - trailing(value, " \t\r\n;")
			start += leading(value, " \t\r\n")
			m.fileName(in, start, end, key)
		} else if key != "boundary" && !isWordOfSystem(strings.ReplaceAll(strings.Trim(s[at:next], " \t\r\n"), `"`, "")) {
			m.rest(in, at, next, f.name)
		}
		at = next + 1
	}
}

// parameterEnd returns where the parameter at a byte ends.
func parameterEnd(s string, at, stop int) int {
	inQuotes := false
	for ; at < stop; at++ {
		switch {
		case s[at] == '\\' && inQuotes:
			at++
		case s[at] == '"':
			inQuotes = !inQuotes
		case s[at] == ';' && !inQuotes:
			return at
		}
	}
	return stop
}

// fileName adds the name of an attachment. An extended one (RFC 2231) is percent
// encoded behind its character set and language.
func (m *mail) fileName(in int32, start, end int, key string) {
	s := m.r.text(in)
	if end-start >= 2 && s[start] == '"' && s[end-1] == '"' {
		start, end = start+1, end-1
	}
	if start >= end {
		return
	}
	var p int32
	if strings.HasSuffix(key, "*") {
		if i := strings.LastIndexByte(s[start:end], '\''); i >= 0 {
			start += i + 1
		}
		p = m.unfolded(in, start, end, percent{})
	} else {
		p = m.decoded(in, start, end, headerText{})
	}
	kind := FieldFileName
	if part := strings.Trim(key[strings.IndexByte(key, '*')+1:], "*"); part != key && part != "" && part != "0" {
		kind = FieldDrop // the rest of a long name
	}
	m.c.Fields = append(m.c.Fields, m.r.field(p, "file name", kind, ""))
}
