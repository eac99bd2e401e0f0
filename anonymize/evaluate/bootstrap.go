package evaluate

import (
	"math/rand/v2"
	"slices"
)

// replicates is how often conversations are drawn anew, with replacement.
const replicates = 1000

type interval struct{ low, high float64 }

// bootstrap returns the percentile 95% interval of every measure of every row.
// The seed is fixed: the same conversations give the same intervals.
func bootstrap(chats []*tally, rows int) [][len(measures)]interval {
	out := make([][len(measures)]interval, rows)
	if len(chats) == 0 {
		return out
	}
	draw := rand.New(rand.NewPCG(20260112, 4))
	samples := make([][len(measures)][]float64, rows)
	for range replicates {
		t := newTally()
		for range chats {
			t.add(chats[draw.IntN(len(chats))])
		}
		for row := range t.rows {
			for k, measure := range measures {
				if part, of := measure(&t, &t.rows[row]); of > 0 {
					samples[row][k] = append(samples[row][k], part/of)
				}
			}
		}
	}
	for row := range samples {
		for k, values := range samples[row] {
			if len(values) > 0 {
				slices.Sort(values)
				out[row][k] = interval{values[len(values)*25/1000], values[(len(values)-1)*975/1000]}
			}
		}
	}
	return out
}
