package detectors

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed data/keep.txt
var keepLines string

// A keepList holds what stays readable although it has the shape of personal
// data: help lines, help sites, words. It is safe for concurrent use.
type keepList struct {
	numbers map[string]bool // digits, national form
	sites   map[string]bool // registered domains, lower case
	words   map[uint64]bool // other entries, by hash
}

// newKeepList returns the embedded list with a user's own entries: telephone
// numbers, domains, words.
func newKeepList(own []string) (*keepList, error) {
	k := &keepList{numbers: map[string]bool{}, sites: map[string]bool{}, words: map[uint64]bool{}}
	for line := range strings.Lines(keepLines) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		_, entries, _ := strings.Cut(line, ":")
		for _, e := range strings.Fields(entries) {
			if err := k.add(e); err != nil {
				return nil, err
			}
		}
	}
	for i, e := range own {
		if err := k.add(e); err != nil {
			return nil, fmt.Errorf("detectors: Options.Keep[%d]: %w", i, err)
		}
	}
	return k, nil
}

func (k *keepList) add(entry string) error {
	entry = strings.ToLower(strings.TrimSpace(entry))
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, entry)
	letters := strings.ContainsFunc(entry, func(r rune) bool { return r >= 'a' || r == '@' })
	switch {
	case entry == "":
		return fmt.Errorf("empty entry")
	case digits != "" && !letters:
		k.numbers[nationalForm(digits)] = true
	case strings.Contains(entry, ".") && !strings.ContainsAny(entry, "@ "):
		k.sites[strings.TrimPrefix(entry, "www.")] = true
	default:
		k.words[hashWord(entry)] = true
	}
	return nil
}

// nationalForm writes a Belgian number without its country code.
func nationalForm(digits string) string {
	for _, cc := range []string{"0032", "32"} {
		if rest, ok := strings.CutPrefix(digits, cc); ok && len(rest) >= 8 {
			return "0" + strings.TrimPrefix(rest, "0")
		}
	}
	return digits
}

// number reports whether a telephone number in national form stays readable.
func (k *keepList) number(digits []byte) bool { return k.numbers[string(digits)] }

// site reports whether host or a domain above it stays readable.
func (k *keepList) site(host []byte) bool {
	var buf [maxHost]byte
	if len(host) > len(buf) {
		return false
	}
	low := buf[:copy(buf[:], host)]
	for i, c := range low {
		if isUpper(c) {
			low[i] = c | 0x20
		}
	}
	for {
		if k.sites[string(low)] {
			return true
		}
		dot := indexByte(low, '.')
		if dot < 0 {
			return false
		}
		low = low[dot+1:]
	}
}

// maxHost is the longest host name of DNS (RFC 1035).
const maxHost = 253

func indexByte(b []byte, c byte) int {
	for i := range b {
		if b[i] == c {
			return i
		}
	}
	return -1
}
