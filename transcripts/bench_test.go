package transcripts

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

// bigDump returns a mysqldump of about n bytes, each INSERT about a megabyte
// long, as mysqldump writes it.
func bigDump(t testing.TB, n int) string {
	s := sample(t, "phplive/phplive_mysqldump.sql")
	head, rows, _ := strings.Cut(s, "INSERT INTO `p_transcripts` VALUES\n")
	rows, tail, _ := strings.Cut(rows, ";\n")
	var b strings.Builder
	b.WriteString(head)
	for b.Len() < n {
		b.WriteString("INSERT INTO `p_transcripts` VALUES\n")
		for i := 0; i < 1<<20/len(rows); i++ {
			if i > 0 {
				b.WriteString(",\n")
			}
			b.WriteString(rows)
		}
		b.WriteString(";\n")
	}
	b.WriteString(tail)
	return b.String()
}

// bigJSONL returns canonical conversations of about 3.5 kB each.
func bigJSONL(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, `{"id":"c%d","started":"2026-01-12T16:04:00+01:00","participants":[{"key":"visitor","role":"visitor","name":"fientje"},{"key":"operator","role":"operator","name":"Griet"}],"messages":[`, i)
		for j := range 25 {
			if j > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `{"from":"visitor","at":"2026-01-12T16:%02d:10+01:00","text":"hey ik ben fien en dit is bericht %d\n\"met\" een tweede regel, één accent en nog wat woorden"}`, j, j)
		}
		b.WriteString("]}\n")
	}
	return b.String()
}

func benchFormat(b *testing.B, name, in string) {
	f, ok := Lookup(name)
	if !ok {
		b.Fatal("no such format")
	}
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	var out bytes.Buffer
	out.Grow(len(in))
	for b.Loop() {
		out.Reset()
		if err := f.Write(&out, f.Read(strings.NewReader(in), ReadOptions{})); err != nil {
			b.Fatal(err)
		}
	}
	if out.String() != in {
		b.Fatal("not identical")
	}
}

func BenchmarkPHPLive(b *testing.B) { benchFormat(b, "phplive", bigDump(b, 8<<20)) }
func BenchmarkJSONL(b *testing.B)   { benchFormat(b, "jsonl", bigJSONL(8<<20)) }

var _ io.Writer
