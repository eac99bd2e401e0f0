package pattern_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/pattern"
)

func readClb(t *testing.T) []*pattern.Recognizer {
	t.Helper()
	f, err := os.Open("testdata/clb.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list, err := pattern.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestARecognizerFindsWhatItsFileSays(t *testing.T) {
	list := readClb(t)
	if len(list) != 4 || list[0].Name() != "dossier-clb" || list[0].Type() != detectors.OtherID || list[1].Tests() != 4 {
		t.Fatalf("read %d recognizers", len(list))
	}
	var r []detectors.Recognizer
	for _, p := range list {
		r = append(r, p)
	}
	set, err := detectors.New(detectors.Options{Recognizers: r})
	if err != nil {
		t.Fatal(err)
	}
	text := "één dossier CLB-2024/117 voor de ouders"
	spans, err := set.Find(nil, detectors.Text{Body: text})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range spans {
		if text[s.Start:s.End] == "CLB-2024/117" && s.Detector == "dossier-clb" && s.Score == 0.8 {
			return
		}
	}
	t.Error("the set does not ask the recognizer")
}

func TestAFaultNamesPlaceAndRecognizer(t *testing.T) {
	const good = "recognizers:\n  - name: x\n    type: OTHER_ID\n    pattern: 'A\\d'\n    tests: ['[[A1]]']\n"
	if _, err := pattern.Read(strings.NewReader(good)); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string][2]string{
		"line 2: name: want":           {"name: x", "name: X Y"},
		"type: no such":                {"OTHER_ID", "THING"},
		"cannot be compiled":           {`A\d`, `A(`},
		"no such field":                {"tests:", "test:"},
		"tests: want at least one":     {"tests: ['[[A1]]']", "tests: []"},
		"test 1: mark 1 of 1":          {"[[A1]]", "[[AA1]]"},
		"test 1: 1 found that are not": {"[[A1]]", "A1"},
		"a mark is not closed":         {"[[A1]]", "[[A1"},
		"checksum: want":               {"tests:", "checksum: md5\n    tests:"},
		"score: want":                  {"tests:", "score: 2\n    tests:"},
		"wrong kind of value":          {"tests:", "score: hoog\n    tests:"},
		"want one field, recognizers":  {"recognizers:", "rules:"},
		"not a YAML document":          {"recognizers:", "a: b: c"},
	} {
		_, err := pattern.Read(strings.NewReader(strings.Replace(good, change[0], change[1], 1)))
		var fault *pattern.FileError
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	twice := good + strings.TrimPrefix(good, "recognizers:\n")
	if _, err := pattern.Read(strings.NewReader(twice)); err == nil || !strings.Contains(err.Error(), "recognizer x: a name that another") {
		t.Errorf("two recognizers of one name: %v", err)
	}
}

func TestAPatternThatTakesTooLongStopsTheText(t *testing.T) {
	list, err := pattern.Read(strings.NewReader("recognizers:\n  - name: slow\n    type: OTHER_ID\n    pattern: '^(\\w+\\.?)+@x\\.be$'\n    tests: ['[[a@x.be]]']\n"))
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.Repeat("geheim", 8) + "!"
	begin := time.Now()
	spans, err := list[0].Find(nil, detectors.Text{Body: secret})
	if err == nil || spans != nil {
		t.Fatal("a text that took too long came back")
	}
	if took := time.Since(begin); took > 4*pattern.Timeout {
		t.Errorf("stopped after %v", took)
	}
	if !errors.Is(err, pattern.ErrTimeout) || strings.Contains(err.Error(), "geheim") {
		t.Error("the error is not ErrTimeout, or quotes the text")
	}
	set, err := detectors.New(detectors.Options{Recognizers: []detectors.Recognizer{list[0]}})
	if err != nil {
		t.Fatal(err)
	}
	if spans, err := set.Find(nil, detectors.Text{Body: secret}); err == nil || spans != nil {
		t.Error("the set released a text whose recognizer failed")
	}
}

func TestOffsetsAreBytesWhateverStandsBefore(t *testing.T) {
	list := readClb(t)
	for _, before := range []string{"", "é", "🙈 ", "ﬁ\u0301 ", "x\xff "} {
		text := before + "CLB-2024/117"
		spans, err := list[0].Find(nil, detectors.Text{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		if len(spans) != 1 || spans[0].Start != len(before) || spans[0].End != len(text) {
			if before != "é" && before != "x\xff " { // é and the invalid byte end in a word character
				t.Errorf("after %q: %v", before, spans)
			}
		}
	}
}
