package detectors

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// A cue is what a word announces about the words and numbers around it. A word
// can announce several things ("pas" is a passport and an adverb), so a cue is
// a set.
type cue uint64

// The cues, in the order of data/cues.txt.
const (
	cuePhone cue = 1 << iota
	cueAccount
	cueNRN
	cueEID
	cuePassport
	cueLicence
	cueForeign
	cueCompany
	cueKvK
	cueBIC
	cueCard
	cueOGM
	cueCustomer
	cueReference
	cuePlate
	cueIP
	cueMAC
	cueDevice
	cueGeo
	cuePassword
	cueCode
	cueUser
	cuePlatform
	cueBorn
	cueMail
	cueNumber
	cueFiller
	cueMonth
	cueZero
	cueDigitWord
	cueAgeWord
	cueYears
	cueCount
	cueBe
	cueRelation
	cuePronoun
	cueAt
	cueDot
	cueTLD
	cueProvider
	cueVersion
	cueState
	cueStreet
	cueStreetWord
	cueBox
	cueClass
	cueRoom
	cueDay
	cueSchool
	cueScheme
	cueProduct
	cuePostcode
	cueLives
	cueRole
	cueHowOld
	cueBarely
	cueDuration
	cueImpersonal
	cueStreetBefore
	cueStreetLink
	cueNotStreet
	cueStreetEnd // set by the end of the word: turnhoutsebaan
)

// cueNames gives the cues their names in data/cues.txt, lowest bit first.
var cueNames = [...]string{
	"phone", "account", "nrn", "eid", "passport", "licence", "foreign", "company", "kvk", "bic", "card", "ogm",
	"customer", "reference", "plate", "ip", "mac", "device", "geo", "password", "code", "user", "platform",
	"born", "mail", "number", "filler", "month", "zero", "digitword", "ageword", "years", "count", "be",
	"relation", "pronoun", "at", "dot", "tld", "provider", "version", "state", "street", "streetword", "box",
	"class", "room", "day", "school", "scheme", "product", "postcode", "lives", "role", "howold", "barely",
	"duration", "impersonal", "streetbefore", "streetlink", "notstreet",
}

// Sets of cues that are asked for together.
const (
	// cueNumbered announces a number of a kind that has a detector.
	cueNumbered = cuePhone | cueAccount | cueNRN | cueEID | cuePassport | cueLicence | cueForeign |
		cueCompany | cueKvK | cueBIC | cueCard | cueOGM |
		cueCustomer | cueReference | cuePlate | cueIP | cueMAC | cueDevice | cueGeo |
		cuePassword | cueUser | cuePlatform
	// cueWakes makes a text without any digit worth a second look.
	cueWakes = cueBIC | cuePassword | cueUser | cuePlatform | cueBorn | cueZero | cueAgeWord |
		cueDot | cueProvider | cueStreet | cueSchool | cueScheme
)

//go:embed data/cues.txt
var cueList string

// A phrase is a cue of several words, filed under its last word.
type phrase struct {
	before []uint64 // hashes of the words before, nearest first
	cue    cue
}

// A cueTable knows the cue of every word. It is safe for concurrent use.
type cueTable struct {
	slots   [cueSlots]slot
	bloom   [bloomBits / 64]uint64 // words that wake, by hash
	phrases map[uint64][]phrase
}

type slot struct {
	hash   uint64
	cue    cue
	phrase bool
}

const (
	cueSlots   = 1 << 13
	cueShift   = 64 - 13
	bloomBits  = 1 << 15
	bloomShift = 64 - 15
	hashSeed   = 0x51_7c_c1_b7_27_22_0a_95
	hashPrime  = 0x9e_37_79_b9_7f_4a_7c_15
)

// words returns the cueTable of the embedded list.
var words = sync.OnceValues(func() (*cueTable, error) { return parseCues(cueList) })

func parseCues(list string) (*cueTable, error) {
	l := &cueTable{phrases: map[uint64][]phrase{}}
	for n, line := range strings.Split(list, "\n") {
		name, entries, ok := strings.Cut(line, ":")
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		bit := cueBit(name)
		if !ok || bit == 0 {
			return nil, fmt.Errorf("detectors: cues.txt line %d: no such cue", n+1)
		}
		for _, w := range strings.Fields(entries) {
			l.add(w, bit)
		}
	}
	return l, nil
}

func cueBit(name string) cue {
	for i, n := range cueNames {
		if n == name {
			return 1 << i
		}
	}
	return 0
}

func (l *cueTable) add(entry string, c cue) {
	parts := strings.FieldsFunc(entry, func(r rune) bool { return strings.ContainsRune("_-'’&.", r) })
	hashes := make([]uint64, len(parts))
	for i, p := range parts {
		hashes[len(parts)-1-i] = hashWord(p)
	}
	if len(hashes) == 0 {
		return
	}
	s := l.slotFor(hashes[0])
	s.hash = hashes[0]
	if c&cueWakes != 0 {
		l.bloom[s.hash>>bloomShift/64] |= 1 << (s.hash >> bloomShift % 64)
	}
	if len(hashes) == 1 {
		s.cue |= c
		return
	}
	s.phrase = true
	l.phrases[s.hash] = append(l.phrases[s.hash], phrase{before: hashes[1:], cue: c})
}

// slotFor returns the slot of the word with hash h, or the free slot where it
// belongs.
func (l *cueTable) slotFor(h uint64) *slot {
	for i := h >> cueShift; ; i = (i + 1) % cueSlots {
		if s := &l.slots[i]; s.hash == h || s.hash == 0 {
			return s
		}
	}
}

// hashWord hashes a word without regard to case.
func hashWord(w string) uint64 {
	h := uint64(hashSeed)
	for i := 0; i < len(w); i++ {
		h = (h ^ uint64(fold[w[i]])) * hashPrime
	}
	return h
}

// fold maps a byte to what is hashed of it: letters to lower case, bytes of
// UTF-8 to themselves (the second bytes of À to Þ to those of à to þ), and
// everything else to 0.
var fold = func() (t [256]byte) {
	for c := range 256 {
		switch {
		case 'a' <= c && c <= 'z', c >= 0x9f:
			t[c] = byte(c)
		case 'A' <= c && c <= 'Z', c >= 0x80:
			t[c] = byte(c) | 0x20
		}
	}
	return t
}()
