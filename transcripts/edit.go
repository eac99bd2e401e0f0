package transcripts

// compose returns edits of the original value that do the same as first and
// then second, where second counts in bytes of the value after first.
//
// Edits of second that touch or overlap a replacement made by first are merged
// with it, so that the outcome is sorted and disjoint.
func compose(first, second []Edit) []Edit {
	if len(first) == 0 {
		return second
	}
	if len(second) == 0 {
		return first
	}
	c := composer{first: first, out: make([]Edit, 0, len(first)+len(second))}
	for _, e := range second {
		c.add(e)
	}
	c.flush()
	return append(c.out, c.first...)
}

// composer merges edits. open is an edit of the original value that may still
// grow; its text counts in the value after first, where it ends at openEnd.
type composer struct {
	first   []Edit // not used yet
	delta   int    // bytes that the used ones have added
	out     []Edit
	open    Edit
	isOpen  bool
	openEnd int // end of open in the value after first; its text beyond is kept
	tail    string
}

// add takes one edit of the value after first.
func (c *composer) add(e Edit) {
	if c.isOpen && e.Start > c.openEnd {
		c.flush()
	}
	for !c.isOpen && len(c.first) > 0 && c.first[0].Start+c.delta+len(c.first[0].Text) < e.Start {
		c.out = append(c.out, c.first[0])
		c.use()
	}
	if !c.isOpen {
		c.begin(e.Start)
	}
	c.cover(e.Start)
	keep := c.tail[:len(c.tail)-(c.openEnd-e.Start)]
	c.tail = c.tail[len(keep):]
	c.open.Text += keep
	c.cover(e.End)
	c.tail = c.tail[len(c.tail)-(c.openEnd-e.End):]
	c.open.Text += e.Text
}

// begin opens an edit at a position of the value after first.
func (c *composer) begin(at int) {
	c.isOpen, c.tail = true, ""
	c.open = Edit{Start: at - c.delta, End: at - c.delta}
	c.openEnd = at
	if len(c.first) > 0 && c.first[0].Start+c.delta <= at {
		c.take()
	}
}

// take swallows the next edit of first, which begins at or before openEnd.
func (c *composer) take() {
	f := c.first[0]
	c.open.Start = min(c.open.Start, f.Start)
	c.open.End = f.End
	c.tail += f.Text
	c.openEnd = f.Start + c.delta + len(f.Text)
	c.use()
}

func (c *composer) use() {
	c.delta += len(c.first[0].Text) - (c.first[0].End - c.first[0].Start)
	c.first = c.first[1:]
}

// cover makes the open edit reach at least position at of the value after
// first. The bytes of the original on the way are going to be deleted, so that
// they need not be known: they are padded into the tail and cut from it.
func (c *composer) cover(at int) {
	for {
		if len(c.first) > 0 && c.first[0].Start+c.delta <= max(at, c.openEnd) {
			c.stretch(c.first[0].Start + c.delta)
			c.take()
			continue
		}
		c.stretch(at)
		return
	}
}

// stretch lets the open edit reach position at over bytes of the original.
func (c *composer) stretch(at int) {
	if n := at - c.openEnd; n > 0 {
		c.tail += string(make([]byte, n))
		c.open.End += n
		c.openEnd = at
	}
}

// flush closes the open edit.
func (c *composer) flush() {
	if c.isOpen {
		c.open.Text += c.tail
		c.out = append(c.out, c.open)
		c.isOpen, c.tail = false, ""
	}
}
