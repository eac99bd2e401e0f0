package web

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

func (s *Server) reader(w http.ResponseWriter, r *request) error {
	return s.show(w, r, plainPage("reader"))
}

func (s *Server) setReader(w http.ResponseWriter, r *request) error {
	name := cleanName(r.FormValue("name"))
	if name == "" {
		http.Redirect(w, r.Request, "/reader", http.StatusSeeOther)
		return nil
	}
	r.session.setReader(name)
	http.Redirect(w, r.Request, "/", http.StatusSeeOther)
	return nil
}

// cleanName returns a reader's name without signs that cannot be seen.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.Join(strings.Fields(name), " ")
	for len(name) > maxReader {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	return name
}

func (s *Server) setPreferences(w http.ResponseWriter, r *request) error {
	p := r.session.preferences()
	for _, l := range languages {
		if r.FormValue("language") == l {
			p.Language = l
		}
	}
	if theme, ok := r.PostForm["theme"]; ok && (theme[0] == "light" || theme[0] == "dark" || theme[0] == "") {
		p.Theme = theme[0]
	}
	if keys, ok := r.PostForm["shortcuts"]; ok {
		p.Shortcuts = keys[0] == "on"
	}
	r.session.setPreferences(p)
	http.Redirect(w, r.Request, localPath(r.FormValue("back")), http.StatusSeeOther)
	return nil
}

// localPath returns the path and query of an address, never a host.
func localPath(address string) string {
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, `\`) {
		return "/"
	}
	return (&url.URL{Path: u.Path, RawQuery: u.RawQuery}).String()
}
