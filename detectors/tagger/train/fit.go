package train

import (
	"math/rand/v2"

	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/namebook"
	"github.com/clbchat/naamloos/detectors/tagger"
)

// Options configure training.
type Options struct {
	Seed      uint64
	Epochs    int     // before pruning
	Tune      int     // further ones, after pruning
	Rate      float32 // of learning
	L2        float32 // pull of weights towards zero
	Drop      float32 // share of features left out in each step
	DropGroup float32 // share of the tokens that go without a group of features
	Runs      int     // that are averaged
	Costs     Costs
	News      float64 // share of the news read in each epoch
	Forget    float64 // share of the names taken for names of no list
	Cutoff    uint8   // features seen less often are not used
	Vary      Vary
	Filler    *Filler // names and places to put into slots; nil for none
	Log       func(format string, args ...int)
}

// Fit returns the model file trained on conversations.
func Fit(convs []Conversation, o Options) []byte {
	f := fitter{o: o, crf: newCRF(o.Rate, o.Costs, o.Seed), convs: convs}
	f.crf.drop, f.crf.l2, f.crf.dropGroup = o.Drop, o.L2, o.DropGroup
	f.count()
	for n := range max(1, o.Runs) {
		f.crf.restart(o.Rate)
		for e := range o.Epochs {
			f.epoch(uint64(n*100 + e))
		}
		f.crf.remember()
		f.log("run %d done", n+1)
	}
	f.crf.settle()
	kept := f.crf.prune(f.counts)
	f.log("%d features kept", kept)
	for e := range o.Tune {
		f.crf.rate = o.Rate * float32(o.Tune-e) / float32(o.Tune) / 2
		f.epoch(uint64(1000 + e))
		if 2*e >= f.o.Tune {
			f.crf.remember()
		}
	}
	f.crf.settle()
	return tagger.Pack(f.crf.weights())
}

type fitter struct {
	o      Options
	convs  []Conversation
	crf    *crf
	counts []uint8
	a      tagger.Analysis
	rows   []uint32
	ends   []int
	gold   []tagger.Label
}

func (f *fitter) log(format string, args ...int) {
	if f.o.Log != nil {
		f.o.Log(format, args...)
	}
}

// count finds the features of the first two epochs that are worth a weight.
func (f *fitter) count() {
	f.counts = make([]uint8, 1<<tagger.RowBits)
	for e := range uint64(2) {
		f.each(e, func() {
			for _, row := range f.rows {
				if f.counts[row] < 255 {
					f.counts[row]++
				}
			}
		})
	}
	for row, n := range f.counts {
		if n >= f.o.Cutoff {
			f.crf.use(uint32(row))
		}
	}
	f.log("%d features seen often enough", len(f.crf.w))
}

func (f *fitter) epoch(n uint64) {
	f.each(n, func() { f.crf.step(f.rows, f.ends, f.gold) })
}

// each calls do for each text of an epoch, with its rows and labels in f. The
// same epoch gives the same texts.
func (f *fitter) each(epoch uint64, do func()) {
	rng := rand.New(rand.NewPCG(f.o.Seed, epoch))
	order := rng.Perm(len(f.convs))
	for _, at := range order {
		c := &f.convs[at]
		if c.News && rng.Float64() > f.o.News {
			continue
		}
		varied := vary(c, rng, &f.o)
		known := newTaught(&varied, rng, &f.a)
		for i := range varied.Messages {
			f.read(&varied, i, known, rng)
			do()
		}
	}
}

// read makes the rows and labels of message i.
func (f *fitter) read(c *Conversation, i int, known *taught, rng *rand.Rand) {
	m := &c.Messages[i]
	f.a.Reset(m.Text)
	known.mark(&f.a, i)
	f.gold = project(f.gold[:0], f.a.Tokens, m.Spans)
	f.forget(known.salt)
	ctx := tagger.Context{Role: m.Role}
	if rng.Float64() < 0.3 {
		ctx.Role = tagger.AnyRole
	} else if i > 0 {
		ctx.Prev = f.a.ReadPrev(c.Messages[i-1].Text)
	}
	f.rows, f.ends = f.a.Rows(f.rows[:0], f.ends[:0], ctx)
}

// forget takes some names, the same in all of a conversation, out of the lists,
// so that names of no list are learnt as well, and some rare words.
func (f *fitter) forget(salt uint64) {
	for i, g := range f.gold {
		e := f.a.Entry(i)
		draw := float64(lexicon.Mix(f.a.Hash(i)^salt)>>40) / (1 << 24)
		switch {
		case e == 0 || e.Has(lexicon.Particle) || e.Has(lexicon.Honorific):
		case g != tagger.Outside && draw < f.o.Forget, g == tagger.Outside && e.Common() < 8 && draw < f.o.Forget/4:
			f.a.Forget(i)
		}
	}
}

// taught is what a conversation teaches about the words of its names, each
// message being taught by the others.
type taught struct {
	book  *namebook.Book // nil teaches nothing
	salt  uint64
	a     *tagger.Analysis
	words map[uint64]map[int]bool // messages in which a word is part of a name; -1 the header
}

// How often a conversation is read with nothing known and with its header only.
const (
	untaught   = 0.4
	headerOnly = 0.15
	forgotten  = 0.1 // share of the mentions that teach nothing
)

func newTaught(c *Conversation, rng *rand.Rand, a *tagger.Analysis) *taught {
	t := &taught{words: map[uint64]map[int]bool{}, salt: rng.Uint64(), a: a}
	x := rng.Float64()
	if x < untaught {
		return t
	}
	var names []string
	for _, n := range c.Names {
		names = append(names, t.learn(n, -1)...)
	}
	if x > untaught+headerOnly {
		for i, m := range c.Messages {
			for _, s := range m.Spans {
				if s.Type == "PERSON" && rng.Float64() > forgotten {
					names = append(names, t.learn(m.Text[s.Start:s.End], i)...)
				}
			}
		}
	}
	t.book = namebook.New(names)
	return t
}

// learn notes that message at teaches name, and returns it.
func (t *taught) learn(name string, at int) []string {
	t.a.Reset(name)
	for i := range t.a.Tokens {
		h := t.a.Hash(i)
		if t.words[h] == nil {
			t.words[h] = map[int]bool{}
		}
		t.words[h][at] = true
	}
	return []string{name}
}

// mark tells a what the other messages teach.
func (t *taught) mark(a *tagger.Analysis, message int) {
	if t.book == nil {
		return
	}
	t.book.Mark(nil, a)
	for i := range a.Tokens {
		if at := t.words[a.Hash(i)]; len(at) == 1 && at[message] {
			a.Know(i, tagger.Unknown)
		}
	}
}
