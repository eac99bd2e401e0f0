//go:build !race

package detectors_test

const racing = false
