package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts run naamloos as a command of its own process, and the
// crash tests run it in a process that ends itself.
func TestMain(m *testing.M) {
	runUntilKilled()
	testscript.Main(m, map[string]func(){"naamloos": main})
}

// TestScripts runs the user stories: one file of testdata/script each.
func TestScripts(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("DEMO", here+"/../../testdata/demo")
			return nil
		},
	})
}
