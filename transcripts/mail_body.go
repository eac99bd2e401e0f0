package transcripts

import (
	"strings"
	"unicode/utf8"
)

// mailBody is the body of an entity.
type mailBody struct {
	m          *mail
	in         int32
	start, end int
	media      string
	params     map[string]string
	coding     string
	attached   bool
}

// read reads the body by its type.
func (b *mailBody) read() error {
	switch {
	case b.media == "multipart/encrypted", strings.HasSuffix(b.media, "pkcs7-mime"):
		return &lexError{"encrypted mail"}
	case strings.HasPrefix(b.media, "multipart/"):
		return b.parts()
	case strings.TrimSpace(b.m.r.text(b.in)[b.start:b.end]) == "":
		return nil
	case b.media == "message/rfc822" || b.media == "message/global":
		return b.mail()
	case strings.HasPrefix(b.media, "text/"), strings.HasPrefix(b.media, "message/"), b.media == "application/json", b.media == "application/xml":
		return b.text()
	}
	p, _ := b.m.r.add(b.in, b.start, b.end, opaqueBody{})
	b.m.c.Fields = append(b.m.c.Fields, b.m.r.field(p, "content", FieldDrop, ""))
	return nil
}

// parts reads the parts of a multipart body, and what stands before and behind.
func (b *mailBody) parts() error {
	boundary := b.params["boundary"]
	if boundary == "" {
		return &lexError{"mail of several parts without a boundary"}
	}
	s := b.m.r.text(b.in)
	open := -1 // where the part under way begins
	from := b.start
	for at := b.start; at < b.end; {
		stop, next := lineAt(s, at, b.end)
		line := strings.TrimRight(s[at:stop], " \t")
		if rest, ok := strings.CutPrefix(line, "--"+boundary); ok && (rest == "" || rest == "--") {
			if open >= 0 {
				if err := b.m.entity(b.in, open, partEnd(s, open, at)); err != nil {
					return err
				}
			} else {
				b.around(from, at)
			}
			if open, from = next, next; rest == "--" {
				b.around(next, b.end)
				return nil
			}
		}
		at = next
	}
	return &lexError{"mail ends too early: the last boundary is missing"}
}

// partEnd returns the end of a part before the boundary at a byte: the end of
// line there belongs to the boundary.
func partEnd(s string, start, at int) int {
	if at > start && s[at-1] == '\n' {
		at--
		if at > start && s[at-1] == '\r' {
			at--
		}
	}
	return at
}

// around reads what stands outside of the parts as text.
func (b *mailBody) around(start, end int) {
	if strings.TrimSpace(b.m.r.text(b.in)[start:end]) != "" {
		p := b.m.decoded(b.in, start, end, nil)
		b.m.c.Fields = append(b.m.c.Fields, b.m.r.field(p, "between parts", FieldText, ""))
	}
}

// decode adds the place of the body without its transfer encoding.
func (b *mailBody) decode() (int32, error) {
	var l layer
	switch b.coding {
	case "", "7bit", "8bit", "binary":
	case "quoted-printable":
		l = quotedPrintable{}
	case "base64":
		l = base64Layer{}
	default:
		return 0, &lexError{"unknown transfer encoding"}
	}
	p, ok := b.m.r.add(b.in, b.start, b.end, l)
	if !ok {
		return 0, &lexError{"damaged transfer encoding"}
	}
	return p, nil
}

// mail reads a mail inside the mail.
func (b *mailBody) mail() error {
	p, err := b.decode()
	if err != nil {
		return err
	}
	return b.m.entity(p, 0, len(b.m.r.text(p)))
}

// characters adds the place of the text of the body.
func (b *mailBody) characters() (int32, error) {
	p, err := b.decode()
	if err != nil {
		return 0, err
	}
	raw := b.m.r.text(p)
	l, ok := charsetNamed(b.params["charset"])
	switch {
	case !ok:
		return 0, &lexError{"unknown character set"}
	case l == nil && utf8.ValidString(raw):
		return p, nil
	case l == nil:
		l = cp1252{}
	}
	if p, ok = b.m.r.add(p, 0, len(raw), l); !ok {
		return 0, &lexError{"wrong character set"}
	}
	return p, nil
}

// text reads a text. The first plain one is the transcript; HTML beside it says
// the same once more.
func (b *mailBody) text() error {
	p, err := b.characters()
	if err != nil {
		return err
	}
	c := b.m.c
	switch {
	case b.media == "text/html":
		text, ref, fields := b.m.r.html(p, 0, len(b.m.r.text(p)), htmlPlain)
		if b.m.chat || b.attached {
			c.Fields = append(c.Fields, Field{Label: "html", Value: text, ref: ref})
		} else {
			c.Messages = append(c.Messages, Message{Text: text, ref: ref})
		}
		c.Fields = append(c.Fields, fields...)
	case b.media == "text/plain" && !b.attached:
		b.lines(p)
	default:
		c.Fields = append(c.Fields, b.m.r.field(p, b.media, FieldText, ""))
	}
	return nil
}

// lines reads plain text as a transcript of lines.
func (b *mailBody) lines(p int32) {
	b.m.chat = true
	if text := b.m.r.text(p); strings.Contains(text, "&#39;") || strings.Contains(text, "&quot;") || strings.Contains(text, "&lt;") {
		p, _ = b.m.r.add(p, 0, len(text), htmlAttr{}) // PHP Live! mails leave references in plain text
	}
	lr := lineReader{r: b.m.r, in: p, c: b.m.c}
	for _, q := range b.m.c.Participants {
		lr.names = append(lr.names, speakerName{q.Name, q.Key})
	}
	lr.read()
}
