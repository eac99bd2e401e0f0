package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// journalName is the file in an output folder that says what a run has done. It
// holds no names: files are told apart by keyed digests.
const journalName = ".naamloos-journal"

// journal lets a killed run go on. A nil journal has nothing and notes nothing.
type journal struct {
	file   *os.File
	digest func(string) string // keyed
	step   func()
	done   map[string]string // input digest to output digest
}

// journalEntry is one line.
type journalEntry struct {
	Run    settings `json:"run,omitempty"` // first line: what the run was asked for
	Input  string   `json:"input,omitempty"`
	Output string   `json:"output,omitempty"`
}

// openJournal begins a journal in the output folder, or goes on with one.
func (b *batch) openJournal() error {
	if err := os.MkdirAll(b.output, 0o700); err != nil {
		return err
	}
	path := filepath.Join(b.output, journalName)
	j := &journal{digest: b.a.Digest, step: b.stepped, done: map[string]string{}}
	if b.resume {
		if err := j.load(path, b.settings); err != nil {
			return err
		}
		removeParts(b.output)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	j.file = f
	b.journal = j
	if err := j.write(journalEntry{Run: b.settings}); err != nil {
		return err
	}
	for in, out := range j.done {
		if err := j.write(journalEntry{Input: in, Output: out}); err != nil {
			return err
		}
	}
	return nil
}

// load reads what an earlier run has noted. A last line that was cut off is
// passed over: what it spoke of is done again.
func (j *journal) load(path string, run settings) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for first := true; lines.Scan(); first = false {
		var e journalEntry
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			break
		}
		if other := e.Run.differ(run); first && other != "" {
			return fmt.Errorf("--resume: the earlier run had another %s; start anew without --resume", other)
		}
		if e.Input != "" {
			j.done[e.Input] = e.Output
		}
	}
	return lines.Err()
}

// has reports whether an earlier run has done an input and its output stands.
func (j *journal) has(in input, path string) bool {
	if j == nil {
		return false
	}
	key, err := j.inputDigest(in)
	if err != nil {
		return false
	}
	want, ok := j.done[key]
	if !ok {
		return false
	}
	got, err := j.outputDigest(path)
	return err == nil && got == want
}

// add notes that an input is done.
func (j *journal) add(in input, path string) error {
	if j == nil {
		return nil
	}
	key, err := j.inputDigest(in)
	if err != nil {
		return err
	}
	out, err := j.outputDigest(path)
	if err != nil {
		return err
	}
	return j.write(journalEntry{Input: key, Output: out})
}

func (j *journal) write(e journalEntry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if _, err := j.file.Write(append(line, '\n')); err != nil {
		return err
	}
	j.step()
	return j.file.Sync()
}

// inputDigest changes when the input does, as far as its size and time tell.
func (j *journal) inputDigest(in input) (string, error) {
	info, err := os.Stat(in.path)
	if err != nil {
		return "", err
	}
	return j.digest(fmt.Sprintf("input %q %d %d", in.relative, info.Size(), info.ModTime().UnixNano())), nil
}

func (j *journal) outputDigest(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	return j.digest(fmt.Sprintf("output %q %d", filepath.Base(path), info.Size())), nil
}

// close removes the journal: the run has ended.
func (j *journal) close() error {
	if j == nil || j.file == nil {
		return nil
	}
	err := errors.Join(j.file.Close(), os.Remove(j.file.Name()))
	j.file = nil
	return err
}

// removeParts removes what a killed run was writing.
func removeParts(dir string) {
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.HasPrefix(d.Name(), partPrefix) && strings.HasSuffix(d.Name(), partSuffix) {
			_ = os.Remove(path)
		}
		return nil
	})
}
