package transcripts

import (
	"io"
	"runtime"
	"strings"
	"testing"
)

// repeated gives a text n times between a head and a tail, without holding it.
type repeated struct {
	head, body, tail string
	n                int
	now              string
	began, ended     bool
}

func (r *repeated) Read(p []byte) (int, error) {
	for r.now == "" {
		switch {
		case !r.began:
			r.began, r.now = true, r.head
		case r.n > 0:
			r.n--
			r.now = r.body
		case !r.ended:
			r.ended, r.now = true, r.tail
		default:
			return 0, io.EOF
		}
	}
	n := copy(p, r.now)
	r.now = r.now[n:]
	return n, nil
}

// watchedWriter counts what is written and watches the heap.
type watchedWriter struct{ n, next, most uint64 }

func (w *watchedWriter) Write(p []byte) (int, error) {
	w.n += uint64(len(p))
	if w.n >= w.next {
		w.next = w.n + 8<<20
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		w.most = max(w.most, m.HeapAlloc)
	}
	return len(p), nil
}

// TestMemoryDoesNotGrowWithTheFile reads a dump with lines of a megabyte, 2 GB
// of it unless -short is set, as tables go into each other in such dumps.
func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	const insert = "INSERT INTO `p_transcripts` VALUES\n"
	dump := sample(t, "phplive/phplive_mysqldump.sql")
	head, rows, _ := strings.Cut(dump, insert)
	rows, tail, _ := strings.Cut(rows, ";\n")
	line := insert + strings.Repeat(strings.ReplaceAll(rows, ",\n(", ",(")+",", 1<<20/len(rows)) + rows + ";\n"
	inputs := map[string]*repeated{
		"phplive": {head: head, body: line, tail: tail},
		"jsonl":   {body: bigJSONL(1 << 20)},
	}
	for name, in := range inputs {
		f, _ := Lookup(name)
		if in.n = 2048; testing.Short() || name != "phplive" {
			in.n = 80
		}
		want := uint64(len(in.head) + len(in.tail) + in.n*len(in.body))
		var w watchedWriter
		if err := f.Write(&w, f.Read(in, ReadOptions{})); err != nil {
			t.Fatal(err)
		}
		if w.n != want {
			t.Errorf("%s: %d bytes became %d", name, want, w.n)
		}
		if w.most > 100<<20 {
			t.Errorf("%s: %d MB of heap for %d MB", name, w.most>>20, want>>20)
		}
		t.Logf("%s: %d MB, at most %d MB of heap", name, want>>20, w.most>>20)
	}
}

// TestARowOfManyMegabytesFits reads one chat at the limit that PHP Live! sets
// (5 MB) and far above it.
func TestARowOfManyMegabytesFits(t *testing.T) {
	for _, n := range []int{5_000_000, 40_000_000} {
		line := "<div class=\\'cv\\'><b>Fenna<timestamp_1763455264_cv>:</b> hallo<br>daar</div><>"
		in := "INSERT INTO p_transcripts (vname, formatted) VALUES ('Fenna','" + strings.Repeat(line, n/len(line)) + "');\n"
		cs := readAll(t, "phplive", in, ReadOptions{})
		if len(cs) != 1 || len(cs[0].Messages) != n/len(line) || writeAll(t, "phplive", cs) != in {
			t.Fatalf("%d bytes: %d conversations", n, len(cs))
		}
	}
}
