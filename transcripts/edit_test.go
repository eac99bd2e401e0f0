package transcripts

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// editsFrom makes edits of a value of n bytes from arbitrary bytes.
func editsFrom(data []byte, n int) []Edit {
	var out []Edit
	at := 0
	for len(data) >= 3 && at <= n {
		start := at + int(data[0]%4)
		end := start + int(data[1]%4)
		if end > n {
			break
		}
		out = append(out, Edit{start, end, strings.Repeat(string('A'+rune(data[2]%26)), int(data[2]%5))})
		at, data = end, data[3:]
		if start == end { // two insertions at one place have no order
			at++
		}
	}
	return out
}

func checkCompose(t *testing.T, value string, a, b []byte) {
	t.Helper()
	first := editsFrom(a, len(value))
	mid := Apply(value, first)
	second := editsFrom(b, len(mid))
	want := Apply(mid, second)
	got := compose(first, second)
	if !order(append([]Edit(nil), got...)) {
		t.Fatalf("compose(%v, %v) = %v overlaps", first, second, got)
	}
	if s := Apply(value, got); s != want {
		t.Fatalf("compose(%v, %v) = %v makes %q, one after the other make %q", first, second, got, s, want)
	}
}

func TestComposedEditsDoTheSameAsOneAfterTheOther(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		a, b := make([]byte, r.IntN(24)), make([]byte, r.IntN(24))
		for i := range a {
			a[i] = byte(r.Uint32())
		}
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		checkCompose(t, "0123456789abcdef"[:r.IntN(17)], a, b)
	}
}

func FuzzCompose(f *testing.F) {
	f.Add("abcdef", []byte{1, 2, 3, 0, 1, 2}, []byte{0, 3, 1})
	f.Fuzz(func(t *testing.T, value string, a, b []byte) { checkCompose(t, value, a, b) })
}
