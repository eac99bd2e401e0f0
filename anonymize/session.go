package anonymize

import (
	"slices"
	"sync"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// A Session anonymises a conversation that is still going on, one message at a
// time. What each message teaches is remembered for those that follow. It holds
// the originals of the conversation in memory until it is dropped, and is safe
// for concurrent use.
//
// A later round over the whole output may hide a word that a session leaves (one
// message in 300, measured): store what [Anonymizer.Conversation] gives when the
// chat has ended.
type Session struct {
	mu    sync.Mutex
	a     *Anonymizer
	cast  *cast // made with the first message
	chat  transcripts.Conversation
	last  *state
	shown []string // text of each message as given out last
}

// Change is an earlier message that a new finding has changed.
type Change struct {
	Message int // index of the message, from 0
	Text    string
}

// NewSession begins a conversation. Its participants teach their names.
func (a *Anonymizer) NewSession(id string, participants ...transcripts.Participant) *Session {
	c := transcripts.Conversation{ID: id, Participants: participants}
	return &Session{a: a, chat: *c.Clone()}
}

// Message returns m without persons, and the earlier messages that what m has
// taught would change. After an error m is not part of the session.
func (s *Session) Message(m transcripts.Message) (out transcripts.Message, changes []Change, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	index := len(s.chat.Messages)
	defer func() {
		if err != nil {
			s.chat.Messages = s.chat.Messages[:index]
			changes = nil
		}
	}()
	defer failClosed(&out, &err)
	m.Fields = slices.Clone(m.Fields)
	s.chat.Messages = append(s.chat.Messages, m)
	if s.cast == nil {
		if s.cast, err = s.a.newSessionCast(&s.chat); err != nil {
			return out, nil, err
		}
	}
	now := newState(s.cast.fresh(), &s.chat)
	if err := now.find(s.last); err != nil {
		return out, nil, err
	}
	shown, err := now.shownTexts(s.last, s.shown)
	if err != nil {
		return out, nil, err
	}
	for i := range index {
		if shown[i] != s.shown[i] {
			changes = append(changes, Change{Message: i, Text: shown[i]})
		}
	}
	s.last, s.shown = now, shown
	out = now.shownMessage(index, shown[index])
	out.At = s.a.retimer(&s.chat).coarse(out.At)
	return out, changes, nil
}

// shownTexts returns the text of each message as it may be shown. A text whose
// findings are those of before is shown as it was.
func (s *state) shownTexts(before *state, shown []string) ([]string, error) {
	texts := make([]string, 0, len(shown)+1)
	prev := ""
	for i := range s.slots {
		if s.slots[i].msg == nil {
			continue
		}
		n := len(texts)
		if n > 0 {
			prev = texts[n-1]
		}
		if n < len(shown) && before.holds(i, s) && slices.Equal(s.found[i], before.found[i]) && s.people().Equal(before.people()) && s.cast.same(before.cast) {
			texts = append(texts, shown[n])
			continue
		}
		text, err := s.settle(detectors.Text{Body: transcripts.Apply(s.texts[i], s.edits(i)), Prev: prev, Role: s.slots[i].role})
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}

// settle anonymises a text that was anonymised until nothing more is found.
func (s *state) settle(t detectors.Text) (string, error) {
	for range maxRounds {
		text := t.Body
		spans, err := s.a.set.Find(nil, t)
		if err != nil {
			return "", &ValueError{Message: 0, Fault: "a detector failed"}
		}
		spans = s.cast.withoutOwn(text, s.a.rules.hidden(text, s.a.rules.sure(text, spans)))
		if len(spans) == 0 {
			return text, nil
		}
		var edits []transcripts.Edit
		for _, sp := range resolve(text, spans) {
			edits = append(edits, transcripts.Edit{Start: sp.Start, End: sp.End, Text: s.pseudonym(sp, text[sp.Start:sp.End])})
		}
		t.Body = transcripts.Apply(text, edits)
	}
	return "", ErrUnsettled
}

// shownMessage returns the message at index with text as its text and its
// fields anonymised. The slots of the fields follow that of the message.
func (s *state) shownMessage(index int, text string) transcripts.Message {
	at := slices.IndexFunc(s.slots, func(sl slot) bool { return sl.msg != nil && sl.message == index })
	out := *s.slots[at].msg
	out.Text, out.Fields = text, slices.Clone(out.Fields)
	for k := range out.Fields {
		f := &out.Fields[k]
		f.Value = transcripts.Apply(f.Value, s.edits(at+1+k))
	}
	return out
}
