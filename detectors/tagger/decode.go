package tagger

// Unit is the size of a weight of 1.0 (a factor e in the odds) in scores.
const Unit = 32

const never = -1 << 28

// Tag returns the label of each token of a. Bias is added to the score of every
// label of a person, in parts of [Unit], and two thirds of it to those of
// organisations, places and user names: more finds more. The result is valid
// until the next use of a.
func (m *Model) Tag(a *Analysis, c Context, bias int) []Label {
	n := len(a.words)
	a.scores = grow(a.scores, n)
	a.back = grow(a.back, n)
	a.labels = grow(a.labels, n)
	for i := range n {
		a.feats = a.appendFeatures(a.feats[:0], i, c)
		a.scores[i] = m.score(a.feats)
		a.scores[i][PersonBegin] += int32(bias) + a.titled(i)
		a.scores[i][PersonInside] += int32(bias)
		for _, l := range [...]Label{Org, Loc, Handle} {
			a.scores[i][l] += int32(bias * 2 / 3)
		}
		if a.words[i].isPseudo {
			a.scores[i] = [numLabels]int32{0, never, never, never, never, never, never, never}
		}
	}
	m.viterbi(a)
	return a.labels
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// viterbi finds the best sequence of labels for a.scores.
func (m *Model) viterbi(a *Analysis) {
	if len(a.words) == 0 {
		return
	}
	var best [numLabels]int32
	for l := range best {
		best[l] = a.scores[0][l] + m.trans[numLabels][l]
	}
	for i := 1; i < len(a.words); i++ {
		s := &a.scores[i]
		if m.plain(s) {
			best = [numLabels]int32{m.reach(&best, 0, &a.back[i]), never, never, never, never, never, never, never}
			continue
		}
		var next [numLabels]int32
		for l := range next {
			next[l] = m.reach(&best, l, &a.back[i]) + s[l]
		}
		best = next
	}
	last := Label(0)
	for l := range best {
		if best[l] > best[last] {
			last = Label(l)
		}
	}
	for i := len(a.words) - 1; i >= 0; i-- {
		a.labels[i] = last
		last = a.back[i][last]
	}
}

// reach returns the score of the best way to label l from those before, and
// notes its last step in back.
func (m *Model) reach(best *[numLabels]int32, l int, back *[numLabels]Label) int32 {
	top, from := best[0]+m.trans[0][l], Label(0)
	for k := 1; k < numLabels; k++ {
		if s := best[k] + m.trans[k][l]; s > top {
			top, from = s, Label(k)
		}
	}
	back[l] = from
	return top
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
