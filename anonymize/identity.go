package anonymize

import (
	"strings"

	"github.com/clbchat/naamloos/anonymize/identity"
	"github.com/clbchat/naamloos/detectors"
)

// people returns the persons of the conversation, linked with what names them.
func (s *state) people() *identity.Graph {
	if s.who == nil {
		for i := range s.slots {
			for _, sp := range s.found[i] {
				s.mention(i, sp)
			}
		}
		s.who = identity.Link(s.mentions)
	}
	return s.who
}

// mention notes a finding in value i when it can name a person. What a
// participant is called in the header, and a name somebody introduces himself
// with, are the participant's own.
func (s *state) mention(i int, sp detectors.Span) {
	if sp.Type != detectors.Person && sp.Type != detectors.Handle && sp.Type != detectors.Email {
		return
	}
	sl, text := &s.slots[i], s.texts[i]
	m := identity.Mention{Text: text[sp.Start:sp.End], Type: sp.Type, Message: sl.message}
	own := sl.treat == whole ||
		sl.msg != nil && sp.Type == detectors.Person && identity.Introduces(lastBytes(text[:sp.Start]), firstBytes(text[sp.End:]))
	if own {
		m.Party = sl.party
	}
	s.mentions = append(s.mentions, m)
}

// introLength is how many bytes around a name tell who introduces himself.
const introLength = 48

func lastBytes(s string) string {
	s = s[max(0, len(s)-introLength):]
	return s[strings.LastIndexByte(s, '\n')+1:]
}

func firstBytes(s string) string { return s[:min(len(s), introLength)] }

// value returns what a finding stands for. All names of one person stand for
// the person, and so does a user name that is known to be somebody's. An e-mail
// address stands for itself: whoever asks for what is held of him gives his
// address, which must be found without his name.
func (s *state) value(t detectors.EntityType, text string) value {
	if t == detectors.Person || t == detectors.Handle {
		if who, ok := s.people().Canonical(t, text); ok {
			return value{who, true}
		}
	}
	return value{canonical: canonical(t, text)}
}
