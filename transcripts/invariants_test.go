package transcripts

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const samplesDir = "../testdata/transcripts"

// originals are the persons of the samples, all invented, as the texts spell
// them. Longer ones stand first.
var originals = []string{
	"fenna.wolkenaer@example.com", "t.denkbeeldig@example.com", "noor.d@example.com", "jorrit.b@example.com", "pelle@clb-verzonnen.example",
	"marit@clb-verzonnen.example", "f@x.be", "jan@example.com", "screenshot_joris_dfantasie", "joris.dfantasie_09", "192-0-2-44.access.telenet.example",
	"ptr-203-0-113-5.dyn.telenet.example", "fenna_w", "fwolkje", "~fenna", "fientje", "Wolkenaer-Peeters",
	"Wolkenaer", "D'Fantasie", "Fantasie", "Amélie", "Duchâteau", "Youssef", "Verzinsel", "Denkbeeldig", "Blauwvoet", "Zonnebloem",
	"Fenna", "Joris", "Katrien", "Lotte", "Jorrit", "Jordy", "Noortje", "Noor", "Theo", "Tuur", "Ilse", "Wout", "fien", "Meel",
	"0470/12.34.56", "0470/98.76.54", "+32 (0)470 65 43 21", "+32 470 12 34 56", "+32 470 98 76 54", "32470987654", "32470123456", "0470 98 76 54", "0470123456", "09 555 01 23",
	"BE68 5390 0754 7034", "17.07.30-033.84", "192.0.2.44", "198.51.100.23", "198.51.100.9", "203.0.113.77", "203.0.113.5", "2001:db8:32c7::1f", "81.240.117.9",
}

// token is what stands for original i: a word that occurs in no sample.
func token(i int) string {
	switch o := originals[i]; {
	case strings.Contains(o, "@"):
		return fmt.Sprintf("QX%dQZ@qz.invalid", 100+i)
	case isAddress(o):
		return fmt.Sprintf("2001:db8:ffff::%d", 100+i)
	case strings.HasSuffix(o, ".example"):
		return fmt.Sprintf("QX%dQZ.qz.qz.invalid", 100+i)
	case isPhoneLike(o):
		return fmt.Sprintf("+00 000 000 %d", 100+i)
	}
	return fmt.Sprintf("QX%dQZ", 100+i)
}

func isAddress(s string) bool {
	_, err := netip.ParseAddr(s)
	return err == nil
}

var tokenPattern = regexp.MustCompile(`['"]?(?:QX\d{3}QZ(?:[@.]qz\.(?:qz\.)?invalid)?|2001:db8:ffff::\d{3}|\+00 000 000 \d{3})['"]?`)

var tokenOrTag = regexp.MustCompile(tokenPattern.String() + `| t="str"|[<>\r\n]`)

// planned returns the edits that replace the originals in s.
func planned(s string) []Edit {
	var out []Edit
	low := strings.ToLower(s)
	if len(low) != len(s) {
		low = s
	}
	for at := 0; at < len(s); at++ {
		for i, o := range originals {
			if strings.HasPrefix(low[at:], strings.ToLower(o)) {
				out = append(out, Edit{at, at + len(o), token(i)})
				at += len(o) - 1
				break
			}
		}
	}
	return out
}

// pseudonymise makes the planned edits in every value of a conversation.
func pseudonymise(c *Conversation) {
	set := func(s *string) { *s = Apply(*s, planned(*s)) }
	fields := func(fs []Field) {
		for i := range fs {
			edits := planned(fs[i].Value)
			if fs[i].Kind == FieldDrop && fs[i].Label == "content" && fs[i].Value != "" {
				edits = whole(fs[i].Value, "") // opaque
			}
			fs[i].Edit(edits)
		}
	}
	set(&c.Topic)
	fields(c.Fields)
	for i := range c.Participants {
		p := &c.Participants[i]
		set(&p.Name)
		set(&p.Email)
		set(&p.IP)
		fields(p.Fields)
	}
	for i := range c.Messages {
		c.Messages[i].Edit(planned(c.Messages[i].Text))
		fields(c.Messages[i].Fields)
	}
}

// eachSample calls f for every sample of every format.
func eachSample(t *testing.T, f func(t *testing.T, format Format, name string, in []byte)) {
	dirs, err := os.ReadDir(samplesDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dirs {
		format, ok := Lookup(d.Name())
		if !ok {
			continue
		}
		files, _ := filepath.Glob(filepath.Join(samplesDir, d.Name(), "*"))
		for _, file := range files {
			in, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(d.Name()+"/"+filepath.Base(file), func(t *testing.T) { f(t, format, filepath.Base(file), in) })
		}
	}
}

// collect reads a file to its end or first fault.
func collect(f Format, in []byte, o ReadOptions) (cs []*Conversation, err error) {
	for c, e := range f.Read(bytes.NewReader(in), o) {
		if e != nil {
			return cs, e
		}
		cs = append(cs, c)
	}
	return cs, nil
}

func emit(f Format, cs []*Conversation) (string, error) {
	var b bytes.Buffer
	err := f.Write(&b, seq(cs))
	return b.String(), err
}

func seq(cs []*Conversation) iter.Seq2[*Conversation, error] {
	return func(yield func(*Conversation, error) bool) {
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// tree is all that conversations hold, as canonical JSON.
func tree(cs []*Conversation) string {
	var b []byte
	for _, c := range cs {
		b = append(appendCanonical(b, c), '\n')
	}
	return string(b)
}

func TestEveryReaderHasSamplesThatItIsSniffedBy(t *testing.T) {
	var have []string
	eachSample(t, func(t *testing.T, f Format, name string, in []byte) {
		have = append(have, f.Name)
		got, ok := Sniff(name, in[:min(len(in), SniffSize)])
		if !ok || got.Name != f.Name {
			t.Errorf("sniffed as %q", got.Name)
		}
	})
	for _, f := range All() {
		if f.Read != nil && !slices.Contains(have, f.Name) {
			t.Errorf("%s has no sample in %s", f.Name, samplesDir)
		}
		if f.Name != strings.ToLower(f.Name) || f.Doc == "" || f.Read == nil && f.Write == nil {
			t.Errorf("%s: not a whole format", f.Name)
		}
	}
}

func TestABracketAloneMakesNoJSON(t *testing.T) {
	for head, want := range map[string]bool{
		"[PERSON-k7mz4qhd9] zei ja": false, "[16:04] fien: hoi": false, "[[PERSON-k7mz4qhd9]]": false, "[nullen]": false, "{haakje": false, "[1] noot": false, "": false,
		`{"a":1}`: true, `[{"a":1}]`: true, `[ [ "a" ] ]`: true, "[-1.5e3, 2]": true, "[null]": true, "{ }": true, "[]": true, "[true,": true, "[{": true,
	} {
		if got := beginsJSON([]byte(head)); got != want {
			t.Errorf("%q: %v", head, got)
		}
	}
}

func TestReadAndWrittenIsByteIdentical(t *testing.T) {
	eachSample(t, func(t *testing.T, f Format, name string, in []byte) {
		cs, err := collect(f, in, ReadOptions{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		out, err := emit(f, cs)
		if err != nil {
			t.Fatal(err)
		}
		if out != string(in) {
			i := 0
			for i < len(out) && i < len(in) && out[i] == in[i] {
				i++
			}
			t.Fatalf("differs from byte %d of %d on", i, len(in))
		}
	})
}

func TestOnlyWhatIsPlannedChangesAndReadsAgain(t *testing.T) {
	eachSample(t, func(t *testing.T, f Format, name string, in []byte) {
		cs, err := collect(f, in, ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cs {
			pseudonymise(c)
		}
		out, err := emit(f, cs)
		if err != nil {
			t.Fatal(err)
		}
		again, err := collect(f, []byte(out), ReadOptions{})
		if err != nil {
			t.Fatalf("the output does not read: %v", err)
		}
		if a, b := tree(again), tree(cs); a != b {
			t.Errorf("another tree:\n%s\nwant:\n%s", a, b)
		}
		for _, c := range again {
			pseudonymise(c)
		}
		if twice, err := emit(f, again); err != nil || twice != out {
			t.Errorf("twice is not once (%v)", err)
		}
		checkUntouched(t, string(in), out)
		checkLeaks(t, out)
	})
}

func TestDamagedInputGivesAnErrorWithoutText(t *testing.T) {
	eachSample(t, func(t *testing.T, f Format, name string, in []byte) {
		step := max(1, len(in)/150)
		for cut := 0; cut < len(in); cut += step {
			checkFault(t, f, in[:cut])
			damaged := slices.Clone(in)
			damaged[cut] ^= 0x15
			checkFault(t, f, damaged)
		}
	})
}

// checkFault reads damaged input: it may be read, or give one clear error.
func checkFault(t *testing.T, f Format, in []byte) {
	t.Helper()
	cs, err := collect(f, in, ReadOptions{MaxRecord: 1 << 20})
	if err == nil {
		if out, err := emit(f, cs); err != nil || !sameContent(out, string(in)) {
			t.Errorf("%d bytes: accepted, but not written back (%v)", len(in), err)
		}
		return
	}
	var re *ReadError
	if !errors.As(err, &re) || re.Fault == "" || re.Format != f.Name || re.Line == 0 && re.Offset < 0 {
		t.Errorf("%d bytes: %v says too little", len(in), err)
	}
	for _, o := range originals {
		if len(o) > 4 && strings.Contains(err.Error(), o) {
			t.Errorf("the error holds text")
		}
	}
}

func TestEmptyAndOverLongInputIsRefused(t *testing.T) {
	for _, f := range All() {
		if f.Read == nil {
			continue
		}
		if _, err := collect(f, nil, ReadOptions{}); err == nil {
			t.Errorf("%s: accepts an empty file", f.Name)
		}
	}
	eachSample(t, func(t *testing.T, f Format, name string, in []byte) {
		if _, err := collect(f, in, ReadOptions{MaxRecord: 64}); err == nil {
			t.Error("accepts a record over the limit")
		}
	})
}

// brokenReader fails after its first bytes.
type brokenReader struct{ r io.Reader }

func (b *brokenReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if err == io.EOF {
		err = errors.New("geheim")
	}
	return n, err
}

func TestUnreadableInputIsNoEnd(t *testing.T) {
	eachSample(t, func(t *testing.T, f Format, name string, in []byte) {
		var last error
		for _, err := range f.Read(&brokenReader{bytes.NewReader(in[:len(in)/2])}, ReadOptions{}) {
			last = err
		}
		if last == nil || strings.Contains(last.Error(), "geheim") {
			t.Errorf("got %v", last)
		}
	})
}

// firstDifference returns the first byte at which two texts differ.
func firstDifference(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}
