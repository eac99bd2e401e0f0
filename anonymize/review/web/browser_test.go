package web

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/evaluate"
	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/anonymize/review/store"
	"github.com/clbchat/naamloos/anonymize/review/web/webtest"
	"github.com/clbchat/naamloos/transcripts"
)

// axeVariable names the file axe.min.js of axe-core (MPL-2.0), which is test
// data that does not travel with the project: 'npm install axe-core' brings it.
const axeVariable = "NAAMLOOS_AXE"

// served is a server that runs, and the desk behind it.
type served struct {
	address string // that lets a browser in
	library *review.Library
	store   *store.Store
}

// demo serves annotated, invented chats after anonymisation, a hostile one and
// a long one.
func demo(t *testing.T) *served {
	t.Helper()
	a, err := anonymize.New(anonymize.Options{Key: testKey})
	require.NoError(t, err)
	var cs []*transcripts.Conversation
	var traces [][][]anonymize.Replacement
	for _, c := range goldChats(t) {
		out, report, err := a.Conversation(c)
		require.NoError(t, err)
		cs, traces = append(cs, out), append(traces, report.Replacements)
	}
	long := make([]string, 1500)
	for i := range long {
		long[i] = fmt.Sprintf("dit is bericht %d", i+1)
	}
	cs = append(cs, chatOf("lang", "heel lang gesprek", long...), chatOf("vijandig", "vijandige tekst",
		`<script>document.title="GEHACKT"</script><img src="http://evil.example/x.png" onerror="document.title='GEHACKT'">`,
		"links \u202Egnirts\u202C rechts \u200Fx", strings.Repeat("😭💔", 400), "zalgo "+strings.Repeat("a\u0336\u0489\u0489\u0489", 60),
		"مرحبا [PERSON-kp5vzt5mh] كيف حالك", "eenheellangwoord"+strings.Repeat("haha", 80)))
	return serve(t, cs, traces)
}

func goldChats(t *testing.T) []*transcripts.Conversation {
	t.Helper()
	f, err := os.Open("../../../testdata/gold/dev.jsonl")
	require.NoError(t, err)
	defer f.Close()
	gold, err := evaluate.Read(f)
	require.NoError(t, err)
	topics := []string{"pesten", "thuis", "schoolkeuze", "stress voor examens", "ruzie met vrienden", "verdriet", "spijbelen"}
	var out []*transcripts.Conversation
	for i, g := range gold {
		c := chatOf(g.ID, topics[i%len(topics)])
		c.Participants[0].Name, c.Participants[1].Name = g.Nick, g.Operator
		at := time.Date(2026, 1, 12, 16, 4, 0, 0, time.UTC)
		for k, m := range g.Messages {
			c.Messages = append(c.Messages, transcripts.Message{From: m.From, Text: m.Text, At: at.Add(time.Duration(k*37+k*k%29) * time.Second)})
		}
		out = append(out, c)
	}
	return out
}

func serve(t *testing.T, cs []*transcripts.Conversation, traces [][][]anonymize.Replacement) *served {
	t.Helper()
	library, err := review.Load(testKey, review.TwoReaders, review.Source{Name: "chats.jsonl", Conversations: conversations(cs...)})
	require.NoError(t, err)
	for i := range traces {
		library.Chats[i].Replacements = traces[i]
	}
	ctx, stop := context.WithCancel(context.Background())
	kept, err := store.Open(ctx, filepath.Join(t.TempDir(), "review.db"), corrections.KeyID(testKey))
	require.NoError(t, err)
	addresses := make(chan string, 9)
	server, err := New(Options{Library: library, Store: kept, Reader: "Ann",
		Announce: func(a string) { addresses <- a }, Fault: func(err error) { t.Errorf("fault: %v", err) }})
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		assert.NoError(t, <-done)
		_ = kept.Close()
	})
	return &served{<-addresses, library, kept}
}

// open opens a browser that was let in.
func (s *served) open(t *testing.T) *webtest.Page {
	t.Helper()
	p := webtest.Open(t)
	p.Size(1280, 900)
	p.Goto(s.address)
	p.Wait("the list", `document.querySelector(".rows")`)
	return p
}

func (s *served) site() string { return s.address[:strings.Index(s.address, "/enter/")] }

// views are the pages and states that are looked at.
func (s *served) views() map[string]string {
	ref := s.library.Chats[2].Ref
	find := func(id string) string {
		for _, c := range s.library.Chats {
			if c.Conversation.ID == id {
				return c.Ref
			}
		}
		return ""
	}
	return map[string]string{"list": "/", "list-filtered": "/?q=pesten&sort=risk", "list-none": "/?q=bestaatniet", "chat": "/c/" + ref, "why": "/c/" + ref + "/why?" + s.place(ref), "act": "/c/" + ref + "/act?m=1",
		"print": "/c/" + ref + "/print?watermark=on&remarks=on", "long": "/c/" + find("lang") + "?from=500", "hostile": "/c/" + find("vijandig"),
		"corrections": "/corrections", "agreement": "/agreement", "reader": "/reader", "error": "/nergens"}
}

// place returns where the first pseudonym of a chat stands.
func (s *served) place(ref string) string {
	c, _ := s.library.Chat(ref)
	for i, message := range c.Replacements {
		if len(message) > 0 {
			return fmt.Sprintf("m=%d&at=%d", i+1, message[0].Start)
		}
	}
	return ""
}

// lived lets readers have done things already.
func (s *served) lived(t *testing.T) *served {
	t.Helper()
	keep := func(e review.Event) {
		_, err := s.store.Append(context.Background(), e)
		require.NoError(t, err)
	}
	c := s.library.Chats[2]
	keep(review.Event{Chat: c.Key, Reader: "Bo", Kind: review.Remark, Message: 2, Text: "Mooie open vraag.\nHier wacht je even, dat werkt."})
	for i, c := range s.library.Chats[:20] {
		v := review.Verdicts()[i%5%3]
		w := review.Verdicts()[i%4%3]
		keep(review.Event{Chat: c.Key, Reader: "Bo", Kind: review.Judge, Verdict: v, Fingerprint: c.Fingerprint})
		if i%3 != 2 {
			keep(review.Event{Chat: c.Key, Reader: "Cas", Kind: review.Judge, Verdict: w, Fingerprint: c.Fingerprint})
		}
	}
	keep(review.Event{Chat: s.library.Chats[5].Key, Reader: "Bo", Kind: review.Flag})
	m, err := s.library.Mark(c, 1, 0, 2, "PERSON")
	require.NoError(t, err)
	m.Reader = "Bo"
	keep(m)
	return s
}

func (s *served) prefer(p *webtest.Page, language, theme string) {
	p.Goto(s.site() + "/")
	p.Run(fmt.Sprintf(`document.querySelector(".menu").open = true; document.querySelector("#pref-language").value = %q; document.querySelector("#pref-theme").value = %q; document.querySelector(".menu form").requestSubmit()`, language, theme))
	p.Wait("the preference", fmt.Sprintf(`document.readyState === "complete" && document.documentElement.lang === %q && (document.documentElement.dataset.theme || "") === %q`, language, theme))
}

func TestPagesAreAccessible(t *testing.T) {
	s := demo(t).lived(t)
	p := s.open(t)
	axe := axeScript(t)
	for i, theme := range []string{"light", "dark"} {
		s.prefer(p, "nl", theme)
		for k, width := range []int64{1280, 390} {
			if testing.Short() && i != k {
				continue
			}
			p.Size(width, 900)
			for name, path := range s.views() {
				p.Goto(s.site() + path)
				about := fmt.Sprintf("%s-%s-%d", name, theme, width)
				p.Screenshot(about)
				assert.LessOrEqual(t, webtest.Value[int](p, "document.documentElement.scrollWidth"), int(width), "%s is wider than the window", about)
				if axe != "" {
					assert.Empty(t, faults(p, axe), about)
				}
			}
		}
	}
}

// axeScript returns axe-core, or "" after a loud line when it is not there.
func axeScript(t *testing.T) string {
	t.Helper()
	file := os.Getenv(axeVariable)
	if file == "" {
		fmt.Fprintln(os.Stderr, "NO AXE: "+axeVariable+" does not name axe.min.js, accessibility WAS NOT LOOKED AT")
		return ""
	}
	script, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(script)
}

// faults returns what axe-core finds serious or critical.
func faults(p *webtest.Page, axe string) []string {
	webtest.Value[bool](p, axe+"; true")
	return webtest.Value[[]string](p, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r =>
		r.violations.filter(v => v.impact === "serious" || v.impact === "critical").map(v => v.id + ": " + v.nodes.slice(0, 4).map(n => n.target + " " + n.failureSummary).join(" | ")))`)
}

func TestReadingByKeyboard(t *testing.T) {
	s := demo(t)
	p := s.open(t)
	p.Goto(s.site() + "/c/" + s.library.Chats[2].Ref)
	p.Press("j")
	p.Wait("the first message", `document.activeElement.id === "m1"`)
	p.Press("j")
	p.Press("j")
	p.Press("k")
	p.Wait("the second message", `document.activeElement.id === "m2"`)
	p.Press("c")
	p.Wait("the form for a comment", `document.activeElement.tagName === "TEXTAREA"`)
	p.Press("j") // typed, not obeyed
	p.Wait("the letter", `document.activeElement.value.endsWith("j")`)
	p.Press("\u001b")
	p.Wait("the message again", `document.activeElement.id === "m2" && !document.querySelector(".sheet-here")`)
	p.Press("?")
	p.Wait("the help", `document.querySelector("#keys").open`)
	p.Screenshot("keys")
	p.Press("\u001b")
	p.Wait("no help", `!document.querySelector("#keys").open`)
	p.Press("2")
	p.Wait("the verdict", `document.querySelector("button.held").getAttribute("aria-pressed") === "true"`)
	p.Press("f")
	p.Wait("the flag", `document.querySelector("[data-key=f]").getAttribute("aria-pressed") === "true"`)
	p.Press("u")
	p.Wait("no flag", `document.querySelector("[data-key=f]").getAttribute("aria-pressed") === "false"`)
	p.Press("n")
	p.Wait("the next chat", fmt.Sprintf(`location.pathname === "/c/%s"`, s.library.Chats[3].Ref))
}

func TestKeysCanBeTurnedOff(t *testing.T) {
	s := demo(t)
	p := s.open(t)
	p.Run(`document.querySelector(".menu").open = true; document.querySelector("#pref-keys").value = "off"; document.querySelector(".menu form").requestSubmit()`)
	p.Wait("the preference", `document.readyState === "complete" && !("shortcuts" in document.documentElement.dataset)`)
	p.Goto(s.site() + "/c/" + s.library.Chats[2].Ref)
	p.Press("2")
	time.Sleep(200 * time.Millisecond)
	assert.Equal(t, "false", webtest.Value[string](p, `document.querySelector("button.held").getAttribute("aria-pressed")`))
}

func TestHostileChatRunsNothingAndAsksNothing(t *testing.T) {
	s := demo(t)
	p := s.open(t)
	p.Goto(s.site() + s.views()["hostile"])
	assert.NotContains(t, webtest.Value[string](p, "document.title"), "GEHACKT")
	assert.Zero(t, webtest.Value[int](p, `document.querySelectorAll("main img, main script, main style").length`))
	assert.LessOrEqual(t, webtest.Value[int](p, "document.documentElement.scrollWidth"), 1280)
	assert.Less(t, webtest.Value[float64](p, `Math.max(...[...document.querySelectorAll(".bubble")].map(b => b.getBoundingClientRect().height))`), 700.0)
	requests := p.Requests()
	require.NotEmpty(t, requests)
	for _, address := range requests {
		assert.True(t, strings.HasPrefix(address, s.site()) || strings.HasPrefix(address, "about:") || strings.HasPrefix(address, "data:"), address)
	}
}

func TestLongChatIsQuickToMoveIn(t *testing.T) {
	s := demo(t)
	p := s.open(t)
	begin := time.Now()
	p.Goto(s.site() + s.views()["long"])
	p.Wait("the stretch", `document.querySelector("#m500")`)
	assert.Less(t, time.Since(begin), 5*time.Second)
}

func TestReadToTheEndIsRead(t *testing.T) {
	s := demo(t)
	p := s.open(t)
	p.Goto(s.site() + "/c/" + s.library.Chats[2].Ref)
	p.Run(`document.querySelector("#end").scrollIntoView()`)
	require.Eventually(t, func() bool {
		log, err := s.store.Log(context.Background())
		return err == nil && log.State(s.library.Chats[2].Key).Read["Ann"]
	}, 10*time.Second, 50*time.Millisecond)
}

func TestSelectionAcrossPiecesOfTextIsOneValue(t *testing.T) {
	s := serve(t, []*transcripts.Conversation{chatOf("c1", "", "hij woont in de 998127 blokken van [ORG-k7mz4qhd9] 😀 dus", "de 998127 blokken")}, nil)
	p := s.open(t)
	p.Goto(s.site() + "/c/" + s.library.Chats[0].Ref)
	require.Equal(t, 1, webtest.Value[int](p, `document.querySelectorAll("#m1 .doubt").length`))
	choose := func(from, to string) {
		p.Run(`const pieces = [...document.querySelectorAll("#m1 .s")], find = w => pieces.find(s => s.textContent.includes(w)).firstChild, a = find("` + from + `"), b = find("` + to + `"), range = document.createRange();
			range.setStart(a, a.data.indexOf("` + from + `")); range.setEnd(b, b.data.indexOf("` + to + `") + ` + fmt.Sprint(len(to)) + `); const selection = getSelection(); selection.removeAllRanges(); selection.addRange(range)`)
	}
	choose("998127", "dus")
	time.Sleep(400 * time.Millisecond)
	assert.True(t, webtest.Value[bool](p, `document.querySelector("#mark").hidden`), "nothing is offered across a pseudonym")
	choose("998127", "blokken")
	p.Wait("the offer", `!document.querySelector("#mark").hidden`)
	p.Click("#mark button[type=submit]")
	p.Wait("both words to vanish in both messages", `document.querySelectorAll(".chip.marked").length === 2 && !document.querySelector(".chat").innerText.includes("blokken")`)
}

func TestSelectedWordIsHidden(t *testing.T) {
	s := serve(t, []*transcripts.Conversation{chatOf("c1", "school", plainChat...)}, nil)
	p := s.open(t)
	p.Goto(s.site() + "/c/" + s.library.Chats[0].Ref)
	p.Run(`const word = "blokkendoos", piece = [...document.querySelectorAll("#m1 .s")].find(s => s.textContent.includes(word)).firstChild, at = piece.data.indexOf(word), range = document.createRange();
		range.setStart(piece, at); range.setEnd(piece, at + word.length); const selection = getSelection(); selection.removeAllRanges(); selection.addRange(range)`)
	p.Wait("the offer", `!document.querySelector("#mark").hidden`)
	p.Screenshot("mark")
	p.Run(`document.querySelector("#mark-type").value = "ORG"`)
	p.Click("#mark button[type=submit]")
	p.Wait("the word to vanish", `document.querySelectorAll(".chip.marked").length === 2 && !document.querySelector(".chat").innerText.toLowerCase().includes("blokkendoos")`)
	p.Screenshot("marked")
	p.Click("#notice button")
	p.Wait("the word to come back", `document.querySelector(".chat").innerText.toLowerCase().includes("blokkendoos")`)
	p.Click("#m3 a.chip")
	p.Wait("why", `document.querySelector("#why form button")`)
	p.Press("x")
	p.Wait("the note that it was needless", `document.querySelector("#m3 .chip.spared")`)
}
