// Command mutate puts deliberate faults into the code, one at a time, and runs
// the tests that should notice. It prints the faults that no test noticed and
// fails when more than one in twenty survives.
//
//	go run ./.ci/mutate [-check] [-only text] [-workers n]
//
// With -check it only sees whether every fault still fits the code and compiles.
// The working tree is not touched: a fault is laid over it (go test -overlay).
// Faults stand in faults.txt: a line with the file and the packages to test,
// then lines of the present code (-) and of the faulty code (+), and a blank line.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// fault is one deliberate fault.
type fault struct {
	file     string
	packages []string
	from, to string
	line     int
}

const faultsFile = ".ci/mutate/faults.txt"

func main() {
	only := flag.String("only", "", "run the faults whose file holds this text")
	workers := flag.Int("workers", 1, "faults at a time")
	check := flag.Bool("check", false, "run no tests")
	flag.Parse()
	text, err := os.ReadFile(faultsFile)
	must(err)
	faults, err := parseFaults(string(text))
	must(err)
	faults = slices.DeleteFunc(faults, func(f fault) bool { return !strings.Contains(f.file, *only) })
	must(fitAll(faults, *workers))
	if *check {
		fmt.Printf("%d faults fit the code\n", len(faults))
		return
	}
	if !enough(killAll(faults, *workers), len(faults)) {
		os.Exit(1)
	}
}

// enough reports whether no more than one fault in twenty survives.
func enough(killed, faults int) bool { return killed*20 >= faults*19 }

// fitAll says which faults do not fit the code or do not compile: they would
// prove nothing.
func fitAll(faults []fault, workers int) error {
	var mu sync.Mutex
	var misfits []error
	runAll(faults, workers, func(f fault) {
		if err := f.apply(func(string) {}); err != nil {
			mu.Lock()
			defer mu.Unlock()
			misfits = append(misfits, err)
		}
	})
	return errors.Join(misfits...)
}

// killAll tests every fault, says which were noticed, and returns how many.
func killAll(faults []fault, workers int) (killed int) {
	var mu sync.Mutex
	runAll(faults, workers, func(f fault) {
		noticed := false
		must(f.apply(func(overlay string) { noticed = f.noticed(overlay) }))
		mu.Lock()
		defer mu.Unlock()
		word := "SURVIVED"
		if noticed {
			killed++
			word = "noticed"
		}
		fmt.Printf("%s:%d %s %s\n", faultsFile, f.line, f.file, word)
	})
	fmt.Printf("%d of %d faults noticed\n", killed, len(faults))
	return killed
}

// runAll does something with every fault, several at a time.
func runAll(faults []fault, workers int, do func(fault)) {
	var running sync.WaitGroup
	slots := make(chan struct{}, workers)
	for _, f := range faults {
		running.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			do(f)
		})
	}
	running.Wait()
}

// in returns the code of a file with the fault in it. The present code must
// stand there once.
func (f fault) in(code string) (string, error) {
	if n := strings.Count(code, f.from); n != 1 {
		return "", fmt.Errorf("%s:%d: the present code stands %d times in %s", faultsFile, f.line, n, f.file)
	}
	return strings.Replace(code, f.from, f.to, 1), nil
}

// apply gives do an overlay with the fault.
func (f fault) apply(do func(overlay string)) error {
	text, err := os.ReadFile(f.file)
	if err != nil {
		return err
	}
	faulty, err := f.in(string(text))
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	copied, overlay := filepath.Join(dir, "faulty.go"), filepath.Join(dir, "overlay.json")
	path, err := filepath.Abs(f.file)
	if err != nil {
		return err
	}
	j, err := json.Marshal(map[string]map[string]string{"Replace": {path: copied}})
	if err != nil {
		return err
	}
	if err := errors.Join(os.WriteFile(copied, []byte(faulty), 0o600), os.WriteFile(overlay, j, 0o600)); err != nil {
		return err
	}
	if out, err := exec.Command("go", "build", "-o", os.DevNull, "-overlay", overlay, "./"+filepath.Dir(f.file)).CombinedOutput(); err != nil {
		return fmt.Errorf("%s:%d: does not compile: %s", faultsFile, f.line, out)
	}
	do(overlay)
	return nil
}

// noticed reports whether a test fails with the fault laid over its file.
func (f fault) noticed(overlay string) bool {
	args := append([]string{"test", "-short", "-count=1", "-timeout", "300s", "-overlay", overlay}, f.packages...)
	return exec.Command("go", args...).Run() != nil
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
}

// parseFaults reads the list of faults.
func parseFaults(text string) ([]fault, error) {
	var faults []fault
	var f *fault
	for i, line := range strings.Split(text, "\n") {
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			f = nil
		case f == nil:
			fields := strings.Fields(line)
			if len(fields) < 2 {
				return nil, fmt.Errorf("%s:%d: a file and the packages to test", faultsFile, i+1)
			}
			faults = append(faults, fault{file: fields[0], packages: fields[1:], line: i + 1})
			f = &faults[len(faults)-1]
		case line[0] == '-':
			f.from += line[1:] + "\n"
		case line[0] == '+':
			f.to += line[1:] + "\n"
		default:
			return nil, fmt.Errorf("%s:%d: neither - nor +", faultsFile, i+1)
		}
	}
	for _, f := range faults {
		if f.from == "" || f.from == f.to {
			return nil, fmt.Errorf("%s:%d: no fault", faultsFile, f.line)
		}
	}
	return faults, nil
}
