// Command bulk anonymises a lot of chat and says how long it took and how much
// memory it needed. It fails when the memory was not bounded, or when a number
// that it put in came out.
//
//	go run ./.ci/bulk [-size bytes] [-memory bytes] [anonymize flags...]
//
// The chats are made of the sentences in testdata/train, in runs of a few that
// followed each other there, with names and numbers of their own.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

func main() {
	size := flag.Int64("size", 1_000_000_000, "bytes of chat")
	memory := flag.Int64("memory", 200<<20, "most bytes of memory that naamloos may need")
	flag.Parse()
	if err := run(*size, *memory, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bulk:", err)
		os.Exit(1)
	}
}

func run(size, memory int64, args []string) error {
	dir, err := os.MkdirTemp("", "bulk")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	said, err := sentences("testdata/train")
	if err != nil {
		return err
	}
	binary, output := filepath.Join(dir, "naamloos"), filepath.Join(dir, "out.jsonl")
	if out, err := exec.Command("go", "build", "-o", binary, "./cmd/naamloos").CombinedOutput(); err != nil {
		return fmt.Errorf("%s", out)
	}
	c := exec.Command(binary, append([]string{"anonymize", "--from", "jsonl", "-o", output}, args...)...)
	c.Stderr, c.Env = os.Stderr, append(os.Environ(), "TMPDIR="+dir)
	in, err := c.StdinPipe()
	if err != nil {
		return err
	}
	began := time.Now()
	if err := c.Start(); err != nil {
		return err
	}
	chats, numbers, err := write(in, said, size)
	if err := errors.Join(err, in.Close(), c.Wait()); err != nil {
		return err
	}
	took := time.Since(began)
	peak := c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
	out, err := os.Open(output)
	if err != nil {
		return err
	}
	defer out.Close()
	lines, leaks, err := check(out, numbers)
	if err != nil {
		return err
	}
	fmt.Printf("%d chats, %.0f MB in %s: %.1f MB/s, %.1f s of processor, peak memory %d MB; %d chats came out, %d of %d numbers still there\n",
		chats, float64(size)/1e6, took.Round(time.Second), float64(size)/1e6/took.Seconds(),
		(c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), peak>>20, lines, leaks, len(numbers))
	return verdict(chats, lines, leaks, peak, memory)
}

// verdict says what was wrong with a run.
func verdict(chats, lines, leaks int, peak, memory int64) error {
	switch {
	case lines != chats:
		return errors.New("chats were lost or came out twice")
	case leaks > 0:
		return errors.New("numbers came out")
	case peak > memory:
		return errors.New("the memory was not bounded")
	}
	return nil
}

var mark = regexp.MustCompile(`\[\[[A-Z_]+\|([^\]]*)\]\]`)

// message is one message, as the canonical JSON lines have it.
type message struct {
	From string `json:"from"`
	Text string `json:"text"`
}

// sentences reads the messages of the training chats.
func sentences(dir string) (said []message, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "chats-*.txt"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			from, body, ok := strings.Cut(strings.TrimSpace(line), ": ")
			if ok && (from == "visitor" || from == "operator") {
				said = append(said, message{from, mark.ReplaceAllString(body, "$1")})
			}
		}
	}
	if len(said) == 0 {
		return nil, errors.New("no chats in " + dir)
	}
	return said, nil
}

// givenNames and surnames make the names of the visitors.
var (
	givenNames = strings.Fields("Xandrolie Fennelinde Jorwin Quirelle Tibaldo Yselle Brendario Maëlisse Oswinka Zjefke")
	surnames   = strings.Fields("Wolkenaer Zilverberg Oostervelde Denkbeeldig Vanverzinsel Duchimère Elfantasie")
)

// write writes at least size bytes of chats. It returns how many, and the
// telephone numbers in them.
func write(w io.Writer, said []message, size int64) (chats int, numbers map[string]bool, err error) {
	r, numbers := rand.New(rand.NewPCG(1, 2)), map[string]bool{}
	out := bufio.NewWriterSize(w, 1<<20)
	for n := int64(0); n < size; chats++ {
		name := givenNames[r.IntN(len(givenNames))] + " " + surnames[r.IntN(len(surnames))]
		number := fmt.Sprintf("047%07d", r.IntN(10_000_000))
		numbers[number] = true
		var messages []message
		for range 2 + r.IntN(8) {
			at := r.IntN(len(said) - 8)
			messages = append(messages, said[at:at+2+r.IntN(6)]...)
		}
		messages = append(messages, message{"visitor", "ik ben " + name + ", mijn gsm is " + number})
		line, err := json.Marshal(map[string]any{"id": fmt.Sprint("bulk-", chats), "messages": messages,
			"participants": []map[string]string{{"key": "visitor", "role": "visitor", "name": name}, {"key": "operator", "role": "operator", "name": "Griet"}}})
		if err != nil {
			return chats, numbers, err
		}
		wrote, err := out.Write(append(line, '\n'))
		if err != nil {
			return chats, numbers, err
		}
		n += int64(wrote)
	}
	return chats, numbers, out.Flush()
}

// planted matches the numbers that write makes.
var planted = regexp.MustCompile(`047\d{7}`)

// check counts the lines of the output, and the numbers that came through.
func check(output io.Reader, numbers map[string]bool) (lines, leaks int, err error) {
	s := bufio.NewScanner(output)
	s.Buffer(nil, 16<<20)
	for s.Scan() {
		lines++
		if !bytes.Contains(s.Bytes(), []byte("047")) {
			continue
		}
		for _, number := range planted.FindAll(s.Bytes(), -1) {
			if numbers[string(number)] {
				leaks++
			}
		}
	}
	return lines, leaks, s.Err()
}
