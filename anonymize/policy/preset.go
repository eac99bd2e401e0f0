package policy

import (
	"embed"
	"fmt"
	"strings"

	"github.com/clbchat/naamloos/anonymize"
)

//go:embed presets/*.yaml
var presets embed.FS

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of policy files.
func Schema() []byte { return append([]byte(nil), schema...) }

// Presets returns the names of the policies that come with naamloos, sorted.
func Presets() []string {
	entries, err := presets.ReadDir("presets")
	if err != nil {
		return nil // cannot happen: the folder is embedded
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return names
}

// Source returns the documented file of a preset.
func Source(name string) ([]byte, error) {
	data, err := presets.ReadFile("presets/" + name + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("no preset %q; there are %s", name, strings.Join(Presets(), ", "))
	}
	return data, nil
}

// Preset returns a policy that comes with naamloos.
func Preset(name string) (anonymize.Policy, error) {
	data, err := Source(name)
	if err != nil {
		return anonymize.Policy{}, err
	}
	return Parse(name+".yaml", data)
}
