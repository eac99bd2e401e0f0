package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/anonymize/review/store"
	"github.com/clbchat/naamloos/anonymize/review/web"
	"github.com/clbchat/naamloos/anonymize/trace"
	"github.com/clbchat/naamloos/transcripts"
)

// reviewFlags are the flags of review and review export.
type reviewFlags struct {
	store, keyFile string
	from           string
	traces         []string
	reader         string
	twoReaders     bool
	restore        bool
}

func (f *reviewFlags) register(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&f.store, "store", "", "file that keeps what readers do (default: hidden, beside what is read)")
	fl.StringVar(&f.keyFile, "key-file", "", "key of the run that anonymised (default: one made for the store)")
	fl.StringVar(&f.from, "from", "", "format of the files (default: told from each)")
	fl.StringArrayVar(&f.traces, "trace", nil, "trace of the run that anonymised (default: *"+trace.Extension+" beside the files)")
	fl.BoolVar(&f.twoReaders, "two-readers", false, "release takes two readers, who judge without knowing each other's verdict")
}

func newReview(s surroundings) *cobra.Command {
	var f reviewFlags
	c := &cobra.Command{
		Use:   "review DIR|FILE",
		Short: "read, judge and correct anonymised chats in the browser",
		Long: "Serves anonymised chats to a browser on this machine only, until it is interrupted.\n" +
			"Open the address it prints; each address lets one browser in. What readers do is kept\n" +
			"in one file beside the chats; the chats themselves are never changed. Originals are\n" +
			"refused.",
		Example: "  naamloos review out/ --key-file clb.keys --two-readers\n  naamloos review export out/ -o lists/ --key-file clb.keys",
		RunE:    func(_ *cobra.Command, args []string) error { return runReview(s, f, args) },
	}
	f.register(c)
	c.Flags().StringVar(&f.reader, "reader", "", "your name or initials (default: the browser asks)")
	c.Flags().BoolVar(&f.restore, "restore", false, "put a damaged store aside and go on from its backup")
	c.AddCommand(newReviewExport(s), newReviewAnnotate(s))
	return c
}

// runReview serves until it is interrupted.
func runReview(s surroundings, f reviewFlags, args []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if f.restore {
		path, err := f.storePath(args)
		if err != nil {
			return err
		}
		if err := store.Restore(path); err != nil {
			return err
		}
	}
	d, err := f.open(ctx, s, args)
	if err != nil {
		return err
	}
	defer d.store.Close()
	server, err := web.New(web.Options{Library: d.library, Store: d.store, Reader: f.reader,
		Announce: func(address string) { fmt.Fprintln(s.stdout, address) },
		Fault:    func(err error) { fmt.Fprintln(s.stderr, "naamloos:", err) }})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintf(s.stderr, "naamloos: %d conversations; open the address below in a browser on this machine, end with Ctrl-C\n", len(d.library.Chats))
	return server.Serve(ctx, listener)
}

// desk is what lies ready for readers.
type desk struct {
	library *review.Library
	store   *store.Store
}

// open reads the files and opens the store.
func (f *reviewFlags) open(ctx context.Context, s surroundings, args []string) (*desk, error) {
	path, err := f.storePath(args)
	if err != nil {
		return nil, err
	}
	key, err := f.key(s, path)
	if err != nil {
		return nil, err
	}
	sources, err := f.sources(s, args[0])
	if err != nil {
		return nil, err
	}
	mode := review.OneReader
	if f.twoReaders {
		mode = review.TwoReaders
	}
	library, err := review.Load(key, mode, sources...)
	if err != nil {
		return nil, err
	}
	kept, err := store.Open(ctx, path, corrections.KeyID(key))
	if err != nil {
		return nil, storeFault(path, err)
	}
	return &desk{library, kept}, nil
}

// storeFault says what to do about a store that cannot be opened.
func storeFault(path string, err error) error {
	var key *store.KeyError
	switch {
	case errors.Is(err, store.ErrDamaged):
		return fmt.Errorf("%s: %w; 'naamloos review --restore' goes on from its backup and keeps the damaged file", path, err)
	case errors.As(err, &key):
		return fmt.Errorf("%s: %w; give the same --key-file as before, or another --store", path, err)
	}
	return fmt.Errorf("%s: %w", path, err)
}

// storePath returns where the store is.
func (f *reviewFlags) storePath(args []string) (string, error) {
	if len(args) != 1 {
		return "", misusef("review needs one folder or file of anonymised chats")
	}
	if f.store != "" {
		return f.store, nil
	}
	info, err := os.Stat(args[0])
	if err != nil {
		return "", err
	}
	if info.IsDir() {
		return filepath.Join(args[0], ".naamloos-review.db"), nil
	}
	return filepath.Join(filepath.Dir(args[0]), "."+filepath.Base(args[0])+".review.db"), nil
}

// key returns the key of pseudonyms and digests: that of the run, or one that is
// made for the store and kept beside it.
func (f *reviewFlags) key(s surroundings, path string) (keys.Key, error) {
	key, err := readKey(s, f.keyFile)
	if err != nil || !key.IsZero() {
		return key, err
	}
	own := path + ".key"
	if key, err = readKey(s, own); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	key = keys.New()
	out, err := os.OpenFile(own, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return keys.Key{}, err
	}
	return key, errors.Join(key.WriteHex(out), out.Sync(), out.Close())
}

// largestLibrary is how many bytes of files are read: they are held in memory.
const largestLibrary = 1 << 30

// sources lists the files to be read. They are opened when they are read.
func (f *reviewFlags) sources(s surroundings, arg string) ([]review.Source, error) {
	inputs, err := findInputs([]string{arg})
	if err != nil {
		return nil, err
	}
	traces, err := f.readTraces(inputs)
	if err != nil {
		return nil, err
	}
	var sources []review.Source
	var size int64
	for _, in := range inputs {
		if strings.HasSuffix(in.path, trace.Extension) {
			continue
		}
		if size += in.size; size > largestLibrary {
			return nil, fmt.Errorf("%s: more than %d MB of chats, review them in parts", arg, largestLibrary>>20)
		}
		name := filepath.ToSlash(in.relative)
		sources = append(sources, review.Source{Name: name, Traces: traces.of(name), Conversations: f.conversations(s, in)})
	}
	return sources, nil
}

// conversations reads one file. A file of no format that is known is passed over.
func (f *reviewFlags) conversations(s surroundings, in input) iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		r, format, err := in.open(s, f.from)
		if f.from == "" && errors.Is(err, errUnknownFormat) {
			fmt.Fprintf(s.stderr, "naamloos: passed over: %v\n", err)
			return
		}
		if err != nil {
			yield(nil, err)
			return
		}
		defer r.Close()
		for c, err := range format.Read(r, in.options()) {
			if !yield(c, err) {
				return
			}
		}
	}
}

// traceFiles are the traces that were read.
type traceFiles []*trace.File

// of returns the trace of a file, or nil.
func (t traceFiles) of(name string) *trace.File {
	for _, f := range t {
		if only := f.In(name); only != nil {
			return only
		}
	}
	return nil
}

// readTraces reads the traces that are named, or lie beside the files.
func (f *reviewFlags) readTraces(inputs []input) (traceFiles, error) {
	paths := f.traces
	if len(paths) == 0 {
		for _, in := range inputs {
			if strings.HasSuffix(in.path, trace.Extension) {
				paths = append(paths, in.path)
			}
		}
		if len(inputs) == 1 {
			beside, err := filepath.Glob(filepath.Join(filepath.Dir(inputs[0].path), "*"+trace.Extension))
			if err == nil {
				paths = append(paths, beside...)
			}
		}
	}
	var out traceFiles
	for _, path := range paths {
		r, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		t, err := trace.Read(r)
		_ = r.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, t)
	}
	return out, nil
}
