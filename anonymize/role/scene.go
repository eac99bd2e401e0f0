package role

import (
	"slices"
	"strings"

	"github.com/clbchat/naamloos/anonymize/identity"
	"github.com/clbchat/naamloos/detectors"
)

// Points that a cue gives.
const (
	pointsStaff     = 30 // the role of staff in the metadata
	pointsVisitor   = 12 // that of a visitor
	pointsSelf      = 14 // "ik ben Lotte"
	pointsAddressed = 5  // "dag Lotte", said by the other side
	pointsCalled    = 3  // "Lotte, ..."
	pointsBefore    = 6  // "juf Griet"
	pointsAfter     = 4  // "Lotte, mijn zus"
	pointsTitle     = 1  // "mevrouw Peeters"
	enoughSelf      = 3  // to believe what a visitor tells of himself
)

// A Scene collects what a conversation tells of its persons.
type Scene struct {
	points map[string]map[Role]int
	self   map[Role]int // what visitors tell of themselves
}

// NewScene returns a scene of which nothing is known.
func NewScene() *Scene {
	return &Scene{points: map[string]map[Role]int{}, self: map[Role]int{}}
}

func (s *Scene) add(person string, r Role, points int) {
	if s.points[person] == nil {
		s.points[person] = map[Role]int{}
	}
	s.points[person][r] += points
}

// Party notes that a person takes part in a role.
func (s *Scene) Party(person string, by detectors.Role) {
	switch by {
	case detectors.RoleVisitor:
		s.add(person, Pupil, pointsVisitor)
	case detectors.RoleStaff:
		s.add(person, Employee, pointsStaff)
	}
}

// Of returns the guess of a person's role, and whether he seeks help.
func (s *Scene) Of(person string) (r Role, visitor bool) {
	best := Nobody
	for _, r := range roles().roles {
		if s.points[person][r] > s.points[person][best] {
			best = r
		}
	}
	if best != Pupil {
		return best, false
	}
	for _, r := range roles().roles {
		if s.self[r] >= enoughSelf && s.self[r] > s.self[best] {
			best = r
		}
	}
	return best, s.points[person][Pupil] >= pointsCalled
}

// own returns the role of who speaks, other that of who is spoken to.
func own(by detectors.Role) Role {
	if by == detectors.RoleStaff {
		return Employee
	}
	return Pupil
}

func other(by detectors.Role) Role {
	switch by {
	case detectors.RoleStaff:
		return Pupil
	case detectors.RoleVisitor:
		return Employee
	}
	return Nobody
}

// Mention notes what the text before and after a person's name tells, in a
// message by somebody.
func (s *Scene) Mention(person, before, after string, by detectors.Role) {
	before, after = lastBytes(before), firstBytes(after)
	if identity.Introduces(before, after) {
		s.add(person, own(by), pointsSelf)
		return
	}
	if by != detectors.RoleUnknown {
		s.add(person, other(by), addressed(before, after))
	}
	sentence := words(before[sentenceStart(before):])
	if s.genitive(person, sentence) {
		return
	}
	s.before(person, sentence)
	s.after(person, after)
}

// genitive notes of whom somebody is a parent: "de mama van Lotte". The cue
// before "van" tells nothing of the name behind it.
func (s *Scene) genitive(person string, before []string) bool {
	n := len(before)
	if n < 2 || !slices.Contains(ofWords, before[n-1]) {
		return false
	}
	c, ok := roles().cues[before[n-2]]
	if ok && c.role == parent {
		s.add(person, child, pointsBefore)
	}
	return ok
}

// before notes the nearest cue before a name: words between may only be
// articles, titles and words of naming.
func (s *Scene) before(person string, before []string) {
	title := false
	for n := len(before) - 1; n >= max(0, len(before)-6); n-- {
		c, ok := roles().cues[before[n]]
		switch {
		case ok && c.title:
			title = true
		case ok && (!c.possessive || hasAny(before[max(0, n-2):n], possessives)):
			if n > 0 && before[n-1] == "grand" { // grand-mère
				c.role = elder
			}
			s.add(person, c.role, pointsBefore)
			return
		case title && n > 1 && slices.Contains(ofWords, before[n-1]):
			n-- // de leerkracht van wiskunde, meneer
		case !slices.Contains(between, before[n]):
			n = 0
		}
	}
	if title {
		s.add(person, adult, pointsTitle)
	}
}

// after notes what is said of a name behind it: "Lotte, mijn beste vriendin",
// "Griet is de juf", "Tom uit mijn klas".
func (s *Scene) after(person, after string) {
	if end := strings.IndexAny(after, ".!?;\n"); end >= 0 {
		after = after[:end]
	}
	w := words(after)
	w = w[:min(6, len(w))]
	for i := range w {
		linked := i > 0 && (slices.Contains(mine, w[i-1]) || i > 1 && slices.Contains(mine, w[i-2])) ||
			i > 1 && slices.Contains(being, w[0]) && (slices.Contains(articles, w[i-1]) || slices.Contains(possessives, w[i-1]))
		c, ok := roles().cues[w[i]]
		switch {
		case linked && ok && !c.title:
			s.add(person, c.role, pointsAfter)
			return
		case linked && i == 2 && slices.Contains(classWords, w[i]) && slices.Contains(from, w[0]):
			s.add(person, mate, pointsAfter)
			return
		}
	}
}

// Said notes what a visitor tells of himself in a text: "ik ben de mama van
// Tom", "mijn dochter".
func (s *Scene) Said(text string, by detectors.Role) {
	if by != detectors.RoleVisitor {
		return
	}
	w := words(text)
	for i := range w {
		c, ok := roles().cues[w[i]]
		switch {
		case !ok || i == 0:
		case c.role == child && slices.Contains(mine, w[i-1]):
			s.self[parent] += enoughSelf
		case c.role == Pupil && slices.Contains(mine, w[i-1]):
			s.self[teacher] += enoughSelf
		case !c.possessive && !c.title && isSelf(w[:i]):
			s.self[c.role] += 2 * enoughSelf
		}
	}
}

// isSelf reports whether words end with "ik ben", with an article or not.
func isSelf(before []string) bool {
	n := len(before)
	if n > 0 && (slices.Contains(articles, before[n-1]) || slices.Contains(possessives, before[n-1])) {
		n--
	}
	return n >= 2 && slices.Contains(selves, before[n-2]+" "+before[n-1])
}

// addressed returns the points for a name being that of who is spoken to: behind
// a greeting or thanks, or alone at the beginning, and set off from what follows.
func addressed(before, after string) int {
	next := strings.TrimLeft(after, " ")
	if next != "" && !strings.ContainsAny(next[:1], ",.!?\n:)") && next[0] < 0x80 {
		return 0
	}
	w := words(before[strings.LastIndexAny(before, ".!?\n")+1:])
	switch {
	case len(w) > 0 && slices.Contains(greetings, w[len(w)-1]):
		return pointsAddressed
	case strings.TrimSpace(before) == "" && next != "":
		return pointsCalled
	}
	return 0
}
