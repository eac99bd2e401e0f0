package stats

import (
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/clbchat/naamloos/anonymize/keys"
)

// million counts n conversations, each from a source of its own, and calls look
// now and then.
func million(t testing.TB, n int, look func()) *Collector {
	c := collector(t, keys.New())
	w := written{start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), waits: time.Minute, topic: "pesten", age: "14", texts: 8}
	o := w.outcome()
	for i := range n {
		chat := o.Original
		at := w.start.Add(time.Duration(i) * 31 * time.Second)
		chat.Started = at
		for j := range chat.Messages {
			chat.Messages[j].At = at.Add(time.Duration(j) * time.Minute)
		}
		chat.Participants[0].IP = address(i)
		c.Add(o)
		if i%20_000 == 0 {
			look()
		}
	}
	return c
}

// address returns one of 2^24 addresses.
func address(i int) string {
	b := []byte("2001:db8:")
	for _, shift := range []int{20, 16, 12, 8} {
		b = append(b, "0123456789abcdef"[i>>shift&15])
	}
	b = append(b, ':', "0123456789abcdef"[i>>4&15], "0123456789abcdef"[i&15])
	return string(append(b, "::1"...))
}

func TestAMillionConversationsFitInMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("counts a million conversations")
	}
	var peak uint64
	c := million(t, 1_000_000, func() {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapInuse+m.StackInuse) // with garbage
	})
	t.Logf("at most %d MiB, %d sources", peak>>20, c.stats.sources.n)
	assert.Less(t, peak, uint64(150<<20))
	assert.EqualValues(t, 1_000_000, c.stats.conversations)
	assert.Equal(t, 1_000_000, c.stats.sources.n)
}

func BenchmarkMillion(b *testing.B) {
	for b.Loop() {
		million(b, 1_000_000, func() {})
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys>>20), "MiB-of-process")
	b.ReportMetric(1e6*float64(b.N)/b.Elapsed().Seconds(), "conversations/s")
}

func BenchmarkPublish(b *testing.B) {
	s := people(rand.New(rand.NewPCG(5, 5)), 20000)
	for b.Loop() {
		if _, err := s.Publish(Disclosure{}); err != nil {
			b.Fatal(err)
		}
	}
}
