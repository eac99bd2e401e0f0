package transcripts

import (
	"bytes"
	"io"
	"slices"
)

// jsonEvent is something of a JSON file that matters to a conversation.
type jsonEvent struct {
	op         jsonOp
	act        *action
	rule       *rule // where act stands, nil when the tree says nothing
	start, end int
	label      string // name of the member, or of the array that it stands in
}

type jsonOp uint8

const (
	opBegin  jsonOp = iota // a scope begins
	opEnd                  // it ends
	opText                 // string
	opNumber               // number that may say something of a person
	opJoin                 // array of texts that together make one
	opName                 // name of a member that no program has chosen
)

// jsonWalk follows the tokens of a JSON file through the tree of a profile and
// notes what is found as events. It cuts the file before conversations, or,
// where the whole file is one, before messages.
type jsonWalk struct {
	jsonLexer
	p       *Profile
	strict  bool
	frames  []jsonPath
	events  []jsonEvent
	lines   bool               // every top-level value is a message, as a generic profile found
	root    *rule              // of the value of a string that holds JSON
	nested  bool               // it does
	labels  map[string]string  // one string for each name
	named   map[string]*action // what names hold where the tree says nothing
	persons map[string]bool    // names that make a number a person's
	size    int                // a file of one conversation is cut when this long
	units   int                // conversations since the last cut
	goesOn  bool               // the conversation goes on behind the last cut
}

// jsonPath is one open object or array.
type jsonPath struct {
	rule  *rule // nil where the tree ends
	deep  *rule // what the tree says of any depth below
	array bool
	scope bool
	label string // of the array, or of the member that is read
	next  *rule  // of the member that is read
	known bool   // the tree or the profile knows that member
	join  int    // where a joined text begins, plus 1
}

var (
	keepAction = action{slot: slotSkip}
	scanAction = action{}
)

// jsonPart is how long a part of a long conversation is at least.
const jsonPart = 1 << 20

func newJSONWalk(r io.Reader, p *Profile, o ReadOptions) *jsonWalk {
	w := &jsonWalk{p: p, strict: o.Strict, labels: map[string]string{}, named: map[string]*action{}, persons: map[string]bool{}, size: jsonPart}
	if o.maxRecord() < 2*jsonPart {
		w.size = o.maxRecord()
	}
	w.window = newWindow(r, o.maxRecord())
	return w
}

// record reads on to the next cut and returns the bytes up to it. At the end of
// the file it returns them with io.EOF.
func (w *jsonWalk) record() (string, error) {
	w.events = w.events[:0]
	w.units = 0
	for {
		at, err := w.peekValue()
		if err != nil {
			return "", err
		}
		if w.pos > w.max {
			return "", errLong
		}
		if at && w.cutsHere() {
			w.units = 0
			return w.cut(), nil
		}
		t, err := w.next()
		if err != nil {
			return "", err
		}
		if t.kind == tokenEOF {
			return w.cut(), io.EOF
		}
		if err := w.token(t); err != nil {
			return "", err
		}
	}
}

// peekValue tells whether a value comes next, and stands just before it.
func (w *jsonWalk) peekValue() (bool, error) {
	err := w.skipSpace()
	if err == nil && len(w.stack) > 0 && w.stack[len(w.stack)-1].state == wantNext && w.buf[w.pos] == ',' {
		w.stack[len(w.stack)-1].state = wantItem
		w.pos++
		err = w.skipSpace()
	}
	if err == io.EOF {
		return false, nil
	}
	if err != nil || len(w.stack) == 0 {
		return err == nil, err
	}
	top := w.stack[len(w.stack)-1]
	c := w.buf[w.pos]
	return (top.array && top.state != wantNext || top.state == wantValue) && c != ']' && c != '}', nil
}

// cutsHere tells whether the next value begins a new record: it is a conversation
// of its own, or the one at hand is long already and goes on with this value.
func (w *jsonWalk) cutsHere() bool {
	scope := scopeNone
	if r := w.target(); r != nil && w.buf[w.pos] == '{' { // a string has no scope
		scope = r.act.scope
	}
	top := len(w.frames) == 0 && !w.nested
	if top && w.p.generic && w.units == 1 && isMessage(w.events) {
		w.lines = true // every line is a message
	}
	switch {
	case top && !w.p.stream && !w.lines:
	case scope == scopeConversation:
		if w.units == 1 && !holdsValues(w.events) {
			return false // the brackets around the first conversation belong to it
		}
	case top, scope == scopeMessage, w.p.generic && w.inFirstArray():
		w.goesOn = true
		return w.pos >= w.size
	default:
		return false
	}
	w.goesOn = false
	w.units++
	return w.units > 1
}

// inFirstArray tells whether the next value is an element of an array that is in
// no other.
func (w *jsonWalk) inFirstArray() bool {
	n := len(w.frames)
	return n > 0 && w.frames[n-1].array && !slices.ContainsFunc(w.frames[:n-1], func(f jsonPath) bool { return f.array })
}

// holdsValues tells whether there is more than beginnings of scopes.
func holdsValues(events []jsonEvent) bool {
	return slices.ContainsFunc(events, func(e jsonEvent) bool { return e.op != opBegin })
}

// token takes one token.
func (w *jsonWalk) token(t jsonToken) error {
	switch t.kind {
	case tokenKey:
		return w.key(t)
	case tokenObject, tokenArray:
		w.enter(t)
	case tokenEnd:
		w.leave(t)
	case tokenString:
		w.text(t)
	case tokenNumber:
		w.number(t)
	}
	return nil
}

// note adds an event.
func (w *jsonWalk) note(op jsonOp, act *action, start, end int) {
	w.events = append(w.events, jsonEvent{op: op, act: act, rule: w.target(), start: start, end: end, label: w.here()})
}

// enter opens an object or array.
func (w *jsonWalk) enter(t jsonToken) {
	r := w.target()
	f := jsonPath{rule: r, array: t.kind == tokenArray, label: w.here()}
	if n := len(w.frames); n > 0 {
		f.deep = w.frames[n-1].deep
	}
	if r != nil && r.deep != nil {
		f.deep = r.deep
	}
	switch {
	case r != nil && r.act.coat == coatJoin:
		f.join = t.start + 1
	case r != nil && !f.array && r.act.scope != scopeNone, r == nil && !f.array && w.p.generic, w.p.generic && !f.array && len(w.frames) == 0:
		f.scope = true
		act := &scanAction
		if r != nil {
			act = &r.act
		}
		w.note(opBegin, act, t.start, t.end)
	}
	w.frames = append(w.frames, f)
}

func (w *jsonWalk) leave(t jsonToken) {
	f := w.frames[len(w.frames)-1]
	w.frames = w.frames[:len(w.frames)-1]
	if f.scope {
		w.note(opEnd, &keepAction, t.start, t.end)
	}
	if f.join > 0 {
		w.events = append(w.events, jsonEvent{op: opJoin, act: &f.rule.act, start: f.join - 1, end: t.end, label: f.label})
	}
}

// joined tells whether a string here is a part of a joined text.
func (w *jsonWalk) joined() bool {
	for i := len(w.frames) - 1; i >= 0; i-- {
		f := &w.frames[i]
		if f.join > 0 {
			top := &w.frames[len(w.frames)-1]
			return top.array || top.label == joinName
		}
	}
	return false
}

// text notes a string.
func (w *jsonWalk) text(t jsonToken) {
	if t.start == t.end || w.joined() {
		return
	}
	act := w.action()
	if act.slot == slotSkip && (w.p.generic || w.p.own && !isWordOfSystem(string(w.buf[t.start:t.end]))) {
		act = &scanAction // a name alone does not make a value harmless
	}
	if act.slot != slotSkip {
		w.note(opText, act, t.start, t.end)
	}
}

// number notes a number, unless nothing is said of it, neither by its name, and
// it is too short to say something of a person.
func (w *jsonWalk) number(t jsonToken) {
	raw := w.buf[t.start:t.end]
	act := w.action()
	short := len(raw) < shortNumber || bytes.IndexByte(raw, '.') >= 0
	if act == &scanAction && short && !w.ofPerson(w.here()) || act.slot == slotSkip {
		return
	}
	w.note(opNumber, act, t.start, t.end)
}
