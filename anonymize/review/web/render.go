package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/detectors"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

//go:embed text/*.json
var textFiles embed.FS

// languages of the pages; the first is that of readers who prefer none of them.
var languages = []string{"nl", "fr", "de", "en"}

// pages are the templates in one language, by name.
type pages map[string]*template.Template

// parsePages parses all templates in all languages.
func parsePages() (map[string]pages, error) {
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	all := map[string]pages{}
	for _, language := range languages {
		texts, err := readTexts(language)
		if err != nil {
			return nil, err
		}
		all[language] = pages{}
		for _, file := range names {
			name := strings.TrimSuffix(strings.TrimPrefix(file, "templates/"), ".html")
			if name == "layout" || name == "parts" {
				continue
			}
			t, err := template.New(name).Funcs(functions(language, texts)).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html", file)
			if err != nil {
				return nil, fmt.Errorf("web: page %s: %w", name, err)
			}
			all[language][name] = t
		}
	}
	return all, nil
}

func readTexts(language string) (map[string]string, error) {
	file, err := textFiles.ReadFile("text/" + language + ".json")
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	if err := json.Unmarshal(file, &texts); err != nil {
		return nil, fmt.Errorf("web: texts in %s: %w", language, err)
	}
	return texts, nil
}

// functions are what templates call. A text that is missing is an error of the
// page, which a test meets before a reader does.
func functions(language string, texts map[string]string) template.FuncMap {
	text := func(parts ...string) (string, error) {
		key := strings.Join(parts, ".")
		if s, ok := texts[key]; ok {
			return s, nil
		}
		return "", fmt.Errorf("no text %q", key)
	}
	return template.FuncMap{
		"t": text,
		"n": func(key string, n int) (string, error) {
			form := key + ".other"
			if n == 1 || n == 0 && language == "fr" {
				form = key + ".one"
			}
			s, err := text(form)
			return strings.ReplaceAll(s, "%d", strconv.Itoa(n)), err
		},
		"type":     func(t detectors.EntityType) (string, error) { return text("type", string(t)) },
		"decimal":  func(f float64) string { return decimal(language, f) },
		"percent":  func(f float64) string { return strconv.Itoa(int(f*100+0.5)) + "\u00a0%" },
		"language": func() string { return language },
		"visible":  review.Visible,
		"types":    detectors.EntityTypes,
		"only":     func() []string { return []string{"unread", "flagged", "remarks"} },
		"keys":     func() map[string]string { return shortcuts },
		"add":      func(a, b int) int { return a + b },
		"level":    level,
		"gauge":    func(f float64) int { return int(f*100 + 0.5) },
		"number":   func(f float64) bool { return !math.IsNaN(f) },
		"to":       addressOf,
		"verdicts": review.Verdicts,
	}
}

// shortcuts are the keys and the texts that explain them.
var shortcuts = map[string]string{
	"j": "key.j", "k": "key.k", "m": "key.m", "c": "key.c", "x": "key.x", "1 2 3": "key.verdict", "f": "key.f", "u": "key.u",
	"n": "key.n", "p": "key.p", "/": "key.search", "?": "key.help",
}

// level is the class of a risk. The lines are those of the documentation.
func level(risk float64) string {
	switch {
	case risk < 0.3:
		return "low"
	case risk < 0.6:
		return "middle"
	}
	return "high"
}

// addressOf returns the address of a message.
func addressOf(ref string, message int) string {
	if message > stretch {
		return fmt.Sprintf("/c/%s?from=%d#m%d", ref, message, message)
	}
	return fmt.Sprintf("/c/%s#m%d", ref, message)
}

// decimal writes a number with two decimals as the language does.
func decimal(language string, f float64) string {
	s := strconv.FormatFloat(f, 'f', 2, 64)
	if language != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return strings.Replace(s, "-", "−", 1)
}

// accepted returns the first language that the browser wants and pages have.
func accepted(header string) string {
	for _, part := range strings.Split(header, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
		if slices.Contains(languages, tag) {
			return tag
		}
	}
	return languages[0]
}

// frame is what every page has around it.
type frame struct {
	Page      string // name of the page
	Path      string // its address
	Languages []string
	Prefs     preferences
	Reader    string
	TwoReader bool
	Notice    notice
	Body      body // what the page itself shows
}

// body is what one page shows. Its name is that of its template.
type body interface{ name() string }

// plainPage is a page that shows nothing but its texts.
type plainPage string

func (p plainPage) name() string { return string(p) }

// errorPage is a page that says what went wrong: a status of HTTP.
type errorPage int

func (errorPage) name() string       { return "error" }
func (listPage) name() string        { return "list" }
func (chatPage) name() string        { return "chat" }
func (whyPage) name() string         { return "why" }
func (actPage) name() string         { return "act" }
func (printPage) name() string       { return "print" }
func (agreementPage) name() string   { return "agreement" }
func (correctionsPage) name() string { return "corrections" }

// show writes a page. It is made whole before the first byte is sent.
func (s *Server) show(w http.ResponseWriter, r *request, b body) error {
	return s.showStatus(w, r, http.StatusOK, b)
}

func (s *Server) showStatus(w http.ResponseWriter, r *request, status int, shown body) error {
	name := shown.name()
	f := frame{Page: name, Path: r.URL.RequestURI(), Languages: languages, Prefs: r.session.preferences(), Reader: r.session.Reader(),
		TwoReader: s.library.Mode == review.TwoReaders, Body: shown}
	if name != "why" && name != "act" {
		f.Notice = r.session.said()
	}
	if name == "error" {
		f.Path = "/" // what was asked is not said
	}
	var b bytes.Buffer
	if err := s.pages[f.Prefs.Language][name].ExecuteTemplate(&b, "layout", f); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", f.Prefs.Language)
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	return err
}

// fail shows an error page. It never says what was asked.
func (s *Server) fail(w http.ResponseWriter, r *request, status int) {
	if !slices.Contains([]int{400, 401, 404, 409, 413}, status) {
		status = http.StatusInternalServerError
	}
	if err := s.showStatus(w, r, status, errorPage(status)); err != nil {
		s.fault(err)
		w.WriteHeader(http.StatusInternalServerError)
	}
}
