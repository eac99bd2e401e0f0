package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/clbchat/naamloos/anonymize/review"
)

// pageLength is how many conversations one page of the list has.
const pageLength = 50

// filter is what a reader wants to see in the list.
type filter struct {
	Query    string // in topic and name
	Language string
	Status   string
	Only     string // "flagged", "unread", "remarks" or ""
	Least    int    // messages
	Most     int
	Risk     float64 // at least
	Sort     string  // "risk", "length" or "" for the order of the files
	Page     int     // from 1
}

func parseFilter(q url.Values) filter {
	number := func(name string) int {
		n, err := strconv.Atoi(q.Get(name))
		if err != nil || n < 0 {
			return 0
		}
		return n
	}
	f := filter{Query: strings.TrimSpace(q.Get("q")), Language: q.Get("lang"), Status: q.Get("status"), Only: q.Get("only"),
		Least: number("least"), Most: number("most"), Sort: q.Get("sort"), Page: max(number("page"), 1)}
	f.Risk = float64(min(number("risk"), 100)) / 100
	return f
}

// Address returns the address of another page of the same list.
func (f filter) Address(page int) string {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" && value != "0" {
			q.Set(name, value)
		}
	}
	set("q", f.Query)
	set("lang", f.Language)
	set("status", f.Status)
	set("only", f.Only)
	set("least", strconv.Itoa(f.Least))
	set("most", strconv.Itoa(f.Most))
	set("risk", strconv.Itoa(f.Percent()))
	set("sort", f.Sort)
	if page > 1 {
		set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return "/"
	}
	return "/?" + q.Encode()
}

// Percent returns the least risk in percent.
func (f filter) Percent() int { return int(f.Risk*100 + 0.5) }

// Any reports whether the filter leaves anything out.
func (f filter) Any() bool {
	f.Page, f.Sort = 0, ""
	return f != filter{}
}

// Rare reports whether a part of the filter is used that is folded away on small
// screens.
func (f filter) Rare() bool {
	return f.Language != "" || f.Status != "" || f.Least+f.Most > 0 || f.Risk > 0 || f.Sort != ""
}

// row is one conversation in the list.
type row struct {
	Chat     *review.Chat
	Messages int
	Status   review.Status
	Flagged  bool
	Unread   bool
	Remarks  int
	Mine     review.Verdict
}

// listPage is what the list shows.
type listPage struct {
	Filter    filter
	Rows      []row
	Found     int
	All       int
	Unread    int
	Pages     int
	Languages []review.Language
	Statuses  []review.Status
}

// Previous returns the address of the page before, or "".
func (p listPage) Previous() string {
	if p.Filter.Page <= 1 {
		return ""
	}
	return p.Filter.Address(p.Filter.Page - 1)
}

// Next returns the address of the page behind, or "".
func (p listPage) Next() string {
	if p.Filter.Page >= p.Pages {
		return ""
	}
	return p.Filter.Address(p.Filter.Page + 1)
}

func (s *Server) list(w http.ResponseWriter, r *request) error {
	f := parseFilter(r.URL.Query())
	rows, unread := s.rows(r.log, r.session.Reader(), f)
	p := listPage{Filter: f, Found: len(rows), All: len(s.library.Chats), Unread: unread,
		Pages: max((len(rows)+pageLength-1)/pageLength, 1), Languages: review.Languages(), Statuses: review.Statuses()}
	p.Filter.Page = min(f.Page, p.Pages)
	first := (p.Filter.Page - 1) * pageLength
	p.Rows = rows[first:min(first+pageLength, len(rows))]
	return s.show(w, r, p)
}

// rows returns what a filter leaves, sorted, and how many a reader has not read
// of all.
func (s *Server) rows(log *review.Log, reader string, f filter) ([]row, int) {
	query := strings.ToLower(f.Query)
	rows := make([]row, 0, len(s.library.Chats))
	unread := 0
	for _, c := range s.library.Chats {
		state := log.State(c.Key)
		row := row{Chat: c, Messages: len(c.Conversation.Messages), Status: state.StatusFor(reader, c.Fingerprint, s.library.Mode),
			Flagged: state.Flagged, Unread: !state.Read[reader], Remarks: len(state.Remarks), Mine: state.VerdictOf(reader, c.Fingerprint)}
		if row.Unread {
			unread++
		}
		if f.holds(row, query) {
			rows = append(rows, row)
		}
	}
	switch f.Sort {
	case "risk":
		slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(b.Chat.Risk.Risk, a.Chat.Risk.Risk) })
	case "length":
		slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(b.Messages, a.Messages) })
	}
	return rows, unread
}

func (f filter) holds(r row, query string) bool {
	c := r.Chat
	switch {
	case query != "" && !strings.Contains(strings.ToLower(c.Conversation.Topic), query) && !strings.Contains(strings.ToLower(c.Title()), query),
		f.Language != "" && string(c.Language) != f.Language,
		f.Status != "" && string(r.Status) != f.Status,
		r.Messages < f.Least, f.Most > 0 && r.Messages > f.Most,
		c.Risk.Risk < f.Risk,
		f.Only == "flagged" && !r.Flagged, f.Only == "unread" && !r.Unread, f.Only == "remarks" && r.Remarks == 0:
		return false
	}
	return true
}

// neighbours returns the chats before and behind one in the order of the files.
func (s *Server) neighbours(c *review.Chat) (before, behind *review.Chat) {
	i := slices.Index(s.library.Chats, c)
	if i > 0 {
		before = s.library.Chats[i-1]
	}
	if i+1 < len(s.library.Chats) {
		behind = s.library.Chats[i+1]
	}
	return before, behind
}
