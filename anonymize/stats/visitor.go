package stats

import (
	"net/netip"
	"strconv"
	"strings"
	"unicode"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/place"
	"github.com/clbchat/naamloos/anonymize/region"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/language"
	"github.com/clbchat/naamloos/transcripts"
)

// visitor reads what is known of the visitor.
func (r *reader) visitor(f *facts, o anonymize.Outcome, roles map[string]string) {
	a := answers{r: r, f: f}
	c := o.Original
	for i := range c.Participants {
		p := &c.Participants[i]
		if roles[p.Key] != transcripts.RoleVisitor {
			continue
		}
		if role, ok := r.words.find("role", p.Role); ok && p.Role != "" {
			a.say(&f.role, role)
		}
		if addr, err := netip.ParseAddr(p.IP); err == nil && !f.address.IsValid() {
			f.address = addr
		}
		a.fields(p.Fields)
	}
	for i := range c.Fields {
		if party := c.Fields[i].Party; party == "" || roles[party] == transcripts.RoleVisitor {
			a.field(&c.Fields[i])
		}
	}
	a.typed(o, roles)
	a.located(o, roles)
	if !strings.HasPrefix(f.region, f.country+"-") {
		f.region = Unknown // two countries were named
	}
	if f.language == Unknown {
		a.detect(c, roles)
	}
}

// answers gathers what is said of the visitor. Two different answers make
// unknown, for one of them is not true.
type answers struct {
	r        *reader
	f        *facts
	disputed map[*string]bool
}

func (a *answers) say(to *string, value string) {
	switch {
	case value == "" || value == Unknown || a.disputed[to] || *to == value:
	case *to == Unknown:
		*to = value
	default:
		*to = Unknown
		if a.disputed == nil {
			a.disputed = map[*string]bool{}
		}
		a.disputed[to] = true
	}
}

func (a *answers) fields(fields []transcripts.Field) {
	for i := range fields {
		a.field(&fields[i])
	}
}

// field reads one answer of a form or one field of metadata.
func (a *answers) field(f *transcripts.Field) {
	kind, _ := a.r.words.find("field", lastPart(f.Label))
	value := strings.TrimSpace(f.Value)
	switch {
	case value == "" || len(value) > longestWord:
	case f.Kind == transcripts.FieldCountry || kind == "country":
		code, _ := region.Country(value)
		a.say(&a.f.country, code)
	case f.Kind == transcripts.FieldRegion || kind == "region":
		a.province(value)
	case f.Kind == transcripts.FieldCity || kind == "place":
		a.place(value)
	case kind == "age":
		a.say(&a.f.age, a.r.ageBand(value))
	case kind == "role":
		role, _ := a.r.words.find("role", value)
		a.say(&a.f.role, role)
	case kind == "language":
		a.say(&a.f.language, a.r.declared(value))
	}
}

// province notes a province that a form or a chat system names.
func (a *answers) province(value string) {
	for _, country := range []string{"BE", "NL"} {
		if code, ok := region.Parse(country, value); ok && (a.f.country == Unknown || a.f.country == country) {
			if other, both := region.Parse("NL", value); both && other != code && a.f.country == Unknown {
				return // Limburg lies in two countries
			}
			a.say(&a.f.country, country)
			a.say(&a.f.region, code)
			return
		}
	}
}

// place notes the province of a postcode, town or address.
func (a *answers) place(value string) {
	area, ok := place.Find(value)
	if !ok {
		return
	}
	country, _, hasProvince := strings.Cut(area.String(), "-")
	a.say(&a.f.country, country)
	if hasProvince {
		a.say(&a.f.region, area.String())
	}
}

// located fills in what the address tells, where nothing was said.
func (a *answers) located(o anonymize.Outcome, roles map[string]string) {
	for i := range o.Anonymised.Participants {
		p := &o.Anonymised.Participants[i]
		if p.Geo == nil || roles[p.Key] != transcripts.RoleVisitor {
			continue
		}
		country, ok := region.Country(p.Geo.Country)
		if !ok || a.disputed[&a.f.country] || a.f.country != Unknown && a.f.country != country {
			continue
		}
		a.f.country = country
		if code, ok := region.Parse(country, p.Geo.Region); ok && a.f.region == Unknown && !a.disputed[&a.f.region] {
			a.f.region = code
		}
	}
}

// declared returns the language that a form or a browser declares.
func (r *reader) declared(value string) string {
	tag, _, _ := strings.Cut(strings.ReplaceAll(value, "_", "-"), "-")
	if code, ok := r.words.find("language", tag); ok {
		return code
	}
	return Other
}

// typed reads the age and home that visitors tell of themselves, from what was
// replaced in their messages.
func (a *answers) typed(o anonymize.Outcome, roles map[string]string) {
	for i, replaced := range o.Report.Replacements {
		m := &o.Original.Messages[i]
		if roles[m.From] != transcripts.RoleVisitor {
			continue
		}
		for _, x := range replaced {
			if x.From < 0 || x.To > len(m.Text) || x.From >= x.To {
				continue
			}
			before, value := m.Text[:x.From], m.Text[x.From:x.To]
			switch {
			case x.Type == detectors.Age && a.r.ends(before, "self"):
				a.say(&a.f.age, a.r.ageBand(value))
			case (x.Type == detectors.Address || x.Type == detectors.Location) && a.r.ends(before, "home"):
				a.place(value)
			}
		}
	}
}

func (r *reader) ends(text, list string) bool {
	_, ok := r.words.ending(list, text)
	return ok
}

// languageSample is how much of what the visitor wrote is looked at.
const languageSample = 2000

// detect asks in which language the visitor writes.
func (a *answers) detect(c *transcripts.Conversation, roles map[string]string) {
	var b strings.Builder
	for i := range c.Messages {
		m := &c.Messages[i]
		if m.Kind == transcripts.KindText && roles[m.From] != transcripts.RoleOperator && b.Len() < languageSample {
			b.WriteString(m.Text)
			b.WriteByte('\n')
		}
	}
	if code := language.Guess(b.String()); code != language.Unknown {
		a.f.language = string(code)
	}
}

// ageBand returns the band of an age such as "14", "14 jaar" or "12-14"; Unknown
// for what is none, or lies in two bands.
func (r *reader) ageBand(text string) string {
	band := Unknown
	for i, word := range strings.FieldsFunc(fold(text), func(c rune) bool { return c == ' ' }) {
		digits := strings.TrimRightFunc(word, unicode.IsLetter)
		if unit := word[len(digits):]; unit != "" {
			if _, ok := r.words.find("year", unit); !ok {
				return Unknown
			}
		}
		if digits == "" {
			continue
		}
		n, err := strconv.Atoi(digits)
		if err != nil || n > 120 || len(digits) > 3 {
			return Unknown
		}
		if b := bandOf(ageBands[:], n); i == 0 || band == b || band == Unknown {
			band = b
			continue
		}
		return Unknown
	}
	return band
}
