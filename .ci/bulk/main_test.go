package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// said are enough messages for write.
var said = slices.Repeat([]message{{"visitor", "dag"}, {"operator", "hallo, zeg maar"}}, 10)

func TestTheNumbersThatWerePutInAreFoundWhenTheyComeOut(t *testing.T) {
	var chats bytes.Buffer
	n, numbers, err := write(&chats, said, 50_000)
	if err != nil {
		t.Fatal(err)
	}
	if chats.Len() < 50_000 || n < 10 || len(numbers) < n-1 {
		t.Fatalf("%d chats of %d bytes with %d numbers", n, chats.Len(), len(numbers))
	}
	lines, leaks, err := check(bytes.NewReader(chats.Bytes()), numbers)
	if err != nil || lines != n || leaks != n {
		t.Errorf("%d lines and %d numbers found of %d, %v", lines, leaks, n, err)
	}
	hidden := planted.ReplaceAll(chats.Bytes(), []byte("[PHONE-x]"))
	if _, leaks, _ = check(bytes.NewReader(hidden), numbers); leaks != 0 {
		t.Errorf("%d numbers found where none are", leaks)
	}
}

func TestOneNumberThatCameOutIsFoundWhereverItStands(t *testing.T) {
	numbers := map[string]bool{"0471234567": true}
	for text, want := range map[string]int{
		"bel 0471234567!": 1, "x0471234567y": 1, `{"a":"0471234567","b":"0471234567"}`: 2, "bel 0479999999": 0, "047123456": 0, "": 0,
	} {
		if _, leaks, err := check(strings.NewReader("een\n"+text+"\n"), numbers); err != nil || leaks != want {
			t.Errorf("%d found, want %d: %v", leaks, want, err)
		}
	}
}

func TestTheSameChatsAreWrittenEachTime(t *testing.T) {
	var a, b bytes.Buffer
	_, _, errA := write(&a, said, 10_000)
	_, _, errB := write(&b, said, 10_000)
	if errA != nil || errB != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two runs differ")
	}
}

func TestSentencesAreReadWithoutTheirMarks(t *testing.T) {
	dir := t.TempDir()
	text := "# chat\nvisitor: ik ben [[PERSON|Jarno]] van [[OTHER_ID|3LATB]]\nnote: niet dit\noperator: dag!\n"
	if err := os.WriteFile(filepath.Join(dir, "chats-a.txt"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := sentences(dir)
	if want := []message{{"visitor", "ik ben Jarno van 3LATB"}, {"operator", "dag!"}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := sentences(t.TempDir()); err == nil {
		t.Error("a folder without chats is taken")
	}
}

func TestARunFailsForEachOfItsReasons(t *testing.T) {
	for name, err := range map[string]error{
		"lost": verdict(10, 9, 0, 1, 2), "twice": verdict(10, 11, 0, 1, 2), "leaks": verdict(10, 10, 1, 1, 2), "memory": verdict(10, 10, 0, 3, 2),
	} {
		if err == nil {
			t.Errorf("%s passes", name)
		}
	}
	if err := verdict(10, 10, 0, 2, 2); err != nil {
		t.Error(err)
	}
}
