package transcripts

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// jsonDoc is a parsed JSON document in a place of a record.
type jsonDoc struct {
	r     *record
	in    int32 // the place whose text holds the document
	s     string
	nodes []jsonNode
	style *jsonString
}

// newJSONDoc parses the document at byte at of a place. With a fault, end is
// where it is.
func newJSONDoc(r *record, in int32, at int) (d *jsonDoc, end int, fault string) {
	s := r.text(in)
	nodes, end, fault := parseJSON(s, at)
	if fault != "" {
		return nil, end, fault
	}
	return &jsonDoc{r: r, in: in, s: s, nodes: nodes, style: jsonStyle(s)}, end, ""
}

// newObjectRecord returns a record of a format whose one JSON object begins at
// byte at of raw; what is it is called in faults.
func newObjectRecord(format, what, raw string, at int) (*jsonDoc, string) {
	if strings.HasPrefix(raw[at:], utf8BOM) {
		at += len(utf8BOM)
	}
	r, _ := newRecord(format, raw, nil)
	d, end, fault := newJSONDoc(r, 0, at)
	switch {
	case fault != "":
		return nil, fault
	case strings.TrimLeft(raw[end:], " \t\r\n") != "":
		return nil, "malformed JSON: more follows behind the object"
	case d.nodes[0].kind != jsonObject:
		return nil, what + " must be a JSON object"
	}
	return d, ""
}

// key returns the name of node i, decoded; empty in an array.
func (d *jsonDoc) key(i int32) string { return d.nodes[i].key(d.s) }

// children calls visit for each value directly inside node i until it is false.
func (d *jsonDoc) children(i int32, visit func(j int32) bool) {
	for j := i + 1; j < d.nodes[i].next; j = d.nodes[j].next {
		if !visit(j) {
			return
		}
	}
}

// find returns the member of object i with a name, -1 when there is none.
func (d *jsonDoc) find(i int32, name string) int32 {
	found := int32(-1)
	if d.nodes[i].kind == jsonObject {
		d.children(i, func(j int32) bool {
			if d.key(j) == name {
				found = j
			}
			return found < 0
		})
	}
	return found
}

// raw returns the source text of node i, without quotes.
func (d *jsonDoc) raw(i int32) string {
	n := &d.nodes[i]
	if n.kind == jsonText {
		return d.s[n.start+1 : n.end-1]
	}
	return d.s[n.start:n.end]
}

// place adds the place of the string, number or literal i.
func (d *jsonDoc) place(i int32) int32 {
	n := &d.nodes[i]
	var p int32
	switch n.kind {
	case jsonText:
		p, _ = d.r.add(d.in, int(n.start+1), int(n.end-1), d.style)
	default:
		p, _ = d.r.add(d.in, int(n.start), int(n.end), scalarLayer{blank: "null", quote: `"`})
	}
	return p
}

// text returns the string i as a value. False when it is no string.
func (d *jsonDoc) text(i int32) (string, ref, bool) {
	if d.nodes[i].kind != jsonText {
		return "", 0, false
	}
	p := d.place(i)
	return d.r.text(p), d.r.leaf(p), true
}

// keyPlace adds the place of the name of node i.
func (d *jsonDoc) keyPlace(i int32) int32 {
	p, _ := d.r.add(d.in, int(d.nodes[i].keyStart), int(d.nodes[i].keyEnd), d.style)
	return p
}

// fields appends every string and number inside node i, itself included, as a
// field of a kind, labelled by path. Names that cannot be those of a program's
// own members (an address, a number) are fields as well.
func (d *jsonDoc) fields(out []Field, i int32, path string, kind FieldKind) []Field {
	switch n := &d.nodes[i]; n.kind {
	case jsonText, jsonNumber:
		p := d.place(i)
		if kind == FieldText && looksLikeHTML(d.r.text(p)) {
			text, ref, more := d.r.html(p, 0, len(d.r.text(p)), htmlPlain)
			return append(append(out, Field{Label: path, Value: text, ref: ref}), more...)
		}
		if kind == FieldText {
			kind = answerKind(path[strings.LastIndexByte(path, '.')+1:])
		}
		return append(out, d.r.field(p, path, kind, ""))
	case jsonObject, jsonArray:
		d.children(i, func(j int32) bool {
			if n.kind == jsonObject {
				out = d.member(out, j, path, kind)
			} else {
				out = d.fields(out, j, path, kind)
			}
			return true
		})
	}
	return out
}

// member appends the member j of an object labelled by path as fields.
func (d *jsonDoc) member(out []Field, j int32, path string, kind FieldKind) []Field {
	name := d.key(j)
	if !isMemberName(name) {
		out = append(out, d.r.field(d.keyPlace(j), joinPath(path, "name"), FieldText, ""))
		name = "*"
	}
	return d.fields(out, j, joinPath(path, name), kind)
}

func joinPath(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// isMemberName reports whether a program could have chosen the name: letters,
// digits and some signs, and no long number. A first name alone passes, for it
// cannot be told from the name of a field.
func isMemberName(s string) bool {
	if len(s) > 64 {
		return false
	}
	run := 0
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			if run++; run > 5 {
				return false
			}
			continue
		case !isMemberRune(r):
			return false
		}
		run = 0
	}
	return true
}

func isMemberRune(r rune) bool {
	return r < utf8.RuneSelf && (isWord(byte(r)) || strings.ContainsRune("-.:#/ ?()',", r)) || r >= utf8.RuneSelf && unicode.IsLetter(r)
}

// memberName makes a label a name of a member that isMemberName lets pass.
func memberName(label string) string {
	run := 0
	label = strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			if run++; run > 5 {
				return -1
			}
			return r
		}
		if run = 0; isMemberRune(r) {
			return r
		}
		return '_'
	}, label)
	for len(label) > 60 {
		_, n := utf8.DecodeLastRuneInString(label)
		label = label[:len(label)-n]
	}
	return label
}
