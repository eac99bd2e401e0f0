package tagger

import "github.com/clbchat/naamloos/detectors/lexicon"

// Few words make most of what is said: what lists, spelling and model tell of
// one is remembered until another takes its place. A word of up to maxKept bytes
// is its size, head and tail.
const (
	maxKept  = 2 * pad
	keptBits = 12
)

// memory is what an Analysis remembers of words.
type memory struct {
	told    [1 << keptBits]told
	weighed [1 << keptBits]weighed
	model   *Model // that has weighed
}

// spelled is a folded word of up to maxKept bytes.
type spelled struct {
	head, tail uint64
	size       uint8 // 0 for none
}

// spelled returns w as it is remembered by; its size is 0 when it is not.
func (w *word) spelled() spelled {
	n := w.to - w.from
	if n > maxKept || w.forgotten {
		n = 0
	}
	return spelled{w.head, w.tail, uint8(n)}
}

// told is what lists and spelling tell of a word.
type told struct {
	spelled
	entry lexicon.Entry
	class uint16
	stem  uint16
	org   uint8
	spelt uint8
	heard uint8
}

// tell sets what lists and spelling tell of w, whose folded letters are key.
func (m *memory) tell(w *word, key []byte) {
	as := w.spelled()
	t := &m.told[w.hash>>(64-keptBits)]
	if t.spelled != as || as.size == 0 {
		*t = consult(w.hash, key)
		t.spelled = as
	}
	w.entry, w.class, w.stem, w.org, w.spelt, w.heard = t.entry, uint64(t.class), t.stem, t.org, t.spelt, t.heard
}

// consult looks a word up in the lists.
func consult(hash uint64, key []byte) (t told) {
	e := lexicon.Find(hash)
	t.entry, t.class, t.stem, t.org, t.heard = e, uint16(class(e)), stemClass(key, e), orgClass(key, e), heard(key, e)
	if e.Common() < everyday {
		t.spelt = uint8(lexicon.Spelt(key))
	}
	return t
}

// weighed is the sum of the features that a word has alone.
type weighed struct {
	spelled
	use     uint32 // flags and phrase of the word, language of the text, role
	weights sum
}

// weigh returns the sum of the features that token i has alone.
func (m *Model) weigh(a *Analysis, i int, c Context) sum {
	w, all := &a.words[i], a.memory
	if all.model != m {
		all.model, all.weighed = m, [1 << keptBits]weighed{}
	}
	as, use := w.spelled(), uint32(w.flags|a.lang<<16|uint64(w.phrase)<<24|uint64(c.Role)<<28)
	t := &all.weighed[(w.hash^uint64(use)*step)*mul>>(64-keptBits)]
	if t.spelled != as || t.use != use || as.size == 0 {
		a.feats = a.appendOwn(a.feats[:0], i, c)
		*t = weighed{spelled: as, use: use}
		m.add(&t.weights, a.feats)
	}
	return t.weights
}
