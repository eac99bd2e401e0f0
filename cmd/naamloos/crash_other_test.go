//go:build !unix

package main

// runUntilKilled does nothing where a process cannot kill itself at once.
func runUntilKilled() {}
