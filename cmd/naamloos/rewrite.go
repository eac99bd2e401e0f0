package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/clbchat/naamloos/transcripts"
)

// verdict says what becomes of an anonymised conversation that is held.
type verdict uint8

const (
	verdictKeep   verdict = iota
	verdictChange         // it was changed by whoever gave the verdict
	verdictDrop
)

// rewriter changes files of anonymised conversations, each as a whole or not at
// all.
type rewriter struct {
	surroundings
	decide func(c *transcripts.Conversation) verdict
	// left reports whether something is left in the bytes of a file that should
	// be gone; nil when that cannot be told.
	left func(data string) bool
}

// rewritten counts the conversations of a file.
type rewritten struct {
	File          string   `json:"file"`
	Conversations int      `json:"conversations"`
	Dropped       int      `json:"removed"`
	Changed       int      `json:"changed"`
	Removed       bool     `json:"file_removed,omitempty"`
	stay          []digest // of the messages that stay, as they will be
}

// digest tells texts apart. It never leaves memory.
type digest [sha256.Size]byte

// messageDigests appends the digests of what is said in a conversation.
func messageDigests(dst []digest, c *transcripts.Conversation) []digest {
	for i := range c.Messages {
		if text := c.Messages[i].Text; text != "" {
			dst = append(dst, sha256.Sum256([]byte(text)))
		}
	}
	return dst
}

func (r rewritten) touched() bool { return r.Dropped+r.Changed > 0 }

// errUnwritable says that conversations cannot be taken out of a file.
var errUnwritable = errors.New("conversations cannot be taken out of a file of this format, nothing was changed")

// survey counts what would become of the conversations of a file.
func (w *rewriter) survey(in input) (rewritten, error) {
	counts := rewritten{File: in.name()}
	src, format, err := in.open(w.surroundings, "")
	if err != nil {
		return counts, err
	}
	defer src.Close()
	for c, err := range format.Read(src, in.options()) {
		if err != nil {
			return counts, fmt.Errorf("%s: %w", in.name(), err)
		}
		counts.Conversations++
		switch w.decide(c) {
		case verdictDrop:
			counts.Dropped++
			continue
		case verdictChange:
			counts.Changed++
		}
		counts.stay = messageDigests(counts.stay, c)
	}
	return counts, nil
}

// rewrite takes out and changes conversations of a file. A file of which none is
// left is removed. A file that is not rewritten whole stays as it was.
func (w *rewriter) rewrite(in input) (rewritten, error) {
	counts, err := w.survey(in)
	if err != nil || !counts.touched() {
		return counts, err
	}
	if counts.Dropped == counts.Conversations {
		counts.Removed = true
		w.stepped()
		return counts, os.Remove(in.path)
	}
	err = w.replace(in, counts, w.without)
	if errors.Is(err, errUnwritable) {
		err = w.replace(in, counts, blanked)
	}
	return counts, err
}

// replace writes what write leaves of a file beside it, reads that again to see
// that what should be gone is gone, and puts it in its place.
func (w *rewriter) replace(in input, counts rewritten, write func(iter.Seq2[*transcripts.Conversation, error], func(*transcripts.Conversation) verdict) iter.Seq2[*transcripts.Conversation, error]) error {
	info, err := os.Stat(in.path)
	if err != nil {
		return err
	}
	src, format, err := in.open(w.surroundings, "")
	if err != nil {
		return err
	}
	defer src.Close()
	if format.Write == nil {
		return fmt.Errorf("%s: %w", in.name(), errUnwritable)
	}
	out, err := newOutput(w.surroundings, in.path)
	if err != nil {
		return err
	}
	defer out.discard()
	read := format.Read(src, in.options())
	if err := format.Write(out, write(read, w.decide)); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if err := w.verify(out.file, in, format, counts); err != nil {
		return fmt.Errorf("%s: %w", in.name(), err)
	}
	if err := errors.Join(out.file.Chmod(info.Mode().Perm()), out.commit()); err != nil {
		return err
	}
	return os.Chtimes(in.path, info.ModTime(), info.ModTime()) // the age of what has no date of its own
}

// without leaves out what is to go.
func (w *rewriter) without(in iter.Seq2[*transcripts.Conversation, error], decide func(*transcripts.Conversation) verdict) iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		for c, err := range in {
			if err == nil && decide(c) == verdictDrop {
				continue
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// blanked empties what is to go, in formats that nothing can be left out of.
func blanked(in iter.Seq2[*transcripts.Conversation, error], decide func(*transcripts.Conversation) verdict) iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		for c, err := range in {
			if err == nil && decide(c) == verdictDrop {
				c = c.Clone()
				blank(c)
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// verify reads what was written and checks that what should be gone is gone and
// the rest is there. The errors of reading say nothing of text.
func (w *rewriter) verify(f *os.File, in input, format transcripts.Format, counts rewritten) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	stay := counts.stay
	for c, err := range format.Read(f, in.options()) {
		if err != nil || w.decide(c) != verdictKeep {
			return errUnwritable
		}
		for _, d := range messageDigests(nil, c) {
			if len(stay) > 0 && d == stay[0] {
				stay = stay[1:]
			}
		}
	}
	if len(stay) > 0 {
		return errUnwritable
	}
	if w.left == nil {
		return nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	data, err := io.ReadAll(f)
	if err == nil && w.left(string(data)) {
		return errUnwritable
	}
	return err
}

// all rewrites, or surveys, every file and returns the counts of each. A file
// that fails is told of and stays as it was; the others are done.
func (w *rewriter) all(inputs []input, each func(input) (rewritten, error)) ([]rewritten, error) {
	var done []rewritten
	var failed failures
	for _, in := range inputs {
		if in.path == "" {
			return done, misusef("name the files or folders, standard input cannot be rewritten")
		}
		counts, err := each(in)
		if err != nil {
			failed.tell(w.surroundings, err)
			continue
		}
		done = append(done, counts)
	}
	return done, failed.err()
}

// failures counts the files that could not be read or rewritten.
type failures int

func (f *failures) tell(s surroundings, err error) {
	*f++
	fmt.Fprintln(s.stderr, "naamloos: passed over:", err)
}

func (f failures) err() error {
	if f == 0 {
		return nil
	}
	return fmt.Errorf("%d files passed over, what is in them is not known", f)
}
