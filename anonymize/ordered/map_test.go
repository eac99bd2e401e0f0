package ordered

import (
	"iter"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func TestMapKeepsOrder(t *testing.T) {
	for _, workers := range []int{0, 1, 2, 7} {
		slow := func(i int) int { time.Sleep(time.Duration(i%5) * 100 * time.Microsecond); return i * i }
		got := slices.Collect(Map(count(200), workers, slow))
		want := slices.Collect(func(yield func(int) bool) {
			for i := range 200 {
				yield(i * i)
			}
		})
		assert.Equal(t, want, got)
	}
}

func TestMapMakesNoGoroutinesOnOneProcessor(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	before, got := runtime.NumGoroutine(), []int{}
	for v := range Map(count(1000), 0, func(i int) int { return 2 * i }) {
		assert.LessOrEqual(t, runtime.NumGoroutine(), before)
		if got = append(got, v); v == 8 {
			break
		}
	}
	assert.Equal(t, []int{0, 2, 4, 6, 8}, got)
}

func TestMapHoldsFewElements(t *testing.T) {
	var started, taken atomic.Int64
	in := func(yield func(int) bool) {
		for i := range 1000 {
			started.Add(1)
			assert.LessOrEqual(t, started.Load()-taken.Load(), int64(3*2+3))
			if !yield(i) {
				return
			}
		}
	}
	for range Map(in, 2, func(i int) int { return i }) {
		taken.Add(1)
	}
	assert.EqualValues(t, 1000, taken.Load())
}

func TestMapEndsWhenTheConsumerStops(t *testing.T) {
	ended := make(chan struct{})
	go func() {
		for range Map(count(1_000_000), 3, func(i int) int { return i }) {
			break
		}
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("Map did not return")
	}
}
