package main

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/clbchat/naamloos/"

// packages lists all packages with what they import directly.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, module+"...").Output()
	require.NoError(t, err)
	imports := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		imports[strings.TrimPrefix(f[0], module)] = f[1:]
	}
	return imports
}

func TestRoomsImportOneWay(t *testing.T) {
	forbidden := map[string][]string{
		"detectors":   {"transcripts", "anonymize", "cmd"},
		"transcripts": {"detectors", "anonymize", "cmd"},
		"anonymize":   {"cmd"},
	}
	for pkg, imports := range packages(t) {
		room, _, _ := strings.Cut(pkg, "/")
		for _, imported := range imports {
			for _, other := range forbidden[room] {
				assert.False(t, strings.HasPrefix(imported+"/", module+other+"/"), "%s imports %s", pkg, imported)
			}
		}
	}
}

func TestTheLibraryIsLight(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", module+"anonymize").Output()
	require.NoError(t, err)
	for _, heavy := range []string{"prose", "geoip2", "maxminddb", "cobra", "sqlite", "progressbar", "phonenumbers", "charts", "prometheus"} {
		assert.NotContains(t, string(out), heavy)
	}
}
