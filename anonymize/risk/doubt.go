package risk

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/namebook"
	"github.com/clbchat/naamloos/detectors/tagger"
)

// leastDoubt is the least chance of being a name that makes a word a sign.
const leastDoubt = 0.05

// belief is how much of the tagger's chance is believed: fitted to annotated chats.
const belief = 0.4

// shortestName is the fewest bytes of a word that is looked at.
const shortestName = 3

// doubter asks the tagger of names how sure it was of what it left alone.
type doubter struct {
	model *tagger.Model
	plain map[string]bool
	a     tagger.Analysis
	prev  string
	worst map[string]Sign // by word, small
}

// read looks at one text. The same word is a sign once, where it is likeliest.
func (d *doubter) read(message int, text string, replaced []anonymize.Replacement) {
	d.a.Reset(text)
	d.model.Tag(&d.a, tagger.Context{Prev: d.a.ReadPrev(d.prev)}, 0)
	d.prev = text
	for i, t := range d.a.Tokens {
		if t.End-t.Start < shortestName || within(replaced, t.Start) || d.plain[string(d.a.Key(i))] {
			continue
		}
		p := d.chance(i)
		if ordinary(d.a.Entry(i)) {
			p *= ordinaryShare
		}
		if p < leastDoubt {
			continue
		}
		word := strings.ToLower(text[t.Start:t.End])
		if s, ok := d.worst[word]; !ok || s.Weight < belief*p {
			d.worst[word] = Sign{Kind: Name, Message: message, Start: t.Start, End: t.End, Weight: math.Round(belief*p*1000) / 1000}
		}
	}
}

// ordinaryShare is how much of the chance is left to a word of every day that is
// in no list of names or places.
const ordinaryShare = 0.3

func ordinary(e lexicon.Entry) bool {
	return namebook.Common(e) && e.First() < 2 && e.Surname() < 4 && !e.Has(lexicon.Place) && !e.Has(lexicon.Origin)
}

func within(replaced []anonymize.Replacement, at int) bool {
	return slices.ContainsFunc(replaced, func(r anonymize.Replacement) bool { return r.Start <= at && at < r.End })
}

// naming are the labels of names.
var naming = [...]tagger.Label{tagger.PersonBegin, tagger.PersonInside, tagger.Org, tagger.Loc, tagger.Handle, tagger.Address}

// chance is the tagger's own chance that token i is part of a name, without
// regard to its neighbours.
func (d *doubter) chance(i int) float64 {
	most := d.a.Margin(i, tagger.Outside)
	for l := tagger.Outside; l <= tagger.Other; l++ {
		most = max(most, d.a.Margin(i, l))
	}
	part := func(l tagger.Label) float64 { return math.Exp(float64(d.a.Margin(i, l)-most) / tagger.Unit) }
	var all, named float64
	for l := tagger.Outside; l <= tagger.Other; l++ {
		all += part(l)
	}
	for _, l := range naming {
		named += part(l)
	}
	return math.Round(named/all*1000) / 1000
}

// signs returns the signs, likeliest first.
func (d *doubter) signs() []Sign {
	out := make([]Sign, 0, len(d.worst))
	for _, s := range d.worst {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Sign) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Message, b.Message), cmp.Compare(a.Start, b.Start))
	})
	return out
}
