package pattern

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/clbchat/naamloos/detectors"
)

// Limits of a file of recognizers.
const (
	maxFile       = 1 << 20
	maxExpression = 2000
)

// A FileError is a fault in a file of recognizers: where it is and what is
// wrong, never the text of a test.
type FileError struct {
	Line       int    // from 1; 0 when unknown
	Recognizer string // name of the recognizer; empty when it has none yet
	Fault      string
}

func (e *FileError) Error() string {
	s := "pattern: "
	if e.Line > 0 {
		s += fmt.Sprintf("line %d: ", e.Line)
	}
	if e.Recognizer != "" {
		s += "recognizer " + e.Recognizer + ": "
	}
	return s + e.Fault
}

// entry is a recognizer as a file has it.
type entry struct {
	Name     string   `yaml:"name"`
	Type     string   `yaml:"type"`
	Pattern  string   `yaml:"pattern"`
	Doc      string   `yaml:"doc"`
	Checksum string   `yaml:"checksum"`
	Context  []string `yaml:"context"`
	Score    *float64 `yaml:"score"`
	Tests    []string `yaml:"tests"`
}

// fields are the fields of an entry.
const fields = " name type pattern doc checksum context score tests "

// defaultScore is the score of a recognizer that names none.
const defaultScore = 0.8

var nameSyntax = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// Read reads a file of recognizers in YAML, compiles their patterns and runs
// their tests. Its errors are of type [*FileError].
func Read(r io.Reader) ([]*Recognizer, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("pattern: %w", err)
	}
	if len(data) > maxFile {
		return nil, &FileError{Fault: "longer than 1 MiB"}
	}
	list, err := entries(data)
	if err != nil {
		return nil, err
	}
	var recognizers []*Recognizer
	seen := map[string]bool{}
	for _, n := range list.Content {
		rec, err := recognizer(n)
		if err != nil {
			return nil, err
		}
		if seen[rec.name] {
			return nil, &FileError{n.Line, rec.name, "a name that another recognizer has"}
		}
		seen[rec.name] = true
		if err := rec.test(n.Line); err != nil {
			return nil, err
		}
		recognizers = append(recognizers, rec)
	}
	return recognizers, nil
}

// entries returns the list of recognizers in a file.
func entries(data []byte) (*yaml.Node, error) {
	var doc yaml.Node
	if yaml.Unmarshal(data, &doc) != nil || len(doc.Content) != 1 {
		return nil, &FileError{Fault: "not a YAML document"}
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode || len(root.Content) != 2 || root.Content[0].Value != "recognizers" ||
		root.Content[1].Kind != yaml.SequenceNode {
		return nil, &FileError{Line: root.Line, Fault: "want one field, recognizers, with a list"}
	}
	return root.Content[1], nil
}

// recognizer makes a recognizer of one entry.
func recognizer(n *yaml.Node) (*Recognizer, error) {
	if n.Kind != yaml.MappingNode {
		return nil, &FileError{Line: n.Line, Fault: "a recognizer has fields: name, type, pattern"}
	}
	for i := 0; i < len(n.Content); i += 2 {
		if !strings.Contains(fields, " "+n.Content[i].Value+" ") {
			return nil, &FileError{Line: n.Content[i].Line, Fault: "no such field; there are" + strings.TrimRight(fields, " ")}
		}
	}
	var e entry
	if n.Decode(&e) != nil {
		return nil, &FileError{Line: n.Line, Fault: "a field has the wrong kind of value"}
	}
	if fault := e.fault(); fault != "" {
		return nil, &FileError{n.Line, nameIn(e.Name), fault}
	}
	rec := &Recognizer{
		name: e.Name, doc: e.Doc, typ: detectors.EntityType(e.Type), checksum: checksum(e.Checksum), context: e.Context,
		score: defaultScore, tests: e.Tests,
	}
	if e.Score != nil {
		rec.score = *e.Score
	}
	if err := rec.compile(e.Pattern); err != nil {
		return nil, &FileError{n.Line, e.Name, "the pattern cannot be compiled: " + err.Error()}
	}
	return rec, nil
}

// nameIn returns name when it may stand in an error.
func nameIn(name string) string {
	if !nameSyntax.MatchString(name) {
		return ""
	}
	return name
}

// fault says what is wrong with the values of e, empty when nothing is.
func (e *entry) fault() string {
	switch {
	case !nameSyntax.MatchString(e.Name):
		return "name: want small letters, digits and hyphens, at most 40"
	case !detectors.EntityType(e.Type).Valid():
		return "type: no such entity type"
	case e.Pattern == "" || len(e.Pattern) > maxExpression:
		return fmt.Sprintf("pattern: want 1 to %d bytes", maxExpression)
	case !checksum(e.Checksum).known():
		return "checksum: want mod97, luhn or elfproef"
	case e.Score != nil && !(*e.Score > 0 && *e.Score <= 1):
		return "score: want more than 0 and at most 1"
	case len(e.Tests) == 0:
		return "tests: want at least one, such as 'zie [[AB-123]] daar'"
	}
	return ""
}

// test runs the tests of r: what stands in [[ ]] must be found, all else must
// not.
func (r *Recognizer) test(line int) error {
	for i, marked := range r.tests {
		text, want, err := unmark(marked)
		if err != nil {
			return &FileError{line, r.name, fmt.Sprintf("test %d: %v", i+1, err)}
		}
		got, err := r.Find(nil, detectors.Text{Body: text})
		if err != nil {
			return &FileError{line, r.name, fmt.Sprintf("test %d: the pattern takes too long", i+1)}
		}
		if fault := compare(got, want); fault != "" {
			return &FileError{line, r.name, fmt.Sprintf("test %d: %s", i+1, fault)}
		}
	}
	return nil
}

// compare says how what was found differs from what was wanted.
func compare(got []detectors.Span, want [][2]int) string {
	for i, w := range want {
		if i >= len(got) || got[i].Start != w[0] || got[i].End != w[1] {
			return fmt.Sprintf("mark %d of %d is not found as marked", i+1, len(want))
		}
	}
	if len(got) > len(want) {
		return fmt.Sprintf("%d found that are not marked", len(got)-len(want))
	}
	return ""
}

// unmark takes the marks [[...]] out of a test line and returns where they
// stood.
func unmark(line string) (text string, marks [][2]int, err error) {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(line, "[[")
		b.WriteString(before)
		if !ok {
			return b.String(), marks, nil
		}
		inside, after, ok := strings.Cut(rest, "]]")
		if !ok || inside == "" {
			return "", nil, fmt.Errorf("a mark is not closed, or empty")
		}
		marks = append(marks, [2]int{b.Len(), b.Len() + len(inside)})
		b.WriteString(inside)
		line = after
	}
}
