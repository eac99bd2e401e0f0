//go:build !unix

package detectors_test

import "time"

var started = time.Now()

// cpuTime returns the time that has passed, where processor time is not to be
// had.
func cpuTime() time.Duration { return time.Since(started) }
