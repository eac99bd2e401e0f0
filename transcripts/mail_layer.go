package transcripts

import (
	"encoding/base64"
	"mime"
	"strings"
	"unicode/utf8"
)

// quotedPrintable is the transfer encoding of RFC 2045, section 6.7.
type quotedPrintable struct{}

func (quotedPrintable) decode(raw string) (string, bool) {
	return decodePieces(raw, qpPiece, func(s string) string { return string([]byte{byte(hexValue(s[1:]))}) }), true
}

func (l quotedPrintable) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{qpPiece, qpEncode}.lift(raw, text, edits)
}

// qpPiece is the alphabet: an escaped byte, a soft line break, or a run.
func qpPiece(raw string, at int) piece {
	if raw[at] == '=' {
		if n := softBreak(raw[at:]); n > 0 {
			return piece{n, 0, pieceMark}
		}
		if hexEscape(raw, at-1, 4) > 0 {
			return piece{3, 1, pieceAtom}
		}
	}
	n := strings.IndexByte(raw[at+1:], '=')
	if n < 0 {
		n = len(raw) - at - 1
	}
	return piece{n + 1, n + 1, pieceRun}
}

// softBreak returns the length of the soft line break that s begins with.
func softBreak(s string) int {
	n := 1
	for n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		n++
	}
	if strings.HasPrefix(s[n:], "\r\n") {
		return n + 2
	}
	if strings.HasPrefix(s[n:], "\n") {
		return n + 1
	}
	return 0
}

func qpEncode(text string) string {
	const digit = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; c != '=' && (c >= ' ' && c < 0x7F || c == '\r' || c == '\n' || c == '\t') {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('=')
		b.WriteByte(digit[text[i]>>4])
		b.WriteByte(digit[text[i]&15])
	}
	return b.String()
}

// headerText is the value of a header field: folded lines, and encoded words
// as RFC 2047 has them.
type headerText struct{}

// headerPart is a stretch of a header: plain, or encoded words side by side.
type headerPart struct {
	start, end int
	text       string
	charset    string // of encoded words; empty for a plain stretch
	base64     bool
	fold       bool // the end of a line
}

func (l headerText) decode(raw string) (string, bool) {
	var b strings.Builder
	for _, p := range headerParts(raw) {
		b.WriteString(p.text)
	}
	return b.String(), utf8.ValidString(b.String())
}

func (l headerText) lift(raw string, edits []Edit) []Edit {
	parts := headerParts(raw)
	sizes := make([]int, len(parts))
	for i, p := range parts {
		sizes[i] = len(p.text)
	}
	var out []Edit
	for i, own := range distribute(edits, sizes) {
		p := parts[i]
		switch {
		case len(own) == 0:
		case p.fold:
			out = append(out, p.unfold(own))
		case p.charset == "":
			out = append(out, shift(own, p.start)...)
		default:
			out = append(out, Edit{p.start, p.end, encodedWords(Apply(p.text, own), p.base64)})
		}
	}
	return out
}

// unfold returns what edits of the blank that stands for the end of a line come
// to: text is put before it, and lines that an edit goes over become one.
func (p headerPart) unfold(edits []Edit) Edit {
	text := ""
	for _, e := range edits {
		text += e.Text
	}
	if last := edits[len(edits)-1]; last.Start < last.End {
		return Edit{p.start, p.end, text}
	}
	if edits[0].Start > 0 {
		return Edit{p.end, p.end, text}
	}
	return Edit{p.start, p.start, text}
}

// encodedWords writes text as encoded words, in ASCII too: what stands there may
// hold characters that a name in a header cannot have.
func encodedWords(text string, inBase64 bool) string {
	if text == "" {
		return ""
	}
	const longest = 40 // bytes of text, so that no word is over 75
	var words []string
	for text != "" {
		n := min(len(text), longest)
		for n < len(text) && !utf8.RuneStart(text[n]) {
			n--
		}
		words = append(words, encodedWord(text[:n], inBase64))
		text = text[n:]
	}
	return strings.Join(words, " ")
}

func encodedWord(text string, inBase64 bool) string {
	if inBase64 {
		return "=?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte(text)) + "?="
	}
	const digit = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(text) {
		switch c := text[i]; {
		case c == ' ':
			b.WriteByte('_')
		case c >= '0' && c <= '9', c|0x20 >= 'a' && c|0x20 <= 'z', c == '-', c == '/', c == '!', c == '*', c == '+':
			b.WriteByte(c)
		default:
			b.WriteByte('=')
			b.WriteByte(digit[c>>4])
			b.WriteByte(digit[c&15])
		}
	}
	return "=?utf-8?Q?" + b.String() + "?="
}

// headerParts takes the value of a header field apart. What stands between two
// encoded words is not seen; neither are the ends of folded lines.
func headerParts(raw string) []headerPart {
	var out []headerPart
	plain := 0
	flush := func(end int) {
		for plain < end {
			n := strings.IndexAny(raw[plain:end], "\r\n")
			if n < 0 {
				n = end - plain
			}
			if n > 0 {
				out = append(out, headerPart{start: plain, end: plain + n, text: raw[plain : plain+n]})
			}
			plain += n
			if n := foldLen(raw[plain:end]); n > 0 {
				out = append(out, headerPart{start: plain, end: plain + n, text: " ", fold: true})
				plain += n
			}
		}
	}
	for at := 0; at < len(raw); {
		p, ok := wordsAt(raw, at)
		if !ok {
			at++
			continue
		}
		flush(at)
		out = append(out, p)
		at, plain = p.end, p.end
	}
	flush(len(raw))
	return out
}

// foldLen returns the length of the end of a folded line that s begins with, and
// of the space behind it.
func foldLen(s string) int {
	n := 0
	for n < len(s) && (s[n] == '\r' || s[n] == '\n') {
		n++
	}
	if n > 0 && n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		n++
	}
	return n
}

// wordsAt reads the encoded words that begin at byte at. Words of the same kind
// side by side are one: a character may be split between them.
func wordsAt(raw string, at int) (headerPart, bool) {
	charset, code, data, end := cutWord(raw, at)
	if end == 0 {
		return headerPart{}, false
	}
	p := headerPart{start: at, end: end, charset: charset, base64: code == "b"}
	for {
		next := end + len(raw[end:]) - len(strings.TrimLeft(raw[end:], " \t\r\n"))
		c, k, more, e := cutWord(raw, next)
		if e == 0 || next == end || c != charset || k != code {
			break
		}
		data += more
		end, p.end = e, e
	}
	l, ok := charsetNamed(charset)
	if !ok {
		return headerPart{}, false
	}
	p.text = data
	if l != nil {
		p.text, ok = l.decode(data)
	}
	return p, ok && utf8.ValidString(p.text)
}

// cutWord reads the encoded word at byte at; end is 0 when there is none.
func cutWord(raw string, at int) (charset, code, data string, end int) {
	if !strings.HasPrefix(raw[at:], "=?") {
		return "", "", "", 0
	}
	parts := strings.SplitN(raw[at+2:], "?", 4)
	if len(parts) < 4 || parts[0] == "" || !strings.HasPrefix(parts[3], "=") || strings.ContainsAny(parts[2], " \r\n") {
		return "", "", "", 0
	}
	charset, _, _ = strings.Cut(strings.ToLower(parts[0]), "*")
	code = strings.ToLower(parts[1])
	end = at + 2 + len(parts[0]) + 1 + len(parts[1]) + 1 + len(parts[2]) + 2
	switch code {
	case "q":
		data, _ = quotedPrintable{}.decode(strings.ReplaceAll(parts[2], "_", " "))
	case "b":
		b, err := base64.StdEncoding.DecodeString(strings.TrimRight(parts[2], "=") + strings.Repeat("=", (4-len(strings.TrimRight(parts[2], "="))%4)%4))
		if err != nil {
			return "", "", "", 0
		}
		data = string(b)
	default:
		return "", "", "", 0
	}
	return charset, code, data, end
}

// charsetNamed returns the layer of a character set; nil for UTF-8. False for
// one that is not known.
func charsetNamed(name string) (layer, bool) {
	switch name = strings.ToLower(strings.TrimSpace(name)); name {
	case "", "us-ascii", "ascii", "ansi_x3.4-1968", "utf-8", "utf8":
		return nil, true
	case "iso-8859-1", "latin1", "iso8859-1", "windows-1252", "cp1252":
		return cp1252{}, true
	}
	m, ok := codePages[name]
	return codePage{m}, ok
}

// phrase is the name before an address, without quotes. It gets quotes when its
// new text needs them.
type phrase struct{}

func (phrase) decode(raw string) (string, bool) { return headerText{}.decode(raw) }

func (phrase) lift(raw string, edits []Edit) []Edit {
	out := headerText{}.lift(raw, edits)
	text := Apply(raw, out)
	if strings.ContainsAny(text, `()<>[]:;@\,."`) && !strings.Contains(text, "=?") {
		return whole(raw, `"`+quoteEscapes.Replace(text)+`"`)
	}
	return out
}

var quoteEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// quotedName is the inside of a quoted string in a header.
type quotedName struct{}

func (quotedName) decode(raw string) (string, bool) {
	text := decodePieces(raw, quotedPiece, func(s string) string { return s[1:] })
	return text, utf8.ValidString(text)
}

func (l quotedName) lift(raw string, edits []Edit) []Edit {
	text, _ := l.decode(raw)
	return alphabet{quotedPiece, quoteEscapes.Replace}.lift(raw, text, edits)
}

func quotedPiece(raw string, at int) piece {
	if raw[at] == '\\' && at+1 < len(raw) && raw[at+1] < utf8.RuneSelf {
		return piece{2, 1, pieceAtom}
	}
	n := strings.IndexByte(raw[at+1:], '\\')
	if n < 0 {
		n = len(raw) - at - 1
	}
	return piece{n + 1, n + 1, pieceRun}
}

// wholeLine is a header field that goes with its name when its value goes.
type wholeLine struct{}

func (wholeLine) decode(raw string) (string, bool) {
	_, value, _ := strings.Cut(raw, ":")
	value = strings.TrimSpace(value)
	return value, utf8.ValidString(value)
}

func (l wholeLine) lift(raw string, edits []Edit) []Edit {
	value, _ := l.decode(raw)
	at := strings.IndexByte(raw, ':') + 1
	at += strings.Index(raw[at:], value)
	text := Apply(value, edits)
	if text == "" {
		return whole(raw, "")
	}
	for i := range len(text) - 1 {
		if text[i] == '\n' && text[i+1] != ' ' && text[i+1] != '\t' { // an edit took the space of a folded line
			return []Edit{{at, at + len(value), strings.NewReplacer("\r", "", "\n", "").Replace(text)}}
		}
	}
	return shift(edits, at)
}

// opaqueBody is content that is not read: it stays as it is, or goes.
type opaqueBody struct{}

func (opaqueBody) decode(string) (string, bool) { return "content", true }

func (l opaqueBody) lift(raw string, edits []Edit) []Edit {
	if Apply("content", edits) == "content" {
		return nil
	}
	return whole(raw, "")
}

// mediaType returns the type of a body and its parameters, in small letters.
func mediaType(value string) (string, map[string]string) {
	t, params, err := mime.ParseMediaType(strings.NewReplacer("\r", "", "\n", "").Replace(value))
	if t == "" || err != nil && params == nil {
		first, _, _ := strings.Cut(value, ";")
		t = strings.ToLower(strings.TrimSpace(first))
	}
	return t, params
}
