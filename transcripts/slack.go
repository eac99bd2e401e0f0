package transcripts

// directory is who is behind the identifiers in messages, when another file of
// the same export tells.
type directory map[string]Participant

// slackPeople reads users.json of a Slack export, in which messages hold
// nothing of their authors but an identifier.
func slackPeople(a *archive, o ReadOptions) directory {
	f := a.file("users.json")
	p, ok := Lookup("slack-users")
	if f == nil || !ok {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil // the entry itself is read later, and refused
	}
	defer r.Close()
	out := directory{}
	for c, err := range p.Read(r, ReadOptions{MaxRecord: o.MaxRecord}) {
		if err != nil {
			return nil
		}
		for i := range c.Participants {
			if id, person := c.Participants[i].known(); id != "" {
				out[id] = person
			}
		}
	}
	return out
}

// known returns the identifier of a participant and what teaches a name: no
// place in a source.
func (p *Participant) known() (id string, out Participant) {
	out = Participant{Role: p.Role, Name: p.Name, Email: p.Email}
	for _, f := range p.Fields {
		switch {
		case f.Kind == FieldID && f.Label == "id":
			id = f.Value
		case f.Kind == FieldName || f.Kind == FieldHandle || f.Kind == FieldPhone:
			out.Fields = append(out.Fields, Field{Label: f.Label, Kind: f.Kind, Value: f.Value})
		}
	}
	return id, out
}
