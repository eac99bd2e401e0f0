package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/review"
)

func TestAddressLetsInOnceAndAnotherIsAnnounced(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "school", plainChat...))
	assert.Equal(t, http.StatusUnauthorized, s.do("GET", "/", nil).Code)
	first := strings.TrimPrefix(s.addresses[0], "http://"+testAddress)
	s.enter()
	assert.True(t, s.cookie.HttpOnly)
	assert.Equal(t, http.SameSiteStrictMode, s.cookie.SameSite)
	s.get("/")
	require.Len(t, s.addresses, 2)
	assert.Equal(t, http.StatusUnauthorized, s.do("GET", first, nil).Code, "used once")
	assert.Equal(t, http.StatusUnauthorized, s.do("GET", "/enter/x", nil).Code)
}

func TestWrongHostIsRefused(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "", plainChat...)).enter()
	for host, code := range map[string]int{"evil.example": 421, "evil.example:4711": 421, "127.0.0.1:1": 421, "127.0.0.1:4711": 200, "localhost:4711": 200, "[::1]:4711": 200} {
		r := s.request("GET", "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		assert.Equal(t, code, w.Code, host)
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "", plainChat...)).enter()
	for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"} {
		r := s.request("POST", "/c/"+s.library.Chats[0].Ref+"/flag", url.Values{})
		r.Header.Del("Sec-Fetch-Site")
		r.Header.Set(name, value)
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		assert.Equal(t, http.StatusForbidden, w.Code, name)
	}
	lacks(t, s.get("/?only=flagged"), `class="row`)
}

func TestNothingOfOthersMayRunOrBeAsked(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "", plainChat...)).enter()
	for _, path := range []string{"/", "/c/" + s.library.Chats[0].Ref, "/agreement", "/corrections", "/static/app.js", "/enter/x"} {
		h := s.do("GET", path, nil).Result().Header
		csp := h.Get("Content-Security-Policy")
		assert.Contains(t, csp, "default-src 'none'", path)
		assert.NotContains(t, csp, "unsafe", path)
		assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"))
		assert.Equal(t, "no-store", h.Get("Cache-Control"))
		assert.Equal(t, "no-referrer", h.Get("Referrer-Policy"))
	}
	page := s.first()
	assert.False(t, regexp.MustCompile(`(?i)\son[a-z]+\s*=|\sstyle\s*=|<style|javascript:`).MatchString(page))
	assert.False(t, regexp.MustCompile(`(?:src|href|action)="(?:https?:)?//`).MatchString(page))
}

func TestBackLeadsNowhereElse(t *testing.T) {
	for address, want := range map[string]string{"/c/x?from=3": "/c/x?from=3", "https://evil.example/x": "/x", "//evil.example": "/", `/\evil.example`: "/", "evil": "/", "javascript:alert(1)": "/"} {
		assert.Equal(t, want, localPath(address), address)
	}
}

func TestServerListensOnlyToThisMachine(t *testing.T) {
	assert.Equal(t, "127.0.0.1:4711", testAddress)
	_, err := New(Options{})
	assert.Error(t, err)
}
