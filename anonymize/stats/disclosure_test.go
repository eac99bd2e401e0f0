package stats

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
)

// truth returns what an absent cell really is; -1 for a gathered line.
func truth(s *Stats, name string) (n int64, small bool) {
	if strings.HasSuffix(name, "/"+Other) {
		return -1, false
	}
	months, times, both := s.sources.tables()
	for _, t := range oneWay {
		for v, c := range s.values[t] {
			if v == "BE-" && t == Region {
				v = "BE-unknown"
			}
			if string(t)+"/"+v == name {
				return c.Count, c.Conversations > 0
			}
		}
	}
	for _, w := range twoWay {
		for p, n := range s.pairs[w.table] {
			if string(w.table)+"/"+p.row+"/"+p.column == name {
				return n, true
			}
		}
	}
	for v, n := range months {
		if "source_period/"+v == name {
			return n, true
		}
	}
	for v, n := range times {
		if "source_times/"+v == name {
			return n, true
		}
	}
	for p, n := range both {
		if "source_period_times/"+p.row+"/"+p.column == name {
			return n, true
		}
	}
	return -1, false
}

// conversationsOf returns how many conversations a line comes from.
func conversationsOf(s *Stats, name string) (int64, bool) {
	for _, t := range []Table{MessageMonth, MessageWeekday, MessageHour, Speaker, Entity} {
		for v, c := range s.values[t] {
			if string(t)+"/"+v == name {
				return c.Conversations, true
			}
		}
	}
	return 0, false
}

// lowestByTotals returns the least that a cell of a grid can be when nothing but
// the totals is known, where both are shown (Fréchet).
func lowestByTotals(p *Published, name string) (int64, bool) {
	part := strings.Split(name, "/")
	if len(part) != 3 {
		return 0, false
	}
	total := p.Conversations
	if part[0] == string(SourcePeriodTimes) {
		total = 0
		for _, t := range p.Tables {
			for _, l := range t.Lines {
				if t.Table == SourcePeriod && l.Count < 0 {
					return 0, false
				}
				if t.Table == SourcePeriod {
					total += l.Count
				}
			}
		}
	}
	sum := -int64(total)
	for i, value := range part[1:] {
		for _, t := range p.Tables {
			for _, l := range t.Lines {
				if string(t.Table) == sides[part[0]][i] && l.Value == value {
					if l.Count < 0 {
						return 0, false
					}
					sum += int64(l.Count)
				}
			}
		}
	}
	return max(0, sum), true
}

// people returns counts of n made-up conversations, skewed as real ones are.
func people(r *rand.Rand, n int) *Stats {
	s := new(Stats)
	topics := []string{"pesten", "thuis", "studiekeuze", "vrienden", "rouw", Unknown, Other}
	ages := []string{"6-11", "12-14", "15-17", "18-24", Unknown}
	countries := []string{"BE", "BE", "BE", "BE", "NL", "FR", "AF", Unknown}
	provinces := []string{"BE-VOV", "BE-VAN", "BE-VOV", "BE-VBR", "BE-WLG", Unknown}
	skewed := func(n int) int { return int(float64(n) * math.Pow(r.Float64(), 2.5)) }
	for range n {
		day := time.Date(2026, time.Month(1+skewed(5)), 1+r.IntN(28), 9+skewed(9), 0, 0, 0, time.UTC)
		f := facts{messages: 1 + r.IntN(5), month: monthOf(day), weekday: weekdayName(weekdayOf(day)), hour: hourName(day.Hour()),
			topic: topics[skewed(len(topics))], department: Unknown, age: ages[skewed(len(ages))], role: Unknown, language: []string{"nl", "fr", "de"}[skewed(3)],
			country: countries[skewed(len(countries))], region: Unknown, months: map[string]int{}, speakers: map[string]int{"visitor": 1}}
		f.hasDuration, f.duration = r.IntN(9) > 0, time.Duration(skewed(5000))*time.Second
		if f.country == "BE" {
			f.region = provinces[skewed(len(provinces))]
		}
		f.months[f.month] = f.messages
		f.weekdays[weekdayOf(day)] = f.messages
		f.hours[day.Hour()] = f.messages
		s.see(&f)
		s.sources.add(source{uint64(1 + skewed(n)), periodOf(day, keys.Month), 1})
	}
	return s
}

// attack publishes counts and lets the attacker at them.
func attack(t *testing.T, s *Stats, d Disclosure, about string) (absent int) {
	p, err := s.Publish(d)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, p.WriteJSON(&b))
	a := newAttacker(t, b.Bytes())
	if len(a.names) == 0 {
		return 0
	}
	tableau := a.feasible(t)
	for i, name := range a.names {
		least, most := tableau.extreme(i, 1)+atLeast(name), tableau.extreme(i, -1)+atLeast(name)
		real, known := truth(s, name)
		require.GreaterOrEqual(t, most-least, 1-1e-4, "%s: %s is pinned down to %.1f", about, name, most)
		conversations, other := conversationsOf(s, name)
		if !other {
			conversations = real
		}
		if known && real >= 0 && conversations > 0 && conversations < int64(p.Threshold) {
			require.GreaterOrEqual(t, most+1e-4, float64(p.Threshold), "%s: %s is shown to be less than %d", about, name, p.Threshold)
		}
		if low, ok := lowestByTotals(p, name); ok && known && real < int64(p.Threshold) {
			require.LessOrEqual(t, least-1e-4, float64(low), "%s: %s is shown to be at least %.1f", about, name, least)
		}
		if real >= 0 {
			require.LessOrEqual(t, least-1e-4, float64(real), "the attacker errs on %s", name)
			require.GreaterOrEqual(t, most+1e-4, float64(real), "the attacker errs on %s", name)
		}
	}
	return len(a.names)
}

func TestNoTotalGivesAnAbsentCellBack(t *testing.T) {
	rounds := 120
	if testing.Short() {
		rounds = 25
	}
	absent := 0
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		n := []int{5, 9, 20, 45, 80, 150, 400}[seed%7]
		k := []int{5, 3, 10}[seed%3]
		absent += attack(t, people(r, n), Disclosure{Threshold: k}, fmt.Sprintf("seed %d, %d chats, k %d", seed, n, k))
	}
	assert.Greater(t, absent, 1000, "the attack has had something to attack")
}

func TestTheAttackerBreaksWhatIsNotProtected(t *testing.T) {
	// the same tables with only the small cells absent
	broken := 0
	for seed := range 20 {
		s := people(rand.New(rand.NewPCG(uint64(seed), 7)), 80)
		p, err := s.Publish(Disclosure{Threshold: 5})
		require.NoError(t, err)
		for i := range p.Tables {
			for j := range p.Tables[i].Lines {
				l := &p.Tables[i].Lines[j]
				if n := s.values[p.Tables[i].Table][l.Value]; l.Count < 0 && n.Conversations >= 5 {
					l.Count = Count(n.Count)
				}
			}
		}
		var b bytes.Buffer
		require.NoError(t, p.WriteJSON(&b))
		a := newAttacker(t, b.Bytes())
		tableau := a.feasible(t)
		for i := range a.names {
			if tableau.extreme(i, -1)-tableau.extreme(i, 1) < 0.5 {
				broken++
			}
		}
	}
	assert.Greater(t, broken, 0, "an attacker who never wins proves nothing")
}
