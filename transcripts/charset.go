package transcripts

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// charsetOf returns the layer of a file by its first bytes: UTF-16 with a byte
// order mark, UTF-8 (nil), or else Windows-1252.
func charsetOf(raw string) layer {
	switch {
	case strings.HasPrefix(raw, "\xFF\xFE"):
		return utf16Layer{utf16Orders[0]}
	case strings.HasPrefix(raw, "\xFE\xFF"):
		return utf16Layer{utf16Orders[1]}
	case utf8.ValidString(raw):
		return nil
	}
	return cp1252{}
}

// utf16Layer is UTF-16 in one byte order. The byte order mark is a character of
// the text, so that it stays.
type utf16Layer struct{ order utf16Order }

var utf16Orders = [...]utf16Order{binary.LittleEndian, binary.BigEndian}

type utf16Order interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// decode is false for an odd number of bytes and for half of a pair.
func (l utf16Layer) decode(raw string) (string, bool) {
	if len(raw)%2 != 0 {
		return "", false
	}
	var b strings.Builder
	b.Grow(len(raw) / 2)
	for at := 0; at < len(raw); {
		r, n := l.rune(raw, at)
		if r == utf8.RuneError && l.unit(raw, at) != utf8.RuneError {
			return "", false
		}
		b.WriteRune(r)
		at += n
	}
	return b.String(), true
}

func (l utf16Layer) unit(raw string, at int) rune {
	return rune(l.order.Uint16([]byte{raw[at], raw[at+1]}))
}

// rune returns the character at byte at and its length.
func (l utf16Layer) rune(raw string, at int) (rune, int) {
	r := l.unit(raw, at)
	if !utf16.IsSurrogate(r) {
		return r, 2
	}
	if at+4 > len(raw) {
		return utf8.RuneError, 2
	}
	return utf16.DecodeRune(r, l.unit(raw, at+2)), 4
}

func (l utf16Layer) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{l.next, l.encode}.lift(raw, text, edits)
}

func (l utf16Layer) next(raw string, at int) piece {
	if at+2 > len(raw) {
		return piece{len(raw) - at, 0, pieceMark}
	}
	r, n := l.rune(raw, at)
	return piece{n, utf8.RuneLen(r), pieceAtom}
}

func (l utf16Layer) encode(text string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		b = l.order.AppendUint16(b, u)
	}
	return string(b)
}

// crlf is text whose lines end with CR LF; the text has LF.
type crlf struct{}

func (crlf) decode(raw string) (string, bool) {
	return strings.ReplaceAll(raw, "\r\n", "\n"), true
}

func (l crlf) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{l.next, l.encode}.lift(raw, text, edits)
}

func (crlf) next(raw string, at int) piece {
	if strings.HasPrefix(raw[at:], "\r\n") {
		return piece{2, 1, pieceAtom}
	}
	n := strings.Index(raw[at+1:], "\r\n")
	if n < 0 {
		n = len(raw) - at - 1
	}
	return piece{n + 1, n + 1, pieceRun}
}

func (crlf) encode(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }

// validText reports whether s can be text: UTF-8 without NUL.
func validText(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }
