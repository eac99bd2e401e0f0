package detectors_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/clbchat/naamloos/detectors"
)

const caseDir = "../testdata/detectors"

// A testCase is one line of a case file.
type testCase struct {
	line  int
	prev  string
	text  string
	want  []detectors.Span
	known bool // a known miss: it must fail until mended
}

// readCases reads the case file of a detector; \n stands for a line break.
func readCases(t testing.TB, name string) []testCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(caseDir, name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []testCase
	prev := ""
	for n, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if rest, ok := strings.CutPrefix(line, "< "); ok {
			prev = rest
			continue
		}
		c := testCase{line: n + 1, prev: prev}
		line = strings.ReplaceAll(line, `\n`, "\n")
		line, c.known = strings.CutPrefix(line, "? ")
		if c.text, c.want, err = unmark(line); err != nil {
			t.Fatalf("%s.txt:%d: %v", name, n+1, err)
		}
		cases = append(cases, c)
		prev = ""
	}
	return cases
}

var marks = regexp.MustCompile(`(?s)\[\[([A-Z_]+)\|(.+?)\]\]`)

// unmark takes the marks [[TYPE|text]] out of a line.
func unmark(line string) (text string, spans []detectors.Span, err error) {
	var b strings.Builder
	at := 0
	for _, m := range marks.FindAllStringSubmatchIndex(line, -1) {
		b.WriteString(line[at:m[0]])
		typ, inside := detectors.EntityType(line[m[2]:m[3]]), line[m[4]:m[5]]
		if !typ.Valid() {
			return "", nil, fmt.Errorf("no such entity type")
		}
		spans = append(spans, detectors.Span{Start: b.Len(), End: b.Len() + len(inside), Type: typ})
		b.WriteString(inside)
		at = m[1]
	}
	b.WriteString(line[at:])
	return b.String(), spans, nil
}

// differs says how what was found differs from what is marked.
func differs(got, want []detectors.Span) string {
	if slices.EqualFunc(got, want, func(a, b detectors.Span) bool {
		return a.Start == b.Start && a.End == b.End && a.Type == b.Type
	}) {
		return ""
	}
	var b strings.Builder
	for _, s := range got {
		fmt.Fprintf(&b, " %d-%d %s (%s)", s.Start, s.End, s.Type, s.Rule)
	}
	return "found" + b.String()
}

func TestEveryDetectorFindsItsCasesAndNothingElse(t *testing.T) {
	for _, d := range detectors.All() {
		t.Run(d.Name, func(t *testing.T) {
			for _, c := range readCases(t, d.Name) {
				got, err := d.Find(nil, detectors.Text{Body: c.text, Prev: c.prev})
				if err != nil {
					t.Fatal(err)
				}
				switch diff := differs(got, c.want); {
				case diff != "" && !c.known:
					t.Errorf("%s.txt:%d: %s", d.Name, c.line, diff)
				case diff == "" && c.known:
					t.Errorf("%s.txt:%d: a known miss is mended; take its question mark away", d.Name, c.line)
				}
			}
		})
	}
}

func TestEveryDetectorHasAFileAndEveryFileADetector(t *testing.T) {
	var names []string
	for _, d := range detectors.All() {
		if slices.Contains(names, d.Name) || d.Doc == "" || len(d.Types) == 0 {
			t.Errorf("%s: the name is taken, or there is no documentation or type", d.Name)
		}
		names = append(names, d.Name)
	}
	files, err := filepath.Glob(filepath.Join(caseDir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name, ok := strings.CutSuffix(filepath.Base(f), ".txt"); !ok || !slices.Contains(names, name) {
			t.Errorf("%s has no detector", f)
		}
	}
	if len(files) != len(names) {
		t.Errorf("%d files for %d detectors", len(files), len(names))
	}
}

func TestEveryDetectorFindsOnlyItsTypes(t *testing.T) {
	for _, d := range detectors.All() {
		for _, other := range detectors.All() {
			for _, c := range readCases(t, other.Name) {
				got, err := d.Find(nil, detectors.Text{Body: c.text})
				if err != nil {
					t.Fatal(err)
				}
				for _, s := range got {
					if s.Detector != d.Name || !slices.Contains(d.Types, s.Type) || s.Score <= 0 || s.Score > 1 || s.Rule == "" {
						t.Errorf("%s found a %s by %q of %q", d.Name, s.Type, s.Rule, s.Detector)
					}
				}
			}
		}
	}
}

func TestTheDocumentationListsEveryDetector(t *testing.T) {
	doc, err := os.ReadFile("../docs/DETECTORS.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range detectors.All() {
		if !strings.Contains(string(doc), "\n| `"+d.Name+"` |") {
			t.Errorf("docs/DETECTORS.md does not list %s", d.Name)
		}
	}
}
