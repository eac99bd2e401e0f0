package review

import "math"

// Agreement says how far two readers judge alike.
type Agreement struct {
	Readers  [2]string
	N        int          // conversations that both judged
	Table    map[Pair]int // how often the first judged so, and the second so
	Observed float64      // share judged alike
	Expected float64      // share that chance would judge alike
	Kappa    float64      // Cohen's kappa; NaN when chance alone explains everything
	Low      float64      // 95% interval of kappa
	High     float64
}

// Pair is how two readers judged one conversation.
type Pair struct{ First, Second Verdict }

// Agree compares two readers over the chats of a library, by Cohen's kappa
// (Educational and Psychological Measurement 20, 1960, 37-46) with his
// large-sample standard error.
func (l *Library) Agree(log *Log, first, second string) Agreement {
	a := Agreement{Readers: [2]string{first, second}, Table: map[Pair]int{}}
	for _, c := range l.Chats {
		s := log.State(c.Key)
		p := Pair{s.VerdictOf(first, c.Fingerprint), s.VerdictOf(second, c.Fingerprint)}
		if p.First != "" && p.Second != "" {
			a.Table[p]++
			a.N++
		}
	}
	a.measure()
	return a
}

// measure fills in the figures of the table.
func (a *Agreement) measure() {
	n := float64(a.N)
	if a.N == 0 {
		a.Kappa, a.Low, a.High = math.NaN(), math.NaN(), math.NaN()
		return
	}
	for _, v := range Verdicts() {
		a.Observed += float64(a.Table[Pair{v, v}]) / n
		var first, second float64
		for _, w := range Verdicts() {
			first += float64(a.Table[Pair{v, w}]) / n
			second += float64(a.Table[Pair{w, v}]) / n
		}
		a.Expected += first * second
	}
	if a.Expected == 1 {
		a.Kappa, a.Low, a.High = math.NaN(), math.NaN(), math.NaN()
		return
	}
	a.Kappa = (a.Observed - a.Expected) / (1 - a.Expected)
	margin := 1.96 * math.Sqrt(a.Observed*(1-a.Observed)/(n*(1-a.Expected)*(1-a.Expected)))
	a.Low, a.High = max(a.Kappa-margin, -1), min(a.Kappa+margin, 1)
}

// Agreements compares every two readers who judged a conversation in common.
func (l *Library) Agreements(log *Log) []Agreement {
	var out []Agreement
	readers := log.Readers()
	for i, first := range readers {
		for _, second := range readers[i+1:] {
			if a := l.Agree(log, first, second); a.N > 0 {
				out = append(out, a)
			}
		}
	}
	return out
}
