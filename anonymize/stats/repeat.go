package stats

import (
	"errors"

	"github.com/clbchat/naamloos/detectors"
)

// sourceName returns the pseudonym of a code: [IP-...], as those in texts look.
func sourceName(code uint64) string {
	const digits = 9
	b := [digits]byte{}
	for i := range b {
		b[i] = detectors.PseudonymAlphabet[code%uint64(len(detectors.PseudonymAlphabet))]
		code /= uint64(len(detectors.PseudonymAlphabet))
	}
	return "[" + string(detectors.IP) + "-" + string(b[:]) + "]"
}

// A Source is one that wrote often in a period.
type Source struct {
	Period        string // 2026-01 or 2026-Q1
	Pseudonym     string // [IP-...], of this period only
	Conversations int
}

// ErrThreshold says that a list of sources was asked for that would hold nearly all.
var ErrThreshold = errors.New("stats: sources are listed from 4 conversations in a period on, or more")

// minThreshold is from how many conversations in a period on a source may be
// listed. Who wrote less often is not one the repeat policy is about.
const minThreshold = 4

// Repeaters returns the sources that wrote at least threshold times in a
// period, by period and, the most frequent first, by count. The list is for those who act
// on repeat and fake chatters; it is no statistic and not to be published.
func (s *Stats) Repeaters(threshold int) ([]Source, error) {
	if threshold < minThreshold {
		return nil, ErrThreshold
	}
	var out []Source
	for _, x := range s.sources.frequent(threshold) {
		out = append(out, Source{x.period.String(), sourceName(x.code), int(x.count)})
	}
	return out, nil
}
