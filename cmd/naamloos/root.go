package main

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitMisuse = 2
)

// surroundings are what a command reads from and writes to.
type surroundings struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	unlocking      *unlocking
	vault          *vault // of the keys that were read
	step           func() // called between the steps of writing, for tests that end the process there; may be nil
}

func (s surroundings) stepped() {
	if s.step != nil {
		s.step()
	}
}

// misuse is an error of the command line, not of the work.
type misuse struct{ error }

func misusef(format string, args ...any) error { return misuse{fmt.Errorf(format, args...)} }

// run runs one command line and returns its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer, getenv func(string) string) int {
	return execute(surroundings{stdin: stdin, stdout: stdout, stderr: stderr, getenv: getenv}, args)
}

func execute(s surroundings, args []string) int {
	s.vault = &vault{}
	defer s.vault.wipe()
	root := newRoot(s)
	root.SetArgs(args)
	err := root.Execute()
	if err == nil {
		return exitDone
	}
	fmt.Fprintln(s.stderr, "naamloos:", err)
	var m misuse
	switch {
	case errors.As(err, &m):
		fmt.Fprintln(s.stderr, "try 'naamloos --help'")
		return exitMisuse
	case errors.Is(err, anonymize.ErrOverdue):
		fmt.Fprintln(s.stderr, "leave out what is too old with --keep-going, or let a policy of your own allow more retention.days ('naamloos policy show')")
	}
	return exitFailed
}

func newRoot(s surroundings) *cobra.Command {
	s.unlocking = &unlocking{}
	root := &cobra.Command{
		Use:           "naamloos",
		Short:         "chat transcripts without the people in them",
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noArguments,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(s.stdin)
	root.SetOut(s.stdout)
	root.SetErr(s.stderr)
	root.SuggestionsMinimumDistance = 2
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return misuse{err} })
	s.unlocking.flags(root)
	root.AddCommand(
		newAnonymize(s),
		newDetect(s),
		newDetectors(s),
		newAudit(s),
		newEval(s),
		newReview(s),
		newFormats(s),
		newStats(s),
		newPolicy(s),
		newKey(s),
		newSubject(s),
		newExpire(s),
	)
	return root
}

// noArguments refuses arguments, with what was perhaps meant.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := ""
	if s := c.SuggestionsFor(args[0]); len(s) > 0 {
		hint = fmt.Sprintf(", did you mean %s?", strings.Join(s, " or "))
	}
	return misusef("unknown command %q%s", args[0], hint)
}

// version is what the build says of itself.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v, revision := info.Main.Version, ""
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			revision = " " + s.Value[:12]
		}
	}
	if v == "" || v == "(devel)" {
		v = "development build"
	}
	return v + revision + " " + info.GoVersion
}
