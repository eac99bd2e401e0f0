package review

import (
	"slices"
	"sync"
)

// Log is what readers did, in order, and what follows from it. It is safe for
// concurrent use.
type Log struct {
	mu     sync.RWMutex
	chats  map[string]*history
	last   int64
	undone map[int64]bool
	people []string // readers in the order in which they came
}

// history is what happened to one chat.
type history struct {
	events []Event
	state  *State // nil: to be made anew
}

// State is what stands of a chat. It is not changed any more once it is given out.
type State struct {
	Last     int64 // the event that came last
	Hidden   []Event
	Spared   []Event
	Remarks  []Event
	Verdicts map[string]Event // by reader: the last of each
	Flagged  bool
	Read     map[string]bool // by reader
	last     map[string]Event
}

// NewLog returns an empty log.
func NewLog() *Log { return &Log{chats: map[string]*history{}, undone: map[int64]bool{}} }

// Last returns the id of the event that came last.
func (l *Log) Last() int64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.last
}

// Add adds events in the order of their ids. Those it knows are passed over.
func (l *Log) Add(events ...Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range events {
		if e.ID <= l.last {
			continue
		}
		l.last = e.ID
		if !slices.Contains(l.people, e.Reader) {
			l.people = append(l.people, e.Reader)
		}
		h := l.chats[e.Chat]
		if h == nil {
			h = &history{}
			l.chats[e.Chat] = h
		}
		h.state = nil
		if e.Kind == Undo {
			l.undone[e.Refers] = true
			continue
		}
		h.events = append(h.events, e)
	}
}

// Readers returns everybody who did something, in the order in which they came.
func (l *Log) Readers() []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return slices.Clone(l.people)
}

var noState = &State{Verdicts: map[string]Event{}, Read: map[string]bool{}, last: map[string]Event{}}

// State returns what stands of a chat.
func (l *Log) State(chat string) *State {
	l.mu.RLock()
	h := l.chats[chat]
	if h == nil {
		l.mu.RUnlock()
		return noState
	}
	s := h.state
	l.mu.RUnlock()
	if s != nil {
		return s
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	h.state = l.project(h.events)
	return h.state
}

// project says what stands after events.
func (l *Log) project(events []Event) *State {
	s := &State{Verdicts: map[string]Event{}, Read: map[string]bool{}, last: map[string]Event{}}
	for _, e := range events {
		if l.undone[e.ID] {
			continue
		}
		s.Last = max(s.Last, e.ID)
		if e.Kind.undoable() {
			s.last[e.Reader] = e
		}
		s.apply(e)
	}
	return s
}

func (s *State) apply(e Event) {
	switch e.Kind {
	case Hide:
		s.Hidden = append(s.Hidden, e)
	case Spare:
		s.Spared = append(s.Spared, e)
	case Remark:
		s.Remarks = append(s.Remarks, e)
	case Judge:
		s.Verdicts[e.Reader] = e
		s.Read[e.Reader] = true
	case Flag, Unflag:
		s.Flagged = e.Kind == Flag
	case HasRead:
		s.Read[e.Reader] = true
	}
}

// LastOf returns the event that a reader would undo next.
func (s *State) LastOf(reader string) (Event, bool) {
	e, ok := s.last[reader]
	return e, ok
}

// SparedBy reports whether a reader found a replacement needless, and by which event.
func (s *State) SparedBy(pseudonym, reader string) (Event, bool) {
	i := slices.IndexFunc(s.Spared, func(e Event) bool { return e.Pseudonym == pseudonym && e.Reader == reader })
	if i < 0 {
		return Event{}, false
	}
	return s.Spared[i], true
}

// Event returns a mark or a comment that stands.
func (s *State) Event(id int64) (Event, bool) {
	for _, events := range [][]Event{s.Hidden, s.Spared, s.Remarks} {
		if i := slices.IndexFunc(events, func(e Event) bool { return e.ID == id }); i >= 0 {
			return events[i], true
		}
	}
	return Event{}, false
}

// Status is where a conversation stands.
type Status string

// Where conversations stand.
const (
	Unjudged   Status = "unjudged"
	IsReleased Status = "released"
	IsHeld     Status = "held"
	Waiting    Status = "waiting"  // for a second reader
	Disputed   Status = "disputed" // two readers judge differently
	Changed    Status = "changed"  // it was judged, and is another text now
)

// Statuses returns all of them in the order of the documentation.
func Statuses() []Status { return []Status{Unjudged, Waiting, Disputed, IsReleased, IsHeld, Changed} }

// Mode says how many readers a release takes. The zero value takes two.
type Mode uint8

// The modes.
const (
	TwoReaders Mode = iota
	OneReader
)

// Status returns where a conversation stands that is now the text fingerprint.
// One reader who holds it back is enough to hold it back.
func (s *State) Status(fingerprint string, mode Mode) Status {
	var released, held, second, stale int
	for _, e := range s.Verdicts {
		switch {
		case e.Fingerprint != fingerprint:
			stale++
		case e.Verdict == Released:
			released++
		case e.Verdict == Held:
			held++
		default:
			second++
		}
	}
	switch {
	case released+held+second == 0 && stale > 0:
		return Changed
	case released+held+second == 0:
		return Unjudged
	case held > 0 && released > 0:
		return Disputed
	case held > 0:
		return IsHeld
	case released >= 2 || released == 1 && mode == OneReader && second == 0:
		return IsReleased
	}
	return Waiting
}

// StatusFor returns what a reader may know of where a conversation stands: with
// two readers, the one verdict of another stays unknown to who has none yet.
func (s *State) StatusFor(reader, fingerprint string, mode Mode) Status {
	status := s.Status(fingerprint, mode)
	if mode == OneReader || status == Unjudged || status == Changed || s.VerdictOf(reader, fingerprint) != "" {
		return status
	}
	n := 0
	for other := range s.Verdicts {
		if s.VerdictOf(other, fingerprint) != "" {
			n++
		}
	}
	if n < 2 {
		return Waiting
	}
	return status
}

// VerdictOf returns the verdict of a reader on the text fingerprint, or none.
func (s *State) VerdictOf(reader, fingerprint string) Verdict {
	if e := s.Verdicts[reader]; e.Fingerprint == fingerprint {
		return e.Verdict
	}
	return ""
}
