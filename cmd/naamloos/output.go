package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// output is a file that comes into being only when all of it was written: it
// is written beside its place and renamed. Without a path it is kept back from
// standard output until the end in the same way.
type output struct {
	*bufio.Writer
	file *os.File
	path string
	surroundings
}

// What is being written beside its place is called so.
const (
	partPrefix = ".naamloos-"
	partSuffix = ".part"
)

// newOutput opens an output beside path, or before standard output when path is "".
func newOutput(s surroundings, path string) (*output, error) {
	dir := filepath.Dir(path)
	if path == "" {
		dir = ""
	}
	f, err := os.CreateTemp(dir, partPrefix+"*"+partSuffix) // mode 0600
	if err != nil {
		return nil, err
	}
	if path == "" {
		_ = os.Remove(f.Name()) // the open file stays; where it does not, discard removes it
	}
	s.stepped()
	return &output{Writer: bufio.NewWriterSize(f, 1<<16), file: f, path: path, surroundings: s}, nil
}

// commit puts the output in its place.
func (o *output) commit() error {
	defer o.discard()
	if err := o.Flush(); err != nil {
		return err
	}
	if o.path == "" {
		if _, err := o.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		_, err := io.Copy(o.stdout, o.file)
		return err
	}
	o.stepped()
	if err := errors.Join(o.file.Sync(), o.file.Close()); err != nil {
		return err
	}
	o.stepped()
	if err := os.Rename(o.file.Name(), o.path); err != nil {
		return err
	}
	o.stepped()
	return syncFolder(filepath.Dir(o.path))
}

// syncFolder makes a renaming outlast a power cut, where the system can.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync() // not every file system has it
	return d.Close()
}

// discard removes what was written and not committed.
func (o *output) discard() {
	_ = o.file.Close()
	_ = os.Remove(o.file.Name())
}
