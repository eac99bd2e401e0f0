package transcripts

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nextRow goes to the bracket of the next row. It is -1 at the end of the file.
func (s *sqlReader) nextRow() (int, string) {
	for {
		i := s.x.space(s.i)
		var fault string
		switch {
		case s.inRows && (s.first || s.x.f.at(i) == ','):
			return s.rowAt(i)
		case s.inRows:
			s.inRows = false
			fault = s.skip(i)
			s.refused.end(s.i)
		case len(s.x.f.rest(i)) == 0:
			if s.i = i; !s.x.f.ended(i) {
				return 0, s.broken()
			}
			return -1, ""
		default:
			fault = s.statement(i)
		}
		if fault != "" {
			return 0, fault
		}
	}
}

// rowAt goes over the comma before a row, when it has one.
func (s *sqlReader) rowAt(i int) (int, string) {
	if !s.first {
		s.refused.comma(i)
		i = s.x.space(i + 1)
	}
	if s.x.f.at(i) == '(' {
		return i, ""
	}
	if len(s.x.f.rest(i)) == 0 {
		return 0, s.broken()
	}
	return 0, "malformed SQL: a row is missing"
}

// skip goes behind a statement; its literals and comments are put aside.
func (s *sqlReader) skip(i int) string {
	end, ok := s.x.statement(i)
	if s.i = end; !ok {
		return s.broken()
	}
	return ""
}

// statement reads a statement, up to its rows if it is an INSERT.
func (s *sqlReader) statement(i int) string {
	s.stmt = i
	if s.x.f.has(i, "/*M!") {
		end := s.x.until(i, "*/")
		s.x.aside = append(s.x.aside, sqlSpan{i + len("/*M!"), end, sqlComment})
		if s.i = end + len("*/"); len(s.x.f.rest(s.i-1)) == 0 {
			return s.broken()
		}
		return ""
	}
	n := len(s.x.aside)
	word, behind := s.x.keyword(s.code(i))
	switch word {
	case "INSERT", "REPLACE":
		return s.insert(i, behind, n)
	case "CREATE":
		s.x.aside = s.x.aside[:n]
		fault := s.skip(i)
		if fault == "" {
			s.create(behind, s.i)
		}
		return fault
	case "DELIMITER":
		return s.delimiter(behind)
	case "SET":
		s.x.aside = s.x.aside[:n]
		return s.set(i)
	}
	s.x.aside = s.x.aside[:n] // of what was looked at ahead
	fault := s.skip(i)
	if _, ok := slices.BinarySearch(statements, word); !ok && fault == "" {
		if bytes.IndexByte(s.x.f.view(s.i)[i:], 0) >= 0 {
			return "malformed SQL: no text"
		}
		s.loose(i, n)
	}
	return fault
}

// statements begin with these words, in order. What begins otherwise is read as
// text, but for INSERT, SET and their like, which are read by themselves.
var statements = strings.Fields("ALTER ANALYZE BEGIN CALL COMMIT CREATE DELETE DESCRIBE DROP END EXPLAIN FLUSH GRANT LOAD LOCK OPTIMIZE PRAGMA " +
	"REVOKE ROLLBACK SAVEPOINT SELECT SHOW START TRUNCATE UNLOCK UPDATE USE WITH")

// delimiter reads what ends statements from now on: marks, no letters.
func (s *sqlReader) delimiter(i int) string {
	end := s.x.until(i, "\n")
	d := strings.TrimSpace(string(s.x.f.view(end)[i:]))
	if d == "" || len(d) > 7 || strings.Trim(d, ";$/|!&@%~^") != "" {
		return "malformed SQL: no delimiter"
	}
	s.x.delimiter, s.i = d, end
	return ""
}

// set reads a setting of the server, whose words are not text.
func (s *sqlReader) set(i int) string {
	n := len(s.x.aside)
	fault := s.skip(i)
	if fault != "" {
		return fault
	}
	code := s.x.f.view(s.i)
	s.x.aside = append(s.x.aside[:n], slices.DeleteFunc(s.x.aside[n:], func(a sqlSpan) bool {
		return a.kind != sqlComment && isSetting(string(code[a.start:a.end]))
	})...)
	if strings.Contains(string(code[i:]), "NO_BACKSLASH_ESCAPES") {
		s.x.noBackslash = true
	}
	return ""
}

// isSetting reports whether a literal is a mode, a time zone or a character set.
func isSetting(s string) bool {
	return strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_,:+-0123456789") == "" && (len(s) < 9 || strings.Trim(s, "+-0123456789:") != "") ||
		strings.HasPrefix(s, "utf8") && isMemberName(s)
}

// loose puts what stands between the literals and comments of the statement
// aside: those from number n on, in a statement that begins at i.
func (s *sqlReader) loose(i, n int) {
	for _, a := range append(slices.Clone(s.x.aside[n:]), sqlSpan{start: s.i}) {
		for i < a.start {
			piece := s.x.f.view(a.start)[i:]
			if q := bytes.IndexByte(piece, '`'); q >= 0 { // the names in it keep their quotes
				piece = piece[:q]
			}
			s.loosePiece(i, piece)
			i += len(piece) + 1
		}
		i = a.end
	}
}

// loosePiece puts a piece of a statement aside that begins at i. Marks at its
// ends are quotes, signs of comments and the delimiter.
func (s *sqlReader) loosePiece(i int, piece []byte) {
	start := bytes.IndexFunc(piece, isLetterOrDigit)
	if start < 0 {
		return
	}
	end := bytes.LastIndexFunc(piece, isLetterOrDigit)
	_, size := utf8.DecodeRune(piece[end:])
	s.x.aside = append(s.x.aside, sqlSpan{i + start, i + end + size, sqlLoose})
}

func isLetterOrDigit(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == utf8.RuneError
}

// code goes into a comment that only some servers skip: /*!40101 ... */
func (s *sqlReader) code(i int) int {
	if s.x.f.has(i, "/*!") {
		i += len("/*!")
		for c := s.x.f.at(i); '0' <= c && c <= '9'; c = s.x.f.at(i) {
			i++
		}
		i = s.x.space(i)
	}
	return i
}

// insert reads INSERT up to behind VALUES. Any other shape is skipped like
// other statements; n is how many spans were put aside before it.
func (s *sqlReader) insert(start, i, n int) string {
	i = s.x.space(i)
	for {
		word, end := s.x.keyword(i)
		if !slices.Contains([]string{"INTO", "IGNORE", "LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED"}, word) {
			break
		}
		i = s.x.space(end)
	}
	table, i := s.x.name(i)
	i = s.x.space(i)
	names := s.columns[table]
	if s.x.f.at(i) == '(' {
		names, i = s.x.names(i)
		i = s.x.space(i)
	}
	word, end := s.x.keyword(i)
	if word != "VALUES" && word != "VALUE" {
		s.x.aside = s.x.aside[:n]
		return s.skip(start)
	}
	s.into, s.names = table, names
	s.i, s.inRows, s.first = end, true, true
	return ""
}

// names returns the names in the brackets at i.
func (x *sqlLexer) names(i int) ([]string, int) {
	var out []string
	for {
		start := x.space(i + 1)
		name, end := x.name(start)
		if name == "" {
			return out, end
		}
		out = append(out, name)
		i = x.space(end)
		switch x.f.at(i) {
		case ',':
		case ')':
			return out, i + 1
		default:
			return nil, i
		}
	}
}

// create learns the columns from CREATE TABLE, whose statement ends at stop. One
// whose brackets are not closed before that teaches nothing.
func (s *sqlReader) create(i, stop int) {
	defer func(n int) { s.x.aside = s.x.aside[:n] }(len(s.x.aside))
	for {
		i = s.x.space(i)
		word, end := s.x.keyword(i)
		if !slices.Contains([]string{"TABLE", "TEMPORARY", "IF", "NOT", "EXISTS"}, word) {
			break
		}
		i = end
	}
	table, i := s.x.name(i)
	if i = s.x.space(i); table == "" || s.x.f.at(i) != '(' {
		return
	}
	var names []string
	for more := true; more; {
		name := ""
		i = s.x.space(i + 1)
		word, _ := s.x.keyword(i)
		if !slices.Contains(tableWords, word) {
			name, _ = s.x.name(i)
		}
		if name != "" {
			names = append(names, name)
		}
		i, more = s.x.definition(i)
	}
	if i < stop {
		s.columns[table] = names
	}
}

// tableWords begin the definitions in CREATE TABLE that are no columns.
var tableWords = []string{"PRIMARY", "KEY", "UNIQUE", "INDEX", "FULLTEXT", "SPATIAL", "CONSTRAINT", "FOREIGN", "CHECK", "PERIOD"}

// definition skips to the comma behind a definition. False behind the last one.
func (x *sqlLexer) definition(i int) (int, bool) {
	for depth := 0; ; {
		i = x.space(i)
		switch c := x.f.at(i); {
		case c == 0 && len(x.f.rest(i)) == 0:
			return i, false
		case c == '\'' || c == '"' || c == '`':
			end, ok := x.quoted(i)
			if !ok {
				return end, false
			}
			i = end
			continue
		case c == '(':
			depth++
		case c == ')' && depth == 0:
			return i, false
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			return i, true
		}
		i++
	}
}
