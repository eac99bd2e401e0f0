package transcripts

// All returns the formats, in the order in which they are sniffed when they are
// equally sure.
func All() []Format { return nil }

// Lookup returns the format of a name.
func Lookup(name string) (Format, bool) {
	for _, f := range All() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Sniff returns the format that is surest of a file named name that begins with
// head (up to 64 KiB), and false when none knows it.
func Sniff(name string, head []byte) (Format, bool) {
	var best Format
	sure := 0
	for _, f := range All() {
		if f.Sniff == nil {
			continue
		}
		if n := f.Sniff(name, head); n > sure {
			best, sure = f, n
		}
	}
	return best, sure > 0
}
