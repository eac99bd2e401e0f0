package onnx

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// The model of the tests is one layer: the embedding of a token is its scores
// for the labels O, B-PER, I-PER.
var vocabulary = []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "xandrolie", "wolkenveld", "élo", "##dise", "ik", "ben", ",", "é"}

var scores = [][]float32{
	{9, 0, 0}, {9, 0, 0}, {9, 0, 0}, {9, 0, 0},
	{0, 9, 0}, {0, 0, 9}, {0, 9, 0}, {0, 0, 9}, {9, 0, 0}, {9, 0, 0}, {9, 0, 0}, {9, 0, 0},
}

// writeModel writes the files of a model as they come from an export.
func writeModel(t testing.TB) string {
	dir := t.TempDir()
	vocab := map[string]int{}
	for i, w := range vocabulary {
		vocab[w] = i
	}
	special := func(id int) map[string]any {
		return map[string]any{"id": id, "content": vocabulary[id], "special": true, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false}
	}
	write(t, dir, "tokenizer.json", map[string]any{
		"version": "1.0", "truncation": nil, "padding": nil,
		"added_tokens":  []any{special(0), special(1), special(2), special(3)},
		"normalizer":    map[string]any{"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": false, "lowercase": true},
		"pre_tokenizer": map[string]any{"type": "BertPreTokenizer"},
		"post_processor": map[string]any{"type": "BertProcessing",
			"sep": []any{"[SEP]", 3}, "cls": []any{"[CLS]", 2}},
		"decoder": map[string]any{"type": "WordPiece", "prefix": "##", "cleanup": true},
		"model": map[string]any{"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
			"max_input_chars_per_word": 100, "vocab": vocab},
	})
	write(t, dir, "config.json", map[string]any{
		"id2label": map[string]string{"0": "O", "1": "B-PER", "2": "I-PER"}, "max_position_embeddings": 512,
	})
	require.NoError(t, os.WriteFile(filepath.Join(dir, "model.onnx"), model(), 0o600))
	return dir
}

func write(t testing.TB, dir, name string, v map[string]any) {
	data, err := json.Marshal(v)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o600))
}

// message writes the wire format of protocol buffers, as far as ONNX needs it.
type message []byte

func (m message) number(field, v uint64) message {
	return binary.AppendUvarint(binary.AppendUvarint(m, field<<3), v)
}

func (m message) bytes(field uint64, b []byte) message {
	m = binary.AppendUvarint(binary.AppendUvarint(m, field<<3|2), uint64(len(b)))
	return append(m, b...)
}

func (m message) text(field uint64, s string) message { return m.bytes(field, []byte(s)) }

// Element types of tensors.
const (
	float32Tensor = 1
	int64Tensor   = 7
)

// tensorType is the ValueInfoProto of a tensor; a dimension of 0 has any size.
func tensorType(name string, elem uint64, dims ...uint64) message {
	var shape message
	for i, d := range dims {
		dim := message(nil).number(1, d)
		if d == 0 {
			dim = message(nil).text(2, "dim"+string(rune('0'+i)))
		}
		shape = shape.bytes(1, dim)
	}
	tensor := message(nil).number(1, elem).bytes(2, shape)
	return message(nil).text(1, name).bytes(2, message(nil).bytes(1, tensor))
}

// model returns a ModelProto: logits = Gather(table, input_ids).
func model() []byte {
	var raw []byte
	for _, row := range scores {
		for _, x := range row {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(x))
		}
	}
	labels := uint64(len(scores[0]))
	table := message(nil).number(1, uint64(len(scores))).number(1, labels).number(2, float32Tensor).text(8, "table").bytes(9, raw)
	gather := message(nil).text(1, "table").text(1, "input_ids").text(2, "logits").text(3, "gather").text(4, "Gather")
	graph := message(nil).bytes(1, gather).text(2, "names").bytes(5, table).
		bytes(11, tensorType("input_ids", int64Tensor, 0, 0)).
		bytes(12, tensorType("logits", float32Tensor, 0, 0, labels))
	opset := message(nil).text(1, "").number(2, 14)
	return message(nil).number(1, 8).text(2, "naamloos").bytes(7, graph).bytes(8, opset)
}

func open(t testing.TB) *Recognizer {
	r, err := Open(Options{Folder: writeModel(t), Labels: CoNLL()})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, r.Close()) })
	return r
}

func found(t testing.TB, r *Recognizer, text string) []string {
	spans, err := r.Find(nil, detectors.Text{Body: text})
	require.NoError(t, err)
	var out []string
	for _, s := range spans {
		out = append(out, string(s.Type)+" "+text[s.Start:s.End])
	}
	return out
}

func TestSpansAreBytesOfWholeWords(t *testing.T) {
	r := open(t)
	assert.Equal(t, []string{"PERSON Xandrolie Wolkenveld"}, found(t, r, "ik ben Xandrolie Wolkenveld, ik"))
	assert.Equal(t, []string{"PERSON élodise"}, found(t, r, "é é é ik ben élodise, é"))
	assert.Empty(t, found(t, r, "ik ben"))
	assert.Empty(t, found(t, r, " \n"))
}

func TestLongTextsAreReadInPieces(t *testing.T) {
	text := strings.Repeat("ik ben é, ", 300) + "xandrolie"
	assert.Equal(t, []string{"PERSON xandrolie"}, found(t, open(t), text))
}

func TestOptionsAreChecked(t *testing.T) {
	_, err := Open(Options{Folder: t.TempDir()})
	assert.ErrorIs(t, err, ErrLabels)
	_, err = Open(Options{Folder: t.TempDir(), Labels: map[string]detectors.EntityType{"PER": "NAAM"}})
	assert.ErrorIs(t, err, ErrLabels)
	_, err = Open(Options{Folder: t.TempDir(), Labels: CoNLL()})
	assert.Error(t, err)
}

// The seam: what the model finds is replaced, also where it is written in another
// way than the model knows.
func TestAnonymizerAsksTheModel(t *testing.T) {
	a, err := anonymize.New(anonymize.Options{Recognizers: []detectors.Recognizer{open(t)}})
	require.NoError(t, err)
	out, _, err := a.Conversation(&transcripts.Conversation{Messages: []transcripts.Message{{Text: "ik ben, xandrolie"}, {Text: "Xandrolies fiets"}}})
	require.NoError(t, err)
	assert.NotContains(t, out.Messages[0].Text, "xandrolie")
	assert.NotContains(t, out.Messages[1].Text, "Xandrolie")
}

func BenchmarkFind(b *testing.B) {
	r := open(b)
	text := detectors.Text{Body: "ik ben Xandrolie Wolkenveld, ik"}
	b.SetBytes(int64(len(text.Body)))
	for b.Loop() {
		_, _ = r.Find(nil, text)
	}
}
