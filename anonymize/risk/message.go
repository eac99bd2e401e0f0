package risk

import (
	"errors"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/namebook"
)

// errDetector hides what a detector said, which nobody may see.
var errDetector = errors.New("risk: a detector failed")

// Weights of signs, as chances that the sign is a person's.
const (
	weightCapital    = 0.08
	weightLongNumber = 0.45 // eight digits and more
	weightNumber     = 0.20
	weightCode       = 0.10 // letters and digits in one
	weightPassed     = 0.10
	weightHesitation = 0.04
	weightFound      = 0.50 // what the detectors would still hide
)

// unsure is the score below which a detector hesitated.
const unsure = 0.75

// message returns the signs in one text. A word is a sign once a conversation.
func (a *Assessor) message(text string, replaced []anonymize.Replacement, seen map[string]bool) ([]Sign, error) {
	spans, misses, err := a.set.Explain(detectors.Text{Body: text})
	if err != nil {
		return nil, errDetector
	}
	var signs []Sign
	for _, sp := range spans {
		signs = append(signs, Sign{Kind: Passed, Start: sp.Start, End: sp.End, Weight: weightFound * sp.Score, Why: sp.Rule})
	}
	for _, m := range misses {
		if key := "miss " + text[m.Start:m.End]; !seen[key] && digits(text[m.Start:m.End]) >= fewestDigits {
			seen[key] = true
			signs = append(signs, Sign{Kind: Passed, Start: m.Start, End: m.End, Weight: weightPassed, Why: m.Rule + ": " + m.Why})
		}
	}
	for _, r := range replaced {
		if r.Score > 0 && r.Score < unsure {
			signs = append(signs, Sign{Kind: Hesitation, Start: r.Start, End: r.End, Weight: weightHesitation, Why: r.Rule})
		}
	}
	taken := len(signs)
	w := walker{a: a, text: text, replaced: replaced, seen: seen, german: german(text)}
	for w.next() {
		if s, ok := w.sign(); ok && !overlaps(signs[:taken], s) {
			signs = append(signs, s)
		}
	}
	return signs, nil
}

// fewestDigits is how many digits a near miss has that is worth a look.
const fewestDigits = 6

func digits(s string) int {
	n := 0
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			n++
		}
	}
	return n
}

func overlaps(signs []Sign, s Sign) bool {
	for _, o := range signs {
		if o.Start < s.End && s.Start < o.End {
			return true
		}
	}
	return false
}

// walker goes through the words and numbers of a text that were not replaced.
type walker struct {
	a          *Assessor
	text       string
	replaced   []anonymize.Replacement
	seen       map[string]bool
	german     bool // every noun has a capital
	at         int
	start, end int  // the present word
	opens      bool // it opens a sentence
	key        []byte
}

// next goes to the next word.
func (w *walker) next() bool {
	w.opens = w.opens || w.at == 0
	for w.at < len(w.text) {
		if end, ok := w.skipped(); ok {
			w.at, w.opens = end, false
			continue
		}
		r, n := utf8.DecodeRuneInString(w.text[w.at:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			w.start, w.end = w.at, wordEnd(w.text, w.at)
			w.at = w.end
			return true
		}
		if opening(r) {
			w.opens = true
		}
		w.at += n
	}
	return false
}

// skipped reports whether something that was replaced begins here.
func (w *walker) skipped() (int, bool) {
	for _, r := range w.replaced {
		if r.Start == w.at && r.End > w.at && r.End <= len(w.text) {
			return r.End, true
		}
	}
	return detectors.PseudonymAt(w.text, w.at)
}

// opening reports whether a capital may follow r without saying anything.
func opening(r rune) bool {
	switch r {
	case '.', '!', '?', ':', '\n', '"', '«', '“', '‘', '(', '-', '*', '•', '…':
		return true
	}
	return !unicode.IsSpace(r) && !unicode.IsPunct(r) && !unicode.IsMark(r) && r > unicode.MaxLatin1 // emoji
}

func wordEnd(s string, at int) int {
	for i, r := range s[at:] {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			return at + i
		}
	}
	return len(s)
}

// sign says what is to be said of the present word.
func (w *walker) sign() (Sign, bool) {
	opens := w.opens
	w.opens = false
	word := w.text[w.start:w.end]
	if s, ok := w.number(word); ok || hasDigit(word) {
		return s, ok
	}
	kind, weight := w.name(word, opens)
	w.key = lexicon.Fold(w.key[:0], word)
	if key := string(w.key); weight == 0 || w.seen[key] {
		return Sign{}, false
	} else {
		w.seen[key] = true
	}
	return Sign{Kind: kind, Start: w.start, End: w.end, Weight: weight}, true
}

// name weighs a word without digits. What the tagger doubts is weighed elsewhere.
func (w *walker) name(word string, opens bool) (Kind, float64) {
	first, n := utf8.DecodeRuneInString(word)
	upper := unicode.IsUpper(first) && len(word) > n && unicode.IsLower(lastRune(word))
	w.key = lexicon.Fold(w.key[:0], word)
	if utf8.RuneCountInString(word) < 3 || w.a.plain[string(w.key)] {
		return "", 0
	}
	e := lexicon.Find(lexicon.Hash(w.key))
	common := namebook.Common(e) || e.Has(lexicon.Honorific) || e.Has(lexicon.Particle)
	if !upper || opens || common || w.german {
		return "", 0
	}
	return Capital, weightCapital
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
