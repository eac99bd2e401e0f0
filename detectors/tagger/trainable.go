package tagger

import "slices"

// NumLabels is the number of labels.
const NumLabels = numLabels

// Rows appends the feature rows of each token of a to dst, and to ends where
// each of the token's [NumGroups] groups of rows ends.
func (a *Analysis) Rows(dst []uint32, ends []int, c Context) ([]uint32, []int) {
	for i := range a.words {
		a.feats = a.appendFeatures(a.feats[:0], i, c)
		for _, h := range a.feats {
			dst = append(dst, Row(h))
		}
		for _, cut := range a.cuts {
			ends = append(ends, len(dst)-len(a.feats)+cut)
		}
	}
	return dst, ends
}

// Weights is a model before it is packed.
type Weights struct {
	Trans [NumLabels + 1][NumLabels]float32
	Rows  map[uint32][NumLabels]float32
}

// Slots is the number of slots of the embedded model.
const Slots = 6 * slotUnit

// Slot returns the slot of a row in a table of [Slots] slots.
func Slot(row uint32) uint32 { return uint32(slotOf(row, Slots)) }

// Pack returns the model file of w. At most one row may use a slot.
func Pack(w *Weights) []byte {
	out := append([]byte(magic), version, Slots/slotUnit)
	for _, from := range w.Trans {
		for _, x := range from {
			v := int16(max(min(x*Unit, 1<<14), -1<<14))
			out = append(out, byte(v), byte(uint16(v)>>8))
		}
	}
	table := slices.Repeat([]byte{0, 128, 128, 128, 128, 128, 128, 128}, Slots)
	for row, x := range w.Rows {
		slot := table[slotSize*Slot(row):][:slotSize]
		slot[0] = print(row)
		for l := 1; l < NumLabels; l++ {
			slot[l] = quantise(x[l] - x[0])
		}
	}
	return append(out, table...)
}

func quantise(x float32) byte {
	v := x * Unit
	if v < 0 {
		v -= 0.5
	} else {
		v += 0.5
	}
	return byte(int(max(min(v, 127), -127)) + 128)
}
