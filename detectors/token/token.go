// Package token cuts chat text into tokens with byte offsets.
//
// [Append] is the call you want. Tokens are sorted and disjoint, and every byte
// outside them is white space, so nothing of a text is lost: not by invalid
// UTF-8, emoji glued to a name, elongations or unusual quotes. Names keep
// their inner apostrophes and hyphens (emma's, d'hondt, jean-pierre,
// 's-Hertogenbosch); French elisions are cut off (l' + envol, qu' + emma).
//
// It knows no sentences and does not look words up.
package token

import (
	"unicode"
	"unicode/utf8"

	"github.com/clbchat/naamloos/detectors/placeholder"
)

// Kind tells what a token is made of.
type Kind uint8

// The kinds of token.
const (
	Word      Kind = iota // letters, digits and underscores, at least one letter
	Number                // digits only
	Mark                  // punctuation, a run of the same character
	Symbol                // emoji and everything else that is not a letter, digit or space
	Pseudonym             // a pseudonym of an earlier run, such as [PERSON-k7mz4qhd9]
)

// Shape is the letter case of a word.
type Shape uint8

// The shapes of a word.
const (
	NoCase Shape = iota // no cased letter: digits, Arabic, marks
	Lower               // sofie
	Title               // Sofie
	Upper               // SOFIE, and a single capital
	Mixed               // McDonald, soFie
)

// Token is a piece [Start, End) of a text.
type Token struct {
	Start, End int
	Kind       Kind
	Shape      Shape
	Glued      bool // no white space before it
	Line       bool // first of a line
}

// Append appends the tokens of text to dst.
func Append(dst []Token, text string) []Token {
	glued, line := false, true
	for i := 0; i < len(text); {
		size, space := spaceAt(text, i)
		if space {
			line = line || text[i] == '\n'
			glued = false
			i += size
			continue
		}
		t := next(text, i)
		t.Glued, t.Line = glued, line
		dst = append(dst, t)
		glued, line = true, false
		i = t.End
	}
	return dst
}

func spaceAt(text string, i int) (size int, space bool) {
	c := text[i]
	if c < utf8.RuneSelf {
		return 1, c == ' ' || c-'\t' < 5
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	return size, unicode.IsSpace(r)
}

func next(text string, i int) Token {
	c := text[i]
	if c < utf8.RuneSelf {
		switch {
		case isWordByte(c):
			return word(text, i)
		case c == '[':
			if end, ok := placeholder.At(text, i); ok {
				return Token{Start: i, End: end, Kind: Pseudonym}
			}
			if n := PseudonymLen(text[i:]); n > 0 {
				return Token{Start: i, End: i + n, Kind: Pseudonym}
			}
		case c == '\'':
			if n := apostropheS(text[i:]); n > 0 {
				t := word(text, i+n)
				t.Start = i
				return t
			}
		}
		return Token{Start: i, End: i + run(text, i, 1), Kind: Mark}
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	switch {
	case isWordRune(r):
		return word(text, i)
	case r == '’':
		if n := apostropheS(text[i:]); n > 0 {
			t := word(text, i+n)
			t.Start = i
			return t
		}
		return Token{Start: i, End: i + run(text, i, size), Kind: Mark}
	case unicode.IsPunct(r):
		return Token{Start: i, End: i + run(text, i, size), Kind: Mark}
	}
	return Token{Start: i, End: symbols(text, i+size), Kind: Symbol}
}

// run returns the length of the run of the character text[i:i+size].
func run(text string, i, size int) int {
	n := size
	for i+n+size <= len(text) && text[i+n:i+n+size] == text[i:i+size] {
		n += size
	}
	return n
}

// symbols returns the end of a run of emoji and the like.
func symbols(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r < utf8.RuneSelf || isWordRune(r) && !isJoiner(r) || unicode.IsSpace(r) || unicode.IsPunct(r) {
			break
		}
		i += size
	}
	return i
}

// isJoiner reports marks that continue an emoji: variation selectors, keycap.
func isJoiner(r rune) bool { return r >= 0xFE00 && r <= 0xFE0F || r == 0x20E3 }

func isWordByte(c byte) bool {
	return c-'0' < 10 || c|0x20-'a' < 26 || c == '_'
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isWordByte(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) && !isJoiner(r)
}

// apostropheS returns the length of 's- or ’s- in front of a letter, as in
// 's-Hertogenbosch and 's Gravenwezel written with a hyphen.
func apostropheS(s string) int {
	n := 1
	if s[0] != '\'' {
		n = len("’")
	}
	if len(s) > n+2 && s[n]|0x20 == 's' && s[n+1] == '-' && isWordByte(s[n+2]) {
		return n + 2
	}
	return 0
}

// minPseudonym and maxPseudonym bound the part after the hyphen.
const (
	minPseudonym = 4
	maxPseudonym = 64
)

// PseudonymLen returns the length of the pseudonym that s begins with, such as
// [PERSON-k7mz4qhd9], or 0.
func PseudonymLen(s string) int {
	i := 1
	for i < len(s) && i < 24 && (s[i]-'A' < 26 || s[i] == '_') {
		i++
	}
	if i < 3 || i == len(s) || s[i] != '-' {
		return 0
	}
	i++
	from := i
	for i < len(s) && i-from < maxPseudonym && (s[i]-'a' < 26 || s[i]-'0' < 10) {
		i++
	}
	if i-from < minPseudonym || i == len(s) || s[i] != ']' {
		return 0
	}
	return i + 1
}
