// Package onnx finds names with a token classifier in ONNX form, such as a BERT
// trained for named entities, run in pure Go by github.com/knights-analytics/hugot.
//
//	r, err := onnx.Open(onnx.Options{Folder: "model", Labels: onnx.CoNLL()})
//	defer r.Close()
//	anonymize.Options{Recognizers: []detectors.Recognizer{r}}
//
// It is a module of its own, so that nobody carries a neural network who does not
// ask for one. The folder holds one .onnx file, tokenizer.json and config.json
// (id2label, max_position_embeddings) as exported by Hugging Face Optimum; the
// model must be licensed for your use. Expect 10,000 times the time of the
// built-in tagger.
//
// Hugot ends the process when its tokenizer fails on a text. That is fail closed,
// but harsh: use it in batches, not in a server.
package onnx

import (
	"errors"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/knights-analytics/hugot"
	"github.com/knights-analytics/hugot/pipelines"

	"github.com/clbchat/naamloos/detectors"
)

// Options say which model to use.
type Options struct {
	Folder string                          // of the model's files
	Labels map[string]detectors.EntityType // labels of the model, without B- and I-, that count
	Score  float64                         // least score of a finding, 0 to 1; 0 takes all
}

// CoNLL returns the labels of models in the manner of CoNLL-2002 and 2003.
func CoNLL() map[string]detectors.EntityType {
	return map[string]detectors.EntityType{
		"PER": detectors.Person, "ORG": detectors.Org, "LOC": detectors.Location,
	}
}

// Recognizer runs one model. It is safe for concurrent use; texts wait for each
// other.
type Recognizer struct {
	mu       sync.Mutex
	session  *hugot.Session
	pipeline *pipelines.TokenClassificationPipeline
	labels   map[string]detectors.EntityType
	score    float64
}

var _ detectors.Recognizer = (*Recognizer)(nil)

// The errors of Find hold no text.
var (
	ErrLabels = errors.New("onnx: Options.Labels names no entity type, or one that does not exist")
	ErrRun    = errors.New("onnx: the model failed on a text")
	ErrPlace  = errors.New("onnx: the model gave positions outside the text")
)

// Open loads the model of o.
func Open(o Options) (*Recognizer, error) {
	if len(o.Labels) == 0 {
		return nil, ErrLabels
	}
	for _, t := range o.Labels {
		if !t.Valid() {
			return nil, ErrLabels
		}
	}
	session, err := hugot.NewGoSession()
	if err != nil {
		return nil, err
	}
	pipeline, err := hugot.NewPipeline(session, hugot.TokenClassificationConfig{
		ModelPath: o.Folder, Name: "names",
		Options: []hugot.TokenClassificationOption{pipelines.WithSimpleAggregation()},
	})
	if err != nil {
		return nil, errors.Join(err, session.Destroy())
	}
	return &Recognizer{session: session, pipeline: pipeline, labels: o.Labels, score: o.Score}, nil
}

// Close frees the model.
func (r *Recognizer) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.session.Destroy()
}

// longestPiece is how many bytes are classified at once. A token is a byte at
// least, so that a piece is never longer than the 512 tokens most models take.
const longestPiece = 480

// Find implements [detectors.Recognizer].
func (r *Recognizer) Find(dst []detectors.Span, t detectors.Text) ([]detectors.Span, error) {
	for at := 0; at < len(t.Body); {
		end := at + pieceLength(t.Body[at:])
		var err error
		if dst, err = r.find(dst, t.Body[at:end], at); err != nil {
			return nil, err
		}
		at = end
	}
	return dst, nil
}

// pieceLength returns the length of the first piece of text: up to a blank, or
// to the end of a character.
func pieceLength(text string) int {
	if len(text) <= longestPiece {
		return len(text)
	}
	if n := strings.LastIndexFunc(text[:longestPiece], unicode.IsSpace); n > 0 {
		return n + 1
	}
	n := longestPiece
	for n > 1 && !utf8.RuneStart(text[n]) {
		n--
	}
	return n
}

func (r *Recognizer) find(dst []detectors.Span, piece string, offset int) (out []detectors.Span, err error) {
	if strings.TrimSpace(piece) == "" {
		return dst, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	defer func() {
		if recover() != nil {
			out, err = nil, ErrRun
		}
	}()
	result, err := r.pipeline.RunPipeline([]string{piece})
	if err != nil || len(result.Entities) != 1 {
		return nil, ErrRun
	}
	for _, e := range result.Entities[0] {
		typ, ok := r.labels[strings.TrimPrefix(strings.TrimPrefix(e.Entity, "B-"), "I-")]
		if !ok || float64(e.Score) < r.score {
			continue
		}
		if e.Start >= e.End || e.End > uint(len(piece)) {
			return nil, ErrPlace
		}
		start, end := wholeWords(piece, int(e.Start), int(e.End))
		dst = append(dst, detectors.Span{
			Start: offset + start, End: offset + end, Type: typ,
			Score: float64(e.Score), Detector: "onnx", Rule: "onnx: labelled by the model",
		})
	}
	return dst, nil
}

// wholeWords widens a span to whole words: a model may label a part of one.
func wholeWords(text string, start, end int) (int, int) {
	for start > 0 && (start == len(text) || !utf8.RuneStart(text[start])) {
		start--
	}
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:start])
		if !letter(r) {
			break
		}
		start -= n
	}
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if !letter(r) {
			break
		}
		end += n
	}
	return start, end
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }
