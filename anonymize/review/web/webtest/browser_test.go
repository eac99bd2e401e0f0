package webtest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// A recorder is a test that notes how it ends instead of failing.
type recorder struct {
	testing.TB
	failed, skipped string
}

func (r *recorder) Helper() {}

func (r *recorder) Fatal(args ...any) {
	r.failed = fmt.Sprint(args...)
	runtime.Goexit()
}

func (r *recorder) Fatalf(format string, args ...any) { r.Fatal(fmt.Sprintf(format, args...)) }

func (r *recorder) Skip(args ...any) {
	r.skipped = fmt.Sprint(args...)
	runtime.Goexit()
}

// record runs what may end a test.
func record(t *testing.T, do func(r *recorder)) *recorder {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		do(r)
	}()
	<-done
	return r
}

func TestWithoutABrowserTheTestIsSkippedOrFailsWhenOneIsRequired(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv(required, "")
	if r := record(t, func(r *recorder) { Open(r) }); !strings.Contains(r.skipped, "NO BROWSER") || r.failed != "" {
		t.Errorf("skipped %q, failed %q", r.skipped, r.failed)
	}
	t.Setenv(required, "required")
	if r := record(t, func(r *recorder) { Open(r) }); !strings.Contains(r.failed, "NO BROWSER") {
		t.Errorf("skipped %q, failed %q", r.skipped, r.failed)
	}
}

const page = `<!doctype html><title>proef</title><input id=in><button id=go onclick="document.title=document.getElementById('in').value">go</button>` +
	`<script>addEventListener("keydown", e => { if (e.key === "j") document.body.dataset.key = "j" })</script><img src="/picture.png">`

func TestAPageDoesWhatAPersonWouldDo(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			fmt.Fprint(w, page)
		}
	}))
	defer site.Close()
	dir := t.TempDir()
	t.Setenv(screenshots, dir)
	p := Open(t)
	p.Size(390, 844)
	p.Goto(site.URL)
	p.Type("#in", "hallo")
	p.Click("#go")
	p.Wait("the title changes", `document.title === "hallo"`)
	p.Run(`document.activeElement.blur()`)
	p.Press("j")
	p.Wait("the key arrives", `document.body.dataset.key === "j"`)
	if w := Value[int](p, "innerWidth"); w != 390 {
		t.Errorf("%d pixels wide", w)
	}
	if !slices.Contains(p.Requests(), site.URL+"/picture.png") {
		t.Error("a request of the page was not noted")
	}
	p.Screenshot("../outside")
	if _, err := os.Stat(filepath.Join(dir, "outside.png")); err != nil {
		t.Error("no picture in the folder for pictures")
	}
	failing := record(t, func(r *recorder) {
		q := &Page{t: r, ctx: p.ctx}
		Value[bool](q, "nothing.here")
	})
	if failing.failed == "" {
		t.Error("a script that throws does not fail the test")
	}
}
