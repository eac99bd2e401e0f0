package transcripts

import (
	"archive/zip"
	"compress/gzip"
	"encoding/base64"
	"html"
	"io"
	"mime"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// checkUntouched checks that what stands between the tokens of out stands in
// the same order in the input. Base64 blocks are compared decoded.
func checkUntouched(t *testing.T, in, out string) {
	archived := strings.HasPrefix(in, "PK") || strings.Contains(in, "Content-Transfer-Encoding")
	in, out = openBase64(unpacked(in)), openBase64(unpacked(out))
	at := 0
	between := tokenPattern
	if archived {
		between = tokenOrTag // a name may have stood in several runs
	}
	for _, part := range between.Split(out, -1) {
		part = phpLengths.ReplaceAllString(part, "s:N:\"")
		if part = strings.Trim(part, `'"\`); part == "" {
			continue // a number became a string
		}
		n := strings.Index(phpLengths.ReplaceAllString(in, "s:N:\"")[at:], part)
		if n < 0 {
			t.Errorf("changed although not planned: %q", part)
			return
		}
		at += n + len(part)
	}
}

var phpLengths = regexp.MustCompile(`s:\d+:\\?"`)

var base64Blocks = regexp.MustCompile(`[A-Za-z0-9+/]{40,}={0,2}`)

// openBase64 decodes the long base64 blocks of s.
func openBase64(s string) string {
	return base64Blocks.ReplaceAllStringFunc(s, func(b string) string {
		if text, err := base64.StdEncoding.DecodeString(b); err == nil {
			return string(text)
		}
		return b
	})
}

// checkLeaks looks for the originals in every decoded layer of out.
func checkLeaks(t *testing.T, out string) {
	out = unpacked(out)
	mended, _ := mojibake{}.decode(out)
	layers := map[string]string{"raw": out, "base64": openBase64(out), "mojibake": mended}
	for name, s := range layers {
		layers[name] = s + "\n" + html.UnescapeString(s) + "\n" + strings.NewReplacer(`\'`, `'`, `''`, `'`, `\/`, `/`).Replace(s)
		if q, err := url.QueryUnescape(s); err == nil {
			layers[name] += "\n" + q
		}
		if l := charsetOf(s); l != nil {
			text, _ := l.decode(s)
			layers[name] += "\n" + text
		}
	}
	for name, s := range layers {
		low := strings.ToLower(s)
		for _, o := range originals {
			if i := strings.Index(low, strings.ToLower(o)); i >= 0 && !isWordPart(low, i, len(o)) {
				t.Errorf("%s: %q is still there: %q", name, o, s[max(0, i-40):min(len(s), i+60)])
			}
		}
	}
}

// unpacked returns the names and contents of an archive, the text of UTF-16, and
// anything else as it is.
func unpacked(s string) string {
	if l, ok := charsetOf(s[:min(2, len(s))]).(utf16Layer); ok {
		text, _ := l.decode(s)
		return text
	}
	if gz, err := gzip.NewReader(strings.NewReader(s)); err == nil {
		content, _ := io.ReadAll(gz)
		return gz.Name + "<" + gz.Comment + "<" + unpacked(string(content))
	}
	zr, err := zip.NewReader(strings.NewReader(s), int64(len(s)))
	if err != nil {
		return unpackedMail(s)
	}
	var b strings.Builder
	for _, f := range zr.File {
		r, _ := f.Open()
		content, _ := io.ReadAll(r)
		b.WriteString(f.Name + "<" + f.Comment + "<" + unpacked(string(content)) + "<")
	}
	return b.String()
}

// sameContent reports whether two files are the same, or archives of the same
// entries: hidden bytes of an archive have to go even when nothing else changes.
func sameContent(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := zip.NewReader(strings.NewReader(a), int64(len(a)))
	y, errY := zip.NewReader(strings.NewReader(b), int64(len(b)))
	if errX != nil || errY != nil {
		return unpacked(a) == unpacked(b)
	}
	return slices.EqualFunc(x.File, y.File, func(f, g *zip.File) bool {
		return f.Name == g.Name && f.CRC32 == g.CRC32 && f.UncompressedSize64 == g.UncompressedSize64
	})
}

// unpackedMail returns a mail without encoded words and broken lines.
func unpackedMail(s string) string {
	s = encodedWordPattern.ReplaceAllStringFunc(s, func(w string) string {
		text, err := (&mime.WordDecoder{CharsetReader: func(_ string, r io.Reader) (io.Reader, error) { return r, nil }}).DecodeHeader(w)
		if err != nil {
			return w
		}
		return text
	})
	if strings.Contains(s, "Content-Transfer-Encoding") {
		s = softBreaks.ReplaceAllString(foldedBase64.ReplaceAllString(s, "$1"), "$1")
	}
	return s
}

var encodedWordPattern = regexp.MustCompile(`=\?[^?\s]+\?[QqBb]\?[^?\s]*\?=(?:\s+=\?[^?\s]+\?[QqBb]\?[^?\s]*\?=)*`)

var softBreaks = regexp.MustCompile(`=\r?\n([^-])`)

var foldedBase64 = regexp.MustCompile(`(?m)^([A-Za-z0-9+/]{60,76})\r?\n`)

// isWordPart reports whether a short original is only part of a longer word,
// as "fien" of "profiel".
func isWordPart(s string, i, n int) bool {
	return n < 6 && (i > 0 && isWord(s[i-1]) || i+n < len(s) && isWord(s[i+n]))
}
