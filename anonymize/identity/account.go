package identity

import (
	"slices"
	"strings"
	"unicode"

	"github.com/clbchat/naamloos/detectors"
)

// linkParties links the names, logins and addresses of each participant. Names
// that belong to more than one person are left apart: two operators who answer
// under one login say so by introducing themselves.
func (l *linker) linkParties() {
	byParty := map[string][]int{}
	var parties []string
	for i := range l.nodes {
		for _, p := range l.nodes[i].parties {
			if byParty[p] == nil {
				parties = append(parties, p)
			}
			byParty[p] = append(byParty[p], i)
		}
	}
	slices.Sort(parties)
	for _, p := range parties {
		l.linkParty(byParty[p])
	}
}

func (l *linker) linkParty(nodes []int) {
	var spoken, header []int // names said in messages, names in the header
	for _, i := range nodes {
		if l.person(i) && l.nodes[i].spoken {
			spoken = append(spoken, i)
		}
		if l.nodes[i].header {
			header = append(header, i)
		}
	}
	self := l.one(spoken)
	if self < 0 && len(spoken) > 0 {
		self = l.one(slices.DeleteFunc(slices.Clone(header), func(i int) bool { return !l.person(i) }))
	} else if self < 0 && len(header) > 0 {
		self = header[0]
	}
	if self < 0 {
		return
	}
	for _, i := range header {
		l.union(self, i)
	}
	for _, i := range nodes {
		if !l.person(i) {
			l.union(self, i)
		}
	}
}

// linkAccounts links user names and addresses that belong to nobody yet to the
// one person whose name they are made of.
func (l *linker) linkAccounts() {
	byPart := map[string][]int{}
	named := map[int]bool{}
	for i := range l.nodes {
		if !l.person(i) {
			continue
		}
		named[l.root(i)] = true
		for _, p := range l.nodes[i].name.accountForms() {
			if len(byPart[p]) < most {
				byPart[p] = append(byPart[p], i)
			}
		}
	}
	for i := range l.nodes {
		if l.person(i) || named[l.root(i)] {
			continue
		}
		parts := accountParts(&l.nodes[i].key)
		if g := l.one(l.owners(parts, byPart)); g >= 0 {
			l.union(i, g)
		}
	}
}

// owners returns the names that one of the parts of an account names, when no
// other part is a name that they lack.
func (l *linker) owners(parts []string, byPart map[string][]int) []int {
	var out []int
	others := map[int]bool{} // persons with another full name
	for _, p := range parts {
		if len(p) < 3 {
			continue
		}
		fits := byPart[p]
		for _, stem := range stems(p) {
			if len(fits) > 0 {
				break
			}
			fits = slices.DeleteFunc(slices.Clone(byPart[stem]), func(j int) bool { return l.nodes[j].name.words[0] != stem })
		}
		for _, j := range fits {
			out = append(out, j)
			if l.nodes[j].name.lacks(parts, p) {
				others[l.root(j)] = true
			}
		}
	}
	return slices.DeleteFunc(out, func(j int) bool { return others[l.root(j)] })
}

// accountParts returns the runs of letters in a user name, or before the @ of
// an address.
func accountParts(k *mentionKey) []string {
	text := k.text
	if k.typ == detectors.Email {
		text, _, _ = strings.Cut(text, "@")
	}
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
}

// accountForms returns how a name is run together in accounts: each of its words
// of three letters or more, all of them, an initial with the surname.
func (n *name) accountForms() []string {
	var out []string
	for k, w := range n.words {
		out = append(out, w)
		if n.bare[k] != w {
			out = append(out, n.bare[k])
		}
	}
	if n.full() {
		first, last := n.words[0], n.words[len(n.words)-1]
		out = append(out, strings.Join(n.words, ""), first[:1]+last, last+first, last+first[:1], first+last[:1])
	}
	return slices.DeleteFunc(out, func(w string) bool { return len(w) < 3 })
}

// lacks reports whether a part of an account other than p is a usual name that
// the full name n does not have.
func (n *name) lacks(parts []string, p string) bool {
	return n.full() && slices.ContainsFunc(parts, func(o string) bool {
		return o != p && len(o) > 2 && usual(o) && !slices.Contains(n.words, o) && !slices.Contains(n.bare, o)
	})
}
