package transcripts

import (
	"bytes"
	"slices"
)

// All returns every format, in the order in which they are listed to people.
func All() []Format {
	return append([]Format{
		jsonlFormat(),
		phpliveFormat(),
		phpliveTSVFormat(),
		phpliveOutfileFormat(),
		phpliveSessionFormat(),
		phpliveHTMLFormat(),
		phplivePlainFormat(),
		mysqlXMLFormat(),
		livezillaFormat(),
		sqlFormat(),
		textFormat(),
		whatsappFormat(),
		signalFormat(),
		ircFormat(),
		vconFormat(),
		htmlOutFormat(),
		markdownFormat(),
		chatMLFormat(),
		emlFormat(),
		mboxFormat(),
		zipFormat(),
		gzipFormat(),
		xlsxFormat(),
		docxFormat(),
	}, profileFormats()...)
}

// Lookup returns the format with a name.
func Lookup(name string) (Format, bool) {
	all := All()
	i := slices.IndexFunc(all, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return all[i], true
}

// SniffSize is how much of a file Sniff wants to see.
const SniffSize = 64 << 10

// Sniff returns the format that a file named name and beginning with head (up
// to SniffSize bytes) most surely has. False when no format knows it.
func Sniff(name string, head []byte) (Format, bool) {
	var best Format
	most := 0
	if isOpaque(head) {
		return best, false
	}
	for _, f := range All() {
		if f.Sniff == nil {
			continue
		}
		if sure := f.Sniff(name, head); sure > most {
			best, most = f, sure
		}
	}
	return best, most > 0
}

// isOpaque reports whether a file begins as what is no transcript, although
// some of it may pass for text.
func isOpaque(head []byte) bool {
	for _, magic := range []string{"%PDF-", "%!PS", "{\\rtf", "\x89PNG", "\xFF\xD8\xFF", "GIF8", "RIFF", "OggS", "ID3", "BZh", "7z\xBC\xAF", "Rar!", "\xFD7zXZ", "SQLite format 3"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return false
}
