//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// killVariable holds the number of the step at which a process kills itself.
const killVariable = "NAAMLOOS_KILL_AT"

const crashKey = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// marker stands in every original of these tests and must stand nowhere else.
const marker = "xandrolie"

// runUntilKilled, in a process that a test has started, runs the command line
// and kills the process at a step.
func runUntilKilled() {
	left, err := strconv.Atoi(os.Getenv(killVariable))
	if err != nil {
		return
	}
	s := surroundings{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, step: func() {
		if left--; left == 0 {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			time.Sleep(time.Minute)
		}
	}}
	os.Exit(execute(s, os.Args[1:]))
}

// process is naamloos in a process of its own, killed at a step (never for a large one).
func process(t *testing.T, step int, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%d", killVariable, step), keyVariable+"="+crashKey, "TMPDIR="+t.TempDir())
	return c
}

const neverKilled = 1 << 30

// exports makes a folder of chats.
func exports(t *testing.T, files, chats int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range files {
		var b bytes.Buffer
		for k := range chats {
			fmt.Fprintf(&b, `{"id":"c%d-%d","participants":[{"key":"v","name":"%s"}],"messages":[{"from":"v","text":"ik ben %s"},{"text":"ok"}]}`+"\n", i, k, marker, marker)
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("chat-%d.jsonl", i)), b.Bytes(), 0o600))
	}
	return dir
}

// tree returns the files below a folder with their contents.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		files[rel] = string(text)
		return err
	})
	if !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	return files
}

func TestKilledAtEveryStepAndResumed(t *testing.T) {
	in := exports(t, 3, 2)
	want := filepath.Join(t.TempDir(), "out")
	require.NoError(t, process(t, neverKilled, "anonymize", "-o", want, in).Run())
	whole := tree(t, want)
	require.Len(t, whole, 3)
	killed := 0
	for step := 1; ; step++ {
		out := filepath.Join(t.TempDir(), "out")
		err := process(t, step, "anonymize", "-o", out, in).Run()
		for name, text := range tree(t, out) {
			assert.NotContains(t, text, marker, "step %d", step)
			if !strings.HasPrefix(name, ".naamloos") {
				assert.Equal(t, whole[name], text, "step %d: %s is half-written", step, name)
			}
		}
		if err == nil {
			break
		}
		killed++
		require.NoError(t, process(t, neverKilled, "anonymize", "--resume", "-o", out, in).Run())
		assert.Equal(t, whole, tree(t, out), "step %d", step)
	}
	assert.Greater(t, killed, 10)
}

// A run that was killed goes on with the same settings only: whatever the output
// depends on, another one is refused by its name, and nothing is lost by asking.
func TestResumedWithOtherSettingsIsRefused(t *testing.T) {
	in, dir := exports(t, 3, 2), t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	recognizer := func(digits string) string {
		return "recognizers:\n  - {name: locker, type: OTHER_ID, pattern: 'kastje \\d{" + digits + "}', tests: ['[[kastje 12345678]]', 'kastje']}\n"
	}
	policy := file("own.yaml", "version: 1\nkeep: {words: [olifant]}\n")
	own := file("detectors.yaml", recognizer("8"))
	out, whole := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "out")
	args := []string{"anonymize", "--policy", policy, "--detectors", own, "-o"}
	require.NoError(t, process(t, neverKilled, append(args, whole, in)...).Run())
	const afterTheFirstFile = 12
	require.Error(t, process(t, afterTheFirstFile, append(args, out, in)...).Run())
	left := tree(t, out)
	require.Contains(t, left, journalName)
	args = append(args, out, "--resume", in)
	refused := func(want string, c *exec.Cmd) {
		t.Helper()
		message, err := c.CombinedOutput()
		require.Error(t, err, want)
		assert.Contains(t, string(message), "the earlier run had another "+want+";")
		assert.Equal(t, left, tree(t, out), want)
	}
	for want, more := range map[string][]string{
		"policy": {"--policy", "training"}, "strictness": {"--strictness", "low"}, "--strict": {"--strict"}, "--from": {"--from", "jsonl"},
		"--to": {"--to", "vcon"}, "--detectors": {"--detectors", own},
	} {
		refused(want, process(t, neverKilled, append(slices.Clone(args), more...)...))
	}
	other := process(t, neverKilled, args...)
	other.Env = append(other.Env, keyVariable+"="+strings.Repeat("7", 64))
	refused("key", other)
	file("own.yaml", "version: 1\nkeep: {words: [olifant, giraf]}\n")
	refused("policy", process(t, neverKilled, args...))
	file("own.yaml", "version: 1\nkeep: {words: [olifant]}\n")
	file("detectors.yaml", recognizer("8,9"))
	refused("--detectors", process(t, neverKilled, args...))
	file("detectors.yaml", recognizer("8"))
	done := filepath.Join(out, "chat-0.jsonl")
	before, err := os.Stat(done)
	require.NoError(t, err)
	require.NoError(t, process(t, neverKilled, args...).Run())
	assert.Equal(t, tree(t, whole), tree(t, out))
	after, err := os.Stat(done)
	require.NoError(t, err)
	assert.True(t, os.SameFile(before, after), "what was done is done again")
}

func TestKilledWhileWritingOneFile(t *testing.T) {
	in := filepath.Join(exports(t, 1, 3), "chat-0.jsonl")
	for step := 1; ; step++ {
		dir := t.TempDir()
		c := process(t, step, "anonymize", "-o", filepath.Join(dir, "out.jsonl"), in)
		temp := t.TempDir()
		c.Env = append(c.Env, "TMPDIR="+temp)
		err := c.Run()
		for _, files := range []map[string]string{tree(t, dir), tree(t, temp)} {
			for name, text := range files {
				assert.NotContains(t, text, marker, "step %d: %s", step, name)
			}
		}
		if err == nil {
			return
		}
	}
}

func TestFullDisk(t *testing.T) {
	for _, chats := range []int{100, 2000} { // full at the end of the file, and in its middle
		in := filepath.Join(exports(t, 1, chats), "chat-0.jsonl")
		out := filepath.Join(t.TempDir(), "out.jsonl")
		// A limit on the size of files gives the error of a full disk at a known byte.
		c := exec.Command("sh", "-c", `ulimit -f 8; exec "$0" "$@"`, os.Args[0], "anonymize", "-o", out, in)
		c.Env = append(os.Environ(), killVariable+"=1073741824", keyVariable+"="+crashKey)
		message, err := c.CombinedOutput()
		var exit *exec.ExitError
		require.ErrorAs(t, err, &exit)
		assert.Equal(t, exitFailed, exit.ExitCode())
		assert.NotContains(t, string(message), marker)
		assert.Empty(t, tree(t, filepath.Dir(out)))
	}
}

func TestFullStandardOutput(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full here")
	}
	defer full.Close()
	for _, name := range []string{"anonymize", "detect"} {
		c := process(t, neverKilled, name, filepath.Join(exports(t, 1, 1), "chat-0.jsonl"))
		c.Stdout = full
		var exit *exec.ExitError
		require.ErrorAs(t, c.Run(), &exit, name)
		assert.Equal(t, exitFailed, exit.ExitCode())
	}
}

func TestReadOnlyTarget(t *testing.T) {
	if os.Getuid() == 0 {
		t.Log("root may write anywhere: a file stands in for a folder that cannot be written to")
	}
	in := exports(t, 2, 1)
	blocked := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(blocked, []byte("x"), 0o400))
	message, err := process(t, neverKilled, "anonymize", "-o", filepath.Join(blocked, "out"), in).CombinedOutput()
	require.Error(t, err)
	assert.NotContains(t, string(message), marker)
	if os.Getuid() != 0 {
		dir := t.TempDir()
		require.NoError(t, os.Chmod(dir, 0o500))
		require.Error(t, process(t, neverKilled, "anonymize", "-o", dir, in).Run())
	}
}

func TestVanishedInput(t *testing.T) {
	in := exports(t, 2, 1)
	out := t.TempDir()
	args := []string{"anonymize", "-o", out, filepath.Join(in, "chat-0.jsonl"), filepath.Join(in, "gone.jsonl")}
	require.Error(t, process(t, neverKilled, args...).Run())
	assert.Empty(t, tree(t, out))
}

func TestInterruptedOnceEndsInOrderTwiceAtOnce(t *testing.T) {
	for _, times := range []int{1, 2} {
		out := filepath.Join(t.TempDir(), "out.jsonl")
		c := process(t, neverKilled, "anonymize", "-o", out)
		stdin, err := c.StdinPipe()
		require.NoError(t, err)
		var stderr bytes.Buffer
		c.Stderr = &stderr
		require.NoError(t, c.Start())
		line := fmt.Sprintf(`{"messages":[{"text":"ik ben %s %s"}]}`+"\n", marker, strings.Repeat("x ", 50_000))
		_, err = stdin.Write([]byte(line))
		require.NoError(t, err)
		time.Sleep(300 * time.Millisecond)
		for range times {
			require.NoError(t, c.Process.Signal(os.Interrupt))
			time.Sleep(100 * time.Millisecond)
		}
		_, _ = stdin.Write([]byte(line)) // the first interrupt is seen at the next conversation
		stdin.Close()
		require.Error(t, c.Wait())
		assert.NotContains(t, stderr.String(), marker)
		assert.NoFileExists(t, out)
		for _, text := range tree(t, filepath.Dir(out)) {
			assert.NotContains(t, text, marker)
		}
	}
}
