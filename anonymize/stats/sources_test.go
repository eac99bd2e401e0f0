package stats

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSourcesAreBoundedAndStayAssociative(t *testing.T) {
	if testing.Short() {
		t.Skip("counts millions of sources")
	}
	r := rand.New(rand.NewPCG(1, 1))
	var whole, a, b sources
	for range maxSources * 5 / 2 {
		x := source{r.Uint64(), periodNumber(24000 + r.IntN(3)), uint16(1 + r.IntN(3))}
		whole.add(x)
		if r.IntN(4) == 0 {
			a.add(x)
		} else {
			b.add(x)
		}
	}
	assert.EqualValues(t, 2, whole.level)
	assert.LessOrEqual(t, whole.n, maxSources)
	assert.InDelta(t, maxSources*2.5, float64(int64(whole.n)*whole.scale()), maxSources*0.02, "a sample stands for all")
	ab, ba := a, sources{}
	ab.codes, ab.marks = append([]uint64{}, a.codes...), append([]uint32{}, a.marks...)
	ab.merge(&b)
	ba.merge(&b)
	ba.merge(&a)
	want := whole.appendBinary(nil)
	assert.True(t, bytes.Equal(want, ab.appendBinary(nil)))
	assert.True(t, bytes.Equal(want, ba.appendBinary(nil)))
	var back sources
	require.NoError(t, back.parse(want))
	assert.True(t, bytes.Equal(want, back.appendBinary(nil)))
	assert.ErrorIs(t, back.parse(want[:len(want)-1]), errSources)
}

func TestSourcesAreCountedExactlyBelowTheBound(t *testing.T) {
	var s sources
	want := map[uint64]int{}
	r := rand.New(rand.NewPCG(2, 2))
	for range 50_000 {
		code := r.Uint64N(9000) * 0x9e3779b97f4a7c15
		want[max(1, code)]++
		s.add(source{code, 24312, 1})
	}
	assert.Equal(t, len(want), s.n)
	for x := range s.all {
		require.Equal(t, want[x.code], int(x.count))
	}
	s = sources{}
	for range 70_000 {
		s.add(source{7, 24312, 1})
	}
	assert.EqualValues(t, 65535, s.sorted()[0].count)
}
