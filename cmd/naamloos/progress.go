package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows on a terminal how far the reading is.
type progress struct{ bar *progressbar.ProgressBar }

// newProgress returns a bar over size bytes (-1: unknown) when w is a terminal.
func newProgress(w io.Writer, size int64) progress {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return progress{}
	}
	return progress{progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(true),
		progressbar.OptionSetDescription("anonymising"), progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetWidth(30))}
}

// reader counts what is read from r. A file stays a file for readers that seek.
func (p progress) reader(r io.Reader) io.Reader {
	if p.bar == nil {
		return r
	}
	if f, ok := r.(*os.File); ok {
		return countedFile{f, p.bar}
	}
	counted := progressbar.NewReader(r, p.bar)
	return &counted
}

func (p progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}

// countedFile is a file whose reading moves the bar.
type countedFile struct {
	*os.File
	bar *progressbar.ProgressBar
}

func (c countedFile) Read(b []byte) (int, error) {
	n, err := c.File.Read(b)
	_ = c.bar.Add(n)
	return n, err
}
