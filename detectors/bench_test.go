package detectors_test

import (
	"os"
	"strings"
	"testing"

	"github.com/clbchat/naamloos/detectors"
)

// benchSize is the size of what is read in one round, in bytes.
const benchSize = 16 << 20

// chatLines returns about size bytes of the project's own texts, one message a
// line, repeated.
func chatLines(b *testing.B, keep func(string) bool, size int) []string {
	b.Helper()
	data, err := os.ReadFile("testdata/chat.txt")
	if err != nil {
		b.Fatal(err)
	}
	var all, lines []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSuffix(line, "\n"); !strings.HasPrefix(line, "#") && keep(line) {
			all = append(all, line)
		}
	}
	for n, i := 0, 0; n < size; i++ {
		lines = append(lines, all[i%len(all)])
		n += len(all[i%len(all)])
	}
	return lines
}

func hasDigit(line string) bool { return strings.ContainsAny(line, "0123456789@") }

func benchmarkLines(b *testing.B, lines []string) {
	b.Helper()
	scan, err := detectors.NewStructured(detectors.Options{})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for _, l := range lines {
		n += len(l)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	var spans []detectors.Span
	for b.Loop() {
		for _, l := range lines {
			if spans, err = scan.Find(spans[:0], detectors.Text{Body: l}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkStructuredChat(b *testing.B) {
	benchmarkLines(b, chatLines(b, func(string) bool { return true }, benchSize))
}

func BenchmarkStructuredDense(b *testing.B) {
	benchmarkLines(b, chatLines(b, hasDigit, benchSize))
}
