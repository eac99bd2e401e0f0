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

// Cast returns the cast of a chat, in the order in which they come, with what
// readers hid.
func (c *Chat) Cast(s *State) *Cast {
	cast := &Cast{numbers: map[string]int{}, counts: map[detectors.EntityType]int{}, times: map[string]int{}}
	for i := range c.Conversation.Participants {
		cast.meet(c.Conversation.Participants[i].Name)
	}
	for i := range c.Conversation.Messages {
		cast.meet(c.Conversation.Messages[i].Text)
	}
	for _, e := range s.Hidden {
		cast.number(e.Pseudonym)
	}
	return cast
}

func (c *Cast) meet(text string) {
	for start, end := range pseudonyms(text) {
		c.number(text[start:end])
		c.times[text[start:end]]++
	}
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
