package train

import (
	"bufio"
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/clbchat/naamloos/detectors/lexicon"
	"github.com/clbchat/naamloos/detectors/namebook"
)

// Lists are the source lists of the lexicon.
type Lists struct {
	entries map[uint64]lexicon.Entry
	filler  map[string]counted
}

type counted struct {
	items  []string
	counts []float64
}

// ReadLists reads the lists of a folder: lines "word" or "word<TAB>count", and a
// first line with source and licence.
func ReadLists(dir fs.FS) (*Lists, error) {
	l := &Lists{entries: map[uint64]lexicon.Entry{}, filler: map[string]counted{}}
	names, err := fs.Glob(dir, "*.t*")
	if err != nil {
		return nil, err
	}
	for _, n := range names {
		f, err := dir.Open(n)
		if err != nil {
			return nil, err
		}
		kind, of, _ := strings.Cut(strings.TrimSuffix(n, path.Ext(n)), "-")
		switch kind {
		case "stopwords":
			kind = of
		case "nouns":
			kind = "nouns-" + of
		}
		sc := bufio.NewScanner(f)
		for line := 1; sc.Scan(); line++ {
			if line == 1 && !strings.HasPrefix(sc.Text(), "#") {
				return nil, &FaultError{n, line, "no source and licence"}
			}
			if t := strings.TrimSpace(sc.Text()); t != "" && t[0] != '#' {
				word, count, _ := strings.Cut(t, "\t")
				c, _ := strconv.ParseFloat(count, 64)
				l.add(kind, word, max(c, 1))
			}
		}
		f.Close()
		if err := sc.Err(); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// originCount is the number of people assumed for a name of the lists by
// origin, which have no counts.
const originCount = 60

// chatCount is the count assumed for a common word of chats.
const chatCount = 40

// plainCount is the count assumed for a word of the long lists of ordinary
// words.
const plainCount = 6

func (l *Lists) add(kind, word string, count float64) {
	switch kind {
	case "first":
		l.put(kind, word, lexicon.Pack(logBucket(count, 0.85), 0, 0), count)
	case "surname":
		l.put(kind, word, lexicon.Pack(0, logBucket(count, 0.85), 0), count)
	case "firstnames":
		l.put("first", word, lexicon.Pack(logBucket(originCount, 0.85), 0, 0)|lexicon.Origin, originCount)
	case "surnames":
		l.put("surname", word, lexicon.Pack(0, logBucket(originCount, 0.85), 0)|lexicon.Origin, originCount)
	case "words":
		l.put(kind, word, lexicon.Pack(0, 0, logBucket(count, 1.1)), count)
	case "chatwords":
		l.put(kind, word, lexicon.Pack(0, 0, logBucket(chatCount, 1.1)), chatCount)
	case "plainwords":
		l.put(kind, word, lexicon.Pack(0, 0, logBucket(plainCount, 1.1)), plainCount)
	case "places":
		l.put("place", word, lexicon.Place, 1)
	case "countries":
		l.put("place", word, lexicon.Place|lexicon.Country, 1)
	case "honorifics":
		l.put(kind, word, lexicon.Honorific, 1)
	case "orgkinds":
		l.put(kind, word, lexicon.OrgKind, 1)
	case "orgnames":
		l.put(kind, word, lexicon.OrgName, 1)
	case "kin":
		l.put(kind, word, lexicon.Kin, 1)
	case "calendar":
		l.put(kind, word, lexicon.Calendar, 1)
	case "nl":
		l.put(kind, word, lexicon.InLanguage(lexicon.LanguageNL), 1)
	case "fr":
		l.put(kind, word, lexicon.InLanguage(lexicon.LanguageFR), 1)
	case "de":
		l.put(kind, word, lexicon.InLanguage(lexicon.LanguageDE), 1)
	case "en":
		l.put(kind, word, lexicon.InLanguage(lexicon.LanguageEN), 1)
	case "nouns-nl", "nouns-fr", "nouns-de", "nouns-en":
		l.put(kind, word, lexicon.Pack(0, 0, 1), 1)
	case "particles":
		l.put(kind, word, lexicon.Particle, 1)
	}
}

func logBucket(count, scale float64) int {
	return max(1, min(15, int(1+math.Log2(count)*scale)))
}

// put enters a word, or a phrase under the joined hash of its words.
func (l *Lists) put(urn, word string, e lexicon.Entry, count float64) {
	c := l.filler[urn]
	c.items, c.counts = append(c.items, word), append(c.counts, count)
	l.filler[urn] = c
	words := strings.Fields(word)
	h := hashOf(words[0])
	if len(words) > 1 {
		if e.Has(lexicon.Place) {
			l.merge(h, lexicon.PlaceBegin)
		}
		for _, w := range words[1:] {
			h = lexicon.Join(h, hashOf(w))
		}
	}
	l.merge(h, e)
	if last := words[len(words)-1]; urn == "surname" && len(words) > 1 {
		l.merge(hashOf(last), e)
	}
}

func hashOf(word string) uint64 { return lexicon.Hash(lexicon.Fold(nil, word)) }

// merge keeps the highest of each bucket and all flags.
func (l *Lists) merge(h uint64, e lexicon.Entry) {
	old := l.entries[h]
	if old.Language() != 0 && e.Language() != 0 {
		e &^= lexicon.InLanguage(7)
	}
	const buckets = 1<<12 - 1
	l.entries[h] = (old|e)&^buckets |
		lexicon.Pack(max(old.First(), e.First()), max(old.Surname(), e.Surname()), max(old.Common(), e.Common()))
}

// Table returns the packed lexicon.
func (l *Lists) Table() []byte {
	rows := make([]lexicon.Row, 0, len(l.entries))
	for h, e := range l.entries {
		rows = append(rows, lexicon.Row{Hash: h, Entry: e})
	}
	slices.SortFunc(rows, func(a, b lexicon.Row) int {
		if a.Hash < b.Hash {
			return -1
		}
		return 1
	})
	return lexicon.Build(rows)
}

// ReadReserved reads the names of a folder that are kept for measuring, one a
// line.
func ReadReserved(dir fs.FS) (map[string]bool, error) {
	files, err := fs.Glob(dir, "*.txt")
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, name := range files {
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(data)) {
			if n := strings.TrimSpace(line); n != "" && n[0] != '#' {
				out[strings.ToLower(n)] = true
			}
		}
	}
	return out, nil
}

// Reserve keeps names out of what training puts into slots. The lexicon keeps
// them.
func (l *Lists) Reserve(names map[string]bool) {
	for kind, c := range l.filler {
		var left counted
		for i, item := range c.items {
			if !names[strings.ToLower(item)] || kind == "place" || kind == "words" || kind == "chatwords" {
				left.items, left.counts = append(left.items, item), append(left.counts, c.counts[i])
			}
		}
		l.filler[kind] = left
	}
}

// Filler returns what training puts into slots.
func (l *Lists) Filler() *Filler {
	urn := func(name string) Urn { return NewUrn(l.filler[name].items, l.filler[name].counts) }
	f := &Filler{First: urn("first"), Surname: urn("surname"), Place: urn("place"), Nouns: map[string]Urn{}}
	for _, lang := range []string{"nl", "fr", "de", "en"} {
		f.Nouns[lang] = urn("nouns-" + lang)
	}
	var words []string
	var counts []float64
	for i, n := range l.filler["first"].items {
		if e := lexicon.Find(hashOf(n)); namebook.Common(e) && e.Common() < 13 && e.Language() == 0 && len(n) > 1 {
			words, counts = append(words, n), append(counts, l.filler["first"].counts[i])
		}
	}
	f.Words = NewUrn(words, counts)
	return f
}

// Spelling returns the packed letter statistics of the names and words.
func (l *Lists) Spelling() []byte {
	var s lexicon.SpellingCounts
	for _, kind := range []struct {
		urn   string
		model int
	}{{"first", lexicon.SpelledFirst}, {"surname", lexicon.SpelledSurname}, {"words", lexicon.SpelledWord}, {"chatwords", lexicon.SpelledWord}, {"plainwords", lexicon.SpelledWord}} {
		c := l.filler[kind.urn]
		for i, w := range c.items {
			for _, part := range strings.Fields(w) {
				s.Add(kind.model, lexicon.Fold(nil, part), math.Pow(c.counts[i], 0.3))
			}
		}
	}
	return s.Pack()
}

// DutchFilter returns the packed filter of the words of a Dutch word list that
// are written small.
func DutchFilter(words []string) []byte {
	var hashes []uint64
	for _, w := range words {
		if w != "" && w == strings.ToLower(w) && isLetters(strings.ReplaceAll(strings.ReplaceAll(w, "-", ""), "'", "")) {
			hashes = append(hashes, hashOf(w))
		}
	}
	slices.Sort(hashes)
	return lexicon.BuildBloom(slices.Compact(hashes))
}
