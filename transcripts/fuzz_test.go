package transcripts

import (
	"os"
	"path/filepath"
	"testing"
)

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
		cs, err := collect(format, in, ReadOptions{MaxRecord: 1 << 20})
		if err != nil {
			return
		}
		if out, err := emit(format, cs); err != nil || !sameContent(out, string(in)) {
			t.Errorf("%s: not identical: %v", format.Name, err)
		}
	})
}
