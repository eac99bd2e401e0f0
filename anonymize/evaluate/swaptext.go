package evaluate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors"
)

// message returns m with its names swapped and its annotation moved along.
func (s *swapper) message(m *Message) Message {
	out := *m
	out.Spans = make([]Span, 0, len(m.Spans))
	var b strings.Builder
	at := 0
	for _, sp := range m.Spans {
		if sp.Start < at {
			continue // within the one before
		}
		b.WriteString(m.Text[at:sp.Start])
		start := b.Len()
		b.WriteString(s.span(sp.Type, m.Text[sp.Start:sp.End]))
		out.Spans = append(out.Spans, Span{start, b.Len(), sp.Type})
		at = sp.End
	}
	b.WriteString(m.Text[at:])
	out.Text = b.String()
	return out
}

// span returns what becomes of annotated text.
func (s *swapper) span(t detectors.EntityType, text string) string {
	switch t {
	case detectors.Person:
		return s.person(text)
	case detectors.Handle:
		return s.replaceWords(text)
	case detectors.Email, detectors.URL:
		return s.replaceParts(text)
	}
	return text
}

// person swaps one mention of a person: a name alone, or a full name.
func (s *swapper) person(text string) string {
	words := strings.Fields(text)
	if len(words) == 1 {
		return s.replaceWords(text)
	}
	first, last := splitName(words)
	if !strings.HasPrefix(text, first) && !strings.HasSuffix(text, first) || !strings.Contains(text, last) {
		return s.replaceWords(text) // a line break stands between
	}
	swapped := strings.Replace(text, last, s.swapped(last), 1)
	if strings.HasPrefix(text, first) {
		return s.swapped(first) + swapped[len(first):]
	}
	return swapped[:len(swapped)-len(first)] + s.swapped(first)
}

// swapped returns what becomes of one name, the same when it is not known.
func (s *swapper) swapped(word string) string {
	b, as := s.match(foldWord(word))
	if b == nil {
		return word
	}
	return sameCase(word, as(b.new)) + trailing(word)
}

// trailing returns the punctuation that belongs to an initial: K.
func trailing(word string) string {
	return word[len(strings.TrimRight(word, ".,!?;:)*~_")):]
}

// replaceWords swaps the words of text that are names, whatever stands between.
func (s *swapper) replaceWords(text string) string { return s.mapWords(text, isWord, s.swapped) }

// replaceParts swaps the names in an address or link, where names have three
// letters and more and are written in ASCII.
func (s *swapper) replaceParts(text string) string {
	return s.mapWords(text, unicode.IsLetter, func(word string) string {
		if len(word) < 3 {
			return word
		}
		b, _ := s.match(strings.ToLower(word))
		if b == nil || b.old != strings.ToLower(word) {
			return word
		}
		return strings.ToLower(strings.Map(plainLetter, b.new))
	})
}

// mapWords replaces each run of word runes in text.
func (s *swapper) mapWords(text string, word func(rune) bool, replace func(string) string) string {
	var b strings.Builder
	for text != "" {
		n := len(text)
		if i := strings.IndexFunc(text, func(r rune) bool { return !word(r) }); i >= 0 {
			n = i
		}
		if n > 0 {
			b.WriteString(replace(text[:n]))
			text = text[n:]
			continue
		}
		_, size := utf8.DecodeRuneInString(text)
		b.WriteString(text[:size])
		text = text[size:]
	}
	return b.String()
}

// plainLetter drops what an e-mail address cannot hold.
func plainLetter(r rune) rune {
	if r < utf8.RuneSelf && unicode.IsLetter(r) {
		return r
	}
	return -1
}

// sameCase writes name in the case of old.
func sameCase(old, name string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, old)
	switch {
	case letters == strings.ToLower(letters):
		return strings.ToLower(name)
	case utf8.RuneCountInString(letters) > 1 && letters == strings.ToUpper(letters):
		return strings.ToUpper(name)
	}
	r, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(r)) + name[n:]
}
