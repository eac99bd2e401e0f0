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
	cueScheme
	cueProduct
	cuePostcode
	cueLives
	cueHowOld
	cueBarely
	cueDuration
	cueImpersonal
	cueStreetBefore
	cueStreetLink
	cueNotStreet
	cueSchool
	cueSaint
	cueStreetEnd // set by the end of the word: turnhoutsebaan
	cueSchoolEnd // set by the end of the word: agnetencollege
)

// cueNames gives the cues their names in data/cues.txt, lowest bit first.
var cueNames = [...]string{
	"phone", "account", "nrn", "eid", "passport", "licence", "foreign", "company", "kvk", "bic", "card", "ogm",
	"customer", "reference", "plate", "ip", "mac", "device", "geo", "password", "code", "user", "platform",
	"born", "number", "filler", "month", "zero", "digitword", "ageword", "years", "count", "be",
	"relation", "pronoun", "at", "dot", "tld", "provider", "version", "state", "street", "streetword", "box",
	"class", "room", "day", "scheme", "product", "postcode", "lives", "howold", "barely",
	"duration", "impersonal", "streetbefore", "streetlink", "notstreet", "school", "saint",
}

// Sets of cues that are asked for together.
const (
	// cueNumbered announces a number of a kind that has a detector.
	cueNumbered = cuePhone | cueAccount | cueNRN | cueEID | cuePassport | cueLicence | cueForeign |
		cueCompany | cueKvK | cueBIC | cueCard | cueOGM |
		cueCustomer | cueReference | cuePlate | cueIP | cueMAC | cueDevice | cueGeo |
		cuePassword | cueUser | cuePlatform
	// cueWakes makes a text without any digit worth a second look.
	cueWakes = cueBIC | cueMAC | cuePassword | cueUser | cuePlatform | cueBorn | cueZero | cueAgeWord |
		cueDot | cueStreet | cueScheme | cueSchool | cueSaint
)

//go:embed data/cues.txt
var cueList string

// A phrase is a cue of several words.
type phrase struct {
	before []uint64 // hashes of the words before, nearest first
	cue    cue
}

// A cueTable knows the cue of every word. It is safe for concurrent use.
type cueTable struct {
	prints  [cueSlots]uint16 // a part of each hash, so that most words need no slot
	slots   [cueSlots]slot
	phrases [][]phrase             // those that end in one word, together
	alarm   [bloomBits / 64]uint64 // of the words that wake
}

// A slot is one word; both bits above the cues say more of it.
type slot struct {
	hash    uint64
	cue     cue
	phrases int // index of the phrases that end in it
}

const (
	slotPhrase cue = 1 << 63 // phrases end in the word
	slotWakes  cue = 1 << 62 // it wakes
)

const (
	cueSlots   = 1 << 13
	cueShift   = 64 - 13
	bloomBits  = 1 << 16
	bloomShift = 64 - 16
)

// words returns the cueTable of the embedded list.
var words = sync.OnceValues(func() (*cueTable, error) { return parseCues(cueList) })

func parseCues(list string) (*cueTable, error) {
	l := &cueTable{}
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
	h := hashes[0]
	s := l.insert(h)
	if c&cueWakes != 0 {
		s.cue |= slotWakes
		l.alarm[h>>bloomShift/64] |= 1 << (h >> bloomShift % 64)
	}
	if len(hashes) == 1 {
		s.cue |= c
		return
	}
	if s.cue&slotPhrase == 0 {
		s.cue |= slotPhrase
		s.phrases = len(l.phrases)
		l.phrases = append(l.phrases, nil)
	}
	l.phrases[s.phrases] = append(l.phrases[s.phrases], phrase{before: hashes[1:], cue: c})
}

// insert returns the slot of the word with hash h, a new one if need be.
func (l *cueTable) insert(h uint64) *slot {
	for i := h >> cueShift; ; i = (i + 1) % cueSlots {
		s := &l.slots[i]
		if s.hash == 0 {
			s.hash, l.prints[i] = h, printOf(h)
		}
		if s.hash == h {
			return s
		}
	}
}

// printOf is what of a hash is kept in prints; it is never 0.
func printOf(h uint64) uint16 { return uint16(h) | 1 }

// find returns the slot of the word with hash h, or nil.
func (l *cueTable) find(h uint64) *slot {
	for i := h >> cueShift; l.prints[i] != 0; i = (i + 1) % cueSlots {
		if l.prints[i] == printOf(h) && l.slots[i].hash == h {
			return &l.slots[i]
		}
	}
	return nil
}

// cueOf returns the cues of the word with hash h by itself.
func (l *cueTable) cueOf(h uint64) cue {
	if s := l.find(h); s != nil {
		return s.cue
	}
	return 0
}
