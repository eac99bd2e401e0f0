package tagger

import "github.com/clbchat/naamloos/detectors/token"

// Unit is the size of a weight of 1.0 (a factor e in the odds) in scores.
const Unit = 32

const never = -1 << 28

// Tag returns the label of each token of a. Bias is added to the score of every
// label of a person, in parts of [Unit], and three fifths of it to those of
// organisations, places and user names: more finds more. The result is valid
// until the next use of a.
func (m *Model) Tag(a *Analysis, c Context, bias int) []Label {
	n := len(a.words)
	a.scores = grow(a.scores, n)
	a.back = grow(a.back, n)
	a.labels = grow(a.labels, n)
	for i := range n {
		m.score(&a.scores[i], a, i, c, int32(bias))
	}
	m.viterbi(a)
	return a.labels
}

// score sets s to the scores of the labels of token i.
func (m *Model) score(s *[numLabels]int32, a *Analysis, i int, c Context, bias int32) {
	if a.words[i].isPseudo {
		*s = [numLabels]int32{0, never, never, never, never, never, never, never}
		return
	}
	weights := m.weigh(a, i, c)
	a.feats = a.appendAround(a.feats[:0], i, c)
	m.add(&weights, a.feats)
	weights.scores(s)
	s[PersonBegin] += bias + a.titled(i)
	s[PersonInside] += bias
	if a.endsSentence(i) {
		s[PersonInside] = never
	}
	for _, l := range [...]Label{Org, Loc, Handle} {
		s[l] += bias * 3 / 5
	}
}

// endsSentence reports whether token i is a full stop or the like that ends a
// sentence: white space follows, and what stands before is no abbreviation.
func (a *Analysis) endsSentence(i int) bool {
	t := &a.Tokens[i]
	if t.Kind != token.Mark || i == 0 || i+1 == len(a.Tokens) || a.Tokens[i+1].Glued {
		return false
	}
	switch a.text[t.Start] {
	case '!', '?':
		return true
	case '.':
		return a.words[i-1].to-a.words[i-1].from > maxAbbreviated
	}
	return false
}

// maxAbbreviated is the length of an abbreviation before a full stop in a name.
const maxAbbreviated = 3

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// path holds the scores of the best ways to label the tokens so far, by the
// label of the last one, in [eighths] of those of tokens.
type path [numLabels]int64

// A score in a path has room for the label that it comes from, so that the
// larger of two is that of the better way, and of the lower label when they are
// equally good.
const eighths = int64(numLabels)

// viterbi finds the best sequence of labels for a.scores. Behind a token that
// is outside whatever stands around it, the text begins anew.
func (m *Model) viterbi(a *Analysis) {
	var best path
	start := &m.trans[numLabels] // transitions from the only label before, if there is but one
	for i := range a.scores {
		s, back := &a.scores[i], &a.back[i]
		switch plain := m.plain(s); {
		case plain && start != nil:
			back[Outside], start = Outside, &m.trans[Outside]
		case plain:
			_, back[Outside] = m.reach(&best, Outside)
			start = &m.trans[Outside]
		case start != nil:
			for l := range best {
				best[l], back[l] = int64(start[l]+s[l])*eighths, Outside
			}
			start = nil
		default:
			var next path
			for l := range next {
				next[l], back[l] = m.reach(&best, Label(l))
				next[l] += int64(s[l]) * eighths
			}
			best = next
		}
	}
	last := Outside
	for l := range best {
		if start == nil && best[l] > best[last] {
			last = Label(l)
		}
	}
	for i := len(a.labels) - 1; i >= 0; i-- {
		a.labels[i] = last
		last = a.back[i][last]
	}
}

// reach returns the score of the best way to label l from those before, and its
// last step.
func (m *Model) reach(best *path, l Label) (score int64, from Label) {
	into := &m.into[l]
	top := best[0] + into[0]
	for k := 1; k < numLabels; k++ {
		top = max(top, best[k]+into[k])
	}
	rest := top & (eighths - 1)
	return top - rest, Label(eighths - 1 - rest)
}

// plain reports whether a token with scores s is outside whatever stands
// around it.
func (m *Model) plain(s *[numLabels]int32) bool {
	for l := 1; l < numLabels; l++ {
		if s[l] > -m.swing[l] {
			return false
		}
	}
	return true
}

// Margin returns how far label l of token i is above Outside, in parts of
// [Unit], without regard to its neighbours.
func (a *Analysis) Margin(i int, l Label) int { return int(a.scores[i][l]) }
