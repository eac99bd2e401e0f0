package anonymize

import (
	"github.com/clbchat/naamloos/detectors"
)

// reach is how many bytes of a message take part in a number that goes on in
// the next message.
const reach = 48

// farthest is how many messages of others may stand between the parts.
const farthest = 3

// findSplit finds numbers that one participant has split over messages, such
// as "0471 12" and "34 56".
func (s *state) findSplit() error {
	last := map[string][]int{} // messages of a participant whose end may go on
	for i := range s.slots {
		sl := &s.slots[i]
		if sl.msg == nil {
			continue
		}
		run := last[sl.party]
		if len(run) > 0 && sl.message-s.slots[run[len(run)-1]].message > farthest {
			run = nil
		}
		if len(run) > 0 && startsWithDigits(s.texts[i]) {
			if err := s.joinRun(append(run, i)); err != nil {
				return err
			}
		}
		switch {
		case !endsWithDigits(s.texts[i]):
			run = nil
		case onlyDigits(s.texts[i]):
			run = append(run, i)
		default:
			run = []int{i}
		}
		last[sl.party] = run
	}
	return nil
}

// joinRun looks at the messages of a run as one text and gives each its part of
// what was found across them.
func (s *state) joinRun(run []int) error {
	if len(run) > 4 {
		run = run[len(run)-4:]
	}
	joined := make([]byte, 0, reach*len(run))
	type part struct{ slot, from, at, n int } // text from "from" stands at "at" in joined
	parts := make([]part, 0, len(run))
	for k, i := range run {
		text := s.texts[i]
		from, to := 0, len(text)
		if k == 0 {
			from = tailStart(text)
		}
		if k == len(run)-1 {
			to = headEnd(text)
		}
		if k > 0 {
			joined = append(joined, '\n')
		}
		parts = append(parts, part{i, from, len(joined), to - from})
		joined = append(joined, text[from:to]...)
	}
	spans, err := s.a.set.FindJoined(nil, detectors.Text{Body: string(joined)})
	if err != nil {
		return &ValueError{Message: s.slots[run[0]].message + 1, Fault: "a detector failed"}
	}
	for _, sp := range spans {
		for _, p := range parts {
			cut := sp
			cut.Start, cut.End = max(sp.Start, p.at), min(sp.End, p.at+p.n)
			crosses := sp.Start < p.at || sp.End > p.at+p.n
			if crosses && cut.Start < cut.End {
				cut.Start += p.from - p.at
				cut.End += p.from - p.at
				s.split[p.slot] = append(s.split[p.slot], cut)
			}
		}
	}
	return nil
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func numberByte(c byte) bool {
	return digit(c) || c == ' ' || c == '.' || c == '-' || c == '/' || c == '+' || c == '(' || c == ')'
}

func startsWithDigits(s string) bool {
	for i := 0; i < len(s) && i < 8; i++ {
		if digit(s[i]) {
			return true
		}
		if !numberByte(s[i]) {
			return false
		}
	}
	return false
}

func endsWithDigits(s string) bool {
	for i := len(s) - 1; i >= 0 && i >= len(s)-8; i-- {
		if digit(s[i]) {
			return true
		}
		if !numberByte(s[i]) {
			return false
		}
	}
	return false
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if !numberByte(s[i]) {
			return false
		}
	}
	return len(s) <= reach
}

// tailStart returns where the last bytes of s that can matter begin.
func tailStart(s string) int {
	i := max(0, len(s)-reach)
	for i > 0 && i < len(s) && !boundary(s, i) {
		i++
	}
	return i
}

// headEnd returns where the first bytes of s that can matter end.
func headEnd(s string) int {
	i := min(len(s), reach)
	for i < len(s) && !boundary(s, i) {
		i--
	}
	return i
}
