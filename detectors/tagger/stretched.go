package tagger

import (
	"slices"

	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/token"
)

const (
	stretch      = 3 // equal letters that make a word stretched
	minStretched = 6 // bytes of a stretched word with a name behind it
	usualName    = 3 // bucket of people from which on a name is cut off
)

// isStretched reports whether token i may be a stretched word: its key is
// shorter.
func (r *reading) isStretched(i int) bool {
	t, w := &r.Tokens[i], &r.words[i]
	size := t.End - t.Start
	return t.Kind == token.Word && size >= minStretched && int(w.to-w.from) <= size-stretch+1
}

// cutStretched cuts names off the stretched words they are glued to
// (heeeysofie, okeeesarah), and reports whether there are any.
func (r *reading) cutStretched() (cut bool) {
	for i := 0; i < len(r.Tokens); i++ {
		t := r.Tokens[i]
		if t.Kind != token.Word || t.End-t.Start < minStretched {
			continue
		}
		at := r.nameBehindStretch(r.text[t.Start:t.End])
		if at == 0 {
			continue
		}
		name := token.Token{Start: t.Start + at, End: t.End, Shape: t.Shape, Glued: true}
		if name.Shape == token.Mixed {
			name.Shape = token.Lower
		}
		r.Tokens[i].End = name.Start
		r.Tokens = slices.Insert(r.Tokens, i+1, name)
		cut = true
	}
	return cut
}

// nameBehindStretch returns where in word a usual name begins that follows an
// ordinary word with its last letter or last but one stretched; 0 for nowhere.
func (r *reading) nameBehindStretch(word string) int {
	run := 1
	for i := 1; i < len(word); i++ {
		if word[i] == word[i-1] {
			run++
			continue
		}
		if run >= stretch {
			for at := i; at <= i+1; at++ {
				if r.isOrdinary(word[:at]) && r.isUsualName(word[at:]) {
					return at
				}
			}
		}
		run = 1
	}
	return 0
}

func (r *reading) isOrdinary(word string) bool {
	return r.find(word).Common() > 0
}

func (r *reading) isUsualName(word string) bool {
	e := r.find(word)
	return e.First() >= usualName && e.Common() == 0
}

func (r *reading) find(word string) lexicon.Entry {
	r.arena = lexicon.Fold(r.arena[:0], word)
	return lexicon.Find(lexicon.Hash(r.arena))
}
