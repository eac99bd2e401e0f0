package web

import (
	"context"
	"html"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/anonymize/review/store"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

var testKey = keys.Key{}.Derive("web test")

// site is a server with a library, and a browser without a window to it.
type site struct {
	t         testing.TB
	handler   http.Handler
	library   *review.Library
	store     *store.Store
	mu        sync.Mutex
	addresses []string
	cookie    *http.Cookie
}

const testAddress = "127.0.0.1:4711"

func conversations(cs ...*transcripts.Conversation) iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func chatOf(id, topic string, texts ...string) *transcripts.Conversation {
	c := &transcripts.Conversation{ID: id, Topic: topic, Participants: []transcripts.Participant{
		{Key: "visitor", Role: transcripts.RoleVisitor, Name: "[PERSON-kp5vzt5mh]"}, {Key: "operator", Role: transcripts.RoleOperator, Name: "[PERSON-4fbqh4p35]"}}}
	at := time.Date(2026, 1, 12, 16, 4, 0, 0, time.UTC)
	for i, text := range texts {
		from := "visitor"
		if i%2 == 1 {
			from = "operator"
		}
		c.Messages = append(c.Messages, transcripts.Message{From: from, At: at.Add(time.Duration(i) * 31 * time.Second), Text: text})
	}
	return c
}

// reasons are a trace of a chat whose pseudonyms all have one reason.
func reasons(c *transcripts.Conversation) [][]anonymize.Replacement {
	out := make([][]anonymize.Replacement, len(c.Messages))
	token := regexp.MustCompile(`\[[A-Z_]+-[b-z2-9]{9}\]`)
	for i := range c.Messages {
		for _, at := range token.FindAllStringIndex(c.Messages[i].Text, -1) {
			out[i] = append(out[i], anonymize.Replacement{Message: i + 1, Start: at[0], End: at[1], From: at[0], To: at[0] + 4,
				Type: detectors.Person, Detector: "names", Rule: "names: tagged as person", Score: 0.97})
		}
	}
	return out
}

func newSite(t testing.TB, mode review.Mode, cs ...*transcripts.Conversation) *site {
	t.Helper()
	library, err := review.Load(testKey, mode, review.Source{Name: "chats.jsonl", Conversations: conversations(cs...)})
	require.NoError(t, err)
	for _, c := range library.Chats {
		c.Replacements = reasons(c.Conversation)
	}
	kept, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "review.db"), corrections.KeyID(testKey))
	require.NoError(t, err)
	t.Cleanup(func() { _ = kept.Close() })
	s := &site{t: t, library: library, store: kept}
	server, err := New(Options{Library: library, Store: kept, Reader: "Ann", Fault: func(err error) { t.Errorf("fault: %v", err) },
		Announce: func(a string) { s.mu.Lock(); defer s.mu.Unlock(); s.addresses = append(s.addresses, a) }})
	require.NoError(t, err)
	s.handler = server.Handler(testAddress)
	server.access.open(testAddress)
	return s
}

// enter lets the browser in.
func (s *site) enter() *site {
	s.t.Helper()
	w := s.do("GET", strings.TrimPrefix(s.addresses[len(s.addresses)-1], "http://"+testAddress), nil)
	require.Equal(s.t, http.StatusOK, w.Code)
	cookies := w.Result().Cookies()
	require.Len(s.t, cookies, 1)
	s.cookie = cookies[0]
	return s
}

func (s *site) request(method, path string, form url.Values) *http.Request {
	r := httptest.NewRequest(method, "http://"+testAddress+path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if s.cookie != nil {
		r.AddCookie(s.cookie)
	}
	return r
}

func (s *site) do(method, path string, form url.Values) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, s.request(method, path, form))
	return w
}

// get returns a page, which must be there.
func (s *site) get(path string) string {
	s.t.Helper()
	w := s.do("GET", path, nil)
	require.Equal(s.t, http.StatusOK, w.Code, path)
	return html.UnescapeString(w.Body.String())
}

// raw returns a page as it is sent.
func (s *site) raw(path string) string { return s.do("GET", path, nil).Body.String() }

// has and lacks compare without printing whole pages.
func has(t *testing.T, page, text string) {
	t.Helper()
	assert.True(t, strings.Contains(page, text), "%q is missing", text)
}

func lacks(t *testing.T, page, text string) {
	t.Helper()
	assert.False(t, strings.Contains(page, text), "%q is there", text)
}

// post sends a form to the first chat, which must lead on.
func (s *site) post(action string, form url.Values) {
	s.t.Helper()
	w := s.do("POST", "/c/"+s.library.Chats[0].Ref+"/"+action, form)
	require.Equal(s.t, http.StatusSeeOther, w.Code, action)
}

func (s *site) first() string { return s.get("/c/" + s.library.Chats[0].Ref) }

var plainChat = []string{"hey ik ben [PERSON-kp5vzt5mh] en zit op de blokkendoos", "Dag! Vertel maar over de Blokkendoos.", "[PERSON-s8mzn3hjb] is weg"}
