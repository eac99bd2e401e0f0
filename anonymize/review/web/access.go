package web

import (
	"crypto/rand"
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// access lets browsers in.
type access struct {
	announce func(string)

	mu       sync.Mutex
	reader   string // of the first session
	address  string
	token    string
	cookie   string // its name, which the port is part of: cookies of a host go to all its ports
	sessions map[string]*session
}

// session is one browser.
type session struct {
	mu     sync.Mutex
	reader string
	prefs  preferences
	notice notice
	seen   time.Time
}

// preferences are how a reader wants the pages.
type preferences struct {
	Language  string
	Theme     string // "light", "dark" or "" for that of the machine
	Shortcuts bool
}

// notice is said once, on the next page.
type notice struct {
	Key     string // of the text
	Count   int
	CanUndo string // address to undo at, or ""
}

// idle is how long a session lasts that nobody uses.
const idle = 12 * time.Hour

func newAccess(reader string, announce func(string)) *access {
	return &access{announce: announce, reader: reader, sessions: map[string]*session{}}
}

// open announces the address that lets the first browser in.
func (a *access) open(address string) {
	_, port, _ := net.SplitHostPort(address)
	a.mu.Lock()
	a.address, a.token, a.cookie = address, rand.Text()+rand.Text(), "naamloos-"+port
	entrance := a.entrance()
	a.mu.Unlock()
	a.announce(entrance)
}

func (a *access) entrance() string { return "http://" + a.address + "/enter/" + a.token }

// admit uses the token up and returns the secret of a new session.
func (a *access) admit(token string, r *http.Request) (secret string, ok bool) {
	a.mu.Lock()
	if a.token == "" || subtle.ConstantTimeCompare([]byte(token), []byte(a.token)) != 1 {
		a.mu.Unlock()
		return "", false
	}
	secret = rand.Text() + rand.Text()
	s := guest(r)
	s.reader, a.reader = a.reader, ""
	a.sessions[secret] = s
	a.token = rand.Text() + rand.Text()
	next := a.entrance()
	a.mu.Unlock()
	a.announce(next)
	return secret, true
}

// session returns the session of a request.
func (a *access) session(r *http.Request) (*session, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c, err := r.Cookie(a.cookie)
	if err != nil {
		return nil, false
	}
	s, ok := a.sessions[c.Value]
	if !ok {
		return nil, false
	}
	if time.Since(s.seen) > idle {
		delete(a.sessions, c.Value)
		return nil, false
	}
	s.seen = time.Now()
	return s, true
}

// guest is the session of one who is not let in: it has but a language.
func guest(r *http.Request) *session {
	return &session{prefs: preferences{Language: accepted(r.Header.Get("Accept-Language")), Shortcuts: true}, seen: time.Now()}
}

// enter exchanges the token for a cookie. The page that follows is fetched by
// the page that says so and not by a redirect, so that a browser that was sent
// here by another site gives the cookie.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	secret, ok := s.access.admit(r.PathValue("token"), r)
	if !ok {
		s.fail(w, &request{Request: r, session: guest(r)}, http.StatusUnauthorized)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: s.access.cookie, Value: secret, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	if err := s.show(w, &request{Request: r, session: guest(r)}, plainPage("enter")); err != nil {
		s.fault(err)
	}
}

// guard refuses what does not come from a page of this server or a person: a
// wrong Host (DNS rebinding), another site's form. It sets the headers that
// keep pages to themselves.
func guard(address string, next http.Handler) http.Handler {
	_, port, _ := net.SplitHostPort(address)
	hosts := map[string]bool{address: true, "localhost:" + port: true, "127.0.0.1:" + port: true, "[::1]:" + port: true}
	same := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "+
			"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()")
		h.Set("Cache-Control", "no-store")
		if !hosts[strings.ToLower(r.Host)] {
			http.Error(w, "wrong host", http.StatusMisdirectedRequest)
			return
		}
		same.ServeHTTP(w, r)
	})
}

// Reader returns who reads, or "" when that is not known yet.
func (s *session) Reader() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reader
}

func (s *session) setReader(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reader = name
}

func (s *session) preferences() preferences {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.prefs
}

func (s *session) setPreferences(p preferences) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.prefs = p
}

func (s *session) say(n notice) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notice = n
}

// said returns the notice and forgets it.
func (s *session) said() notice {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.notice
	s.notice = notice{}
	return n
}
