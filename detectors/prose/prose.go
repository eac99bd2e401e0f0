// Package prose asks github.com/jdkato/prose/v2 for a second opinion on names in
// English text.
//
//	anonymize.Options{Recognizers: []detectors.Recognizer{prose.New()}}
//
// Prose is trained on English news: of names in lower case it finds almost none,
// on Dutch text it does harm. So it is asked about messages guessed to be
// English only, and adds to what the built-in detectors find. It reads about 50
// kB a second; what comes after the first 16 kB of a message is not shown to it.
//
// Its faults are kept away: it gives no positions, so tokens are aligned with the
// bytes of the text; it drops a name at the end of a text, so an end of sentence
// is appended; letters whose small form has another length in UTF-8 make it
// panic, so they are hidden from it, and a panic that comes all the same is an
// error, which stops the text.
package prose

import (
	"errors"
	"strings"
	"sync"

	"github.com/jdkato/prose/v2"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/language"
)

// Recognizer finds persons in English text. It is safe for
// concurrent use.
type Recognizer struct{}

// New returns the recognizer. The model is loaded at the first English text,
// which takes a third of a second.
func New() Recognizer { return Recognizer{} }

var _ detectors.Recognizer = Recognizer{}

// ErrPanic says that prose failed on a text.
var ErrPanic = errors.New("prose: the tagger failed")

// model is loaded once: a prose document loads its own otherwise.
var model = sync.OnceValues(func() (*prose.Model, error) {
	doc, err := prose.NewDocument("", prose.WithSegmentation(false))
	if err != nil {
		return nil, errors.New("prose: the model cannot be loaded")
	}
	return doc.Model, nil
})

// Bounds of what is shown to prose.
const (
	longestText  = 16 << 10
	longestPiece = 1 << 10
)

// score is what a finding of prose is worth: on English chats about a third of
// them are wrong.
const score = 0.6

// Find implements [detectors.Recognizer].
func (Recognizer) Find(dst []detectors.Span, t detectors.Text) ([]detectors.Span, error) {
	if language.Guess(t.Body) != language.English {
		return dst, nil
	}
	for at := 0; at < min(len(t.Body), longestText); {
		end := at + pieceLength(t.Body[at:])
		var err error
		if dst, err = find(dst, t.Body[at:end], at); err != nil {
			return nil, err
		}
		at = end
	}
	return dst, nil
}

// pieceLength returns how much of text is shown at once: up to a blank.
func pieceLength(text string) int {
	if len(text) <= longestPiece {
		return len(text)
	}
	if n := strings.LastIndexAny(text[:longestPiece], " \n\t"); n > 0 {
		return n + 1
	}
	return longestPiece
}

// find appends what prose finds in piece, which begins at byte offset of its
// text.
func find(dst []detectors.Span, piece string, offset int) (out []detectors.Span, err error) {
	defer func() {
		if recover() != nil {
			out, err = nil, ErrPanic
		}
	}()
	m, err := model()
	if err != nil {
		return nil, err
	}
	doc, err := prose.NewDocument(readable(piece)+" .", prose.WithSegmentation(false), prose.UsingModel(m))
	if err != nil {
		return nil, ErrPanic
	}
	a := aligner{text: piece}
	var open detectors.Span
	for _, token := range doc.Tokens() {
		start, end, ok := a.next(token.Text)
		if !ok {
			continue
		}
		typ := types[strings.TrimLeft(token.Label, "BI-")]
		goesOn := typ == open.Type || strings.HasPrefix(token.Label, "I-") // prose gives a surname any type
		if goesOn && open.End > 0 && strings.TrimSpace(piece[open.End-offset:start]) == "" {
			open.End = offset + end
			continue
		}
		dst = appendOpen(dst, open)
		open = detectors.Span{}
		if typ != "" {
			open = detectors.Span{Start: offset + start, End: offset + end, Type: typ, Score: score, Detector: "prose", Rule: "prose: tagged in English text"}
		}
	}
	return appendOpen(dst, open), nil
}

func appendOpen(dst []detectors.Span, open detectors.Span) []detectors.Span {
	if open.End == 0 {
		return dst
	}
	return append(dst, open)
}

// types are the labels of prose that are taken over. Its places (GPE) are not: in
// chats most of them are other words with a capital.
var types = map[string]detectors.EntityType{"PERSON": detectors.Person}
