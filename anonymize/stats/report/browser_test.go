package report

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/stats"
)

// browser returns a Chromium for one test. Where there is none the test is
// skipped, loudly, unless NAAMLOOS_BROWSER=required.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("NAAMLOOS_BROWSER") == "required" {
			t.Fatal("NAAMLOOS_BROWSER=required, but no chromium on the path")
		}
		t.Skip("WARNING: THE REPORT WAS NOT OPENED IN A BROWSER: no chromium on the path")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.WindowSize(1280, 1600), chromedp.Flag("disable-background-networking", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	ctx, expire := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(expire)
	return ctx
}

// watch gathers what the page asks for and complains about.
type watch struct {
	mu         sync.Mutex
	requests   []string
	complaints []string
}

// note is called for every event of the page.
func (w *watch) note(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		w.requests = append(w.requests, e.Request.URL)
	case *network.EventWebSocketCreated:
		w.requests = append(w.requests, e.URL)
	case *runtime.EventExceptionThrown:
		w.complaints = append(w.complaints, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		w.complaints = append(w.complaints, e.Entry.Text)
	}
}

// value returns what an expression of the page is.
func value[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	require.NoError(t, err)
	return v
}

// media shows the page as on a screen of a theme, or on paper.
func media(t *testing.T, ctx context.Context, kind, theme string) {
	t.Helper()
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: kind,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}})
	require.NoError(t, err)
}

// open opens a report in French and watches it.
func open(t *testing.T, ctx context.Context) (page string, w *watch) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.html")
	require.NoError(t, os.WriteFile(path, []byte(written(t, published(t, 1500, stats.Disclosure{}), Options{Language: "fr"})), 0o600))
	w = &watch{}
	require.NoError(t, chromedp.Listen(ctx, w.note))
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	require.NoError(t, err)
	_, err = chromedp.Call(ctx, log.Enable, cdp.Empty{})
	require.NoError(t, err)
	page = "file://" + path
	require.NoError(t, chromedp.Do(ctx, chromedp.Navigate(page), chromedp.WaitVisible(chromedp.CSS(".view-fr h1"))))
	return page, w
}

func TestTheReportOpensInFourLanguagesAndAsksForNothing(t *testing.T) {
	ctx := browser(t)
	page, w := open(t, ctx)
	papers := map[string]bool{}
	for _, theme := range []string{"light", "dark"} {
		media(t, ctx, "screen", theme)
		papers[value[string](t, ctx, `getComputedStyle(document.documentElement).backgroundColor`)] = true
		for _, code := range languages {
			look(t, ctx, code, theme)
		}
	}
	assert.Len(t, papers, 2, "light and dark differ")
	media(t, ctx, "print", "light")
	assert.Equal(t, "none", value[string](t, ctx, `getComputedStyle(document.querySelector("nav")).display`), "paper has no buttons")

	w.mu.Lock()
	defer w.mu.Unlock()
	require.NotEmpty(t, w.requests, "the page itself was asked for")
	for _, url := range w.requests {
		assert.True(t, url == page || strings.HasPrefix(url, "data:"), "the report asks for %s", url)
	}
	assert.Empty(t, w.complaints)
}

// look chooses a language and looks at the page.
func look(t *testing.T, ctx context.Context, code, theme string) {
	t.Helper()
	about := code + " " + theme
	require.NoError(t, chromedp.Do(ctx, chromedp.Click(chromedp.CSS(`nav label[for="choose-`+code+`"]`)), chromedp.WaitVisible(chromedp.CSS(`.view-`+code+` h1`))))
	title, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS(`.view-`+code+` h1`)))
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"nl": "Chats in cijfers", "fr": "Les chats en chiffres", "de": "Chats in Zahlen", "en": "Chats in figures"}[code], title)
	shown := value[string](t, ctx, `[...document.querySelectorAll("main")].filter(m => m.offsetParent !== null).map(m => m.lang).join()`)
	assert.Equal(t, code, shown, "one language at a time")
	assert.GreaterOrEqual(t, value[int](t, ctx, `[...document.querySelectorAll(".view-`+code+` svg")].filter(s => s.getBoundingClientRect().width > 100).length`), 12)
	assert.LessOrEqual(t, value[int](t, ctx, `document.documentElement.scrollWidth - document.documentElement.clientWidth`), 0, "%s: wider than the window", about)
	assert.Empty(t, value[string](t, ctx, unreadableTexts(code)), "%s: texts that hardly differ from what is behind them", about)
	image, err := chromedp.Run(ctx, chromedp.FullScreenshot(90))
	require.NoError(t, err)
	if dir := os.Getenv("SCREENSHOTS"); dir != "" {
		require.NoError(t, os.WriteFile(filepath.Join(dir, code+"-"+theme+".jpeg"), image, 0o600))
	}
}

// unreadableTexts lists the texts of drawings and cells whose colour has a contrast below
// 4.5 to 1 with the colour behind them (WCAG 2.2, 1.4.3).
func unreadableTexts(code string) string {
	return `(() => {
	const rgb = c => (c.match(/[\d.]+/g) || []).map(Number);
	const light = c => { const [r, g, b] = rgb(c).map(x => { x /= 255; return x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
	const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
	const card = getComputedStyle(document.querySelector("figure")).backgroundColor;
	const bad = [];
	for (const cell of document.querySelectorAll(".view-` + code + ` .grid td[class]")) {
		if (contrast(getComputedStyle(cell).color, getComputedStyle(cell).backgroundColor) < 4.5) bad.push(cell.textContent);
	}
	for (const svg of document.querySelectorAll(".view-` + code + ` svg")) {
		for (const text of svg.querySelectorAll("text")) {
			const at = text.getBBox();
			let behind = card;
			for (const path of svg.querySelectorAll("path")) {
				const box = path.getBBox(), fill = getComputedStyle(path).fill;
				if (fill !== "none" && box.x <= at.x && box.y <= at.y && box.x + box.width >= at.x + at.width && box.y + box.height >= at.y + at.height) behind = fill;
			}
			if (contrast(getComputedStyle(text).fill, behind) < 4.5) bad.push(text.textContent);
		}
	}
	return bad.join();
})()`
}
