package review

import (
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// Cast numbers what pseudonyms stand for in a conversation: the first person to
// be met is 1, the second 2; the first telephone number is 1.
type Cast struct {
	numbers map[string]int
	counts  map[detectors.EntityType]int
	times   map[string]int
}

// Cast returns the cast of a chat in the order in which a reader meets them, with
// what readers hid.
func (l *Library) Cast(c *Chat, s *State) (*Cast, error) {
	h, err := l.hidden(s)
	if err != nil {
		return nil, err
	}
	cast := &Cast{numbers: map[string]int{}, counts: map[detectors.EntityType]int{}, times: map[string]int{}}
	for i := range c.Conversation.Participants {
		if name := c.Conversation.Participants[i].Name; isPseudonym(name) {
			cast.number(name)
		}
	}
	for i := range c.Conversation.Messages {
		cast.meet(h, c.Conversation.Messages[i].Text)
	}
	return cast, nil
}

func isPseudonym(text string) bool {
	end, ok := detectors.PseudonymAt(text, 0)
	return ok && end == len(text)
}

// meet counts the pseudonyms of a text and of what readers hid in it.
func (c *Cast) meet(h *hidden, text string) {
	matches := h.list.Matches(text)
	marked := func(before int) {
		for len(matches) > 0 && matches[0].Start < before {
			c.count(h.of[matches[0].Digest].Pseudonym)
			matches = matches[1:]
		}
	}
	for start, end := range pseudonyms(text) {
		marked(start)
		c.count(text[start:end])
	}
	marked(len(text))
}

func (c *Cast) count(pseudonym string) {
	c.number(pseudonym)
	c.times[pseudonym]++
}

func (c *Cast) number(pseudonym string) {
	if _, ok := c.numbers[pseudonym]; ok || pseudonym == "" {
		return
	}
	t := typeOf(pseudonym)
	c.counts[t]++
	c.numbers[pseudonym] = c.counts[t]
}

// Number returns the number of a pseudonym among those of its type, or 0.
func (c *Cast) Number(pseudonym string) int { return c.numbers[pseudonym] }

// Times returns how often a pseudonym stands in the conversation.
func (c *Cast) Times(pseudonym string) int { return c.times[pseudonym] }

// Counts returns how many different values of each type were replaced.
func (c *Cast) Counts() map[detectors.EntityType]int { return c.counts }

// Participant returns who said a message, or nil when that is unknown.
func (c *Chat) Participant(m *transcripts.Message) *transcripts.Participant {
	for i := range c.Conversation.Participants {
		if p := &c.Conversation.Participants[i]; p.Key == m.From {
			return p
		}
	}
	return nil
}
