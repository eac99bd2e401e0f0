// Package web shows anonymised chats to readers in a browser on this machine.
//
// [New] makes a [Server] of a library and a store, [Server.Serve] serves it on a
// loopback address until its context ends. A browser gets in with the one-time
// token in the address that the server announces, and stays in by a cookie.
//
// Pages are made on the server; a script makes them quicker to use and none of
// them needs it. No page asks anything of another machine, and nothing in a chat
// is ever run: the content security policy allows no script and no style but the
// server's own files. Whoever can read the memory of the browser or the server,
// or the screen, sees the anonymised chats.
package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/anonymize/review/store"
)

// Options configure a [Server].
type Options struct {
	Library  *review.Library
	Store    *store.Store
	Reader   string               // who reads; empty: the browser asks
	Announce func(address string) // called with each new address that lets a browser in
	Fault    func(err error)      // called with faults of the server, which hold no text
}

// Server shows a library. It is safe for concurrent use.
type Server struct {
	library *review.Library
	store   *store.Store
	fault   func(error)
	pages   map[string]pages // by language
	access  *access
}

// New checks options and returns a Server.
func New(o Options) (*Server, error) {
	if o.Library == nil || o.Store == nil {
		return nil, errors.New("web: Options.Library or Options.Store is missing")
	}
	if o.Announce == nil {
		return nil, errors.New("web: Options.Announce is missing")
	}
	if o.Fault == nil {
		o.Fault = func(error) {}
	}
	pages, err := parsePages()
	if err != nil {
		return nil, err
	}
	return &Server{library: o.Library, store: o.Store, fault: o.Fault, pages: pages,
		access: newAccess(cleanName(o.Reader), o.Announce)}, nil
}

// Limits of what a browser may ask.
const (
	maxForm      = 64 << 10
	maxHeader    = 32 << 10
	maxComment   = 4000
	maxReader    = 60
	readTimeout  = 15 * time.Second
	writeTimeout = 2 * time.Minute
	idleTimeout  = 2 * time.Minute
	shutdownTime = 3 * time.Second
)

// errNotLoopback says that others could reach the server.
var errNotLoopback = errors.New("web: the address is not on this machine only")

// Serve serves on listener, which must be on a loopback address, until ctx ends.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	address, ok := listener.Addr().(*net.TCPAddr)
	if !ok || !address.IP.IsLoopback() {
		return errNotLoopback
	}
	server := &http.Server{
		Handler:           s.Handler(address.String()),
		ReadHeaderTimeout: readTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: log.New(io.Discard, "", 0),
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	s.access.open(address.String())
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		return server.Close()
	}
	return nil
}

// Handler returns the handler of a server at address, host and port.
func (s *Server) Handler(address string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /enter/{token}", s.enter)
	mux.Handle("GET /static/", http.FileServerFS(staticFiles))
	for pattern, view := range map[string]view{
		"GET /{$}":              s.list,
		"GET /reader":           s.reader,
		"POST /reader":          s.setReader,
		"POST /preferences":     s.setPreferences,
		"GET /c/{ref}":          s.chat,
		"GET /c/{ref}/why":      s.why,
		"GET /c/{ref}/act":      s.act,
		"GET /c/{ref}/print":    s.print,
		"GET /c/{ref}/document": s.download,
		"POST /c/{ref}/hide":    s.hide,
		"POST /c/{ref}/spare":   s.spare,
		"POST /c/{ref}/comment": s.comment,
		"POST /c/{ref}/verdict": s.judge,
		"POST /c/{ref}/flag":    s.flag,
		"POST /c/{ref}/read":    s.hasRead,
		"POST /c/{ref}/undo":    s.undo,
		"GET /agreement":        s.agreement,
		"GET /corrections":      s.corrections,
		"GET /export/{file}":    s.export,
	} {
		mux.Handle(pattern, s.page(view))
	}
	mux.Handle("/", s.page(s.missing))
	return guard(address, mux)
}

// view shows a page to a reader. What it returns as an error becomes an error page.
type view func(w http.ResponseWriter, r *request) error

// request is a request of a reader who is let in.
type request struct {
	*http.Request
	session *session
	log     *review.Log
}

// page calls a view for those who are let in.
func (s *Server) page(v view) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if recover() != nil { // its value may hold text
				s.fault(errInternal)
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		session, ok := s.access.session(r)
		if !ok {
			s.fail(w, &request{Request: r, session: guest(r)}, http.StatusUnauthorized)
			return
		}
		if session.Reader() == "" && r.URL.Path != "/reader" && r.URL.Path != "/preferences" {
			http.Redirect(w, r, "/reader", http.StatusSeeOther)
			return
		}
		s.serve(w, &request{Request: r, session: session}, v)
	})
}

var errInternal = errors.New("web: internal fault")

func (s *Server) serve(w http.ResponseWriter, r *request, v view) {
	var err error
	if r.log, err = s.store.Log(r.Context()); err == nil {
		err = v(w, r)
	}
	var status statusError
	switch {
	case err == nil:
	case errors.As(err, &status):
		s.fail(w, r, int(status))
	case r.Context().Err() != nil:
	default:
		s.fault(fmt.Errorf("web: %s %s: %w", r.Method, r.Pattern, err))
		s.fail(w, r, http.StatusInternalServerError)
	}
}

// statusError is an error that is the reader's to mend.
type statusError int

func (e statusError) Error() string { return http.StatusText(int(e)) }

func (s *Server) missing(http.ResponseWriter, *request) error {
	return statusError(http.StatusNotFound)
}
