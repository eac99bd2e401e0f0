package transcripts

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"strings"
)

const (
	emlName  = "eml"
	mboxName = "mbox"
)

// emlFormat is a mail as RFC 5322 and MIME have it.
func emlFormat() Format {
	return Format{
		Name:  emlName,
		Doc:   "mail: headers, every text of it, names of attachments; attachments that are no text are emptied, signatures of servers dropped",
		Sniff: func(_ string, head []byte) int { return sniffMail(head) },
		Read:  wholeMail{emlName}.read,
		Write: writeSpliced(emlName),
	}
}

// mboxFormat is a folder of mails in one file, as RFC 4155 has it.
func mboxFormat() Format {
	return Format{
		Name: mboxName,
		Doc:  "mailbox: mails one after the other, each as eml",
		Sniff: func(_ string, head []byte) int {
			line, rest, _ := bytes.Cut(head, []byte("\n"))
			if bytes.HasPrefix(line, []byte("From ")) && sniffMail(rest) > 0 {
				return 90
			}
			return 0
		},
		Read:  readMbox,
		Write: writeSpliced(mboxName),
	}
}

// sniffMail counts the header fields at the beginning that every mail has.
func sniffMail(head []byte) int {
	n := 0
	for line := range bytes.Lines(head) {
		if len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
			continue
		}
		name, _, ok := strings.Cut(string(line), ":")
		if !ok || !isHeaderName(name) {
			break
		}
		switch strings.ToLower(name) {
		case "from", "to", "subject", "date", "mime-version", "received", "return-path", "message-id", "content-type", "delivered-to":
			n++
		}
	}
	if n < 3 {
		return 0
	}
	return 85
}

func isHeaderName(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7F || s[i] == ':' {
			return false
		}
	}
	return s != ""
}

// wholeMail reads a file that is one mail.
type wholeMail struct{ format string }

func (m wholeMail) read(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		w := newWindow(r, o.maxRecord())
		err := w.fill()
		for err == nil {
			err = w.fill()
		}
		if err != io.EOF {
			yield(nil, w.fault(m.format, o.Name, err))
			return
		}
		c, err := newMail(m.format, string(w.buf), o)
		if err != nil {
			yield(nil, w.fault(m.format, o.Name, err))
			return
		}
		yield(c, nil)
	}
}

// readMbox yields a conversation for each mail.
func readMbox(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		b := mboxReader{lines: newLines(r, o.maxRecord()), o: o}
		for {
			raw, err := b.next()
			if err == io.EOF {
				return
			}
			var c *Conversation
			if err == nil {
				c, err = newMail(mboxName, raw, o)
			}
			if err != nil {
				yield(nil, b.fault(err))
				return
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

// mboxReader takes a mailbox apart.
type mboxReader struct {
	lines *lines
	o     ReadOptions
	held  string // line that begins the next mail
	n     int
}

// next returns the bytes of the next mail: from a line that begins with "From "
// to the next such line behind an empty one.
func (b *mboxReader) next() (string, error) {
	var mail strings.Builder
	mail.WriteString(b.held)
	b.held = ""
	blank := mail.Len() == 0
	for {
		line, err := b.lines.next()
		switch {
		case err == io.EOF && mail.Len() == 0 && b.n > 0:
			return "", io.EOF
		case err == io.EOF && mail.Len() == 0:
			return "", &lexError{"empty file"}
		case err == io.EOF:
			b.n++
			return mail.String(), nil
		case err == errLong || mail.Len() > b.o.maxRecord():
			return "", errLong
		case err != nil:
			return "", err
		case blank && mail.Len() > 0 && strings.HasPrefix(line, "From "):
			b.held = line
			b.n++
			return mail.String(), nil
		}
		blank = strings.TrimRight(line, "\r\n") == ""
		mail.WriteString(line)
	}
}

func (b *mboxReader) fault(err error) *ReadError {
	e := (&window{}).fault(mboxName, b.o.Name, err)
	e.Line, e.Offset, e.Record = b.lines.line, b.lines.at, b.n
	return e
}

// mail is a mail at work.
type mail struct {
	r     *record
	c     *Conversation
	depth int // parts inside parts
	chat  bool
}

// newMail reads a mail, with its line "From " when it stands in a mailbox.
func newMail(format, raw string, o ReadOptions) (*Conversation, error) {
	if strings.TrimSpace(raw) == "" {
		return nil, &lexError{"empty file"}
	}
	r, _ := newRecord(format, raw, nil)
	m := &mail{r: r, c: &Conversation{src: r}}
	start := 0
	if format == mboxName {
		n := strings.IndexByte(raw, '\n') + 1
		if n == 0 || !strings.HasPrefix(raw, "From ") {
			return nil, &lexError{"no mailbox: a line \"From \" is missing"}
		}
		m.envelope(n)
		start = n
	}
	if err := m.entity(0, start, len(raw)); err != nil {
		return nil, err
	}
	if start == 0 && isTracesOnly(raw) {
		return nil, &lexError{"no mail: nothing but traces of servers"}
	}
	return m.c, nil
}

// isTracesOnly reports whether nothing of a mail stays when what has to go went.
func isTracesOnly(raw string) bool {
	fields, body, err := headers(raw, 0, len(raw))
	return err == nil && strings.TrimSpace(raw[body:]) == "" && !slices.ContainsFunc(fields, func(f headerField) bool {
		return kindOfHeader(f.name) != headerDropped
	})
}

// envelope reads the line "From address date" of a mailbox.
func (m *mail) envelope(end int) {
	line := m.r.raw[:end]
	at := len("From ")
	n := strings.IndexAny(line[at:], " \r\n")
	stop := len(strings.TrimRight(line, "\r\n"))
	if n > 0 && strings.Contains(line[at:at+n], "@") {
		m.c.Fields = append(m.c.Fields, m.r.field(m.decoded(0, at, at+n, nil), "envelope", FieldEmail, ""))
		at += n
	}
	if at < stop && !isTimeLike(strings.TrimPrefix(line[at:stop], "MAILER-DAEMON ")) {
		m.rest(0, at, stop, "envelope")
	}
}

// headerField is a field of a header: its name, and where it stands.
type headerField struct {
	name                        string // in small letters
	start, value, stop, lineEnd int    // of the line, its value, and behind its end
}

// headers takes the header of an entity apart and returns where its body begins.
func headers(s string, at, end int) ([]headerField, int, error) {
	var out []headerField
	for at < end {
		stop, next := lineAt(s, at, end)
		if stop == at {
			return out, next, nil
		}
		for next < end && (s[next] == ' ' || s[next] == '\t') { // folded
			stop, next = lineAt(s, next, end)
		}
		colon := strings.IndexByte(s[at:stop], ':')
		if colon <= 0 || !isHeaderName(strings.TrimRight(s[at:at+colon], " ")) {
			return nil, 0, &lexError{"no mail: a header field is missing"}
		}
		value := at + colon + 1
		for value < stop && (s[value] == ' ' || s[value] == '\t') {
			value++
		}
		out = append(out, headerField{strings.ToLower(strings.TrimRight(s[at:at+colon], " ")), at, value, stop, next})
		at = next
	}
	return out, end, nil
}

// lineAt returns the end of the line at a byte, without and with its end mark.
func lineAt(s string, at, end int) (stop, next int) {
	n := strings.IndexByte(s[at:end], '\n')
	if n < 0 {
		return end, end
	}
	stop, next = at+n, at+n+1
	if stop > at && s[stop-1] == '\r' {
		stop--
	}
	return stop, next
}

// entity reads a header and a body: the mail, or a part of it.
func (m *mail) entity(in int32, start, end int) error {
	const deepest = 20
	if m.depth++; m.depth > deepest {
		return &lexError{"too many parts inside each other"}
	}
	defer func() { m.depth-- }()
	s := m.r.text(in)
	fields, body, err := headers(s, start, end)
	if err != nil {
		return err
	}
	b := mailBody{m: m, in: in, start: body, end: end, media: "text/plain"}
	for _, f := range fields {
		value := s[f.value:f.stop]
		switch f.name {
		case "content-type":
			b.media, b.params = mediaType(value)
		case "content-transfer-encoding":
			b.coding = strings.ToLower(strings.TrimSpace(value))
		case "content-disposition":
			kind, _, _ := strings.Cut(strings.ToLower(value), ";")
			b.attached = strings.TrimSpace(kind) == "attachment"
		}
		m.header(in, f)
	}
	return b.read()
}
