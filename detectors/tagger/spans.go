package tagger

import "math"

// Found is a name found: tokens [First, Last] of an Analysis.
type Found struct {
	Label       Label // PersonBegin for a person
	First, Last int
	Score       float64 // 0 to 1
}

// AppendFound appends the names that labels, as [Model.Tag] gave them, make.
func (a *Analysis) AppendFound(dst []Found, labels []Label) []Found {
	for i := 0; i < len(labels); {
		l := labels[i]
		j := i + 1
		if l == Outside || l == Other {
			i = j
			continue
		}
		for j < len(labels) && continues(l, labels[j]) {
			j++
		}
		if l == PersonInside {
			l = PersonBegin
		}
		dst = append(dst, Found{Label: l, First: i, Last: j - 1, Score: a.certainty(labels, i, j)})
		i = j
	}
	return dst
}

func continues(l, next Label) bool {
	if l == PersonBegin || l == PersonInside {
		return next == PersonInside
	}
	return next == l
}

// certainty maps the mean margin of tokens [i, j) to a probability.
func (a *Analysis) certainty(labels []Label, i, j int) float64 {
	sum := 0
	for k := i; k < j; k++ {
		sum += a.Margin(k, labels[k])
	}
	return 1 / (1 + math.Exp(-float64(sum)/float64(Unit*(j-i))))
}
