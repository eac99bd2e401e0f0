package detectors

import (
	"strings"
	"sync"
	"unicode"

	"github.com/clbchat/naamloos/detectors/namebook"
	"github.com/clbchat/naamloos/detectors/tagger"
)

// namesDoc says what the names detector finds.
const namesDoc = "names of persons, organisations and places, and user names, by a trained tagger; see docs/NAMES.md"

// Names returns the detector of names. It needs no other detector, and finds
// persons in any letter case, spelling and language of Belgium.
func Names(strict Strictness) Detector {
	return Detector{
		Name:  "names",
		Doc:   namesDoc,
		Types: []EntityType{Person, Org, Location, Handle, Address},
		Find: func(dst []Span, t Text) ([]Span, error) {
			m, err := nameModel()
			if err != nil {
				return nil, err
			}
			r := readers.Get().(*nameReader)
			defer readers.Put(r)
			r.a.Reset(t.Body)
			return r.tag(dst, m, t, strict), nil
		},
	}
}

// nameModel returns the embedded model.
var nameModel = sync.OnceValues(tagger.Default)

// nameReader is the working memory of one reading.
type nameReader struct {
	a     tagger.Analysis
	found []tagger.Found
	sure  []namebook.Span
}

var readers = sync.Pool{New: func() any { return new(nameReader) }}

// personBias is what strictness adds to the score of a person, in parts of
// [tagger.Unit].
func personBias(s Strictness) int {
	switch s {
	case StrictnessMedium:
		return 27
	case StrictnessLow:
		return 0
	}
	return 54
}

// nameTypes tell on what evidence a span rests.
var nameTypes = [...]struct {
	typ  EntityType
	rule string
}{
	tagger.PersonBegin: {Person, "names: tagged as person"},
	tagger.Org:         {Org, "names: tagged as organisation"},
	tagger.Loc:         {Location, "names: tagged as place"},
	tagger.Handle:      {Handle, "names: tagged as user name"},
	tagger.Address:     {Address, "names: tagged as address"},
}

// tag appends what the tagger finds in the text r has read.
func (r *nameReader) tag(dst []Span, m *tagger.Model, t Text, strict Strictness) []Span {
	c := tagger.Context{Role: tagger.Role(t.Role), Prev: r.a.ReadPrev(t.Prev)}
	r.found = r.a.AppendFound(r.found[:0], m.Tag(&r.a, c, personBias(strict)))
	first := len(dst)
	for _, f := range r.found {
		dst = r.appendName(dst, t.Body, f)
	}
	return r.titled(dst, first, t.Body)
}

// appendName appends what the tagger has found, within its edges.
func (r *nameReader) appendName(dst []Span, body string, f tagger.Found) []Span {
	n := nameTypes[f.Label]
	if n.typ == Person {
		if f = r.narrow(body, f); f.First > f.Last {
			return dst
		}
	}
	start, end := r.a.Tokens[f.First].Start, r.a.Tokens[f.Last].End
	switch text := body[start:end]; {
	case n.typ == Handle && (emojiName(body, start, end) || numberedThing(text)), saysAge(text),
		(n.typ == Location || n.typ == Org) && isRecordCode(text):
		return dst
	}
	if n.typ == Person {
		start += titleEnd(body[start:end])
	}
	return append(dst, Span{
		Start: start, End: end,
		Type: n.typ, Score: f.Score, Detector: "names", Rule: n.rule,
	})
}

// emojiName reports whether text[start:end] stands between colons, as the name
// of an emoji does: :slightly_smiling_face:
func emojiName[T string | []byte](text T, start, end int) bool {
	return start > 0 && end < len(text) && text[start-1] == ':' && text[end] == ':'
}

// numberedThing reports whether text is a thing of the system with its number,
// or only a number, and no user name: conv-12, ticket-4, -4.
func numberedThing(text string) bool {
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return true
	}
	word, digits, ok := strings.Cut(text, "-")
	return ok && systemThings.has(hashWord(word)) && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// isRecordCode reports whether text is a code of capitals and digits in one row,
// as systems give to their records, and no place: U07LEN2A01.
func isRecordCode(text string) bool {
	digits, letters := 0, 0
	for _, c := range []byte(text) {
		switch {
		case isDigit(c):
			digits++
		case isUpper(c):
			letters++
		default:
			return false
		}
	}
	return digits > 1 && letters > 1
}

// systemThings are what help desks and portals number.
var systemThings = setOf("conv conversation conversatie gesprek chat chatgesprek sessie session ticket case item bug issue task taak " +
	"melding request step stap fase versie version level niveau room kamer lokaal pagina page regel line bijlage foto img afbeelding slide vraag question")

// ModelDigest names the model that names are found with, so that a record of a
// run can say which it was.
func ModelDigest() string { return tagger.Digest() }
