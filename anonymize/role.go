package anonymize

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/clbchat/naamloos/detectors"
)

//go:embed roles.txt
var roleLines string

// Roles with a meaning of their own: who seeks help, who works there, and who
// is told to be nothing in particular.
const (
	roleVisitor = "pupil"
	roleStaff   = "employee"
	roleNobody  = "person"
)

// roleBook holds the roles that a text can tell, and their words.
type roleBook struct {
	names  []string                     // English, in the order of the file
	labels map[string]map[string]string // by language and role
	cues   map[string]string            // role by cue word, folded
}

var roleList = sync.OnceValue(func() *roleBook {
	b := &roleBook{labels: map[string]map[string]string{}, cues: map[string]string{}}
	for line := range strings.Lines(roleLines) {
		head, cues, ok := strings.Cut(strings.TrimSpace(line), ": ")
		f := strings.Fields(head)
		if !ok || strings.HasPrefix(line, "#") || len(f) != 4 {
			continue
		}
		role := f[3]
		b.names = append(b.names, role)
		for i, language := range []string{"nl", "fr", "de", "en"} {
			if b.labels[language] == nil {
				b.labels[language] = map[string]string{}
			}
			b.labels[language][role] = f[i]
		}
		for cue := range strings.FieldsSeq(cues) {
			b.cues[fold(cue)] = role
		}
	}
	return b
})

// Points that a cue gives for a role.
const (
	pointsParty  = 20 // the participant's role in the metadata
	pointsSelf   = 12 // "ik ben Lotte"
	pointsBefore = 6  // "juf Griet", "mijn vriendin Lotte"
	pointsAfter  = 4  // "Lotte, mijn zus", "Griet is mijn juf"
)

// votes counts points for each person's roles.
type votes map[string]map[string]int

func (v votes) add(person, role string, points int) {
	if v[person] == nil {
		v[person] = map[string]int{}
	}
	v[person][role] += points
}

// of returns the role with the most points, roleNobody without any.
func (v votes) of(person string) string {
	best := roleNobody
	for _, role := range roleList().names {
		if v[person][role] > v[person][best] {
			best = role
		}
	}
	return best
}

// assignRoles labels everybody found who has no label yet, in the order of the
// conversation: its participants, then those its messages name.
func (k *cast) assignRoles(s *state) {
	v := votes{}
	for i := range s.slots {
		sl := &s.slots[i]
		for _, sp := range s.found[i] {
			if sp.Type != detectors.Person {
				continue
			}
			person := s.value(sp.Type, s.texts[i][sp.Start:sp.End]).canonical
			if sl.msg == nil {
				v.party(person, sl.role)
			} else {
				v.cues(person, s.texts[i], sp, sl.role)
			}
		}
	}
	for _, person := range s.everybody() {
		k.label(person, v.of(person))
	}
}

// party counts the role that the metadata gives.
func (v votes) party(person string, role detectors.Role) {
	switch role {
	case detectors.RoleVisitor:
		v.add(person, roleVisitor, pointsParty/2) // a parent may say so
	case detectors.RoleStaff:
		v.add(person, roleStaff, pointsParty)
	}
}

// cues counts what the words around a mention tell.
func (v votes) cues(person, text string, sp detectors.Span, by detectors.Role) {
	before, after := wordsAround(text, sp)
	if isSelf(before) {
		role := roleVisitor
		if by == detectors.RoleStaff {
			role = roleStaff
		}
		v.add(person, role, pointsSelf)
	}
	for i := len(before) - 1; i >= max(0, len(before)-3); i-- {
		if role, ok := roleList().cues[before[i]]; ok {
			v.add(person, role, pointsBefore-(len(before)-1-i))
			break
		}
	}
	for i := range min(4, len(after)) {
		role, ok := roleList().cues[after[i]]
		if ok && i > 0 && slices.Contains(links, after[i-1]) {
			v.add(person, role, pointsAfter-i/2)
			break
		}
	}
}

// links stand between a name and what it is said to be.
var links = []string{"mijn", "mn", "m'n", "is", "de", "een", "onze", "haar", "zijn", "mon", "ma", "mes", "notre", "une", "un",
	"la", "le", "mein", "meine", "unsere", "die", "der", "my", "our", "the", "a", "beste", "beste", "best"}

// isSelf reports whether words end with "ik ben", "mijn naam is" and the like.
func isSelf(before []string) bool {
	tail := strings.Join(before[max(0, len(before)-3):], " ")
	for _, self := range []string{"ik ben", "ben", "ik heet", "mijn naam is", "mn naam is", "je suis", "je m appelle", "mon nom est",
		"mon prenom est", "ich bin", "ich heisse", "mein name ist", "i am", "i m", "my name is", "hier"} {
		if tail == self || strings.HasSuffix(tail, " "+self) && self != "ben" && self != "hier" {
			return true
		}
	}
	return false
}

// wordsAround returns up to four folded words on each side of a span.
func wordsAround(text string, sp detectors.Span) (before, after []string) {
	const far = 80 // bytes in which four words stand
	from, to := max(0, sp.Start-far), min(len(text), sp.End+far)
	for from > 0 && !boundary(text, from) {
		from--
	}
	for to < len(text) && !boundary(text, to) {
		to++
	}
	for _, w := range wordsOf(text[from:sp.Start]) {
		before = append(before, fold(text[from:sp.Start][w.start:w.end]))
	}
	for _, w := range wordsOf(text[sp.End:to]) {
		after = append(after, fold(text[sp.End:to][w.start:w.end]))
	}
	return before[max(0, len(before)-4):], after[:min(4, len(after))]
}

// label gives a person the next label of a role. Who seeks help needs no
// number, as long as there is one of them.
func (k *cast) label(person, role string) {
	if k.labels[person] != "" {
		return
	}
	k.counts[role]++
	word := roleList().labels[k.a.rules.language()][role]
	if role == roleVisitor && k.counts[role] == 1 {
		k.labels[person] = "[" + word + "]"
		return
	}
	k.labels[person] = "[" + word + " " + strconv.Itoa(k.counts[role]) + "]"
}

// roleLabel returns the label of a person.
func (k *cast) roleLabel(person string) string {
	k.label(person, roleNobody)
	return k.labels[person]
}
