// Command naamloos takes chat transcripts and gives them back without the
// people in them.
package main

import (
	"os"
	"runtime/debug"
)

func main() {
	spendMemory(os.Getenv)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
}

// A run holds little at a time and makes much that is soon dropped: collecting
// less often makes it an eighth faster, at 40 MB in place of 30.
const (
	collectAt  = 400       // per cent of new memory over what is held
	memoryGoal = 512 << 20 // bytes, beyond which it is collected as often as needed
)

// spendMemory lets the heap grow further than usual before it is collected,
// unless the environment says how.
func spendMemory(getenv func(string) string) {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(collectAt)
	debug.SetMemoryLimit(memoryGoal)
}
