package residual

import (
	"encoding/base64"
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is a range of a folded buffer, and the range of the text it came from.
type word struct {
	from, to   int32 // in words.buf
	start, end int32 // in the text
	text       int32 // number of the text
}

// words is a sequence of folded words: lower case, without diacritics, invisible
// characters and look-alikes of other alphabets.
type words struct {
	buf  []byte
	list []word
}

func (w *words) at(i int) []byte { return w.buf[w.list[i].from:w.list[i].to] }

// add folds a text to words.
func (w *words) add(text string, number int) {
	open := false
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			letter := c|0x20 >= 'a' && c|0x20 <= 'z'
			if letter || c >= '0' && c <= '9' {
				if letter {
					c |= 0x20
				}
				w.begin(&open, i, number)
				w.extend(i+1, c)
			} else {
				open = false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		w.addRune(r, &open, i, n, number)
		i += n
	}
}

// addRune folds one rune that is not ASCII.
func (w *words) addRune(r rune, open *bool, i, n, number int) {
	switch {
	case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r): // invisible or a mark: the word goes on
		return
	case !unicode.IsLetter(r) && !unicode.IsDigit(r):
		*open = false
		return
	}
	if latin, ok := confusables[unicode.ToLower(r)]; ok {
		w.begin(open, i, number)
		w.extend(i+n, latin)
		return
	}
	for _, d := range norm.NFKD.String(string(unicode.ToLower(r))) {
		if unicode.Is(unicode.Mn, d) {
			continue
		}
		w.begin(open, i, number)
		w.buf = utf8.AppendRune(w.buf, unicode.ToLower(d))
		w.extend(i + n)
	}
}

func (w *words) begin(open *bool, start, number int) {
	if !*open {
		w.list = append(w.list, word{from: int32(len(w.buf)), start: int32(start), text: int32(number)})
		*open = true
	}
}

func (w *words) extend(end int, bytes ...byte) {
	w.buf = append(w.buf, bytes...)
	last := &w.list[len(w.list)-1]
	last.to, last.end = int32(len(w.buf)), int32(end)
}

// confusables maps letters that look like Latin ones (Unicode TR 39, the usual
// Cyrillic and Greek ones) to them.
var confusables = map[rune]byte{
	'а': 'a', 'в': 'b', 'с': 'c', 'ԁ': 'd', 'е': 'e', 'һ': 'h', 'і': 'i', 'ј': 'j', 'к': 'k', 'ӏ': 'l', 'м': 'm',
	'н': 'h', 'о': 'o', 'р': 'p', 'ԛ': 'q', 'ѕ': 's', 'т': 't', 'у': 'y', 'ѵ': 'v', 'ԝ': 'w', 'х': 'x', 'ѡ': 'w',
	'α': 'a', 'β': 'b', 'ε': 'e', 'η': 'n', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'u',
	'χ': 'x', 'γ': 'y', 'ı': 'i', 'ł': 'l', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'ħ': 'h', 'ŧ': 't',
}

// longestEncoded bounds what is decoded of one run.
const longestEncoded = 1 << 20

// decoded returns what a text says in the encodings it may hold: HTML entities,
// percent, JSON and SQL escapes, base64. Empty when it holds none.
func decoded(text string) []string {
	var out []string
	if strings.IndexByte(text, '&') >= 0 && strings.IndexByte(text, ';') >= 0 {
		if d := html.UnescapeString(text); d != text {
			out = append(out, d)
		}
	}
	if strings.IndexByte(text, '%') >= 0 {
		if d, err := url.PathUnescape(fixPercent(text)); err == nil && d != text {
			out = append(out, d)
		}
	}
	if strings.IndexByte(text, '\\') >= 0 {
		out = append(out, unescape(text))
	}
	return append(out, base64Runs(text)...)
}

// fixPercent makes every % that begins no escape one that does.
func fixPercent(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		b.WriteByte(text[i])
		if text[i] == '%' && (i+2 >= len(text) || !hexDigit(text[i+1]) || !hexDigit(text[i+2])) {
			b.WriteString("25")
		}
	}
	return b.String()
}

func hexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// unescape reads \uXXXX, and every other escape as a blank.
func unescape(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] != '\\' || i+1 == len(text):
			b.WriteByte(text[i])
		case text[i+1] == 'u' && i+5 < len(text) && hexDigit(text[i+2]) && hexDigit(text[i+3]) && hexDigit(text[i+4]) && hexDigit(text[i+5]):
			var r rune
			for _, c := range []byte(text[i+2 : i+6]) {
				r = r<<4 | rune(hexValue(c))
			}
			b.WriteRune(r)
			i += 5
		default:
			if text[i+1] == '\'' || text[i+1] == '"' || text[i+1] == '/' || text[i+1] == '\\' {
				b.WriteByte(text[i+1])
			} else {
				b.WriteByte(' ')
			}
			i++
		}
	}
	return b.String()
}

func hexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// shortestBase64 is the shortest run that is tried as base64: 12 bytes of text.
const shortestBase64 = 16

// mimeLine is the fewest characters of a line of base64 that goes on in the next
// (RFC 2045 has 76).
const mimeLine = 60

// base64Runs decodes the runs of a text that are base64 of readable text.
func base64Runs(text string) []string {
	var out []string
	start, line := -1, 0 // where the run and its present line begin
	for i := 0; i <= len(text); i++ {
		if i < len(text) && base64Byte(text[i]) && i-start < longestEncoded {
			if start < 0 {
				start, line = i, i
			}
			continue
		}
		if start >= 0 && i < len(text) && (text[i] == '\n' || text[i] == '\r') && i-line >= mimeLine {
			line = i + 1 // the decoder passes over it
			if text[i] == '\r' && line < len(text) && text[line] == '\n' {
				line++
				i++
			}
			continue
		}
		if start >= 0 && i-start >= shortestBase64 {
			if d, err := base64.RawStdEncoding.DecodeString(text[start:i]); err == nil && readable(d) {
				out = append(out, string(d))
			}
		}
		start = -1
	}
	return out
}

func base64Byte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}

// readable reports whether b is text and not noise.
func readable(b []byte) bool {
	if !utf8.Valid(b) {
		return false
	}
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}
