package transcripts

import "strings"

// wordChat reads the paragraphs of a document, one place each, as the lines of a
// transcript when they have its form, and else each as a text.
type wordChat struct {
	d          *officeDoc
	paragraphs []int32
}

// add takes the place of the next paragraph.
func (w *wordChat) add(_ string, p int32) { w.paragraphs = append(w.paragraphs, p) }

// read makes messages of the paragraphs.
func (w *wordChat) read() {
	c := w.d.a.here().c
	lr := w.lines(c)
	last := ""
	for _, p := range w.paragraphs {
		text := w.d.r.text(p)
		n := len(c.Messages)
		if lr.grammar != nil && !strings.Contains(text, "\n") {
			lr.in, lr.open, lr.blank = p, -1, false
			if h, ok := lr.grammar.match(text, 0); ok && (!lr.grammar.closed || lr.known[lr.text(h.name)]) {
				lr.begin(h, len(text))
				lr.close()
			}
		}
		if len(c.Messages) == n {
			c.Messages = append(c.Messages, Message{From: last, Text: text, ref: w.d.r.leaf(p)})
		}
		last = c.Messages[len(c.Messages)-1].From
	}
}

// lines returns a reader of lines that knows the form of the transcript and the
// names in it. Its grammar is nil when the document is none.
func (w *wordChat) lines(c *Conversation) lineReader {
	texts := make([]string, len(w.paragraphs))
	for i, p := range w.paragraphs {
		texts[i] = w.d.r.text(p)
	}
	all := strings.Join(texts, "\n")
	scratch, _ := newRecord(docxName, all, nil)
	lr := lineReader{r: scratch, c: &Conversation{}}
	lr.declared(all)
	if lr.grammar = chooseGrammar(all, lr.known); lr.grammar != nil {
		lr.order = lr.dayOrder(all)
		lr.recurring(all)
	}
	lr.r, lr.c = w.d.r, c
	return lr
}
