package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/clbchat/naamloos/transcripts"
)

// input is one file to read. Its path is empty for standard input.
type input struct {
	path     string
	relative string // below the folder it was found in
	folder   string // that folder; empty for a file that was named itself
	size     int64  // -1 when unknown
}

// findInputs lists files, and the files below folders, in lexical order.
// Symbolic links inside folders are not followed, hidden files are passed over.
func findInputs(args []string) ([]input, error) {
	if len(args) == 0 {
		return []input{{size: -1}}, nil
	}
	var found []input
	for _, arg := range args {
		more, err := inputsOf(arg)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	if len(found) == 0 {
		return nil, errors.New("no files found")
	}
	return found, nil
}

func inputsOf(arg string) ([]input, error) {
	if arg == "-" {
		return []input{{size: -1}}, nil
	}
	info, err := os.Stat(arg)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []input{{path: arg, relative: filepath.Base(arg), size: info.Size()}}, nil
	}
	var found []input
	err = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(arg, path)
		found = append(found, input{path: path, relative: rel, folder: arg, size: info.Size()})
		return err
	})
	return found, err
}

// options are what a reader is told of an input.
func (in input) options() transcripts.ReadOptions {
	o := transcripts.ReadOptions{Name: in.relative}
	if in.folder != "" {
		o.Name, o.Folder = filepath.ToSlash(in.relative), os.DirFS(in.folder)
	}
	return o
}

// name is how messages call an input.
func (in input) name() string {
	if in.path == "" {
		return "standard input"
	}
	return in.path
}

// errUnknownFormat says that no format knows a file.
var errUnknownFormat = errors.New("the format is not known")

// errEmpty says that nothing stands in a file, or nothing but blanks.
var errEmpty = errors.New("the file is empty")

// sniffLength is how much of a file is looked at to tell its format.
const sniffLength = 64 << 10

// open opens an input and tells its format, by name when one is given.
func (in input) open(s surroundings, name string) (io.ReadCloser, transcripts.Format, error) {
	r, err := in.reader(s)
	if err != nil {
		return nil, transcripts.Format{}, err
	}
	f, err := in.format(r, name)
	if err != nil {
		r.Close()
		return nil, f, err
	}
	return r, f, nil
}

func (in input) format(r io.Reader, name string) (transcripts.Format, error) {
	head, err := peek(r)
	if err != nil {
		return transcripts.Format{}, fmt.Errorf("%s: cannot be read", in.name())
	}
	if len(head) < sniffLength && strings.Trim(string(head), " \t\r\n\ufeff") == "" {
		return transcripts.Format{}, fmt.Errorf("%s: %w", in.name(), errEmpty)
	}
	if ext := filepath.Ext(name); ext == ".yaml" || ext == ".yml" {
		return readProfile(name)
	}
	if name != "" {
		f, ok := transcripts.Lookup(name)
		if !ok || f.Read == nil {
			return f, misusef("no format %q can be read, 'naamloos formats' lists them", name)
		}
		return f, nil
	}
	f, ok := transcripts.Sniff(in.relative, head)
	if !ok {
		return f, fmt.Errorf("%s: %w, name it with --from", in.name(), errUnknownFormat)
	}
	return f, nil
}

// readProfile returns the format that a user's profile describes.
func readProfile(path string) (transcripts.Format, error) {
	file, err := os.Open(path)
	if err != nil {
		return transcripts.Format{}, err
	}
	defer file.Close()
	p, err := transcripts.ParseProfile(file)
	if err != nil {
		return transcripts.Format{}, misusef("%s: %v", path, err)
	}
	return p.Format(), nil
}

func (in input) reader(s surroundings) (io.ReadCloser, error) {
	if in.path == "" {
		return stream{bufio.NewReaderSize(s.stdin, sniffLength)}, nil
	}
	return os.Open(in.path)
}

// stream is an input that cannot seek, but whose head can be looked at.
type stream struct{ *bufio.Reader }

func (stream) Close() error { return nil }

// peek returns the head of r without taking it.
func peek(r io.Reader) (head []byte, err error) {
	switch r := r.(type) {
	case stream:
		head, err = r.Peek(sniffLength)
	case *os.File:
		head = make([]byte, sniffLength)
		var n int
		n, err = r.ReadAt(head, 0)
		head = head[:n]
	}
	if err == io.EOF {
		err = nil
	}
	return head, err
}
