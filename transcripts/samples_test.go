package transcripts

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"html"
	"io"
	"mime/quotedprintable"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// persons are all who stand in the samples, and what they are replaced by. None
// of the replacements holds a letter sequence of a person.
var persons = swaps{
	"fenna.wolkenaer@example.com", "m1@een.invalid", "amelie.duchateau@example.com", "m2@een.invalid", "Fenna Wolkenaer", "[PERSON-AAAA]", "Wolkenaer Fenna", "[PERSON-AAAA]",
	"Fenna+Wolkenaer", "[PERSON-AAAA]", "Fenna%20Wolkenaer", "[PERSON-AAAA]", "fenna_wolkenaer", "[PERSON-AAAA]", "Fenna_Wolkenaer", "[PERSON-AAAA]", "Fenna", "[PERSON-AAAB]", "fenna", "[PERSON-AAAC]", "Wolkenaer", "[PERSON-AAAD]", "wolkenaer", "[PERSON-AAAE]",
	"Amélie De Zinne", "[PERSON-AAAF]", "ameliedezinne", "[PERSON-AAAG]", "Zoë", "[PERSON-AAAH]", "Amélie Duchâteau", "[PERSON-AAAI]", "Duchâteau", "[PERSON-AAAJ]", "Amélie", "[PERSON-AAAK]",
	"Lotte Zonnebloem", "[PERSON-AAAL]", "Zonnebloem", "[PERSON-AAAM]", "Lotte", "[PERSON-AAAN]", "0470 12 34 56", "[PHONE-AAAA]", "+32470123456", "[PHONE-AAAA]", "0470/12.34.56", "[PHONE-AAAA]", "470123456", "[PHONE-AAAA]",
	"192.0.2.44", "[IP-AAAA]", "Denkbeeldstraat", "[ADDRESS-AAAA]", "Noor", "[PERSON-AAAO]", "Van Fictie", "[PERSON-AAAP]", "vanfictie", "[PERSON-AAAQ]", "noor", "[PERSON-AAAR]", "Wout", "[PERSON-AAAS]",
}

// leaks are what must not be found in any sample afterwards.
var leaks = []string{"Fenna", "fenna@", "Wolkenaer", "wolkenaer", "Zonnebloem", "0470 12 34 56", "470123456", "192.0.2.44", "Denkbeeldstraat", "Duchâteau", "Amélie", "Zoë", "Fictie", "Wout"}

// sampleFiles calls test for each file of testdata/transcripts/FORMAT.
func sampleFiles(t *testing.T, test func(t *testing.T, f Format, path string)) {
	t.Helper()
	paths, err := filepath.Glob("../testdata/transcripts/*/*")
	if err != nil || len(paths) == 0 {
		t.Fatal("no samples")
	}
	for _, path := range paths {
		f, ok := Lookup(filepath.Base(filepath.Dir(path)))
		if !ok || f.Read == nil || f.Write == nil {
			continue
		}
		t.Run(f.Name+"/"+filepath.Base(path), func(t *testing.T) { test(t, f, path) })
	}
}

func TestEverySampleIsSniffed(t *testing.T) {
	sampleFiles(t, func(t *testing.T, f Format, path string) {
		in := sample(t, f.Name+"/"+filepath.Base(path))
		got, _ := Sniff(filepath.Base(path), []byte(in[:min(len(in), SniffSize)]))
		if got.Name != f.Name {
			t.Errorf("sniffed as %q", got.Name)
		}
	})
}

func TestEverySampleComesBackIdentical(t *testing.T) {
	sampleFiles(t, func(t *testing.T, f Format, path string) {
		in := sample(t, f.Name+"/"+filepath.Base(path))
		cs := readAll(t, f.Name, in, ReadOptions{Name: filepath.Base(path)})
		if got := writeAll(t, f.Name, cs); got != in {
			t.Errorf("%d bytes became %d, the first other one is %d", len(in), len(got), firstDifference(in, got))
		}
		for _, c := range cs {
			c.values(func(v value) {
				if !utf8.ValidString(v.text) {
					t.Error("a value is not UTF-8")
				}
			})
		}
	})
}

func TestNoPersonIsLeftInAnySample(t *testing.T) {
	sampleFiles(t, func(t *testing.T, f Format, path string) {
		in := sample(t, f.Name+"/"+filepath.Base(path))
		cs := readAll(t, f.Name, in, ReadOptions{Name: filepath.Base(path)})
		for _, c := range cs {
			replaceAll(c, persons)
		}
		out := writeAll(t, f.Name, cs)
		again := readAll(t, f.Name, out, ReadOptions{Name: filepath.Base(path)})
		if len(again) != len(cs) {
			t.Fatalf("%d conversations became %d", len(cs), len(again))
		}
		for i, c := range again {
			if len(c.Messages) != len(cs[i].Messages) || len(c.Fields) != len(cs[i].Fields) {
				t.Errorf("conversation %d: %d messages and %d fields became %d and %d: %v", i+1, len(cs[i].Messages), len(cs[i].Fields), len(c.Messages), len(c.Fields), c.Fields)
			}
			c.values(func(v value) { noLeak(t, v.text) })
			replaceAll(c, persons)
		}
		noLeak(t, out)
		if twice := writeAll(t, f.Name, again); twice != out {
			t.Error("twice is not once")
		}
	})
}

func noLeak(t *testing.T, s string) {
	t.Helper()
	for _, s := range layersOf(s, 0) {
		for _, l := range leaks {
			if strings.Contains(s, l) {
				t.Errorf("%s is still there", l)
			}
		}
	}
}

// layersOf returns a file and all that is encoded in it.
func layersOf(s string, depth int) []string {
	out := []string{s}
	if depth == 3 {
		return out
	}
	var inner []string
	if strings.HasPrefix(s, "PK\x03\x04") {
		if zr, err := zip.NewReader(strings.NewReader(s), int64(len(s))); err == nil {
			for _, f := range zr.File {
				r, _ := f.Open()
				b, _ := io.ReadAll(r)
				inner = append(inner, f.Name, f.Comment, string(b))
			}
		}
	}
	if gz, err := gzip.NewReader(strings.NewReader(s)); err == nil && depth == 0 {
		b, _ := io.ReadAll(gz)
		inner = append(inner, gz.Name, gz.Comment, string(b))
	}
	for _, word := range base64Words.FindAllString(s, -1) {
		if b, err := base64.StdEncoding.DecodeString(strings.NewReplacer("\r", "", "\n", "").Replace(word)); err == nil && utf8.Valid(b) {
			inner = append(inner, string(b))
		}
	}
	if b, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(s))); err == nil {
		inner = append(inner, string(b))
	}
	if strings.HasPrefix(s, "\xFF\xFE") {
		text, _ := utf16Layer{binary.LittleEndian}.decode(s)
		inner = append(inner, text)
	}
	if text, err := url.PathUnescape(s); err == nil {
		inner = append(inner, text)
	}
	tags := xmlTags.ReplaceAllString(s, "")
	inner = append(inner, html.UnescapeString(s), html.UnescapeString(tags), norm.NFC.String(s), strings.ReplaceAll(s, "=\r\n", ""), strings.ReplaceAll(s, "=\n", ""))
	if text, ok := (byteEscapes{}).decode(s); ok {
		inner = append(inner, text)
	}
	inner = append(inner, decodePieces(s, jsonPiece, jsonUnescape))
	for _, i := range inner {
		if i != s && i != "" {
			out = append(out, layersOf(i, depth+1)...)
		}
	}
	return out
}

var (
	base64Words = regexp.MustCompile(`(?:[A-Za-z0-9+/]{8,}\r?\n?)+={0,2}`)
	xmlTags     = regexp.MustCompile(`<[^>]*>`)
)

func TestTruncatedSamplesFailOrEndWhole(t *testing.T) {
	sampleFiles(t, func(t *testing.T, f Format, path string) {
		in := sample(t, f.Name+"/"+filepath.Base(path))
		for _, n := range []int{0, 1, len(in) / 4, len(in) / 2, len(in) - 2} {
			cs, err := readSome(f, in[:n])
			if err != nil {
				if strings.Contains(err.Error(), "Fenna") {
					t.Errorf("cut at %d: the error quotes the text", n)
				}
				continue
			}
			if got := writeAll(t, f.Name, cs); got != in[:n] {
				t.Errorf("cut at %d: no error, and %d bytes back", n, len(got))
			}
		}
	})
}

// readSome reads until the end or the first error.
func readSome(f Format, in string) (cs []*Conversation, err error) {
	for c, err := range f.Read(strings.NewReader(in), ReadOptions{}) {
		if err != nil {
			return cs, err
		}
		cs = append(cs, c)
	}
	return cs, nil
}

func firstDifference(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// FuzzFormats reads anything in any format: it must come back as it was, or be
// refused.
func FuzzFormats(f *testing.F) {
	all := All()
	for i, format := range all {
		paths, _ := filepath.Glob("../testdata/transcripts/" + format.Name + "/*")
		for _, p := range paths {
			if b, err := os.ReadFile(p); err == nil && len(b) < 64<<10 {
				f.Add(b, uint8(i))
			}
		}
	}
	f.Fuzz(func(t *testing.T, in []byte, n uint8) {
		format := all[int(n)%len(all)]
		if format.Read == nil || format.Write == nil {
			return
		}
		cs, err := readSome(format, string(in))
		if err != nil {
			return
		}
		var w bytes.Buffer
		err = format.Write(&w, func(yield func(*Conversation, error) bool) {
			for _, c := range cs {
				if !yield(c, nil) {
					return
				}
			}
		})
		if err != nil || !bytes.Equal(w.Bytes(), in) {
			t.Errorf("%s: not identical: %v", format.Name, err)
		}
	})
}
