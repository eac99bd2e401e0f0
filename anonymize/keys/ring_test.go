package keys

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var noon = time.Date(2026, 3, 15, 12, 0, 0, 0, time.UTC)

func written(t *testing.T, r *Ring) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, r.Write(&b))
	return b.Bytes()
}

func period(t *testing.T, text string) Period {
	t.Helper()
	p, err := ParsePeriod(text)
	require.NoError(t, err)
	return p
}

func TestRingReadsWhatItWrote(t *testing.T) {
	r := NewRing("klant a", Quarter, noon)
	r.Rotate(noon.AddDate(0, 1, 0))
	require.NoError(t, r.DestroyPeriod(period(t, "2025-Q4"), noon))
	require.NoError(t, r.DestroyGeneration(r.generations[0].id, noon))
	got, err := ReadRing(written(t, r))
	require.NoError(t, err)
	assert.True(t, got.Equal(r))
	assert.Equal(t, "klant a", got.Organisation())
	assert.Equal(t, []Period{period(t, "2025-Q4")}, got.DestroyedPeriods())
	assert.Len(t, got.Generations(), 1)
	assert.Len(t, got.Events(), 4)
}

func TestDestroyedPeriodIsGoneAndNoOther(t *testing.T) {
	r := NewRing("", Month, noon)
	want := map[string]Key{}
	g, err := r.Current()
	require.NoError(t, err)
	for p := period(t, "2024-01"); p.Compare(period(t, "2027-12")) <= 0; p = p.Next() {
		want[p.String()], err = g.Period(p)
		require.NoError(t, err)
	}
	order := rand.New(rand.NewPCG(1, 2)).Perm(48)
	gone := map[string]bool{}
	for _, i := range order[:30] {
		p := Period{Month, period(t, "2024-01").index + i}
		require.NoError(t, r.DestroyPeriod(p, noon))
		assert.ErrorIs(t, r.DestroyPeriod(p, noon), ErrDestroyed)
		gone[p.String()] = true
		if r, err = ReadRing(written(t, r)); err != nil {
			t.Fatal(err)
		}
	}
	g, err = r.Current()
	require.NoError(t, err)
	for text, k := range want {
		got, err := g.Period(period(t, text))
		if gone[text] {
			assert.ErrorIs(t, err, ErrDestroyed)
			continue
		}
		require.NoError(t, err)
		assert.True(t, got.Equal(k), text)
	}
}

// What is left in the file must not hold, nor give, what was destroyed: no seed
// above or at the destroyed leaf, and no other that derives it.
func TestNothingLeftLeadsToADestroyedKey(t *testing.T) {
	r := NewRing("", Month, noon)
	p := period(t, "2026-02")
	g, _ := r.Current()
	var path []string
	seed := g.periods[""]
	path = append(path, hex.EncodeToString(seed.Bytes()))
	for _, bit := range pathOf(p) {
		seed = seed.Derive("branch", string(bit))
		path = append(path, hex.EncodeToString(seed.Bytes()))
	}
	key, _ := g.Period(p)
	path = append(path, hex.EncodeToString(key.Bytes()))
	require.NoError(t, r.DestroyPeriod(p, noon))
	file := string(written(t, r))
	for i, secret := range path {
		assert.NotContains(t, file, secret, "depth %d", i)
	}
	left, err := ReadRing([]byte(file))
	require.NoError(t, err)
	for name := range left.generations[0].periods {
		assert.False(t, strings.HasPrefix(pathOf(p), name), "the seed %q stands above the destroyed one", name)
	}
	assert.Len(t, left.generations[0].periods, depth)
}

func pathOf(p Period) string { return path(p.index) }

func TestRotateKeepsTheOldToFindWith(t *testing.T) {
	r := NewRing("", Month, noon)
	old, _ := r.Current()
	r.Rotate(noon)
	now, err := r.Current()
	require.NoError(t, err)
	assert.NotEqual(t, old.ID(), now.ID())
	a, _ := old.Corpus()
	b, _ := now.Corpus()
	assert.False(t, a.Equal(b))
	assert.Len(t, r.Generations(), 2)
	require.NoError(t, r.DestroyGeneration(old.ID(), noon))
	assert.ErrorIs(t, r.DestroyGeneration(old.ID(), noon), ErrDestroyed)
	assert.ErrorIs(t, r.DestroyGeneration("zzz", noon), ErrUnknown)
	assert.Len(t, r.Generations(), 1)
	require.NoError(t, r.DestroyGeneration(now.ID(), noon))
	_, err = r.Current()
	assert.ErrorIs(t, err, ErrDestroyed)
}

func TestGenerationsKnowTheirPeriods(t *testing.T) {
	r := NewRing("", Quarter, noon)
	g, _ := r.Current()
	_, err := g.Period(period(t, "2026-01"))
	assert.ErrorIs(t, err, ErrLength)
	assert.ErrorIs(t, r.DestroyPeriod(period(t, "2026-01"), noon), ErrLength)
	d := Derived(New())
	for _, text := range []string{"2026-01", "2026-Q1"} {
		_, err := d.Period(period(t, text))
		assert.NoError(t, err)
	}
	_, err = Generation{}.Period(period(t, "2026-01"))
	assert.ErrorIs(t, err, ErrDestroyed)
}

func TestDamagedRingsAreRefusedWithoutQuoting(t *testing.T) {
	r := NewRing("", Month, noon)
	require.NoError(t, r.DestroyPeriod(period(t, "2026-02"), noon))
	good := written(t, r)
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1
		if _, err := ReadRing(bad); err != nil {
			assert.True(t, err == ErrDamaged || err == ErrNewer, "byte %d: %v", i, err)
		} else {
			same, _ := ReadRing(bad)
			assert.True(t, same.Equal(r), "byte %d changed the ring unseen", i)
		}
	}
	for n := range good {
		if _, err := ReadRing(good[:n]); err == nil {
			assert.Equal(t, len(good)-1, n, "cut off at %d", n)
		}
	}
	_, err := ReadRing(bytes.Replace(good, []byte(`"version": 1`), []byte(`"version": 2`), 1))
	assert.ErrorIs(t, err, ErrNewer)
}

func TestPeriods(t *testing.T) {
	for text, l := range map[string]Length{"2026-01": Month, "2026-12": Month, "2026-Q1": Quarter, "2026-Q4": Quarter, "1970-01": Month, "2310-Q4": Quarter} {
		p := period(t, text)
		assert.Equal(t, text, p.String())
		assert.Equal(t, l, p.Length())
	}
	for _, text := range []string{"", "2026", "2026-13", "2026-00", "2026-1", "2026-Q5", "2026-Q0", "26-01", "1969-12", "2311-01", "2026-01-01", "abcd-01", "2026-+1"} {
		_, err := ParsePeriod(text)
		assert.ErrorIs(t, err, ErrPeriod, text)
	}
	for day, want := range map[string][2]string{"2026-01-01": {"2026-01", "2026-Q1"}, "2026-03-31": {"2026-03", "2026-Q1"},
		"2026-04-01": {"2026-04", "2026-Q2"}, "2026-12-31": {"2026-12", "2026-Q4"}} {
		at, err := time.Parse(time.DateOnly, day)
		require.NoError(t, err)
		for i, l := range []Length{Month, Quarter} {
			p, ok := PeriodOf(at, l)
			assert.True(t, ok)
			assert.Equal(t, want[i], p.String())
		}
	}
	_, ok := PeriodOf(time.Time{}, Month)
	assert.False(t, ok)
	assert.Equal(t, "2027-01", period(t, "2026-12").Next().String())
	assert.Less(t, period(t, "2310-12").index, 1<<depth)
}

func TestPeriodKeysDiffer(t *testing.T) {
	for _, g := range []Generation{Derived(New()), NewRing("", Month, noon).generations[0]} {
		seen := map[string]string{}
		for p := period(t, "2020-01"); p.Compare(period(t, "2030-12")) <= 0; p = p.Next() {
			k, err := g.Period(p)
			require.NoError(t, err)
			assert.Empty(t, seen[string(k.Bytes())], fmt.Sprint(p))
			seen[string(k.Bytes())] = p.String()
		}
	}
}

func FuzzReadRing(f *testing.F) {
	var b bytes.Buffer
	_ = NewRing("x", Month, noon).Write(&b)
	f.Add(b.Bytes())
	f.Add([]byte(`{"format":"naamloos key ring","version":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ReadRing(data)
		if err != nil {
			if err != ErrDamaged && err != ErrNewer {
				t.Fatal("an error of another kind")
			}
			return
		}
		again, err := ReadRing(written(t, r))
		if err != nil || !again.Equal(r) {
			t.Fatal("what was read cannot be written and read again")
		}
	})
}
