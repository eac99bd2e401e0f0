package transcripts

import "strings"

// slackText is text as Slack writes it: & < > escaped, and in < > what refers to
// people and channels by an identifier, which is no part of the text. The names
// of emoji are none either.
type slackText struct{}

func (slackText) decode(raw string) (string, bool) {
	return decodePieces(raw, slackPiece, htmlAtom), true
}

func (l slackText) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{slackPiece, slackEscapes.Replace}.lift(raw, text, edits)
}

var slackEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// slackPiece is the alphabet.
func slackPiece(raw string, at int) piece {
	switch raw[at] {
	case '&':
		for _, ref := range []string{"&amp;", "&lt;", "&gt;"} {
			if strings.HasPrefix(raw[at:], ref) {
				return piece{len(ref), 1, pieceAtom}
			}
		}
	case '<':
		if n := mentionLen(raw[at:]); n > 0 {
			return piece{n, 0, pieceMark}
		}
	case ':':
		if n := emojiLen(raw[at:]); n > 0 {
			return piece{n, 0, pieceMark}
		}
	}
	n := strings.IndexAny(raw[at+1:], "&<:")
	if n < 0 {
		n = len(raw) - at - 1
	}
	return piece{n + 1, n + 1, pieceRun}
}

// mentionLen returns the length of the identifier that s begins with: <@U07> of
// a person, <#C07| of a channel before its name, <!here> and the like.
func mentionLen(s string) int {
	if len(s) < 3 || strings.IndexByte("@#!", s[1]) < 0 {
		return 0
	}
	n := 2
	for n < len(s) && (isWord(s[n]) && s[n] < 0x80 || s[n] == '^') {
		n++
	}
	if n == 2 || n == len(s) || s[n] != '>' && s[n] != '|' {
		return 0
	}
	return n + 1
}

// emojiLen returns the length of the name of an emoji, such as :thumbsup:.
func emojiLen(s string) int {
	letter := false
	for n := 1; n < len(s) && n < 64; n++ {
		switch c := s[n]; {
		case c == ':' && letter:
			return n + 1
		case 'a' <= c && c <= 'z':
			letter = true
		case '0' <= c && c <= '9', c == '_', c == '-', c == '+':
		default:
			return 0
		}
	}
	return 0
}
