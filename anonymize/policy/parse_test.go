package policy_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/policy"
	"github.com/clbchat/naamloos/detectors"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(policy.Schema()))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("policy.json", doc))
	s, err := c.Compile("policy.json")
	require.NoError(t, err)
	return s
}

// fits reports whether a policy file fits the published schema.
func fits(t *testing.T, s *jsonschema.Schema, data []byte) bool {
	t.Helper()
	var v interface{}
	require.NoError(t, yaml.Unmarshal(data, &v))
	text, err := json.Marshal(v)
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	return s.Validate(doc) == nil
}

// The schema that editors use and the parser must agree.
func TestSchemaAndParserAgree(t *testing.T) {
	s := schema(t)
	good, err := filepath.Glob("testdata/policies/*.yaml")
	require.NoError(t, err)
	presets, err := filepath.Glob("presets/*.yaml")
	require.NoError(t, err)
	bad, err := filepath.Glob("testdata/bad/*.yaml")
	require.NoError(t, err)
	require.Greater(t, len(bad), 30)
	for _, file := range append(good, presets...) {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.True(t, fits(t, s, data), file)
	}
	for _, file := range bad {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.False(t, fits(t, s, data), "the schema takes %s", file)
		_, err = policy.Parse(file, data)
		var fault *policy.Error
		if assert.ErrorAs(t, err, &fault, file) {
			assert.Equal(t, file, fault.File)
			assert.Positive(t, fault.Line, file)
			assert.NotEmpty(t, fault.Fault, file)
		}
	}
}

func TestSchemaKnowsEveryEntityType(t *testing.T) {
	for _, typ := range detectors.EntityTypes() {
		assert.Equal(t, 2, strings.Count(string(policy.Schema()), `"`+string(typ)+`"`), "%s", typ)
	}
}

func TestErrorsNameFileLineAndField(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       "p.yaml: the policy is empty",
		"version: 1\nentities:\n  PHONE: hash\n": `p.yaml:3: entities.PHONE.operator: no operator "hash"`,
		"version: 1\nkeep:\n  patterns: [\"(\"]\n":      "p.yaml:3: keep.patterns[0]: error parsing regexp",
		"version: 1\nkeep:\n  patterns: [\"x*\"]\n":     "p.yaml:3: keep.patterns[0]: the pattern matches an empty text",
		"version: 1\n---\nversion: 1\n":                 "p.yaml:2: a policy is one document",
		"version: 1\nname: &a x\n":                      "p.yaml:2: name: anchors and aliases are not read here",
		"version: 1\nmetadata: {times: 5}\n":            "p.yaml:2: metadata.times: a text is expected",
		"version: 1\ndeny:\n  - type: ORG\n    w: []\n": "p.yaml:4: deny[0].w: there is no such field",
		"version: 1\nextends: nix\n":                    `p.yaml:2: extends: no preset "nix"`,
	} {
		_, err := policy.Parse("p.yaml", []byte(text))
		assert.ErrorContains(t, err, want)
	}
	_, err := policy.Parse("p.yaml", make([]byte, 2<<20))
	assert.ErrorContains(t, err, "too long")
}

func TestExtendingAddsAndReplaces(t *testing.T) {
	base, err := policy.Preset("training")
	require.NoError(t, err)
	p, err := policy.Parse("p.yaml", []byte("version: 1\nextends: training\nentities:\n  PHONE: drop\nmetadata: {times: day}\nkeep: {words: [x]}\n"))
	require.NoError(t, err)
	assert.Equal(t, anonymize.OperatorDrop, p.Rule(detectors.Phone).Operator)
	assert.Equal(t, base.Rule(detectors.Person), p.Rule(detectors.Person))
	assert.Equal(t, anonymize.TreatDay, p.Metadata.Times)
	assert.Equal(t, base.Metadata.IDs, p.Metadata.IDs)
	again, err := policy.Preset("training")
	require.NoError(t, err)
	assert.Equal(t, base, again, "extending changed the preset")
}

func TestExplainTellsEveryPreset(t *testing.T) {
	for _, name := range policy.Presets() {
		p, err := policy.Preset(name)
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, policy.Explain(&b, p))
		text := b.String()
		for _, typ := range detectors.EntityTypes() {
			assert.Contains(t, text, "\n"+string(typ)+" ")
		}
		assert.Contains(t, text, "Held for 730 days")
		assert.NotContains(t, text, "%!")
	}
	assert.Error(t, policy.Explain(full{}, anonymize.Policy{}))
}

// full is a writer that is full.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }

func FuzzParse(f *testing.F) {
	for _, name := range policy.Presets() {
		source, _ := policy.Source(name)
		f.Add(source)
	}
	f.Add([]byte("version: 1\nextends: training\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := policy.Parse("p.yaml", data)
		var fault *policy.Error
		if err != nil && !errors.As(err, &fault) {
			t.Fatal("an error of another kind")
		}
		if err == nil && p.Check() != nil {
			t.Fatal("a policy was read that does not check")
		}
	})
}
