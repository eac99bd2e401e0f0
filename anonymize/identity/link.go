package identity

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// most bounds how many names with a word in common are compared one by one.
const most = 32

// linkFull groups the spellings of each full name: with or without a middle
// name, surname first, hyphen or blank, one letter wrong in one of its words.
func (l *linker) linkFull() {
	byForm := map[string]int{}
	for i := range l.nodes {
		n := &l.nodes[i].name
		if !l.person(i) || !n.full() {
			continue
		}
		sorted := slices.Sorted(slices.Values(n.words))
		ends := slices.Sorted(slices.Values([]string{n.words[0], n.words[len(n.words)-1]}))
		for _, form := range [...]string{strings.Join(sorted, " "), strings.Join(n.words, ""), strings.Join(ends, " ")} {
			if j, ok := byForm[form]; ok {
				l.union(i, j)
			} else {
				byForm[form] = i
			}
		}
		l.linkMisspelt(i)
		l.enter(i, n.words)
	}
	for i := range l.nodes {
		if l.person(i) && l.nodes[i].name.full() {
			l.nodes[l.root(i)].full = true
		}
	}
	l.addBare()
}

// linkMisspelt links full name i to one before it that differs by one slip.
func (l *linker) linkMisspelt(i int) {
	n := &l.nodes[i].name
	for k, w := range n.words {
		for _, j := range l.words[w][:min(most, len(l.words[w]))] {
			o := l.nodes[j].name
			if len(o.words) != len(n.words) || o.words[k] != w {
				continue
			}
			differ, slips := 0, 0
			for x := range n.words {
				if n.words[x] != o.words[x] {
					differ++
					slips += flag(isSlip(n.words[x], o.words[x]))
				}
			}
			if differ == 1 && slips == 1 {
				l.union(i, j)
			}
		}
	}
}

// enter enters node i under the first and the last of words. Those between are
// more often a second given name than what somebody is called by.
func (l *linker) enter(i int, words []string) {
	for _, w := range [...]string{words[0], words[len(words)-1]} {
		if at := l.words[w]; len(at) == 0 || at[len(at)-1] != i {
			l.words[w] = append(at, i)
		}
	}
}

// addBare enters full names under their surnames without particles.
func (l *linker) addBare() {
	for i := range l.nodes {
		n := &l.nodes[i].name
		if !l.person(i) || !n.full() {
			continue
		}
		l.enter(i, n.bare)
	}
}

// linkPartial links names with initials to the one full name they fit. One that
// fits none stands for a full name itself.
func (l *linker) linkPartial() {
	var own []int
	for i := range l.nodes {
		n := &l.nodes[i].name
		if !l.person(i) || n.full() || len(n.initials) == 0 {
			continue
		}
		var fits []int
		if n.partial() {
			for _, j := range l.words[n.words[0]] {
				if l.nodes[j].name.fits(n) {
					fits = append(fits, j)
				}
			}
		} else if len(n.initials) > 1 {
			fits = l.abbreviated(string(n.initials))
		}
		if g := l.one(fits); g >= 0 {
			l.union(i, g)
		} else if n.partial() && len(fits) == 0 && l.nodes[i].spoken {
			own = append(own, i) // a nickname's letters may mean anything
		}
	}
	for _, i := range own {
		l.nodes[i].full = true
		l.words[l.nodes[i].name.words[0]] = append(l.words[l.nodes[i].name.words[0]], i)
	}
}

// fits reports whether the initials of o stand for the words of n that o lacks.
func (n *name) fits(o *name) bool {
	rest := slices.Clone(n.words)
	bare := slices.Clone(n.bare)
	at := slices.Index(n.words, o.words[0])
	if at < 0 {
		at = slices.Index(n.bare, o.words[0])
	}
	if at < 0 {
		return false
	}
	rest, bare = slices.Delete(rest, at, at+1), slices.Delete(bare, at, at+1)
	for _, r := range o.initials {
		begins := func(w string) bool { first, _ := utf8.DecodeRuneInString(w); return first == r }
		if !slices.ContainsFunc(rest, begins) && !slices.ContainsFunc(bare, begins) {
			return false
		}
	}
	return true
}

// abbreviated returns the full names whose first letters are initials.
func (l *linker) abbreviated(initials string) []int {
	var out []int
	for i := range l.nodes {
		n := &l.nodes[i].name
		if !l.person(i) || !n.full() {
			continue
		}
		var short strings.Builder
		for _, w := range n.words {
			r, _ := utf8.DecodeRuneInString(w)
			short.WriteRune(r)
		}
		if n.letters == initials || short.String() == initials {
			out = append(out, i)
		}
	}
	return out
}

// linkExact links words alone to the one full name that has them.
func (l *linker) linkExact() {
	for i := range l.nodes {
		n := &l.nodes[i].name
		if !l.person(i) || !n.single() {
			continue
		}
		if g := l.one(l.words[n.words[0]]); g >= 0 {
			l.union(i, g)
		}
		if j, ok := l.alone[n.words[0]]; ok {
			l.union(i, j) // 'Jan en jan!
		} else {
			l.alone[n.words[0]] = i
		}
	}
}

// linkForms links words alone that no name has to the one name they are a form
// of: genitive first, then diminutive, short form and misspelling.
func (l *linker) linkForms() {
	near := &slipIndex{l: l}
	l.sortFirsts()
	for i := range l.nodes {
		n := &l.nodes[i].name
		if !l.person(i) || !n.single() || len(l.words[n.words[0]]) > 0 {
			continue
		}
		w := n.words[0]
		for _, find := range [...]func(int, string) []int{l.genitive, l.diminutive, l.short, near.find} {
			bases := find(i, w)
			if len(bases) == 0 {
				continue
			}
			if g := l.one(bases); g >= 0 {
				l.union(i, g)
			}
			break
		}
	}
}

// named returns the nodes of word, but for node i: full names when they are one
// person's, or else the word alone.
func (l *linker) named(i int, word string) []int {
	full := l.words[word]
	if j, ok := l.alone[word]; ok && j != i && l.one(full) < 0 {
		return []int{j}
	}
	return full
}

// together reports whether nodes i and j stand in one message.
func (l *linker) together(i, j int) bool {
	return slices.ContainsFunc(l.nodes[i].where, func(m int) bool {
		_, ok := slices.BinarySearch(l.nodes[j].where, m)
		return ok
	})
}

func (l *linker) genitive(i int, w string) []int {
	stem, ok := strings.CutSuffix(w, "s")
	if !ok || len(stem) < 2 || usual(w) {
		return nil
	}
	return l.named(i, stem)
}

// diminutive returns what w is a diminutive of. A diminutive that is a usual
// name itself (Janneke) is another person when both stand in one message.
func (l *linker) diminutive(i int, w string) []int {
	var out []int
	for _, stem := range stems(w) {
		for _, j := range l.named(i, stem) {
			if !usual(w) || !l.together(i, j) {
				out = append(out, j)
			}
		}
		if len(out) > 0 {
			break
		}
	}
	return out
}

// short returns the names that w is the beginning of, when w is no name of its
// own: yass of yassine. A beginning of many names is short for none.
func (l *linker) short(i int, w string) []int {
	if len(w) < 3 || usual(w) {
		return nil
	}
	at, _ := slices.BinarySearchFunc(l.firsts, w, func(f firstWord, w string) int { return strings.Compare(f.word, w) })
	var out []int
	for _, f := range l.firsts[at:] {
		if !strings.HasPrefix(f.word, w) {
			break
		}
		if f.node != i && len(f.word) > len(w)+1 {
			out = append(out, f.node)
		}
		if len(out) > most {
			return nil
		}
	}
	return out
}

// firstWord is the first word of a name.
type firstWord struct {
	word string
	node int
}

// sortFirsts fills firsts.
func (l *linker) sortFirsts() {
	for i := range l.nodes {
		if n := &l.nodes[i].name; l.person(i) && len(n.words) > 0 {
			l.firsts = append(l.firsts, firstWord{n.words[0], i})
		}
	}
	slices.SortStableFunc(l.firsts, func(a, b firstWord) int { return strings.Compare(a.word, b.word) })
}
