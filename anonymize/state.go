package anonymize

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clbchat/naamloos/anonymize/identity"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// state is what is known of one conversation at one time: its values, what was
// found in each alone, what that taught, and what is found with that.
type state struct {
	a     *Anonymizer
	cast  *cast
	slots []slot
	texts []string           // what the slots held when looked at
	alone [][]detectors.Span // found in each text on its own
	split [][]detectors.Span // parts of numbers that go on in another message
	known *detectors.Known
	facts []detectors.Fact
	found [][]detectors.Span // all of it and what the conversation taught; disjoint and sorted
	who   *identity.Graph    // made when first asked for

	mentions []identity.Mention // of persons, also those that earlier rounds have replaced
}

func newState(k *cast, c *transcripts.Conversation) *state {
	s := &state{a: k.a, cast: k, slots: slots(c)}
	k.a.rules.treat(s.slots)
	n := len(s.slots)
	s.texts = make([]string, n)
	lists := make([][]detectors.Span, 3*n)
	s.alone, s.split, s.found = lists[:n:n], lists[n:2*n:2*n], lists[2*n:]
	for i := range s.slots {
		s.texts[i] = s.slots[i].text()
	}
	return s
}

// find fills found. before, which may be nil, is a state whose values stood in
// the same places: what it has found alone in the same text stands.
func (s *state) find(before *state) error {
	for i := range s.slots {
		if before.holds(i, s) {
			s.alone[i] = before.alone[i]
			continue
		}
		if err := s.findAlone(i); err != nil {
			return err
		}
	}
	if err := s.findSplit(); err != nil {
		return err
	}
	s.findAmended()
	if s.cast.settle(s) {
		s.cast.settled = true
		for i := range s.alone {
			s.alone[i] = s.cast.open(s.texts[i], s.alone[i])
		}
	}
	if err := s.findTaught(before); err != nil {
		return err
	}
	s.cast.assign(s)
	return nil
}

// holds reports whether s has seen value i of now in the same surroundings.
func (s *state) holds(i int, now *state) bool {
	return s != nil && i < len(s.slots) && s.texts[i] == now.texts[i] && s.slots[i].prev == now.slots[i].prev
}

// findAlone looks at one value without what the others teach.
func (s *state) findAlone(i int) error {
	sl, text := &s.slots[i], s.texts[i]
	if text == "" || sl.treat == keep || sl.treat == empty || sl.treat == rekey || sl.treat == rename {
		return nil
	}
	if len(text) > s.a.maxText {
		return &ValueError{Message: sl.message + 1, Fault: "text is longer than the limit"}
	}
	if !utf8.ValidString(text) {
		return &ValueError{Message: sl.message + 1, Fault: "text is not valid UTF-8"}
	}
	from, to := 0, len(text)
	if sl.treat == whole {
		from, to = unwrapped(text)
	}
	if isToken(text[from:to]) || sl.treat == whole && (stopValue(text) || s.a.set.Keeps(text)) {
		return nil
	}
	if sl.treat == whole {
		typ, err := s.narrow(sl.typ, text[from:to])
		if err != nil {
			return &ValueError{Message: sl.message + 1, Fault: "a detector failed"}
		}
		s.alone[i] = []detectors.Span{{Start: from, End: to, Type: typ, Score: 1, Detector: "metadata", Rule: "metadata: the field holds nothing else"}}
		return nil
	}
	t := s.text(i)
	t.Label = sl.label()
	spans, err := s.a.set.Find(nil, t)
	if err != nil {
		return &ValueError{Message: sl.message + 1, Fault: "a detector failed"}
	}
	if !spansValid(text, spans) {
		return &ValueError{Message: sl.message + 1, Fault: "a detector gave positions outside the text"}
	}
	if sl.identifies() {
		spans = ofIdentifier(text, spans)
	}
	s.alone[i] = s.cast.open(text, s.allowed(text, s.a.rules.sure(text, s.withoutIDs(text, cutNames(text, spans)))))
	return nil
}

// unwrapped returns the range of a value within its brackets or quotes.
func unwrapped(text string) (from, to int) {
	to = len(text)
	for to-from > 2 && !isToken(text[from:to]) {
		i := strings.IndexByte("[<(\"'", text[from])
		if i < 0 || text[to-1] != "]>)\"'"[i] {
			break
		}
		from++
		to--
	}
	return from, to
}

// withoutIDs leaves out names that are opaque identifiers of the source, which
// join its records: <@U07AB12CD> in a message is the user of another.
func (s *state) withoutIDs(text string, spans []detectors.Span) []detectors.Span {
	return slices.DeleteFunc(spans, func(sp detectors.Span) bool {
		return (sp.Type == detectors.Handle || sp.Type == detectors.Person) && s.keepsID(strings.TrimPrefix(text[sp.Start:sp.End], "@"))
	})
}

// shortestID is the fewest characters of an identifier that is opaque.
const shortestID = 8

// keepsID reports whether value is an identifier that stays as it is elsewhere
// in the conversation: long, with a digit and without small letters of a name.
func (s *state) keepsID(value string) bool {
	if len(value) < shortestID || !strings.ContainsAny(value, "0123456789") || value != strings.ToUpper(value) {
		return false
	}
	return slices.ContainsFunc(s.slots, func(sl slot) bool {
		return sl.field != nil && sl.field.Kind == transcripts.FieldID && sl.field.Value == value
	})
}

// findTaught seeks what the conversation has taught in all its scanned values.
func (s *state) findTaught(before *state) error {
	s.facts = s.learn()
	s.claimIdentifiers()
	same := before != nil && slices.Equal(s.facts, before.facts)
	if same {
		s.known = before.known
	} else {
		s.known = detectors.NewKnown(s.facts, s.a.set.Strictness())
	}
	for i := range s.slots {
		if same && before.holds(i, s) && slices.Equal(s.split[i], before.split[i]) {
			s.found[i] = before.found[i]
			continue
		}
		spans := append(slices.Clip(s.alone[i]), s.split[i]...)
		if t := s.slots[i].treat; s.texts[i] != "" && (t == scan || t == strip) {
			var err error
			if spans, err = s.known.Find(slices.Clip(spans), s.text(i)); err != nil {
				return &ValueError{Message: s.slots[i].message + 1, Fault: "a detector failed"}
			}
			spans = s.withoutIDs(s.texts[i], spans)
		}
		spans = s.cast.open(s.texts[i], s.a.rules.hidden(s.texts[i], spans))
		s.found[i] = resolve(s.texts[i], spans)
	}
	return nil
}

// text returns value i as detectors see it.
func (s *state) text(i int) detectors.Text {
	return detectors.Text{Body: s.texts[i], Prev: s.slots[i].prev, Role: s.slots[i].role}
}

// replace edits every value, counts, and notes what it takes out; it reports
// whether anything changed.
func (s *state) replace(report *Report, removed *removal) bool {
	changed := false
	for i := range s.slots {
		if edits := s.edits(i); len(edits) > 0 {
			s.follow(report, i, s.texts[i], edits, s.found[i])
			s.slots[i].edit(edits)
			changed = true
			for _, sp := range s.found[i] {
				report.count(sp.Type)
				removed.add(sp.Type, s.texts[i][sp.Start:sp.End])
			}
			if s.slots[i].typ == detectors.IP && len(s.found[i]) == 0 {
				removed.add(detectors.IP, s.texts[i])
			}
		}
	}
	return changed
}

// edits returns what becomes of one value.
func (s *state) edits(i int) []transcripts.Edit {
	text, sl := s.texts[i], &s.slots[i]
	if text == "" {
		return nil
	}
	switch sl.treat {
	case keep:
		return nil
	case empty:
		return []transcripts.Edit{{End: len(text)}}
	case rekey:
		return s.recoded(text, len(text), s.a.rules.codeOf(sl))
	case rename:
		return s.recoded(text, stemEnd(text), s.a.rules.files)
	}
	edits := make([]transcripts.Edit, 0, len(s.found[i])+1)
	for _, sp := range s.found[i] {
		if by := s.pseudonym(sp, text[sp.Start:sp.End]); by != text[sp.Start:sp.End] {
			edits = append(edits, transcripts.Edit{Start: sp.Start, End: sp.End, Text: by})
		}
	}
	if sl.treat == strip {
		edits = cutQuery(text, edits)
	}
	return edits
}

// cutQuery adds to edits that the query and fragment of an address go.
func cutQuery(text string, edits []transcripts.Edit) []transcripts.Edit {
	at := strings.IndexAny(text, "?#")
	if at < 0 {
		return edits
	}
	for len(edits) > 0 && edits[len(edits)-1].Start >= at {
		edits = edits[:len(edits)-1]
	}
	if n := len(edits); n > 0 {
		at = max(at, edits[n-1].End)
	}
	if at == len(text) {
		return edits
	}
	return append(edits, transcripts.Edit{Start: at, End: len(text)})
}

// recoded replaces the first n bytes of text by a code that joins equal values.
func (s *state) recoded(text string, n int, by derived) []transcripts.Edit {
	if isToken(text[:n]) || stopValue(text[:n]) {
		return nil
	}
	return []transcripts.Edit{{End: n, Text: "[ID-" + s.cast.code(by.scope, by.scoped, text[:n]) + "]"}}
}

// stemEnd returns where the extension of a file name begins.
func stemEnd(name string) int {
	if dot := strings.LastIndexByte(name, '.'); dot > 0 && len(name)-dot <= 6 {
		return dot
	}
	return len(name)
}

// pseudonym returns what stands for a finding, as the policy says.
func (s *state) pseudonym(sp detectors.Span, text string) string {
	return s.cast.write(sp.Type, text, s.value(sp.Type, text))
}

// spansValid reports whether all spans lie within text on rune boundaries.
func spansValid(text string, spans []detectors.Span) bool {
	for _, sp := range spans {
		if sp.Start < 0 || sp.Start >= sp.End || sp.End > len(text) || !boundary(text, sp.Start) || !boundary(text, sp.End) {
			return false
		}
	}
	return true
}

func boundary(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }
