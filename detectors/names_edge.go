package detectors

import (
	"strings"

	"github.com/clbchat/naamloos/detectors/tagger"
)

// formLabels are words that forms and signatures write beside a name.
var formLabels = setOf("geb geboren geboortedatum né née date naissance geburtsdatum tel telefoon gsm mobiel fax adres adresse straat " +
	"naam voornaam achternaam familienaam nom prénom vorname nachname mail email iban bic vin kbo btw rrn insz niss klas " +
	"mvg mvrgr vrgr grtz groeten groetjes cordialement mfg")

// saysAge reports whether a word that was taken for a name is an age: f18,
// quarante-deux.
func saysAge(word string) bool {
	if len(word) == 3 && strings.IndexByte("mvfwMVFW", word[0]) >= 0 && isDigit(word[1]) && isDigit(word[2]) {
		return true
	}
	parts := strings.Split(word, "-")
	for _, p := range parts {
		if _, ok := numberWords[hashWord(p)]; !ok {
			return false
		}
	}
	return len(parts) > 1
}

// narrow takes from a person what stands beside the name: marks of the sentence,
// labels of a form, an age. Nothing may be left.
func (r *nameReader) narrow(body string, f tagger.Found) tagger.Found {
	for f.First < f.Last && (r.endsBefore(body, f) || r.labelAt(body, f.Last) || ageToken(r.text(body, f.Last))) {
		f.Last--
	}
	for f.First < f.Last && (r.labelAt(body, f.First) || ageToken(r.text(body, f.First)) || r.text(body, f.First) == "(" && r.text(body, f.Last) != ")") {
		f.First++
	}
	if f.First == f.Last && r.labelAt(body, f.First) && strings.HasPrefix(body[r.a.Tokens[f.First].End:], ":") {
		f.First++
	}
	return f
}

func (r *nameReader) text(body string, i int) string {
	return body[r.a.Tokens[i].Start:r.a.Tokens[i].End]
}

// labelAt reports whether token i is a label: before a colon or a full stop, at
// the end of a line, or before "de naissance".
func (r *nameReader) labelAt(body string, i int) bool {
	if r.text(body, i) == "." && i > 0 { // geb.
		i--
	}
	if !formLabels.has(hashWord(r.text(body, i))) {
		return false
	}
	rest := body[r.a.Tokens[i].End:]
	return rest == "" || strings.IndexByte(":.\n\r", rest[0]) >= 0 || strings.HasPrefix(rest, " :") || strings.HasPrefix(rest, " de naissance")
}

// ageToken reports whether a word is an age with its unit: 13j, 9jr.
func ageToken(word string) bool {
	unit := strings.TrimLeft(word, "0123456789")
	n := len(word) - len(unit)
	return n > 0 && n <= 2 && (unit == "j" || unit == "jr" || unit == "jaar")
}

// endsBefore reports whether the last token of f is a mark of the sentence, or
// closes a bracket that was opened before f: mama (Ann). A full stop stays, it
// may be that of an initial.
func (r *nameReader) endsBefore(body string, f tagger.Found) bool {
	last := r.a.Tokens[f.Last]
	switch mark := body[last.Start:last.End]; mark {
	case ",", ";", ":", "!", "?", `"`:
		return true
	default:
		return mark == ")" && strings.IndexByte(body[r.a.Tokens[f.First].Start:last.Start], '(') < 0
	}
}
