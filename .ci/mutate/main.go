// Command mutate puts deliberate faults into the code, one at a time, and runs
// the tests that should notice. It prints the faults that no test noticed and
// fails when more than one in twenty survives.
//
//	go run ./.ci/mutate [-only text] [-workers n]
//
// The working tree is not touched: a fault is laid over it (go test -overlay).
// Faults stand in faults.txt: a line with the file and the packages to test,
// then lines of the present code (-) and of the faulty code (+), and a blank line.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
	flag.Parse()
	faults, err := readFaults()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
	killed, survivors := runAll(faults, *only, *workers)
	for _, f := range survivors {
		fmt.Printf("survived: %s:%d %s\n", faultsFile, f.line, f.file)
	}
	total := killed + len(survivors)
	fmt.Printf("%d of %d faults noticed\n", killed, total)
	if killed*20 < total*19 {
		os.Exit(1)
	}
}

func runAll(faults []fault, only string, workers int) (killed int, survivors []fault) {
	var mu sync.Mutex
	var running sync.WaitGroup
	slots := make(chan struct{}, workers)
	for _, f := range faults {
		if !strings.Contains(f.file, only) {
			continue
		}
		running.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			noticed := f.noticed()
			mu.Lock()
			defer mu.Unlock()
			if noticed {
				killed++
			} else {
				survivors = append(survivors, f)
			}
		})
	}
	running.Wait()
	return killed, survivors
}

// noticed reports whether a test fails with the fault laid over its file. A
// fault that does not compile ends the run: it would prove nothing.
func (f fault) noticed() bool {
	text, err := os.ReadFile(f.file)
	must(err)
	if strings.Count(string(text), f.from) != 1 {
		must(fmt.Errorf("%s:%d: the present code stands %d times in %s", faultsFile, f.line, strings.Count(string(text), f.from), f.file))
	}
	dir, err := os.MkdirTemp("", "mutate")
	must(err)
	defer os.RemoveAll(dir)
	faulty, overlay := filepath.Join(dir, "faulty.go"), filepath.Join(dir, "overlay.json")
	must(os.WriteFile(faulty, []byte(strings.Replace(string(text), f.from, f.to, 1)), 0o600))
	path, err := filepath.Abs(f.file)
	must(err)
	j, err := json.Marshal(map[string]map[string]string{"Replace": {path: faulty}})
	must(err)
	must(os.WriteFile(overlay, j, 0o600))
	if out, err := exec.Command("go", append([]string{"vet", "-overlay", overlay}, "./"+filepath.Dir(f.file))...).CombinedOutput(); err != nil && !strings.Contains(string(out), "vet:") {
		must(fmt.Errorf("%s:%d: does not compile: %s", faultsFile, f.line, out))
	}
	args := append([]string{"test", "-short", "-count=1", "-timeout", "300s", "-overlay", overlay}, f.packages...)
	return exec.Command("go", args...).Run() != nil
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
}

// readFaults reads the list of faults.
func readFaults() ([]fault, error) {
	text, err := os.ReadFile(faultsFile)
	if err != nil {
		return nil, err
	}
	var faults []fault
	var f *fault
	for i, line := range strings.Split(string(text), "\n") {
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
	return faults, nil
}
