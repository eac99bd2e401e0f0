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
	bits  uint
	trans [numLabels + 1][numLabels]int32 // from label (last: start of text) to label
	swing [numLabels]int32                // what they can gain by a label of one token
	table string
}

//go:embed model.bin
var embedded string

// Sizes of the head of a model file: magic, version and log2 of the slots, then
// the transitions as 16-bit numbers.
const (
	magic     = "NMLT"
	version   = 1
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
	m := &Model{bits: uint(data[len(magic)+1]), table: data[headSize:]}
	if m.bits > 24 || len(m.table) != 8<<m.bits {
		return nil, errModel
	}
	at := len(magic) + 2
	for i := range m.trans {
		for j := range m.trans[i] {
			m.trans[i][j] = int32(int16(uint16(data[at]) | uint16(data[at+1])<<8))
			at += 2
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

// RowBits is the length of a feature's identity; its top bits are the slot.
const RowBits = 26

// Row returns the identity of a feature.
func Row(h uint64) uint32 { return uint32(h >> (64 - RowBits)) }

// print is the fingerprint of a feature: the lowest bits of its row.
func print(row uint32) byte { return byte(row) }

// neutral is a slot whose weights are all zero.
const neutral = 0x8080808080808080

const evenBytes = 0x00FF00FF00FF00FF

// score returns the weights of the labels summed over features.
func (m *Model) score(features []uint64) [numLabels]int32 {
	var even, odd uint64
	shift := 64 - m.bits
	for _, h := range features {
		i := h >> shift * 8
		b := m.table[i : i+8]
		slot := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		diff := slot&0xFF ^ uint64(print(Row(h)))
		keep := (diff - 1) >> 8 // all ones in the low 56 bits when diff is 0
		slot = neutral ^ (slot^neutral)&-(keep&1)
		even += slot & evenBytes
		odd += slot >> 8 & evenBytes
	}
	n := int32(len(features)) * 128
	return [numLabels]int32{
		0, int32(odd&0xFFFF) - n, int32(even>>16&0xFFFF) - n, int32(odd>>16&0xFFFF) - n,
		int32(even>>32&0xFFFF) - n, int32(odd>>32&0xFFFF) - n, int32(even>>48) - n, int32(odd>>48) - n,
	}
}
