package anonymize

import (
	"strconv"

	"github.com/clbchat/naamloos/anonymize/role"
	"github.com/clbchat/naamloos/detectors"
)

// assignRoles labels everybody found who has no label yet, in the order of the
// conversation: its participants, then those its messages name.
func (k *cast) assignRoles(s *state) {
	if !k.again {
		for i := range s.slots {
			if sl := &s.slots[i]; sl.msg != nil {
				k.scene.Said(s.texts[i], sl.role)
			}
		}
	}
	for i := range s.slots {
		sl, text := &s.slots[i], s.texts[i]
		for _, sp := range s.found[i] {
			if sp.Type != detectors.Person {
				continue
			}
			person := s.value(sp.Type, text[sp.Start:sp.End]).canonical
			if sl.msg == nil {
				k.scene.Party(person, sl.role)
			} else {
				k.scene.Mention(person, text[:sp.Start], text[sp.End:], sl.role)
			}
		}
	}
	for _, person := range s.everybody() {
		k.roleLabel(person)
	}
}

// roleLabel returns the label of a person, the next of his role when he has none
// yet. Who seeks help needs no number, as long as there is one of them.
func (k *cast) roleLabel(person string) string {
	if l := k.labels[person]; l != "" {
		return l
	}
	r, visitor := k.scene.Of(person)
	label := role.Label(k.a.rules.language(), r)
	if !visitor || k.visited {
		k.counts[r]++
		label += " " + strconv.Itoa(k.counts[r])
	}
	k.visited = k.visited || visitor
	k.labels[person] = "[" + label + "]"
	return k.labels[person]
}
