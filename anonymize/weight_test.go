package anonymize

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ours are the modules that a program which imports this package may carry.
var ours = []string{"github.com/clbchat/naamloos", "golang.org/x/text", "go.yaml.in/yaml/v3"}

// A backend that imports the core carries no command line, no English NER, no
// IP database and no neural network.
func TestTheCoreIsLight(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", ".").Output()
	require.NoError(t, err)
	modules := strings.Fields(string(out))
	slices.Sort(modules)
	for _, m := range slices.Compact(modules) {
		assert.Contains(t, ours, m)
	}
}
