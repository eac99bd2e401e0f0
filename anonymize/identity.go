package anonymize

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/clbchat/naamloos/detectors"
)

// identities tells which names of one conversation stand for one person.
type identities struct{ canon map[string]string }

// canonical returns the fullest name of the person that name stands for.
func (d *identities) canonical(name string) string {
	n := foldName(name)
	if c, ok := d.canon[n]; ok {
		return c
	}
	return n
}

// equal reports whether d and e give every name the same canonical form.
func (d *identities) equal(e *identities) bool { return e != nil && maps.Equal(d.canon, e.canon) }

// identify links the names found in the conversation. A first name or a surname
// alone stands for the one full name that has it; when two have it, it stands
// for itself.
func (s *state) identify() *identities {
	names := map[string]bool{}
	for i := range s.slots {
		for _, sp := range s.found[i] {
			if sp.Type == detectors.Person {
				names[foldName(s.texts[i][sp.Start:sp.End])] = true
			}
		}
	}
	return linkNames(names)
}

func linkNames(names map[string]bool) *identities {
	sorted := make([]string, 0, len(names))
	for n := range names {
		sorted = append(sorted, n)
	}
	slices.SortFunc(sorted, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(b, " "), strings.Count(a, " ")), strings.Compare(a, b))
	})
	d := &identities{canon: make(map[string]string, len(sorted))}
	for _, n := range sorted {
		d.canon[n] = d.fullest(n, sorted)
	}
	return d
}

// fullest returns the one longer name that n is a part of, or n with its
// genitive or diminutive ending gone when that is a name too.
func (d *identities) fullest(n string, sorted []string) string {
	var owner string
	for _, full := range sorted {
		if len(full) > len(n) && (strings.HasPrefix(full, n+" ") || strings.HasSuffix(full, " "+n)) && d.canon[full] != owner {
			if owner != "" {
				return n // two persons have it
			}
			owner = d.canon[full]
		}
	}
	if owner != "" {
		return owner
	}
	for _, suffix := range []string{"'s", "s", "'", "tje", "je", "ke", "ken"} {
		if stem, ok := strings.CutSuffix(n, suffix); ok && slices.Contains(sorted, stem) {
			return d.fullest(stem, sorted)
		}
	}
	return n
}

// foldName returns a name in the form its spellings share.
func foldName(name string) string {
	n := strings.Join(strings.Fields(fold(name)), " ")
	return strings.ReplaceAll(n, "’", "'")
}
