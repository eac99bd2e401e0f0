// Package lexicon tells what is known of a word: how many people bear it as
// first name or surname, whether it is a place, how common it is as a word.
//
// [Find] is the call you want. The tables are packed and embedded; nothing is
// parsed or allocated at start or at look-up. They are made by the trainer
// (cmd/naamloos-train lexicon) from the lists in the folder lists, each with
// its source and licence on the first line. Keys are told apart by 32-bit
// fingerprints; the Dutch word list is a Bloom filter, which takes one unknown
// word in fifty for a known one.
package lexicon

import (
	_ "embed"
	"encoding/binary"
)

// Entry is what is known of a word, packed in bits. The zero Entry means
// nothing is.
type Entry uint32

// The flags of an Entry.
const (
	Place      Entry = 1 << (12 + iota) // town, village or country of one word
	PlaceBegin                          // a place of several words begins with it
	Country                             // country
	Dutch                               // in the Dutch word list, in small letters
	Honorific                           // word before a name: mevr, juf, mr, docteur
	Kin                                 // kinship word: tante, opa, abi
	Calendar                            // month, weekday, feast
	Particle                            // part of surnames: van, de, el, ben
	Origin                              // in a list of names by origin
)

// First is the bucket (0 none, then 1 to 15, logarithmic) of the number of
// people with this first name.
func (e Entry) First() int { return int(e & 15) }

// Surname is the bucket of the number of people with this surname.
func (e Entry) Surname() int { return int(e >> 4 & 15) }

// Common is the bucket of how often it is used as an ordinary word.
func (e Entry) Common() int { return int(e >> 8 & 15) }

// Language is the language the word tells: 0 none, or one of the constants.
func (e Entry) Language() int { return int(e >> languageShift & 7) }

// The languages a frequent word can tell.
const (
	LanguageNL = 1 + iota
	LanguageFR
	LanguageDE
	LanguageEN
)

const languageShift = 21

// What a word tells of organisations.
const (
	OrgKind Entry = 1 << (24 + iota) // word for a kind of organisation: school, garage, vzw
	OrgName                          // name of an organisation everybody knows
)

// InLanguage returns the Entry of a frequent word of one language.
func InLanguage(language int) Entry { return Entry(language) << languageShift }

// Has reports whether all flags of f are set.
func (e Entry) Has(f Entry) bool { return e&f == f }

// Pack returns the Entry of three buckets.
func Pack(first, surname, common int) Entry {
	return Entry(first | surname<<4 | common<<8)
}

// The tables: open addressing, 8 bytes a slot (fingerprint, Entry), a power of
// two of slots; and a Bloom filter in blocks of 64 bits.
var (
	//go:embed lexicon.bin
	table string
	//go:embed dutch.bin
	dutch string
)

// Find returns what is known of the word whose folded key hashes to h.
func Find(h uint64) Entry {
	e := find(table, h)
	if bloomHas(dutch, h) {
		e |= Dutch
	}
	return e
}

// FindPhrase returns what is known of the phrase whose words [Join] to h.
func FindPhrase(h uint64) Entry { return find(table, h) }

func find(table string, h uint64) Entry {
	slots := uint64(len(table) / 8)
	if slots == 0 {
		return 0
	}
	mask := slots - 1
	print := fingerprint(h)
	for i := h & mask; ; i = (i + 1) & mask {
		slot := load(table, i)
		if uint32(slot) == print {
			return Entry(slot >> 32)
		}
		if uint32(slot) == 0 {
			return 0
		}
	}
}

func fingerprint(h uint64) uint32 { return uint32(h>>32) | 1 }

func load(s string, i uint64) uint64 {
	b := s[8*i : 8*i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// bloomBits returns the bits a key sets in its block.
func bloomBits(h uint64) uint64 {
	h = Mix(h)
	return 1<<(h&63) | 1<<(h>>6&63) | 1<<(h>>12&63) | 1<<(h>>18&63) | 1<<(h>>24&63)
}

func bloomHas(s string, h uint64) bool {
	blocks := uint64(len(s) / 8)
	if blocks == 0 {
		return false
	}
	b := bloomBits(h)
	return load(s, h%blocks)&b == b
}

// Row is one key of a table to be built.
type Row struct {
	Hash  uint64
	Entry Entry
}

// Build returns the packed table of rows with distinct hashes.
func Build(rows []Row) []byte {
	slots := 1
	for slots*7 < len(rows)*10 {
		slots *= 2
	}
	out := make([]byte, 8*slots)
	mask := uint64(slots - 1)
	for _, r := range rows {
		i := r.Hash & mask
		for binary.LittleEndian.Uint32(out[8*i:]) != 0 {
			i = (i + 1) & mask
		}
		binary.LittleEndian.PutUint32(out[8*i:], fingerprint(r.Hash))
		binary.LittleEndian.PutUint32(out[8*i+4:], uint32(r.Entry))
	}
	return out
}

// BuildBloom returns the packed filter of the keys that hash to hashes.
func BuildBloom(hashes []uint64) []byte {
	blocks := uint64(len(hashes))*11/64 + 1
	out := make([]byte, 8*blocks)
	for _, h := range hashes {
		i := 8 * (h % blocks)
		binary.LittleEndian.PutUint64(out[i:], binary.LittleEndian.Uint64(out[i:])|bloomBits(h))
	}
	return out
}
