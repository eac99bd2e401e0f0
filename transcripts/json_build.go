package transcripts

import (
	"errors"
	"io"
	"strings"
)

// jsonBuild makes values of events.
type jsonBuild struct {
	a      *assembly
	style  *jsonString
	strict bool
	label  string // label that the file gives the value that follows
	depth  int    // JSON in strings of JSON
}

// events takes the events of the document in a place.
func (b *jsonBuild) events(in int32, events []jsonEvent) error {
	for i, e := range events {
		switch e.op {
		case opBegin:
			b.begin(events[i:])
		case opEnd:
			b.a.end()
		case opName:
			b.field(b.place(in, e, b.style), "name of a field")
		case opText:
			if err := b.text(e, b.place(in, e, b.style)); err != nil {
				return err
			}
		case opNumber:
			b.value(e, b.place(in, e, scalarLayer{blank: "null", quote: `"`}))
		case opJoin:
			if p, ok := b.a.r.add(in, e.start, e.end, jsonJoin{b.style}); ok && b.a.r.text(p) != "" {
				b.value(e, p)
			}
		}
	}
	return nil
}

func (b *jsonBuild) place(in int32, e jsonEvent, l layer) int32 {
	p, _ := b.a.r.add(in, e.start, e.end, l)
	return p
}

// field adds text of which nothing is known.
func (b *jsonBuild) field(p int32, label string) {
	b.a.field(&scanAction, b.a.r.field(p, label, FieldText, ""))
}

// begin opens a scope. In a file of which nothing is known, what an object holds
// tells what it is.
func (b *jsonBuild) begin(events []jsonEvent) {
	e := events[0]
	if e.act != &scanAction {
		b.a.begin(e.act)
		return
	}
	act := action{}
	switch {
	case isMessage(events):
		act.scope = scopeMessage
	case isParticipant(events):
		act.scope = scopeParticipant
		if a, _ := namedField(e.label); a.author {
			act.scope = scopeAuthor
		}
	}
	b.a.begin(&act)
}

// text takes a string, unwrapping what is encoded in it.
func (b *jsonBuild) text(e jsonEvent, p int32) error {
	r := b.a.r
	p = b.mended(p)
	if e.act.coat == coatJSON || e.act.coat == coatNone && looksLikeJSON(r.text(p)) {
		if ok, err := b.nested(e, p); ok || err != nil {
			return err
		}
	}
	switch e.act.coat {
	case coatSlack:
		p, _ = r.add(p, 0, len(r.text(p)), slackText{})
	case coatHTML:
		b.html(e, p)
		return nil
	case coatNone:
		if e.act.kind == FieldText && (e.act.slot == slotField || b.a.profile.generic) && looksLikeHTML(r.text(p)) {
			b.html(e, p)
			return nil
		}
	}
	b.value(e, p)
	return nil
}

// mended returns the place of the text without damage to its characters.
func (b *jsonBuild) mended(p int32) int32 {
	text := b.a.r.text(p)
	var l layer
	switch {
	case b.a.profile.mojibake:
		l = byteEscapes{}
	case isMojibake(text):
		l = mojibake{}
	default:
		return p
	}
	if q, ok := b.a.r.add(p, 0, len(text), l); ok {
		return q
	}
	return p
}

// html takes HTML: the text that is seen, and what its attributes hold.
func (b *jsonBuild) html(e jsonEvent, p int32) {
	_, text, fields := b.a.r.html(p, 0, len(b.a.r.text(p)), htmlPlain)
	b.value(e, int32(text-1))
	for _, f := range fields {
		b.a.field(&scanAction, f)
	}
}

// looksLikeJSON tells whether a text begins as an object or an array of objects
// or strings does.
func looksLikeJSON(s string) bool {
	return strings.HasPrefix(s, `{"`) || strings.HasPrefix(s, `[{"`) || strings.HasPrefix(s, `["`)
}

// looksLikeHTML tells whether a text holds the end of an element, or a line
// break or space as HTML writes them.
func looksLikeHTML(s string) bool {
	i := strings.Index(s, "</")
	return i >= 0 && tagEnd(s, i) > 0 || strings.Contains(s, "<br") || strings.Contains(s, "&nbsp;")
}

// nested takes JSON inside a string. False when it is none.
func (b *jsonBuild) nested(e jsonEvent, p int32) (bool, error) {
	const deepest = 4
	text := b.a.r.text(p)
	if b.depth == deepest {
		return false, nil
	}
	w := newJSONWalk(strings.NewReader(text), b.a.profile, ReadOptions{Strict: b.strict, MaxRecord: len(text) + 1})
	w.root = e.rule
	w.nested = true
	if _, err := w.record(); err != io.EOF {
		var unknown *unknownField
		if errors.As(err, &unknown) {
			return false, err
		}
		return false, nil
	}
	inner := *b
	inner.style, inner.depth = jsonStyle(text), b.depth+1
	return true, inner.events(p, w.events)
}

// value hands a place to the conversation.
func (b *jsonBuild) value(e jsonEvent, p int32) {
	act := e.act
	switch act.slot {
	case slotLabel:
		b.label = b.a.r.text(p)
	case slotValue:
		if a, ok := namedField(b.label); ok && a.slot == slotField {
			act = &a
		} else {
			act = &scanAction
		}
		e.label = b.label
	}
	b.a.value(act, p, e.label)
}

// isMessage tells whether an object, of which nothing is known but the names of
// its members, is a message: it has a text and somebody or some time.
func isMessage(events []jsonEvent) bool {
	text, more := false, false
	members(events, func(e jsonEvent) {
		a, _ := namedField(e.label)
		text = text || a.slot == slotText && e.op == opText
		more = more || a.author || a.slot == slotTime || a.slot == slotRole || a.slot == slotField && (a.kind == FieldName || a.kind == FieldHandle)
	})
	return text && more
}

// isParticipant tells whether it describes a person.
func isParticipant(events []jsonEvent) bool {
	found := false
	members(events, func(e jsonEvent) {
		a, _ := namedField(e.label)
		found = found || a.slot == slotField && (a.kind == FieldName || a.kind == FieldEmail || a.kind == FieldPhone || a.kind == FieldHandle)
	})
	return found
}

// members visits the values right inside the object that begins with the first event.
func members(events []jsonEvent, visit func(jsonEvent)) {
	depth := 0
	for _, e := range events {
		switch {
		case e.op == opEnd:
			if depth--; depth == 0 {
				return
			}
		case e.op == opBegin:
			if depth == 1 {
				visit(e)
			}
			depth++
		case depth == 1:
			visit(e)
		}
	}
}
