package main

import "github.com/clbchat/naamloos/transcripts"

// hollow takes out of a conversation all that anybody wrote, and leaves what
// joins it to others.
func hollow(c *transcripts.Conversation) {
	c.Topic = ""
	emptyMessages(c)
	emptyFields(c, func(f *transcripts.Field) bool { return f.Kind == transcripts.FieldText })
}

// blank empties all values of a conversation.
func blank(c *transcripts.Conversation) {
	c.ID, c.Topic = "", ""
	for i := range c.Participants {
		p := &c.Participants[i]
		p.Name, p.Email, p.IP, p.Geo = "", "", "", nil
	}
	emptyMessages(c)
	emptyFields(c, func(*transcripts.Field) bool { return true })
}

func emptyMessages(c *transcripts.Conversation) {
	for i := range c.Messages {
		m := &c.Messages[i]
		m.Edit([]transcripts.Edit{{End: len(m.Text)}})
	}
}

// emptyFields empties the fields of a conversation, its participants and its
// messages that which says yes to.
func emptyFields(c *transcripts.Conversation, which func(*transcripts.Field) bool) {
	empty := func(fields []transcripts.Field) {
		for i := range fields {
			if f := &fields[i]; which(f) {
				f.Edit([]transcripts.Edit{{End: len(f.Value)}})
			}
		}
	}
	empty(c.Fields)
	for i := range c.Participants {
		empty(c.Participants[i].Fields)
	}
	for i := range c.Messages {
		empty(c.Messages[i].Fields)
	}
}
