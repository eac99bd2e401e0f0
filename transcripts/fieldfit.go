package transcripts

import (
	"strings"
	"unicode"
)

// fitting returns the kind of a field that is declared as one that stays: where
// its text belies that, it is free text. What a browser says of itself is told by
// its text.
func fitting(kind FieldKind, text string) FieldKind {
	fits := true
	switch kind {
	case FieldText:
		if isUserAgent(text) {
			return FieldUserAgent
		}
	case FieldOther:
		fits = isWordOfSystem(text)
	case FieldTime:
		fits = isTimeLike(text)
	case FieldCountry, FieldRegion:
		fits = isPlaceName(text)
	}
	if fits {
		return kind
	}
	return FieldText
}

// isUserAgent tells whether s is what a browser or program sends as its name.
func isUserAgent(s string) bool {
	name, rest, ok := strings.Cut(s, "/")
	if !ok || rest == "" || rest[0] < '0' || rest[0] > '9' {
		return false
	}
	switch name {
	case "Mozilla", "Opera", "Dalvik", "okhttp", "curl", "PostmanRuntime", "WhatsApp", "python-requests", "Go-http-client":
		return len(s) < 600 && strings.IndexByte(s, '\n') < 0
	}
	return false
}

// isWordOfSystem tells whether a value may be a word, a type or an identifier that
// a program has chosen: short, without spaces and without an address.
func isWordOfSystem(s string) bool {
	const longest = 80
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9', 'a' <= c|0x20 && c|0x20 <= 'z', strings.IndexByte("_-.:/+#$=;(),*", c) >= 0:
		default:
			return false
		}
	}
	return len(s) <= longest
}

// isTimeLike tells whether nothing but a point in time stands in s, in whatever
// way it is written.
func isTimeLike(s string) bool {
	if len(s) > 64 {
		return false
	}
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if word != "T" && word != "Z" && !timeWords.has(word) {
			return false
		}
	}
	return strings.Trim(s, "0123456789") == "" || !strings.ContainsAny(s, "@#=*_") && longestRun(s) <= len("20060102150405")
}

// longestRun returns the length of the longest row of digits.
func longestRun(s string) int {
	most, n := 0, 0
	for i := range len(s) {
		n++
		if s[i] < '0' || s[i] > '9' {
			n = 0
		}
		most = max(most, n)
	}
	return most
}

// timeWords are the words of times in English, Dutch, French and German, in small
// letters, and those for the halves of the day that telephones write elsewhere.
var timeWords = namesOf("am pm utc gmt cet cest met mest est edt pst pdt a p m h u uur om at a le de on op den der um uhr heure heures seconds min s",
	"mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday ma di wo do vr za zo maandag dinsdag woensdag donderdag",
	"vrijdag zaterdag zondag lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche mo mi fr so montag dienstag mittwoch",
	"donnerstag freitag samstag sonntag jan feb apr may jun jul aug sep sept oct nov dec january february march april june july august september",
	"october november december januari februari maart mrt mei juni juli augustus okt oktober janv fevr mars avr avril mai juin juil juillet aout",
	"octobre novembre décembre déc janvier février févr août septembre januar februar märz dez dezember",
	"à às kl klo alle ore las 上午 下午 午前 午後 오전 오후 ص م")

// isPlaceName tells whether s may be the name or code of a country or province.
func isPlaceName(s string) bool {
	const longest = 48
	return len(s) <= longest && len(strings.Fields(s)) <= 6 && strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(" -'’.,()&", r)
	}) < 0
}
