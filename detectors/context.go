package detectors

import "unicode/utf8"

// How far back a word can announce a number, in tokens.
const (
	reachNear  = 7   // with nothing but small words between
	reachLoose = 10  // with anything between
	reachText  = 24  // in the text before
	lengthText = 240 // bytes of the text before that are read
)

// announced returns what the words before token i announce: near has nothing
// but small words, "nummer" and marks between, loose is anything a few words
// back.
func (s *scan) announced(i int) (near, loose cue) {
	stop := false
	for n := 1; n <= reachLoose; n++ {
		k := i - n
		if k < 0 {
			if !stop {
				near |= s.before & (cueNumbered | cueNumber | cueCode)
			}
			return near, loose | s.before
		}
		t := &s.toks[k]
		loose |= t.cue
		if stop || n > reachNear {
			continue
		}
		near |= t.cue & (cueNumbered | cueNumber | cueCode)
		stop = t.cue&cueNumbered != 0 || !small(t)
	}
	return near, loose
}

// small reports whether t may stand between a word that announces a number and
// the number.
func small(t *token) bool {
	if t.kind == kindMark {
		switch t.mark {
		case ':', '=', '(', '"', '\'', '-', '>', '#', '*', '.', '?', '+', '/':
			return true
		}
		return false
	}
	return t.kind == kindWord && t.cue&(cueFiller|cueNumber|cueCode|cueNumbered) != 0
}

// follows returns what the three words after token i say.
func (s *scan) follows(i int) cue {
	var c cue
	for n, k := 0, i+1; k < len(s.toks) && n < 4; k++ {
		c |= s.toks[k].cue
		if s.toks[k].kind == kindWord {
			n++
		}
	}
	return c
}

// announcedBy returns what a whole text announces to the text after it.
func (s *scan) announcedBy(text string) cue {
	if text == "" {
		return 0
	}
	start := max(0, len(text)-lengthText)
	for start > 0 && start < len(text) && !utf8.RuneStart(text[start]) {
		start++
	}
	s.read(text[start:])
	var c cue
	for i := max(0, len(s.toks)-reachText); i < len(s.toks); i++ {
		c |= s.toks[i].cue
	}
	return c & (cueNumbered | cueNumber | cueCode | cueLives | cueClass | cueYears | cueHowOld | cueBe | cueBorn)
}
