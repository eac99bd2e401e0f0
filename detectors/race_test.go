//go:build race

package detectors_test

// racing says that the race detector is at work: it drops what is pooled and
// slows everything down.
const racing = true
