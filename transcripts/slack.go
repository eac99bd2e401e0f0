package transcripts

import (
	"io"
	"path"
)

// directory is who is behind the identifiers in messages, when another file of
// the same export tells.
type directory map[string]Participant

// Formats of the files of a Slack export.
const (
	slackName  = "slack"
	slackUsers = "slack-users"
	usersFile  = "users.json"
)

// slackPeople returns who writes in a Slack export that is an archive. Messages
// hold nothing of their authors but an identifier.
func slackPeople(a *archive, o ReadOptions) directory {
	f := a.file(usersFile)
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil // the entry itself is read later, and refused
	}
	defer r.Close()
	return readPeople(r, o)
}

// slackFolder returns who writes in a Slack export that is a folder: users.json
// stands beside the folders of the channels.
func slackFolder(o ReadOptions) directory {
	if o.Folder == nil {
		return nil
	}
	for dir := path.Dir(path.Clean(o.Name)); ; dir = path.Dir(dir) {
		if f, err := o.Folder.Open(path.Join(dir, usersFile)); err == nil {
			defer f.Close()
			return readPeople(f, o)
		}
		if dir == "." || dir == "/" {
			return nil
		}
	}
}

// readPeople reads users.json. What is wrong with it is told when it is read
// itself.
func readPeople(r io.Reader, o ReadOptions) directory {
	out := directory{}
	for c, err := range readJSON(profileOf(slackUsers))(r, ReadOptions{MaxRecord: o.MaxRecord}) {
		if err != nil {
			return out
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
