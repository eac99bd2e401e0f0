package review

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/risk"
	"github.com/clbchat/naamloos/anonymize/trace"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// Chat is one anonymised conversation of a library.
type Chat struct {
	Key          string // names it in the log: its file and its id, or its number
	Ref          string // names it in addresses; says nothing of it
	File         string
	Number       int // in its file, from 1
	Conversation *transcripts.Conversation
	Replacements [][]anonymize.Replacement // of each message; nil without a trace
	Language     Language
	Risk         risk.Assessment
	Fingerprint  string // changes when a text of it does
	Pseudonyms   int    // how many stand in its texts
}

// Title is how a chat is called where nothing better is known.
func (c *Chat) Title() string {
	if c.Conversation.ID != "" {
		return Visible(c.Conversation.ID)
	}
	return Visible(c.File) + " " + strconv.Itoa(c.Number)
}

// Name is the topic of a chat, or else its title.
func (c *Chat) Name() string {
	if c.Conversation.Topic != "" {
		return Visible(c.Conversation.Topic)
	}
	return c.Title()
}

// Library holds conversations in memory. It is safe for concurrent use.
type Library struct {
	Chats []*Chat
	Mode  Mode

	byRef      map[string]*Chat
	anonymizer *anonymize.Anonymizer
	digester   *corrections.Digester
	key        keys.Key
}

// Source is one file to read.
type Source struct {
	Name          string // shown, and part of what names a chat in the log
	Conversations iter.Seq2[*transcripts.Conversation, error]
	Traces        *trace.File // nil: none is known
}

// NotAnonymisedError says that a file looks like an original.
type NotAnonymisedError struct {
	File  string
	Found int // how much the detectors would hide in it
}

// Error implements error.
func (e *NotAnonymisedError) Error() string {
	return fmt.Sprintf("%s: holds no pseudonym and %d places that look like personal data: only anonymised files are reviewed", e.File, e.Found)
}

// errEmpty says that there is nothing to read.
var errEmpty = errors.New("review: no conversations found")

// Load reads all conversations of sources. Pseudonyms and digests are made with
// key, which must not be the zero key. Records that are no chats become notes when
// somebody wrote something in them.
func Load(key keys.Key, mode Mode, sources ...Source) (*Library, error) {
	a, err := anonymize.New(anonymize.Options{Key: key})
	if err != nil {
		return nil, err
	}
	l := &Library{Mode: mode, byRef: map[string]*Chat{}, anonymizer: a, digester: corrections.NewDigester(key), key: key}
	for _, s := range sources {
		if err := l.read(s); err != nil {
			return nil, err
		}
	}
	if len(l.Chats) == 0 {
		return nil, errEmpty
	}
	if err := l.assess(); err != nil {
		return nil, err
	}
	return l, l.refuseOriginals()
}

func (l *Library) read(s Source) error {
	ids := map[string]int{}
	first, number := len(l.Chats), 0
	for c, err := range s.Conversations {
		if err != nil {
			return err
		}
		number++
		c = readable(c)
		if len(c.Messages) == 0 {
			continue
		}
		ids[c.ID]++
		l.Chats = append(l.Chats, &Chat{File: s.Name, Number: number, Conversation: c, Language: languageOf(c)})
	}
	for _, c := range l.Chats[first:] {
		name := c.Conversation.ID
		if name == "" || ids[name] > 1 {
			name = "#" + strconv.Itoa(c.Number)
		}
		c.Key = c.File + "/" + name
		c.Fingerprint = l.mac("fingerprint", contents(c.Conversation))
		c.Ref = l.mac("ref", []byte(c.Key))[:16]
		c.Pseudonyms = countPseudonyms(c.Conversation)
		if s.Traces != nil {
			c.Replacements = s.Traces.Of(c.Conversation, c.Number)
		}
		l.byRef[c.Ref] = c
	}
	return nil
}

// readable returns a record that is no chat as one in which every text of
// several words is a note, so that somebody can read it.
func readable(c *transcripts.Conversation) *transcripts.Conversation {
	if len(c.Messages) > 0 {
		return c
	}
	note := &transcripts.Conversation{ID: c.ID, Started: c.Started, Topic: c.Topic}
	add := func(fields []transcripts.Field) {
		for _, f := range fields {
			if f.Kind != transcripts.FieldText || !strings.Contains(strings.TrimSpace(f.Value), " ") {
				continue
			}
			note.Participants = append(note.Participants, transcripts.Participant{Key: f.Label, Name: f.Label})
			note.Messages = append(note.Messages, transcripts.Message{From: f.Label, Kind: transcripts.KindNote, Text: f.Value})
		}
	}
	add(c.Fields)
	for i := range c.Participants {
		add(c.Participants[i].Fields)
	}
	return note
}

// mac returns 32 hexadecimal digits of data under the key, for one purpose.
func (l *Library) mac(purpose string, data []byte) string {
	sub := l.key.Derive("review", purpose)
	defer sub.Wipe()
	secret := sub.Bytes()
	defer clear(secret)
	m := hmac.New(sha256.New, secret)
	_, _ = m.Write(data) // never fails, see hash.Hash
	return hex.EncodeToString(m.Sum(nil)[:16])
}

// contents is what a verdict was given on: who said what.
func contents(c *transcripts.Conversation) []byte {
	var b []byte
	add := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	for i := range c.Participants {
		add(c.Participants[i].Name)
	}
	for i := range c.Messages {
		add(c.Messages[i].From)
		add(c.Messages[i].Text)
	}
	return b
}

func countPseudonyms(c *transcripts.Conversation) int {
	n := 0
	for i := range c.Messages {
		for range pseudonyms(c.Messages[i].Text) {
			n++
		}
	}
	return n
}

// assess weighs all chats against each other.
func (l *Library) assess() error {
	assessor, err := risk.New()
	if err != nil {
		return err
	}
	population := risk.NewPopulation()
	for _, c := range l.Chats {
		assessor.Add(population, c.Conversation)
	}
	workers := runtime.GOMAXPROCS(0)
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(l.Chats) && errs[w] == nil; i += workers {
				c := l.Chats[i]
				c.Risk, errs[w] = assessor.Assess(c.Conversation, c.Replacements, population)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// certain is the score from which on a finding in a file without pseudonyms
// says that the file is an original.
const certain = 0.8

// refuseOriginals returns an error for a file that holds no pseudonym while the
// detectors find plenty in it.
func (l *Library) refuseOriginals() error {
	type file struct{ pseudonyms, found int }
	files := map[string]*file{}
	for _, c := range l.Chats {
		f := files[c.File]
		if f == nil {
			f = &file{}
			files[c.File] = f
		}
		f.pseudonyms += c.Pseudonyms
		if c.Pseudonyms == 0 {
			n, err := l.certainFindings(c.Conversation)
			if err != nil {
				return err
			}
			f.found += n
		}
	}
	for _, c := range l.Chats {
		if f := files[c.File]; f.pseudonyms == 0 && f.found >= 2 {
			return &NotAnonymisedError{File: c.File, Found: f.found}
		}
	}
	return nil
}

func (l *Library) certainFindings(c *transcripts.Conversation) (int, error) {
	spans, err := l.anonymizer.Detect(c)
	n := 0
	for _, message := range spans {
		for _, sp := range message {
			if sp.Score >= certain {
				n++
			}
		}
	}
	return n, err
}

// Chat returns the chat with an address.
func (l *Library) Chat(ref string) (*Chat, bool) {
	c, ok := l.byRef[ref]
	return c, ok
}

// Anonymised returns a text without what the detectors find in it.
func (l *Library) Anonymised(text string) (string, error) {
	c := &transcripts.Conversation{Messages: []transcripts.Message{{Text: text}}}
	out, _, err := l.anonymizer.Conversation(c)
	if err != nil {
		return "", err
	}
	return out.Messages[0].Text, nil
}

// pseudonyms yields where pseudonyms stand in a text.
func pseudonyms(text string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for at := 0; at < len(text); {
			end, ok := detectors.PseudonymAt(text, at)
			if !ok {
				at++
				continue
			}
			if !yield(at, end) {
				return
			}
			at = end
		}
	}
}
