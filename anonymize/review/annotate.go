package review

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/clbchat/naamloos/anonymize/evaluate"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// ErrMalformed says that a file is no export of review; it never holds its text.
var ErrMalformed = errors.New("review: not a file of 'naamloos review export', or a damaged one")

// Judged is what an export says of conversations that were read whole: their
// corrected places, by conversation and message.
type Judged map[string]map[int][]Label

// ReadJudged reads the decisions and labels of an export. Only conversations
// that were released or held back were read whole, and only labels with places
// in the original are of use.
func ReadJudged(decisions, labels io.Reader) (Judged, error) {
	judged := Judged{}
	err := eachLine(decisions, func(line []byte) error {
		var d Decision
		if json.Unmarshal(line, &d) != nil || d.Status == "" {
			return ErrMalformed
		}
		if d.Status == IsReleased || d.Status == IsHeld {
			judged[d.ID] = map[int][]Label{}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return judged, eachLine(labels, judged.addLabels)
}

func (j Judged) addLabels(line []byte) error {
	var l Labelled
	if json.Unmarshal(line, &l) != nil {
		return ErrMalformed
	}
	slash := strings.LastIndexByte(l.ID, '/')
	if slash < 0 {
		return ErrMalformed
	}
	message, err := strconv.Atoi(l.ID[slash+1:])
	if err != nil {
		return ErrMalformed
	}
	id := l.ID[:slash]
	if _, ok := j[id]; !ok {
		return nil
	}
	if !l.Original { // nobody knows where in the original
		delete(j, id)
		return nil
	}
	j[id][message] = l.Spans
	return nil
}

// longestLine is the longest line of an export, in bytes.
const longestLine = 16 << 20

func eachLine(r io.Reader, do func([]byte) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), longestLine)
	for lines.Scan() {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		if err := do(lines.Bytes()); err != nil {
			return err
		}
	}
	if lines.Err() != nil {
		return ErrMalformed
	}
	return nil
}

// Annotated returns an original conversation as an annotated chat: what the run
// found, without what readers found needless and with what they marked. False
// when the conversation was not judged, or is another than the one that was.
func (j Judged) Annotated(c *transcripts.Conversation, found [][]detectors.Span) (evaluate.Chat, bool) {
	labels, ok := j[c.ID]
	if !ok {
		return evaluate.Chat{}, false
	}
	chat := evaluate.Chat{ID: c.ID, Lang: string(languageOf(c)), Domain: c.Topic}
	staff := map[string]bool{}
	for i := range c.Participants {
		p := &c.Participants[i]
		switch p.Role {
		case transcripts.RoleOperator:
			chat.Operator = p.Name
			staff[p.Key] = true
		case transcripts.RoleVisitor:
			chat.Nick = p.Name
		}
	}
	for i := range c.Messages {
		m := evaluate.Message{From: "visitor", Text: c.Messages[i].Text}
		if staff[c.Messages[i].From] {
			m.From = "operator"
		}
		if m.Spans, ok = corrected(evaluate.SpansOf(found[i]), labels[i+1], len(m.Text)); !ok {
			return evaluate.Chat{}, false
		}
		chat.Messages = append(chat.Messages, m)
	}
	return chat, true
}

// corrected returns spans without those that labels call needless and with those
// that they call missed.
func corrected(spans []evaluate.Span, labels []Label, length int) ([]evaluate.Span, bool) {
	for _, l := range labels {
		if l.Start < 0 || l.Start >= l.End || l.End > length {
			return nil, false
		}
		spans = slices.DeleteFunc(spans, func(s evaluate.Span) bool { return s.Start < l.End && l.Start < s.End })
		if l.Judgement == Missed {
			spans = append(spans, evaluate.Span{Start: l.Start, End: l.End, Type: l.Type})
		}
	}
	slices.SortFunc(spans, func(a, b evaluate.Span) int { return a.Start - b.Start })
	return spans, true
}
