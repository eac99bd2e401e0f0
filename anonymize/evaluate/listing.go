package evaluate

import (
	"strings"

	"github.com/clbchat/naamloos/detectors"
)

// Finding is one error of detection in its surroundings.
type Finding struct {
	ID      string // conversation/message
	Type    detectors.EntityType
	Context string // the text around it, itself in [[ ]]
	Rule    string // detector and rule of a span found beyond the annotation
}

// Leaks returns the first n annotated spans of type t (any when empty) that
// are not covered.
func (s *Scores) Leaks(t detectors.EntityType, n int) []Finding {
	var out []Finding
	for i := range s.chats {
		c := &s.chats[i]
		for k := range c.Messages {
			m := newMasks(&c.Messages[k], s.found[i][k])
			for _, g := range m.gold {
				if len(out) == n {
					return out
				}
				if _, leaks := m.uncovered(g); leaks > 0 && (t == "" || t == g.Type) {
					out = append(out, Finding{c.messageID(k), g.Type, excerpt(c.Messages[k].Text, g.Start, g.End), ""})
				}
			}
		}
	}
	return out
}

// Extra returns the first n found spans of type t (any when empty) that cover a
// letter or digit outside all annotation.
func (s *Scores) Extra(t detectors.EntityType, n int) []Finding {
	var out []Finding
	for i := range s.chats {
		c := &s.chats[i]
		for k := range c.Messages {
			m := newMasks(&c.Messages[k], s.found[i][k])
			for _, sp := range m.found {
				if len(out) == n {
					return out
				}
				if m.beyond(sp) && (t == "" || t == sp.Type) {
					out = append(out, Finding{c.messageID(k), sp.Type, excerpt(c.Messages[k].Text, sp.Start, sp.End), sp.Detector + ": " + sp.Rule})
				}
			}
		}
	}
	return out
}

func (m masks) beyond(sp detectors.Span) bool {
	for i := sp.Start; i < sp.End; i++ {
		if m.counted[i] && !m.inGold[i] {
			return true
		}
	}
	return false
}

// around is how many bytes of text are shown on each side.
const around = 40

func excerpt(text string, start, end int) string {
	from, to := max(0, start-around), min(len(text), end+around)
	for !onRune(text, from) {
		from++
	}
	for !onRune(text, to) {
		to--
	}
	return strings.ReplaceAll(text[from:start]+"[["+text[start:end]+"]]"+text[end:to], "\n", "\\n")
}
