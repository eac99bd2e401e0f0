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
	cueWakes = cueBIC | cueMAC | cuePassword | cueUser | cuePlatform | cueZero | cueAgeWord |
		cueDot | cueStreet | cueScheme | cueSchool | cueSaint
)

//go:embed data/cues.txt
var cueList string

// A phrase is a cue of several words.
type phrase struct {
	before []uint64 // hashes of the words before, nearest first
	cue    cue
}

// words returns the cueTable of the embedded list.
var words = sync.OnceValues(func() (*cueTable, error) {
	l, err := parseCues(cueList)
	if err != nil {
		return nil, err
	}
	return newCueTable(l)
})

// A cueEntry is one word of the list.
type cueEntry struct {
	cue     cue      // of the word by itself
	wakes   bool     // it wakes, alone or as the end of a phrase
	alarm   uint64   // its alarmKey
	phrases []phrase // those that end in it
}

// parseCues reads the list: words by hash.
func parseCues(list string) (map[uint64]cueEntry, error) {
	entries := make(map[uint64]cueEntry, cueSlots)
	for n, line := range strings.Split(list, "\n") {
		name, rest, ok := strings.Cut(line, ":")
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		bit := cueBit(name)
		if !ok || bit == 0 {
			return nil, fmt.Errorf("detectors: cues.txt line %d: no such cue", n+1)
		}
		for _, w := range strings.Fields(rest) {
			addCue(entries, w, bit)
		}
	}
	for name, value := range numberNames {
		if value > 20 {
			addCue(entries, name, cueAgeWord)
		}
	}
	return entries, nil
}

func cueBit(name string) cue {
	for i, n := range cueNames {
		if n == name {
			return 1 << i
		}
	}
	return 0
}

// addCue adds a word or phrase of the list.
func addCue(entries map[uint64]cueEntry, text string, c cue) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("_-'’&.", r) })
	hashes := make([]uint64, len(parts))
	for i, p := range parts {
		hashes[len(parts)-1-i] = hashWord(p)
	}
	if len(hashes) == 0 {
		return
	}
	e := entries[hashes[0]]
	e.alarm = alarmKey(len(parts[len(parts)-1]), firstEight(parts[len(parts)-1]))
	e.wakes = e.wakes || c&cueWakes != 0 || c == cueStreetWord && nameable.has(hashes[0])
	if len(hashes) == 1 {
		e.cue |= c
	} else {
		e.phrases = append(e.phrases, phrase{before: hashes[1:], cue: c})
	}
	entries[hashes[0]] = e
}
