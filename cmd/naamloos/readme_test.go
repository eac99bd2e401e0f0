package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readme returns the commands of README.md that begin with a word.
func readme(t *testing.T, begin string) []string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	var commands []string
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, begin) && !strings.HasPrefix(line, begin+"(") {
			command, _, _ := strings.Cut(line, "  #")
			commands = append(commands, strings.TrimSpace(command))
		}
	}
	require.NotEmpty(t, commands)
	return commands
}

func TestReadmeMainCommandRuns(t *testing.T) {
	commands := readme(t, "go run ./cmd/naamloos ")
	t.Chdir("../..")
	for _, command := range commands {
		var out, errs bytes.Buffer
		args := strings.Fields(strings.TrimPrefix(command, "go run ./cmd/naamloos "))
		require.Equal(t, exitDone, run(args, nil, &out, &errs, func(string) string { return "" }), errs.String())
		assert.NotRegexp(t, `(?i)\b(fien|fientje|griet|yassin|lotte|wolkenaer|theo|evi)\b|0470|BE71|85\.07\.30|192\.0\.2`, out.String())
		assert.Contains(t, out.String(), "102", "helplines stay")
	}
}

func TestReadmeTestCommandIsTheOneOfCI(t *testing.T) {
	ci, err := os.ReadFile("../../.ci/run")
	require.NoError(t, err)
	for _, command := range readme(t, "go test") {
		assert.Contains(t, string(ci), command)
	}
}

// A command of README.md that no longer parses is as bad as one that is missing.
func TestReadmeCommandsAreKnown(t *testing.T) {
	flag := regexp.MustCompile(`--[a-z-]+`)
	for _, command := range readme(t, "naamloos ") {
		words := strings.Fields(command)[1:]
		c, _, err := newRoot(surroundings{getenv: func(string) string { return "" }}).Find(words)
		require.NoError(t, err, command)
		require.True(t, c.HasParent(), command)
		for _, name := range flag.FindAllString(command, -1) {
			assert.NotNil(t, c.Flag(strings.TrimPrefix(name, "--")), "%s: %s", command, name)
		}
	}
}
