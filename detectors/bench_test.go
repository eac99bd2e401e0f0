package detectors_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clbchat/naamloos/detectors"
)

// benchSize is the size of what is read in one round, in bytes.
const benchSize = 16 << 20

// chatFiles hold messages of invented chats, one a line: of a help line, and
// with firms, where every fourth message has a number.
var chatFiles = []string{"testdata/chat.txt", "testdata/client.txt"}

// chatLines returns the messages of files.
func chatLines(t testing.TB, files ...string) []string {
	t.Helper()
	var lines []string
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if !strings.HasPrefix(line, "#") {
				lines = append(lines, strings.TrimSuffix(line, "\n"))
			}
		}
	}
	return lines
}

// benchmarkLines looks at about benchSize bytes of lines, one message a call.
func benchmarkLines(b *testing.B, lines []string) {
	b.Helper()
	set, err := detectors.NewStructured(detectors.Options{})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for _, l := range lines {
		n += len(l)
	}
	rounds := benchSize/n + 1
	b.SetBytes(int64(n * rounds))
	b.ReportAllocs()
	begin, times := cpuTime(), 0
	var spans []detectors.Span
	for b.Loop() {
		for range rounds {
			for _, l := range lines {
				if spans, err = set.Find(spans[:0], detectors.Text{Body: l}); err != nil {
					b.Fatal(err)
				}
			}
		}
		times++
	}
	b.ReportMetric(float64(n*rounds*times)/1e6/(cpuTime()-begin).Seconds(), "cpuMB/s")
}

func BenchmarkStructuredChat(b *testing.B) { benchmarkLines(b, chatLines(b, chatFiles[0])) }

func BenchmarkStructuredDense(b *testing.B) {
	benchmarkLines(b, slices.DeleteFunc(chatLines(b, chatFiles...), func(l string) bool { return !strings.ContainsAny(l, "0123456789@") }))
}

// floor is the least throughput on hostile input, in bytes a second of
// processor time.
const floor = 20e6

// hostile are units that, repeated, invite scanners to start over and over.
var hostile = []string{
	"1 ", "1 1 ", "BE68 ", "BE68 BE68 ", "@", "@a ", "a@", "a@a.", "::::", "1:", "a.", ".a", "0471 12 ", "[", "[leerling ", "a_", "#1", "O0", "1-",
	"1/", "+32 ", "+", "1a", "a1", "ww ", "ww: ", "insta ", "is ", "van 12 ", "rue ", "rue de la ", "straat 1 ", "Kerkstraat ", "9000 ", "1 januari ", "ik ben 14 ",
	"klantnummer ", "nummer is ", "'", "\"", "ww \"", "(", "at ", "punt ", "a at b punt ", "nul ", "een ", "nul een ", "http://", "www.", "a.be/", "é", "é1",
	"\u0301", "１", "0️⃣", "🙈", "\xff", "1.1.1.1.", "12:34:56:", "AB-12-", "1-ABC-", "d0-", "code ", "99999999999999999999 ", "0", "geboren ", "12/12/", "a-", "O",
	"bic ", "bic AAAAAAAA ", "paspoort ", "De Le ", "Sint-", "4321 AB ", "B-", "°1", "51.1234 ", "°", "m/1", "2A ", "3LAT", "Ik Zie Jan ", "1e ",
}

func BenchmarkHostile(b *testing.B) {
	set, err := detectors.NewStructured(detectors.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, unit := range hostile {
		b.Run(strings.ReplaceAll(strings.TrimSpace(unit), "/", "|"), func(b *testing.B) {
			text := strings.Repeat(unit, 1<<18/len(unit))
			b.SetBytes(int64(len(text)))
			begin, n := cpuTime(), 0
			for b.Loop() {
				if _, err := set.Find(nil, detectors.Text{Body: text}); err != nil {
					b.Fatal(err)
				}
				n++
			}
			speed := float64(n*len(text)) / (cpuTime() - begin).Seconds()
			b.ReportMetric(speed/1e6, "cpuMB/s")
			if speed < floor {
				b.Errorf("%.1f MB/s is below the floor of %.0f", speed/1e6, floor/1e6)
			}
		})
	}
}

func TestHostileTextsTakeTimeInProportionToTheirLength(t *testing.T) {
	if racing {
		t.Skip("the race detector measures nothing")
	}
	set := structured(t)
	find := func(text string) time.Duration {
		best := time.Hour
		for range 3 {
			begin := cpuTime()
			if _, err := set.Find(nil, detectors.Text{Body: text}); err != nil {
				t.Fatal(err)
			}
			best = min(best, cpuTime()-begin)
		}
		return best
	}
	for _, unit := range hostile {
		short := find(strings.Repeat(unit, 1<<13/len(unit)))
		long := find(strings.Repeat(unit, 1<<16/len(unit)))
		if long > 24*short+20*time.Millisecond { // eight times the length
			t.Errorf("%q: %v for 8 KiB, %v for 64 KiB", unit, short, long)
		}
	}
}

func TestATextWithoutAnythingAllocatesNothing(t *testing.T) {
	if racing {
		t.Skip("the race detector drops what is pooled")
	}
	set := structured(t)
	for _, text := range []string{
		"hey hoe gaat het met jou", "ik heb 5 minuten gewacht op bus 405 en toen kwam er om 14:30 een andere", "já, é è ü 🙈 hé",
		"mijn wachtwoord is vergeten en mijn insta is privé", "CLBch@t is leuk, bel 112 of 1712", "de prijs was 12,50 euro op 3 april",
	} {
		spans := make([]detectors.Span, 0, 8)
		n := testing.AllocsPerRun(100, func() {
			found, err := set.Find(spans, detectors.Text{Body: text})
			if err != nil || len(found) > 0 {
				t.Errorf("%q: %v, %v", text, found, err)
			}
		})
		if n > 0 {
			t.Errorf("%q: %v allocations", text, n)
		}
	}
}
