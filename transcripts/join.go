package transcripts

// join appends conversation d, which stands right behind c in its file and is a
// part of the same, to c. Both were read into records of their own. The one who
// speaks in d is sought among those of c by his name.
func (c *Conversation) join(d *Conversation) {
	r, from := c.src.(*record), d.src.(*record)
	shift := r.append(from)
	moved := func(f ref) ref {
		if f > 0 {
			f += shift
		}
		return f
	}
	keys := map[string]string{}
	for i := range d.Participants {
		p := &d.Participants[i]
		key, name := c.partner(p, moved(p.refs.name))
		keys[p.Key] = key
		if name.ref > 0 && len(d.Messages) > 0 {
			d.Messages[0].Fields = append(d.Messages[0].Fields, Field{Label: "speaker", Kind: FieldName, Party: p.Key, Value: name.Value, ref: name.ref - shift})
		}
	}
	if id := moved(d.refs.id); id > 0 {
		r.places[id-1].leaf = false
		r.leaves--
		r.mirror(int32(id-1), c.refs.id, 0)
	}
	for _, f := range d.Fields {
		f.ref = moved(f.ref)
		c.Fields = append(c.Fields, f)
	}
	for _, m := range d.Messages {
		m.ref, m.atRef, m.From = moved(m.ref), moved(m.atRef), keys[m.From]
		for i := range m.Fields {
			f := &m.Fields[i]
			f.ref = moved(f.ref)
			if f.Party != "" {
				f.Party = keys[f.Party]
			}
		}
		c.Messages = append(c.Messages, m)
	}
}

// partner returns the key in c of a participant of a part, who joins c unless
// one of his name is there; then the place of his name is that of a field.
func (c *Conversation) partner(p *Participant, name ref) (string, Field) {
	for i := range c.Participants {
		if q := &c.Participants[i]; p.Name != "" && q.Name == p.Name {
			return q.Key, Field{Value: p.Name, ref: name}
		}
	}
	key := keyNumber(len(c.Participants))
	c.Participants = append(c.Participants, Participant{Key: key, Role: p.Role, Name: p.Name, refs: participantRefs{name: name}})
	return key, Field{}
}

// append puts the bytes and places of another record behind those of r, and
// returns by how much its references move. The other has no encoding of its own,
// no mirrors and nothing that follows.
func (r *record) append(other *record) ref {
	off, n := int32(len(r.raw)), int32(len(r.places)-1)
	r.raw += other.raw
	r.places[0].text = r.raw
	r.places[0].end = int32(len(r.raw))
	for _, p := range other.places[1:] {
		if p.parent == 0 {
			p.start, p.end = p.start+off, p.end+off
		} else {
			p.parent += n
		}
		if p.time > 0 {
			p.time += int32(len(r.times))
		}
		r.places = append(r.places, p)
	}
	r.times = append(r.times, other.times...)
	r.leaves += other.leaves
	return ref(n)
}
