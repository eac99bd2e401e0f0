// Package identity tells which mentions in one conversation mean one person.
//
// [Link] takes what was found in a conversation, [Graph.Canonical] gives each
// mention the one form that all mentions of its person share. A full name, a
// first name or surname alone, initials, genitives, diminutives, stretched and
// misspelt forms, a nickname, a user name and an e-mail address are linked; the
// result does not depend on the order of the mentions.
//
// Two persons are worse made one than one person made two: whatever fits two
// full names stands for itself. See docs/NAMES.md for the limits.
package identity

import (
	"maps"
	"slices"
	"strings"

	"github.com/clbchat/naamloos/detectors"
)

// Mention is one mention of a person in a conversation.
type Mention struct {
	Text string               // as written
	Type detectors.EntityType // Person, Handle or Email; others are passed over
	// Party is the participant whose own name this is: a name, login or address
	// in the header, or a name given in "ik ben ..."; empty for all others.
	Party   string
	Message int // index of the message; negative for the header
}

// Graph knows the persons of one conversation. It is safe for concurrent use.
type Graph struct {
	canon map[mentionKey]string
}

// mentionKey is a mention, whatever its case, accents and stretched letters.
type mentionKey struct {
	typ  detectors.EntityType
	text string
}

func keyOf(t detectors.EntityType, text string) mentionKey {
	return mentionKey{t, strings.Join(strings.Fields(foldText(text)), " ")}
}

// Canonical returns the form that all mentions of a person share, and whether
// the mention is known to be a person's: a user name or address that belongs to
// no name is not.
func (g *Graph) Canonical(t detectors.EntityType, text string) (canonical string, ok bool) {
	if g != nil {
		if c, known := g.canon[keyOf(t, text)]; known {
			return c, c != "" || t == detectors.Person
		}
	}
	if t != detectors.Person {
		return "", false
	}
	return canonicalName(parse(text), text), true
}

// Equal reports whether g and o give every mention the same form.
func (g *Graph) Equal(o *Graph) bool {
	return g != nil && o != nil && maps.Equal(g.canon, o.canon)
}

// Link finds the persons among mentions.
func Link(mentions []Mention) *Graph {
	l := newLinker(mentions)
	l.linkFull()
	l.linkPartial()
	l.linkExact()
	l.linkForms()
	l.linkParties()
	l.linkAccounts()
	return l.graph()
}

// node is all mentions of one form.
type node struct {
	key     mentionKey
	text    string // as first in order
	name    name
	parties []string
	header  bool // in the header
	spoken  bool // in a message
	count   int
	where   []int // messages, sorted, each once
	up      int   // union-find
	full    bool  // in the group of a full name; set on roots
}

// linker groups nodes. Nodes are sorted, so that nothing depends on the order
// of mentions or on the order of a map.
type linker struct {
	nodes  []node
	words  map[string][]int // nodes of full and partial names by each of their words
	alone  map[string]int   // node of a single word
	firsts []firstWord      // first words of names, sorted
}

func newLinker(mentions []Mention) *linker {
	byKey := map[mentionKey]*node{}
	for _, m := range mentions {
		if m.Type != detectors.Person && m.Type != detectors.Handle && m.Type != detectors.Email {
			continue
		}
		k := keyOf(m.Type, m.Text)
		n := byKey[k]
		if n == nil {
			n = &node{key: k, text: k.text, name: parse(m.Text)}
			byKey[k] = n
		}
		n.note(m)
	}
	l := &linker{words: map[string][]int{}, alone: map[string]int{}}
	keys := slices.SortedFunc(maps.Keys(byKey), func(a, b mentionKey) int {
		return strings.Compare(string(a.typ)+" "+a.text, string(b.typ)+" "+b.text)
	})
	for i, k := range keys {
		n := byKey[k]
		n.up = i
		slices.Sort(n.parties)
		n.parties = slices.Compact(n.parties)
		slices.Sort(n.where)
		n.where = slices.Compact(n.where)
		l.nodes = append(l.nodes, *n)
	}
	return l
}

func (n *node) note(m Mention) {
	n.count++
	if m.Party != "" {
		n.parties = append(n.parties, m.Party)
	}
	if m.Message < 0 {
		n.header = true
		return
	}
	n.spoken = true
	n.where = append(n.where, m.Message)
}

// person reports whether node i is a name, not an account.
func (l *linker) person(i int) bool { return l.nodes[i].key.typ == detectors.Person }

func (l *linker) root(i int) int {
	for l.nodes[i].up != i {
		l.nodes[i].up = l.nodes[l.nodes[i].up].up
		i = l.nodes[i].up
	}
	return i
}

// union makes the groups of i and j one, unless both hold full names.
func (l *linker) union(i, j int) {
	i, j = l.root(i), l.root(j)
	if i == j || l.nodes[i].full && l.nodes[j].full {
		return
	}
	if j < i {
		i, j = j, i
	}
	l.nodes[j].up = i
	l.nodes[i].full = l.nodes[i].full || l.nodes[j].full
}

// one returns the only group that the nodes belong to, or -1.
func (l *linker) one(nodes []int) int {
	group := -1
	for _, i := range nodes {
		r := l.root(i)
		if group >= 0 && r != group {
			return -1
		}
		group = r
	}
	return group
}

// graph gives every group its canonical form.
func (l *linker) graph() *Graph {
	best := make([]int, len(l.nodes))
	for i := range best {
		best[i] = -1
	}
	for i := range l.nodes {
		if r := l.root(i); l.person(i) && (best[r] < 0 || l.better(i, best[r])) {
			best[r] = i
		}
	}
	g := &Graph{canon: make(map[mentionKey]string, len(l.nodes))}
	for i := range l.nodes {
		if b := best[l.root(i)]; b >= 0 {
			g.canon[l.nodes[i].key] = canonicalName(l.nodes[b].name, l.nodes[b].text)
		} else {
			g.canon[l.nodes[i].key] = ""
		}
	}
	return g
}

// better reports whether node i names its person better than node j: fuller,
// said in a message, more usual as a name, said more often, shorter.
func (l *linker) better(i, j int) bool {
	a, b := &l.nodes[i], &l.nodes[j]
	for _, d := range [...]int{
		a.name.fullness() - b.name.fullness(),
		flag(a.spoken) - flag(b.spoken),
		a.name.usual() - b.name.usual(),
		a.count - b.count,
		len(b.text) - len(a.text),
	} {
		if d != 0 {
			return d > 0
		}
	}
	return a.text < b.text
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
