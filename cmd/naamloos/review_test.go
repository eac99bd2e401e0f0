package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/review/web/webtest"
)

// storyRun runs one command line, which must succeed.
func storyRun(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(args, strings.NewReader(""), &out, &errs, func(string) string { return "" })
	require.Equal(t, exitDone, code, errs.String())
	return out.String()
}

// reviewing runs review until stop is called, and returns the address it prints.
func reviewing(t *testing.T, args ...string) (address string, stop func()) {
	t.Helper()
	r, w := io.Pipe()
	var errs bytes.Buffer
	done := make(chan int, 1)
	go func() {
		done <- run(append([]string{"review"}, args...), strings.NewReader(""), w, &errs, func(string) string { return "" })
		_ = w.Close()
	}()
	lines := bufio.NewScanner(r)
	require.True(t, lines.Scan(), "no address was printed")
	address = lines.Text()
	go func() { _, _ = io.Copy(io.Discard, r) }()
	return address, func() {
		t.Helper()
		self, err := os.FindProcess(os.Getpid())
		require.NoError(t, err)
		require.NoError(t, self.Signal(os.Interrupt))
		select {
		case code := <-done:
			require.Equal(t, exitDone, code, errs.String())
		case <-time.After(20 * time.Second):
			t.Fatal("review does not end")
		}
	}
}

const storyKey = "8f3c1e5a9b7d2f4068ace13579bdf02468ace13579bdf0248f3c1e5a9b7d2f40\n"

// The word that no detector can know, and the chats it stands in.
const (
	storyWord  = "koekjesfabriek"
	storyChats = `{"id":"s1","topic":"stage","participants":[{"key":"v","role":"visitor","name":"Fien"},{"key":"o","role":"operator","name":"Griet"}],"messages":[{"from":"v","at":"2026-01-12T16:04:10+01:00","text":"hey ik ben fien en het ging weer over de koekjesfabriek"},{"from":"o","at":"2026-01-12T16:05:10+01:00","text":"Dag Fien. Hoe zit het met de koekjesfabriek?"},{"from":"v","text":"goed, mijn nummer is 0470 12 34 56"}]}
{"id":"s2","topic":"ander","messages":[{"text":"hallo, ik ben yassin"},{"text":"dag"}]}
`
)

// TestStoryOfReview is the whole story: anonymise, open, read, mark, see it
// vanish, undo, mark again, hold one back, release the other, export, run again
// with the lists and see the difference.
func TestStoryOfReview(t *testing.T) {
	p := webtest.Open(t)
	dir := t.TempDir()
	in, key, out := filepath.Join(dir, "in.jsonl"), filepath.Join(dir, "clb.key"), filepath.Join(dir, "out")
	require.NoError(t, os.WriteFile(in, []byte(storyChats), 0o600))
	require.NoError(t, os.WriteFile(key, []byte(storyKey), 0o600))
	anonymised := filepath.Join(out, "chats.jsonl")
	storyRun(t, "anonymize", in, "-o", anonymised, "--key-file", key, "--trace", filepath.Join(out, "chats.trace.jsonl"))
	require.Contains(t, read(t, anonymised), storyWord)

	address, stop := reviewing(t, out, "--key-file", key, "--reader", "Ann")
	p.Size(1200, 900)
	p.Goto(address)
	p.Wait("the list", `document.querySelectorAll(".row").length === 2`)
	p.Click(".row a")
	p.Wait("the chat", `document.readyState === "complete" && document.querySelectorAll(".message").length === 3`)
	p.Click("#m1 a.chip.person")
	p.Wait("the reason", `document.querySelector("#why code").textContent.startsWith("[PERSON-") && document.querySelector("#why dd[lang=en]").textContent.length > 3`)

	mark := func() {
		p.Run(`const text = [...document.querySelectorAll("#m1 .s")].find(s => s.textContent.includes("` + storyWord + `")).firstChild, at = text.data.indexOf("` + storyWord + `"), range = document.createRange();
			range.setStart(text, at); range.setEnd(text, at + ` + fmt.Sprint(len(storyWord)) + `); const s = getSelection(); s.removeAllRanges(); s.addRange(range)`)
		p.Wait("the offer to hide", `!document.querySelector("#mark").hidden`)
		p.Run(`document.querySelector("#mark-type").value = "ORG"`)
		p.Click("#mark button[type=submit]")
		p.Wait("the word to vanish in both messages", `document.querySelectorAll(".chip.marked").length === 2 && !document.querySelector(".chat").innerText.toLowerCase().includes("`+storyWord+`")`)
	}
	mark()
	p.Press("u")
	p.Wait("the word to come back", `document.querySelector(".chat").innerText.toLowerCase().includes("`+storyWord+`")`)
	mark()
	p.Click("button.held")
	p.Wait("the verdict", `document.querySelector("button.held").getAttribute("aria-pressed") === "true"`)
	p.Press("1")
	p.Wait("the other verdict", `document.querySelector("button.released").getAttribute("aria-pressed") === "true"`)
	p.Press("n")
	p.Wait("the next chat", `document.readyState === "complete" && document.querySelectorAll(".message").length === 2`)
	p.Press("2")
	p.Wait("the verdict on it", `document.querySelector("button.held").getAttribute("aria-pressed") === "true"`)
	stop()

	lists := filepath.Join(dir, "lists")
	storyRun(t, "review", "export", out, "--key-file", key, "-o", lists)
	released := read(t, filepath.Join(lists, "released.jsonl"))
	assert.Equal(t, 1, strings.Count(released, "\n"), "the one that was held back is not there")
	assert.Contains(t, released, `"id":"s1"`)
	assert.NotContains(t, strings.ToLower(released), storyWord)
	for _, file := range []string{"corrections.json", "labels.jsonl", "decisions.jsonl"} {
		assert.NotContains(t, strings.ToLower(read(t, filepath.Join(lists, file))), storyWord)
	}

	again := filepath.Join(dir, "again.jsonl")
	storyRun(t, "anonymize", in, "-o", again, "--key-file", key, "--corrections", filepath.Join(lists, "corrections.json"))
	better := read(t, again)
	assert.NotContains(t, strings.ToLower(better), storyWord)
	assert.Regexp(t, `weer over de \[ORG-.{9}\]"`, better)
	assert.Contains(t, released, better[strings.Index(better, "[ORG-"):strings.Index(better, "[ORG-")+15], "the same pseudonym as in the app")
	assert.Equal(t, storyChats, read(t, in), "the original is not touched")
	annotated := filepath.Join(dir, "chats-reviewed.txt")
	storyRun(t, "review", "annotate", lists, in, "-o", annotated)
	assert.Contains(t, read(t, annotated), "weer over de [[ORG|"+storyWord+"]]")
	assert.Contains(t, storyRun(t, "eval", annotated), "ORG")

	detected := storyRunWith(t, storyChats, "detect", "--corrections", filepath.Join(lists, "corrections.json"), "--corrections-key", key)
	assert.Contains(t, detected, `"detector":"corrections"`)
}

func storyRunWith(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	require.Equal(t, exitDone, run(args, strings.NewReader(stdin), &out, &errs, func(string) string { return "" }), errs.String())
	return out.String()
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(b)
}
