package role

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Words around a cue, folded as words does.
var (
	// mine make somebody the speaker's or the listener's.
	mine = strings.Fields("mijn mn n mijne men me mien ons onze jouw je uw mon ma mes ton ta tes notre votre mein meine meinem meiner dein deine unser unsere ihr ihre my your our")
	// possessives make somebody anybody's.
	possessives = append(strings.Fields("haar zijn zn z hun dr son sa ses leur sein seine his her their den"), mine...)
	articles    = strings.Fields("de het een n ne een t le la l un une der die das ein eine the a an")
	being       = strings.Fields("is was est etait ist war c")
	ofWords     = strings.Fields("van vn v de d du von vom of")
	from        = strings.Fields("uit van in de aus of from")
	classWords  = strings.Fields("klas klasse classe class")
	selves      = []string{"ik ben", "k ben", "je suis", "ich bin", "i am", "i m", "ben als", "wij zijn"}
	greetings   = strings.Fields(`dag hallo halo hey heey heyy hee hoi hi ha hej goeiedag goedendag goedemorgen goeiemorgen goedemiddag goeiemiddag
		goedenavond goeieavond bonjour bonsoir salut coucou tag morgen abend servus hello dear beste lieve welkom bienvenue willkommen welcome
		merci bedankt dankje danku dank wel thanks thx danke bravo sterk super sorry je u vous dir ihnen you ok oke okay ja nee oui`)
	// between may stand between a cue and a name.
	between = append(strings.Fields(`de den d le la der die the naam is heet genaamd noemt s appelle heisst named called zelf die een ne nen
		beste ancienne nieuwe oude oudste jongste grote kleine petite petit grand kleine`), possessives...)
)

// hasAny reports whether one of words is in list.
func hasAny(words, list []string) bool {
	for _, w := range words {
		for _, l := range list {
			if w == l {
				return true
			}
		}
	}
	return false
}

// far is how many bytes around a name are looked at.
const far = 100

func lastBytes(s string) string {
	from := max(0, len(s)-far)
	for from < len(s) && !utf8.RuneStart(s[from]) {
		from++
	}
	return s[from:]
}

func firstBytes(s string) string {
	to := min(len(s), far)
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to--
	}
	return s[:to]
}

// abbreviations end with a stop that ends no sentence.
var abbreviations = strings.Fields("mevr mr dr juffr mme m hr fr prof dir st mej mvr dhr")

// sentenceStart returns where the last sentence of text begins.
func sentenceStart(text string) int {
	for end := len(text); ; {
		i := strings.LastIndexAny(text[:end], ".!?;\n")
		if i < 0 {
			return 0
		}
		if w := words(lastBytes(text[:i])); text[i] == '.' && len(w) > 0 && hasAny(w[len(w)-1:], abbreviations) {
			end = i
			continue
		}
		return i + 1
	}
}

// words returns the words of text in lower case without diacritics.
func words(text string) []string {
	fields := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	for i, w := range fields {
		fields[i] = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFKD.String(strings.ToLower(w)))
	}
	return fields
}
