// Package webtest gives tests a real browser: system Chromium without a window.
package webtest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// required makes the absence of a browser a failure instead of a skip.
const required = "NAAMLOOS_BROWSER"

// screenshots names a folder that pictures of the pages are written to.
const screenshots = "NAAMLOOS_SCREENSHOTS"

// patience is how long anything in the browser may take.
const patience = 20 * time.Second

// Page is a tab of a browser. Its methods fail the test when something goes
// wrong or takes too long.
type Page struct {
	t        testing.TB
	ctx      context.Context
	mu       sync.Mutex
	requests []string
}

// Open returns a tab that closes with the test. Without Chromium the test is
// skipped with a loud line, or fails when the environment has
// NAAMLOOS_BROWSER=required.
func Open(t testing.TB) *Page {
	t.Helper()
	path := find()
	if path == "" {
		if os.Getenv(required) == "required" {
			t.Fatal("NO BROWSER: Chromium is required and not installed")
		}
		fmt.Fprintln(os.Stderr, "NO BROWSER: Chromium is not installed, the tests of the review pages in "+t.Name()+" DID NOT RUN")
		t.Skip("NO BROWSER: install Chromium to run this test")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("no-proxy-server", true), chromedp.UserDataDir(t.TempDir()))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(func() { cancel(); stop() })
	p := &Page{t: t, ctx: ctx}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	p.watch()
	return p
}

func find() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// watch notes everything that the tab asks for.
func (p *Page) watch() {
	events := chromedp.Events(p.ctx, network.RequestWillBeSent)
	go func() {
		for e, err := range events {
			if err != nil {
				return
			}
			p.mu.Lock()
			p.requests = append(p.requests, e.Request.URL)
			p.mu.Unlock()
		}
	}()
}

// Requests returns the addresses of everything that the tab asked for.
func (p *Page) Requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

func (p *Page) do(about string, actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.Screenshot("failed")
		p.t.Fatalf("%s: %v", about, err)
	}
}

// Goto opens an address.
func (p *Page) Goto(address string) {
	p.t.Helper()
	p.do("open a page", chromedp.Navigate(address))
}

// Size gives the window a size in CSS pixels.
func (p *Page) Size(width, height int64) {
	p.t.Helper()
	p.do("resize", chromedp.EmulateViewport(width, height))
}

// Click clicks what a CSS selector finds first.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.do("click "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// Type types into what a CSS selector finds first.
func (p *Page) Type(selector, text string) {
	p.t.Helper()
	p.do("type into "+selector, chromedp.SendKeys(chromedp.CSS(selector), text))
}

// Press presses a key.
func (p *Page) Press(key string) {
	p.t.Helper()
	p.do("press "+key, chromedp.KeyEvent(key))
}

// Run runs a script in the page, whose value is not wanted.
func (p *Page) Run(script string) {
	p.t.Helper()
	Value[bool](p, "(() => { "+script+"; return true })()")
}

// Wait waits until a script says true.
func (p *Page) Wait(about, script string) {
	p.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(30 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(p.ctx, patience)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+script+")"))
		cancel()
		if err == nil && ok {
			return
		}
	}
	p.Screenshot("failed")
	p.t.Fatalf("waited in vain: %s", about)
}

// Value returns what a script in the page says.
func Value[T any](p *Page, script string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 3*patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Screenshot("failed")
		p.t.Fatalf("a script in the page: %v", err)
	}
	return v
}

// Screenshot writes a picture of the window when the environment names a folder
// for pictures.
func (p *Page) Screenshot(name string) {
	dir := os.Getenv(screenshots)
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, filepath.Base(name)+".png"), picture, 0o600)
	}
	if err != nil {
		p.t.Logf("no screenshot: %v", err)
	}
}
