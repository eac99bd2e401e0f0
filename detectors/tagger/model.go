// Package tagger labels the tokens of a chat message as parts of names.
//
// A [Model] is a linear-chain model with hashed features. [Default] returns the
// embedded one; [Analysis.Reset] reads a text, [Model.Tag] labels it. Tagging
// allocates nothing once the Analysis has grown, takes time linear in the
// text, and gives the same labels on every machine.
//
// It knows what one text and its [Context] show, and misses names that look
// like common words in a place where a common word fits.
package tagger

import (
	_ "embed"
	"errors"
)

// Model is a trained tagger. It is safe for concurrent use.
//
// The table is direct-mapped: a slot is 8 bytes, the first a fingerprint of the
// feature, the others the weights of the labels but Outside, biased by 128. A
// feature whose fingerprint is not the slot's has no weight.
type Model struct {
	slots uint64                          // in table
	trans [numLabels + 1][numLabels]int32 // from label (last: start of text) to label
	into  [numLabels]path                 // the same by the label they lead to, with that they come from
	swing [numLabels]int32                // what they can gain by a label of one token
	table string
}

//go:embed model.bin
var embedded string

// Sizes of the head of a model file: magic, version and the number of slots in
// units of slotUnit, then the transitions as 16-bit numbers.
const (
	magic     = "NMLT"
	version   = 2
	slotUnit  = 1 << 16
	slotSize  = 8
	transSize = 2 * (numLabels + 1) * numLabels
	headSize  = len(magic) + 2 + transSize
)

var errModel = errors.New("tagger: not a model of this version")

// Default returns the embedded model.
func Default() (*Model, error) { return Load(embedded) }

// Load returns the model in data, which must not change. Nothing is parsed but
// the head.
func Load(data string) (*Model, error) {
	if len(data) < headSize || data[:len(magic)] != magic || data[len(magic)] != version {
		return nil, errModel
	}
	m := &Model{slots: uint64(data[len(magic)+1]) * slotUnit, table: data[headSize:]}
	if m.slots == 0 || uint64(len(m.table)) != m.slots*slotSize {
		return nil, errModel
	}
	at := len(magic) + 2
	for i := range m.trans {
		for j := range m.trans[i] {
			m.trans[i][j] = int32(int16(uint16(data[at]) | uint16(data[at+1])<<8))
			at += 2
		}
	}
	for l := range m.into {
		for k := range m.into[l] {
			m.into[l][k] = int64(m.trans[k][l])*eighths + eighths - 1 - int64(k)
		}
	}
	m.swing = m.swings()
	return m, nil
}

// swings returns what the transitions into and out of one token can gain by
// each label over Outside, whatever its neighbours are. A label whose score
// lacks more is not on the best path: Outside in its place is better. What the
// next token loses when it may not go on with a name is allowed for in units.
func (m *Model) swings() (w [numLabels]int32) {
	for l := 1; l < numLabels; l++ {
		into, out := int32(forbidden), int32(forbidden)
		for k := range m.trans {
			if m.trans[k][l] > forbidden {
				into = max(into, m.trans[k][l]-m.trans[k][0])
			}
		}
		for n := range m.trans[l] {
			if m.trans[0][n] > forbidden && m.trans[l][n] > forbidden {
				out = max(out, m.trans[l][n]-m.trans[0][n])
			}
		}
		w[l] = into + out + 2*Unit
	}
	return w
}

// forbidden bounds the scores of transitions that cannot be.
const forbidden = -200 * Unit

// RowBits is the length of a feature's identity, which tells its slot.
const RowBits = 26

// Row returns the identity of a feature.
func Row(h uint64) uint32 { return uint32(h >> (64 - RowBits)) }

// slotOf returns the slot of row in a table of slots slots: as far into the
// table as the row is into all rows.
func slotOf(row uint32, slots uint64) uint64 { return uint64(row) * slots >> RowBits }

// print is the fingerprint of a feature, the lowest bits of its row. It tells
// the rows of one slot apart as long as they are no more than 256.
func print(row uint32) byte { return byte(row) }

// neutral is a slot whose weights are all zero, without its fingerprint.
const neutral = 0x80808080808080

const evenBytes = 0x00FF00FF00FF00FF

// sum adds up slots without their fingerprints: all of them, and their even
// bytes in 16 bits each. Weights are still biased.
type sum struct {
	all, even uint64
	n         int32
}

// offsets masks the offset of a slot in the longest table, so that the compiler
// sees that it is no large number.
const offsets = slotSize<<24 - slotSize

// add adds the slots of features to s.
func (m *Model) add(s *sum, features []uint64) {
	all, even := s.all, s.even
	table, slots := m.table, m.slots
	for _, h := range features {
		row := Row(h)
		i := slotOf(row, slots) * slotSize & offsets
		slot := load(table[i : i+slotSize])
		weights := slot >> 8
		if byte(slot) != print(row) {
			weights = neutral
		}
		all += weights
		even += weights & evenBytes
	}
	*s = sum{all, even, s.n + int32(len(features))}
}

func load(b string) uint64 {
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// scores sets out to the weights that s is of.
func (s sum) scores(out *[numLabels]int32) {
	n, odd := s.n*128, (s.all-s.even)>>8
	out[Outside] = 0
	out[1], out[2] = int32(s.even&0xFFFF)-n, int32(odd&0xFFFF)-n
	out[3], out[4] = int32(s.even>>16&0xFFFF)-n, int32(odd>>16&0xFFFF)-n
	out[5], out[6] = int32(s.even>>32&0xFFFF)-n, int32(odd>>32&0xFFFF)-n
	out[7] = int32(s.even>>48) - n
}
