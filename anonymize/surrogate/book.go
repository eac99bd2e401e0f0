// Package surrogate gives persons names that nobody bears.
//
//	b := surrogate.NewBook(key)
//	name, ok := b.Pick(seed, surrogate.Want{Gender: surrogate.GenderOf("lotte"), Language: "nl"}, taken)
//
// The names are invented: built from syllables, and none is among the first
// names, surnames, words and places that the detectors know. A key reserves a
// quarter of them. So an output can be recognised as such without any mark in
// it: a text in which every name found is a reserved one was made under that
// key. What is promised, and what is not, stands in docs/POLICY.md.
package surrogate

import (
	"crypto/hmac"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"strings"
	"sync"

	"github.com/clbchat/naamloos/anonymize/keys"
)

//go:embed names.txt
var names string

// share is the part of the names that a key reserves: one in share.
const share = 4

// Gender is what a given name tells of the gender of who bears it.
type Gender byte

// The genders that names tell. The zero Gender is told by no name.
const (
	GenderUnknown Gender = 0
	GenderFemale  Gender = 'f'
	GenderMale    Gender = 'm'
)

// Languages lists the languages there are names of.
func Languages() []string { return []string{"nl", "fr", "de", "en"} }

// kind is a list of names: a language, and f, m or s (surname).
type kind struct {
	language string
	of       byte
}

// catalog holds all names by kind.
var catalog = sync.OnceValue(func() map[kind][]string {
	m := map[kind][]string{}
	for line := range strings.Lines(names) {
		head, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
		language, of, two := strings.Cut(head, " ")
		if ok && two && !strings.HasPrefix(line, "#") {
			m[kind{language, of[0]}] = strings.Fields(list)
		}
	}
	return m
})

// A Book holds the names that one key reserves. It is safe for concurrent use.
type Book struct {
	names    map[kind][]string
	reserved map[string]bool // lower case
}

// NewBook returns the names that a key reserves.
func NewBook(k keys.Key) *Book {
	sub := k.Derive("surrogate")
	defer sub.Wipe()
	secret := sub.Bytes()
	defer clear(secret)
	mac := hmac.New(sha256.New, secret)
	b := &Book{names: map[kind][]string{}, reserved: map[string]bool{}}
	for kd, all := range catalog() {
		for _, name := range all {
			mac.Reset()
			_, _ = mac.Write([]byte(name)) // never fails, see hash.Hash
			if mac.Sum(nil)[0]%share == 0 {
				b.names[kd] = append(b.names[kd], name)
				b.reserved[strings.ToLower(name)] = true
			}
		}
	}
	return b
}

// Reserved reports whether a word in lower case is one of the names.
func (b *Book) Reserved(word string) bool { return b.reserved[word] }

// Name is the name of somebody who does not exist.
type Name struct{ Given, Surname string }

// String returns given name and surname.
func (n Name) String() string { return n.Given + " " + n.Surname }

// Want is what a name should fit.
type Want struct {
	Gender   Gender
	Language string // nl, fr, de, en; others count as nl
	Initials string // letters in lower case that no part may begin with
}

// Pick returns the name that seed leads to: the first that fits and of which
// taken refuses no part. False when none is left.
func (b *Book) Pick(seed [16]byte, w Want, taken func(word string) bool) (Name, bool) {
	language := w.Language
	if len(b.names[kind{language, 's'}]) == 0 {
		language = "nl"
	}
	gender := w.Gender
	if gender == GenderUnknown {
		gender = GenderFemale
		if seed[15]&1 == 1 {
			gender = GenderMale
		}
	}
	given, ok := w.pick(b.names[kind{language, byte(gender)}], binary.BigEndian.Uint64(seed[:8]), taken)
	surname, too := w.pick(b.names[kind{language, 's'}], binary.BigEndian.Uint64(seed[8:]), taken)
	return Name{given, surname}, ok && too
}

// pick returns the first name from number on that fits.
func (w Want) pick(names []string, number uint64, taken func(string) bool) (string, bool) {
	for i := range uint64(len(names)) {
		name := names[(number+i)%uint64(len(names))]
		low := strings.ToLower(name)
		if strings.IndexByte(w.Initials, low[0]) < 0 && !taken(low) {
			return name, true
		}
	}
	return "", false
}
