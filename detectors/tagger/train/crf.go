package train

import (
	"math"
	"math/rand/v2"

	"github.com/clbchat/naamloos/detectors/tagger"
)

const labels = tagger.NumLabels

type vector = [labels]float32

// crf is a linear-chain conditional random field being trained by AdaGrad on
// the softmax margin: wrong labels are made dearer in training by costs.
type crf struct {
	index     []int32  // by row: 1 + place of its weights, 0 for a feature that is not used
	w         []vector // weights
	square    []vector // sums of squared gradients
	trans     [labels + 1]vector
	tsq       [labels + 1]vector
	rate      float32
	costs     Costs
	rng       *rand.Rand
	l2        float32 // pull of weights towards zero
	dropGroup float32 // share of tokens that go without a group of features, for each group
	drop      float32 // share of features left out in a step

	sums       []vector // of the weights remembered
	transSum   [labels + 1]vector
	remembered int

	alpha, beta, emit []vector
	alive             []int32
	ends              []int
}

// Costs say how dear a kind of mistake is in training, in units of log odds.
type Costs struct {
	Miss      float32 // a token of a person left outside
	MissOther float32 // a token of another name left outside
	False     float32 // a token outside taken for a name
}

func newCRF(rate float32, costs Costs, seed uint64) *crf {
	return &crf{index: make([]int32, 1<<tagger.RowBits), rate: rate, costs: costs, rng: rand.New(rand.NewPCG(seed, 7))}
}

// use makes room for the weights of row.
func (c *crf) use(row uint32) {
	if c.index[row] == 0 {
		c.w = append(c.w, vector{})
		c.square = append(c.square, vector{})
		c.index[row] = int32(len(c.w))
	}
}

// step learns one text from its rows, with ends of the groups of each token's.
func (c *crf) step(rows []uint32, ends []int, gold []tagger.Label) {
	n := len(gold)
	if n == 0 {
		return
	}
	c.emissions(rows, ends)
	c.addCosts(gold)
	trans := c.expTrans()
	c.forward(&trans, n)
	c.backward(&trans, n)
	c.update(gold, &trans)
}

// emissions sums the weights of each token, and keeps in alive the places of
// the features used. Single features and whole groups are left out by chance:
// what is learnt from one kind of evidence must hold without the others (Sutton,
// Sindelar and McCallum 2006).
func (c *crf) emissions(rows []uint32, ends []int) {
	c.emit, c.alive, c.ends = c.emit[:0], c.alive[:0], c.ends[:0]
	from := 0
	for i := 0; i < len(ends); i += tagger.NumGroups {
		var s vector
		out := -1
		if x := c.rng.Float32(); x < c.dropGroup*tagger.NumGroups {
			out = int(x / c.dropGroup)
		}
		for g, end := range ends[i : i+tagger.NumGroups] {
			if g != out {
				c.add(&s, rows[from:end])
			}
			from = end
		}
		c.emit = append(c.emit, s)
		c.ends = append(c.ends, len(c.alive))
	}
}

// add sums the weights of rows.
func (c *crf) add(s *vector, rows []uint32) {
	for _, row := range rows {
		p := c.index[row]
		if p == 0 || c.drop > 0 && c.rng.Float32() < c.drop {
			continue
		}
		c.alive = append(c.alive, p-1)
		w := &c.w[p-1]
		for l := range s {
			s[l] += w[l]
		}
	}
}

func (c *crf) addCosts(gold []tagger.Label) {
	for i, g := range gold {
		switch g {
		case tagger.PersonBegin, tagger.PersonInside:
			c.emit[i][tagger.Outside] += c.costs.Miss
		case tagger.Org, tagger.Loc, tagger.Handle:
			c.emit[i][tagger.Outside] += c.costs.MissOther
		case tagger.Outside:
			for l := 1; l < labels; l++ {
				c.emit[i][l] += c.costs.False
			}
		}
	}
}

// expTrans returns the transitions as factors, with the impossible ones zero.
func (c *crf) expTrans() (e [labels + 1]vector) {
	for k := range e {
		for l := range e[k] {
			e[k][l] = float32(math.Exp(float64(c.trans[k][l])))
		}
		if k != int(tagger.PersonBegin) && k != int(tagger.PersonInside) {
			e[k][tagger.PersonInside] = 0
		}
	}
	return e
}

func (c *crf) forward(trans *[labels + 1]vector, n int) {
	c.alpha = c.alpha[:0]
	for i := range n {
		e := expOf(&c.emit[i])
		var a vector
		for l := range a {
			if i == 0 {
				a[l] = trans[labels][l]
				continue
			}
			for k := range labels {
				a[l] += c.alpha[i-1][k] * trans[k][l]
			}
		}
		for l := range a {
			a[l] *= e[l]
		}
		normalise(&a)
		c.alpha = append(c.alpha, a)
		c.emit[i] = e
	}
}

// backward fills beta; emit holds factors by now.
func (c *crf) backward(trans *[labels + 1]vector, n int) {
	for len(c.beta) < n {
		c.beta = append(c.beta, vector{})
	}
	for l := range labels {
		c.beta[n-1][l] = 1
	}
	for i := n - 2; i >= 0; i-- {
		var b vector
		for k := range b {
			for l := range labels {
				b[k] += trans[k][l] * c.emit[i+1][l] * c.beta[i+1][l]
			}
		}
		normalise(&b)
		c.beta[i] = b
	}
}

// update moves weights against the gradient of the loss.
func (c *crf) update(gold []tagger.Label, trans *[labels + 1]vector) {
	from := 0
	for i, g := range gold {
		var p vector
		for l := range p {
			p[l] = c.alpha[i][l] * c.beta[i][l]
		}
		normalise(&p)
		p[g]--
		if worst(&p) > 0.003 {
			for _, at := range c.alive[from:c.ends[i]] {
				c.descend(&c.w[at], &c.square[at], &p)
			}
		}
		from = c.ends[i]
		c.updateTrans(gold, i, trans)
	}
}

func (c *crf) descend(w, sq, grad *vector) {
	for l := range w {
		g := grad[l] + c.l2*w[l]
		sq[l] += g * g
		w[l] -= c.rate * g / float32(math.Sqrt(float64(sq[l])+1e-3))
		w[l] = max(min(w[l], maxWeight), -maxWeight)
	}
}

// maxWeight keeps a difference of two weights within a byte.
const maxWeight = 1.98

// updateTrans moves the transitions into token i.
func (c *crf) updateTrans(gold []tagger.Label, i int, trans *[labels + 1]vector) {
	if i == 0 {
		var p vector
		for l := range p {
			p[l] = c.alpha[0][l] * c.beta[0][l]
		}
		normalise(&p)
		p[gold[0]]--
		c.descendTrans(labels, &p)
		return
	}
	var joint [labels]vector
	var sum float32
	for k := range joint {
		for l := range joint[k] {
			joint[k][l] = c.alpha[i-1][k] * trans[k][l] * c.emit[i][l] * c.beta[i][l]
			sum += joint[k][l]
		}
	}
	for k := range joint {
		for l := range joint[k] {
			joint[k][l] /= sum
		}
		if k == int(gold[i-1]) {
			joint[k][gold[i]]--
		}
		if worst(&joint[k]) > 0.003 {
			c.descendTrans(k, &joint[k])
		}
	}
}

func (c *crf) descendTrans(k int, grad *vector) {
	for l, g := range grad {
		c.tsq[k][l] += g * g
		c.trans[k][l] -= c.rate * g / float32(math.Sqrt(float64(c.tsq[k][l])+1))
	}
}

func expOf(s *vector) (e vector) {
	top := s[0]
	for _, x := range s {
		top = max(top, x)
	}
	for l, x := range s {
		e[l] = float32(math.Exp(float64(x - top)))
	}
	return e
}

func normalise(v *vector) {
	var sum float32
	for _, x := range v {
		sum += x
	}
	if sum <= 0 {
		return
	}
	for l := range v {
		v[l] /= sum
	}
}

func worst(v *vector) (top float32) {
	for _, x := range v {
		top = max(top, x, -x)
	}
	return top
}

// remember adds the weights to those that settle averages.
func (c *crf) remember() {
	if c.sums == nil {
		c.sums = make([]vector, len(c.w))
	}
	for i := range c.w {
		for l := range c.w[i] {
			c.sums[i][l] += c.w[i][l]
		}
	}
	for k := range c.trans {
		for l := range c.trans[k] {
			c.transSum[k][l] += c.trans[k][l]
		}
	}
	c.remembered++
}

// restart forgets the weights, but not those remembered.
func (c *crf) restart(rate float32) {
	clear(c.w)
	clear(c.square)
	c.trans, c.tsq = [labels + 1]vector{}, [labels + 1]vector{}
	c.rate = rate
}

// settle makes the weights the average of those remembered.
func (c *crf) settle() {
	defer func() { c.sums, c.transSum, c.remembered = nil, [labels + 1]vector{}, 0 }()
	for i := range c.sums {
		for l := range c.sums[i] {
			c.w[i][l] = c.sums[i][l] / float32(c.remembered)
		}
	}
	for k := range c.trans {
		for l := range c.trans[k] {
			c.trans[k][l] = c.transSum[k][l] / float32(c.remembered)
		}
	}
}

// weights returns the model for packing; call it after prune.
func (c *crf) weights() *tagger.Weights {
	out := &tagger.Weights{Rows: map[uint32][labels]float32{}}
	for k := range c.trans {
		out.Trans[k] = c.trans[k]
		if k != int(tagger.PersonBegin) && k != int(tagger.PersonInside) {
			out.Trans[k][tagger.PersonInside] = -400
		}
	}
	for row := range c.index {
		if p := c.index[row]; p != 0 {
			out.Rows[uint32(row)] = c.w[p-1]
		}
	}
	return out
}

// prune keeps one row in each slot, the one that matters most, and forgets the
// others.
func (c *crf) prune(counts []uint8) (kept int) {
	best := map[uint32]uint32{}
	value := func(row uint32) float64 {
		w := &c.w[c.index[row]-1]
		var sum float64
		for l := 1; l < labels; l++ {
			d := float64(w[l] - w[0])
			sum += d * d
		}
		return math.Sqrt(sum) * math.Sqrt(float64(counts[row]))
	}
	for row := range uint32(len(c.index)) {
		if c.index[row] == 0 {
			continue
		}
		slot := tagger.Slot(row)
		if old, ok := best[slot]; ok {
			if value(old) >= value(row) {
				c.index[row] = 0
				continue
			}
			c.index[old] = 0
		}
		best[slot] = row
	}
	return len(best)
}
