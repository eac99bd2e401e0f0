package residual

import (
	"slices"
	"strings"

	"github.com/clbchat/naamloos/detectors"
)

// encoded returns the types of what stands encoded in a text.
func (c *Check) encoded(text string) []detectors.EntityType {
	var out []detectors.EntityType
	for _, d := range decoded(text) {
		var inner words
		inner.add(d, 0)
		for _, h := range c.inWords(&inner, nil) {
			if !slices.Contains(out, h.Type) {
				out = append(out, h.Type)
			}
		}
	}
	return out
}

// encodedBlock is how many bytes of a long text are decoded together, twice.
const encodedBlock = 512

// around returns where values of a type stand encoded in a text: a stretch of
// about a thousand bytes, or all of the text when no such stretch has one.
func (c *Check) around(text string, n int, typ detectors.EntityType) []Hit {
	var hits []Hit
	for start := 0; start < len(text); {
		middle := blockEnd(text, start)
		end := blockEnd(text, middle)
		if slices.Contains(c.encoded(text[start:end]), typ) {
			if last := len(hits) - 1; last >= 0 && hits[last].End > start {
				hits[last].End = end
			} else {
				hits = append(hits, Hit{Text: n, Start: start, End: end, Type: typ})
			}
		}
		start = middle
	}
	if hits == nil {
		return []Hit{{Text: n, End: len(text), Type: typ}}
	}
	return hits
}

// blockEnd returns the end of the block of a text that begins at start: behind
// white space, or the end of the text.
func blockEnd(text string, start int) int {
	if len(text)-start <= encodedBlock {
		return len(text)
	}
	if n := strings.IndexAny(text[start+encodedBlock:], " \n\t"); n >= 0 {
		return start + encodedBlock + n + 1
	}
	return len(text)
}
