package anonymize

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// oldest is the age from which all ages are one band: few people are older.
const oldest = 90

// ageBand returns the band an age lies in, such as 12-14; "" when the text
// holds no age.
func ageBand(text string, band int) string {
	n, ok := firstNumber(text)
	if !ok {
		n, ok = numberWord(text)
	}
	switch {
	case !ok || n > 130:
		return ""
	case underOne(text):
		n = 0
	}
	if n >= oldest {
		return fmt.Sprintf("%d+", oldest)
	}
	from := n - n%band
	return fmt.Sprintf("%d-%d", from, from+band-1)
}

// underOne reports whether an age is given in months or weeks.
func underOne(text string) bool {
	f := fold(text)
	for _, unit := range []string{"maand", "week", "weken", "mois", "semaine", "monat", "woche", "month"} {
		if strings.Contains(f, unit) {
			return true
		}
	}
	return false
}

func firstNumber(text string) (int, bool) {
	from := strings.IndexFunc(text, unicode.IsDigit)
	if from < 0 {
		return 0, false
	}
	to := from
	for to < len(text) && digit(text[to]) {
		to++
	}
	n, err := strconv.Atoi(text[from:to])
	return n, err == nil
}

// numberWords are the ages that pupils write in words.
var numberWords = [][]string{
	3: {"drie", "trois", "drei", "three"}, 4: {"vier", "quatre", "four"}, 5: {"vijf", "cinq", "funf", "five"},
	6: {"zes", "six", "sechs"}, 7: {"zeven", "sept", "sieben", "seven"}, 8: {"acht", "huit", "eight"},
	9: {"negen", "neuf", "neun", "nine"}, 10: {"tien", "dix", "zehn", "ten"}, 11: {"elf", "onze", "eleven"},
	12: {"twaalf", "douze", "zwolf", "twelve"}, 13: {"dertien", "treize", "dreizehn", "thirteen"},
	14: {"veertien", "quatorze", "vierzehn", "fourteen"}, 15: {"vijftien", "quinze", "funfzehn", "fifteen"},
	16: {"zestien", "seize", "sechzehn", "sixteen"}, 17: {"zeventien", "dix-sept", "siebzehn", "seventeen"},
	18: {"achttien", "dix-huit", "achtzehn", "eighteen"}, 19: {"negentien", "dix-neuf", "neunzehn", "nineteen"},
	20: {"twintig", "vingt", "zwanzig", "twenty"},
}

func numberWord(text string) (int, bool) {
	for _, w := range strings.Fields(fold(text)) {
		for n, words := range numberWords {
			for _, have := range words {
				if w == have {
					return n, true
				}
			}
		}
	}
	return 0, false
}

// yearBand returns the band of years that a date lies in; "" without a year.
func yearBand(text string, band int) string {
	year, ok := yearOf(text)
	if !ok {
		return ""
	}
	from := year - year%band
	return fmt.Sprintf("%04d-%04d", from, from+band-1)
}

// shiftSpan is the number of days that a date may be moved to either side.
const shiftSpan = 182

// shifted returns a date moved by 1 to shiftSpan days, which number tells; ""
// when the text holds no whole date.
func shifted(text string, number uint64) string {
	at, ok := dateOf(text)
	if !ok {
		return ""
	}
	days := int(number%(2*shiftSpan)) - shiftSpan
	if days >= 0 {
		days++
	}
	return at.AddDate(0, 0, days).Format("~2006-01-02")
}

// months are the names of months by their first letters, folded.
var months = [...][]string{
	{"jan"}, {"feb", "fev"}, {"maa", "mar", "mrt"}, {"apr", "avr"}, {"mei", "mai", "may"}, {"jun", "juin"},
	{"jul", "juil"}, {"aug", "aou"}, {"sep"}, {"okt", "oct"}, {"nov"}, {"dec", "dez"},
}

func monthOf(word string) int {
	for i := len(months) - 1; i >= 0; i-- {
		for _, begin := range months[i] {
			if strings.HasPrefix(word, begin) {
				return i + 1
			}
		}
	}
	return 0
}

// datePart is a number or month name of a date.
type datePart struct {
	number, digits int
	month          bool
}

func dateParts(text string) []datePart {
	var parts []datePart
	for _, w := range strings.FieldsFunc(fold(text), func(r rune) bool { return !alphanumeric(r) }) {
		n, err := strconv.Atoi(strings.TrimRight(w, "enrdthsz"))
		switch m := monthOf(w); {
		case err == nil && len(w) == 8: // 20110302 or 02032011
			parts = append(parts, eightDigits(w)...)
		case err == nil:
			parts = append(parts, datePart{number: n, digits: len(w)})
		case m > 0:
			parts = append(parts, datePart{number: m, month: true})
		}
	}
	return parts
}

func eightDigits(w string) []datePart {
	cuts := []int{2, 4}
	if w[:2] == "19" || w[:2] == "20" {
		cuts = []int{4, 6}
	}
	var parts []datePart
	for _, s := range []string{w[:cuts[0]], w[cuts[0]:cuts[1]], w[cuts[1]:]} {
		n, _ := strconv.Atoi(s)
		parts = append(parts, datePart{number: n, digits: len(s)})
	}
	return parts
}

// yearOf returns the year of a date, also of one without day or month.
func yearOf(text string) (int, bool) {
	if at, ok := dateOf(text); ok {
		return at.Year(), true
	}
	for _, p := range dateParts(text) {
		if p.digits == 4 && p.number >= 1900 && p.number < 2100 {
			return p.number, true
		}
	}
	return 0, false
}

// dateOf returns a date of day, month and year. The day stands before the
// month, as in Belgium, unless the year comes first or that is no date.
func dateOf(text string) (time.Time, bool) {
	p := dateParts(text)
	if len(p) != 3 {
		return time.Time{}, false
	}
	day, month, year := p[0], p[1], p[2]
	if p[0].digits == 4 {
		day, year = p[2], p[0]
	} else if p[0].month {
		day, month = p[1], p[0]
	}
	if !month.month && month.number > 12 {
		day, month = month, day
	}
	y := year.number
	if year.digits <= 2 {
		y = century(y)
	}
	at := time.Date(y, time.Month(month.number), day.number, 0, 0, 0, 0, time.UTC)
	ok := y >= 1900 && y < 2100 && at.Day() == day.number && int(at.Month()) == month.number
	return at, ok
}

// century returns the year that two digits stand for: 31 is 1931, 30 is 2030.
func century(y int) int {
	if y <= 30 {
		return 2000 + y
	}
	return 1900 + y
}
