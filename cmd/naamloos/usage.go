package main

// What flags say of themselves that several commands have.
const (
	workersUsage = "conversations at a time (default: one a processor)"
	keyFileUsage = "file with the key, mode 0600 (or " + keyVariable + " in the environment)"
	skipBadUsage = "leave bad records out, count and list them"
	policyUsage  = "`FILE` or preset that says what becomes of what is found ('naamloos policy show' lists presets)"
)
