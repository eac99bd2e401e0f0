package policy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/policy"
)

func TestPresetsParse(t *testing.T) {
	assert.Equal(t, []string{"insurance", "portal", "quality", "statistics", "trade", "training"}, policy.Presets())
	for _, name := range policy.Presets() {
		p, err := policy.Preset(name)
		require.NoError(t, err)
		assert.Equal(t, name, p.Name)
		assert.NoError(t, p.Check())
	}
	_, err := policy.Preset("geen")
	assert.ErrorContains(t, err, "training")
}
