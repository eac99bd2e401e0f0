package transcripts

import "strings"

// htmlReader reads a range of HTML: the text that is seen, and as fields what
// its attributes and comments hold. An attribute that repeats the text of its
// link (an address, the name of a file) follows that text.
type htmlReader struct {
	r      *record
	in     int32 // place whose text holds the HTML
	style  htmlText
	text   ref // 0 when the text seen is no value
	fields []Field
}

// html reads the range [start, end) of the text of a place.
func (r *record) html(in int32, start, end int, style htmlText) (string, ref, []Field) {
	p, _ := r.add(in, start, end, style)
	h := htmlReader{r: r, in: in, style: style, text: r.leaf(p)}
	if s := r.text(in)[start:end]; strings.IndexByte(s, '<') >= 0 {
		h.tags(start, end)
	}
	return r.text(p), h.text, h.fields
}

// tags goes through the tags of a range.
func (h *htmlReader) tags(start, end int) {
	s := h.r.text(h.in)[:end]
	seen := 0 // bytes of text before the tag
	for at := start; at < end; {
		p := htmlPiece(s, at)
		if p.kind != pieceRun && s[at] == '<' {
			h.tag(s, at, at+p.raw, seen)
		}
		at += p.raw
		seen += p.text
	}
}

// tag reads the attributes of a tag, or a comment.
func (h *htmlReader) tag(s string, at, end, seen int) {
	if s[at+1] == '!' || s[at+1] == '?' {
		h.comment(s, at, end)
		return
	}
	if name, closing := tagName(s, at); !closing && (name == "script" || name == "style") {
		h.script(s, at, end)
		return
	}
	for _, a := range attributes(s, at, end) {
		switch {
		case a.start == a.end:
		case a.name == "":
			p, _ := h.r.add(h.in, a.start, a.end, looseLayer{})
			h.fields = append(h.fields, h.r.field(p, "html tag", FieldText, ""))
		case !harmlessAttribute(a.name, s[a.start:a.end]):
			h.attribute(a, seen)
		}
	}
}

// script reads what stands between the tags of a script as text.
func (h *htmlReader) script(s string, at, end int) {
	if open := strings.IndexByte(s[at:end], '>'); open >= 0 && strings.TrimSpace(s[at+open+1:end]) != "" {
		p, _ := h.r.add(h.in, at+open+1, end, nil)
		h.fields = append(h.fields, h.r.field(p, "html script", FieldText, ""))
	}
}

// comment reads a comment, but for the marks that PHP Live sets.
func (h *htmlReader) comment(s string, at, end int) {
	start := min(at+4, end)
	if strings.HasPrefix(s[at:end], "<!--") {
		end -= len("-->")
	} else {
		start, end = at+2, end-1
	}
	text := s[start:end]
	if text == "" || text == "deleted" || strings.EqualFold(text, "doctype html") || isMark(text) {
		return
	}
	p, _ := h.r.add(h.in, start, end, nil)
	h.fields = append(h.fields, h.r.field(p, "html comment", FieldText, ""))
}

// isMark reports whether a comment is begin:NUMBER or end:NUMBER.
func isMark(text string) bool {
	name, n, _ := strings.Cut(text, ":")
	return (name == "begin" || name == "end") && n != "" && digits(n, 0) == len(n)
}

// harmlessAttribute reports whether an attribute cannot hold personal data.
func harmlessAttribute(name, value string) bool {
	if len(value) > 400 || strings.ContainsAny(value, "<>@\n") {
		return false
	}
	switch name {
	case "class", "target", "rel", "border", "width", "height", "align", "valign", "type", "tag", "dir", "lang",
		"cellpadding", "cellspacing", "colspan", "rowspan", "bgcolor", "color", "size", "face", "role", "tabindex":
		return true
	case "style":
		return !strings.Contains(value, "url")
	}
	return false
}

// attribute adds the value of an attribute. seen is how much text stands before
// its tag.
func (h *htmlReader) attribute(a attribute, seen int) {
	kind, skip := FieldText, 0
	value := h.r.text(h.in)[a.start:a.end]
	switch a.name {
	case "href", "src", "action", "cite", "background", "poster", "data", "longdesc", "style":
		kind = FieldURL
		for scheme, k := range map[string]FieldKind{"mailto:": FieldEmail, "tel:": FieldPhone, "sms:": FieldPhone} {
			if len(value) > len(scheme) && strings.EqualFold(value[:len(scheme)], scheme) {
				kind, skip = k, len(scheme)
			}
		}
	}
	if kind == FieldURL && h.fileName(a, seen) {
		return
	}
	p, _ := h.r.add(h.in, a.start+skip, a.end, htmlAttr{})
	if h.text == 0 || !h.r.mirror(p, h.text, seen) {
		h.fields = append(h.fields, h.r.field(p, "html "+a.name, kind, ""))
	}
}

// fileName reads the address of a file whose name is in the text of the link:
// the name follows the text, the rest is a field.
func (h *htmlReader) fileName(a attribute, seen int) bool {
	value := h.r.text(h.in)[a.start:a.end]
	cut := strings.LastIndexAny(value, "/=") + 1
	if h.text == 0 || cut == 0 || cut == len(value) {
		return false
	}
	rest := strings.TrimLeft(h.r.text(int32(h.text - 1))[seen:], " \n")
	off := len(h.r.text(int32(h.text-1))) - len(rest)
	if !strings.HasPrefix(rest, value[cut:]) {
		return false
	}
	name, _ := h.r.add(h.in, a.start+cut, a.end, htmlAttr{})
	if !h.r.mirror(name, h.text, off) {
		return false
	}
	p, _ := h.r.add(h.in, a.start, a.start+cut, htmlAttr{})
	h.fields = append(h.fields, h.r.field(p, "html "+a.name, FieldURL, ""))
	return true
}
