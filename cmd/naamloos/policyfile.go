package main

import (
	"io"
	"os"
	"slices"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/policy"
)

// largestPolicy is far more than any policy file holds.
const largestPolicy = 2 << 20

// readPolicy returns the preset of a name, or the policy in a file. Without a
// name it is the zero Policy.
func readPolicy(name string) (anonymize.Policy, error) {
	if name == "" {
		return anonymize.Policy{}, nil
	}
	if slices.Contains(policy.Presets(), name) {
		return policy.Preset(name)
	}
	data, err := readLimited(name, largestPolicy)
	if err != nil {
		return anonymize.Policy{}, err
	}
	return policy.Parse(name, data)
}

// readLimited reads a file up to limit bytes.
func readLimited(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}
