//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkStart is the cost of a whole process that looks at one short line.
// The test binary stands in for the command: it is larger and starts no faster.
func BenchmarkStart(b *testing.B) {
	line := filepath.Join(b.TempDir(), "line.jsonl")
	if err := os.WriteFile(line, []byte(`{"id":"x","text":"ik ben lotte"}`), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c := exec.Command(os.Args[0], "detect", line)
		c.Env = append(os.Environ(), fmt.Sprintf("%s=%d", killVariable, neverKilled))
		if err := c.Run(); err != nil {
			b.Fatal(err)
		}
	}
}
