package keys

import (
	"maps"
	"strings"
)

// depth of a tree: 4096 leaves, for 340 years of months.
const depth = 12

// tree is a puncturable pseudorandom function (Goldreich, Goldwasser and
// Micali's tree): each node gives the seeds of its two children, a leaf is the
// seed of one period. Instead of the root it holds the seeds beside the paths
// to the leaves that were destroyed; those leaves can be computed no more, all
// others can, and no key need be made or written when a new period begins.
//
// A node is named by the bits that lead to it, "" for the root.
type tree map[string]Key

// newTree returns a tree of a random root.
func newTree() tree { return tree{"": New()} }

// path returns the bits that lead to a leaf.
func path(index int) string {
	bits := make([]byte, depth)
	for i := range bits {
		bits[i] = '0' + byte(index>>(depth-1-i)&1)
	}
	return string(bits)
}

// leaf returns the seed of a leaf, which the caller wipes, and false when it was
// destroyed.
func (t tree) leaf(index int) (Key, bool) {
	bits := path(index)
	for n := range len(bits) + 1 {
		if seed, ok := t[bits[:n]]; ok {
			if seed.IsZero() { // wiped
				return Key{}, false
			}
			return descend(seed, bits[n:]), true
		}
	}
	return Key{}, false
}

// descend returns the seed that bits lead to from a seed, and wipes those on the way.
func descend(seed Key, bits string) Key {
	at := holding(&vessel{secret: [Size]byte(seed.secret())})
	for _, bit := range bits {
		next := at.Derive("branch", string(bit))
		at.Wipe()
		at = next
	}
	return at
}

// without returns the tree without a leaf: the node above it is replaced by the
// siblings along the way. That node is wiped, in t too.
func (t tree) without(index int) tree {
	bits := path(index)
	out := maps.Clone(t)
	for n := range len(bits) + 1 {
		seed, ok := out[bits[:n]]
		if !ok {
			continue
		}
		delete(out, bits[:n])
		for _, bit := range bits[n:] {
			other := "0"
			if bit == '0' {
				other = "1"
			}
			out[bits[:n]+other] = seed.Derive("branch", other)
			next := seed.Derive("branch", string(bit))
			seed.Wipe()
			seed = next
			n++
		}
		seed.Wipe()
		break
	}
	return out
}

// valid reports whether no node stands below another.
func (t tree) valid() bool {
	for name := range t {
		if len(name) > depth || strings.Trim(name, "01") != "" {
			return false
		}
		for n := range len(name) {
			if _, ok := t[name[:n]]; ok {
				return false
			}
		}
	}
	return true
}
