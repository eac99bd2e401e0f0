package stats

import (
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// facts are what is counted of one conversation. They hold no text of it but a
// topic and a department, which label has let through.
type facts struct {
	month, weekday, hour string
	duration, waiting    time.Duration
	hasDuration, hasWait bool
	topic, department    string
	age, role, language  string
	country, region      string
	messages             int
	months               map[string]int // messages by month
	weekdays             [8]int         // messages by weekday; 0 when unknown
	hours                [25]int        // messages by hour; 24 when unknown
	speakers             map[string]int
	entities             map[detectors.EntityType]int
	address              netip.Addr // of the visitor; not valid when unknown
	began                time.Time  // as it was written; zero when unknown
}

// reader gathers the facts of conversations.
type reader struct {
	zone  *time.Location
	words words
}

// read returns the facts of one conversation; false for a record that is none.
// Times, addresses and answers are those of the original, words those of the
// anonymised conversation.
func (r *reader) read(o anonymize.Outcome) (facts, bool) {
	c := o.Original
	f := facts{messages: len(c.Messages), topic: Unknown, department: Unknown, age: Unknown, role: Unknown, language: Unknown,
		country: Unknown, region: Unknown, months: map[string]int{}, speakers: map[string]int{}, entities: entities(o)}
	if f.messages == 0 {
		return f, false
	}
	roles := rolesOf(c)
	r.times(&f, c, roles)
	for i := range c.Messages {
		f.speakers[speaker(&c.Messages[i], roles)]++
	}
	r.labels(&f, o.Anonymised)
	r.visitor(&f, o, roles)
	return f, true
}

// times reads when things happened. Where clocks went back, only the beginning
// is known.
func (r *reader) times(f *facts, c *transcripts.Conversation, roles map[string]string) {
	f.month, f.weekday, f.hour = Unknown, Unknown, Unknown
	ok := steady(c)
	if began, known := local(beginning(c), r.zone); known && (ok || !c.Started.IsZero()) {
		f.began = beginning(c)
		f.month, f.weekday, f.hour = monthOf(began), strconv.Itoa(weekdayOf(began)), hourName(began.Hour())
	}
	month := -1
	var name string // of month
	for i := range c.Messages {
		at, known := local(c.Messages[i].At, r.zone)
		if !known || !ok {
			f.months[Unknown]++
			f.weekdays[0]++
			f.hours[24]++
			continue
		}
		if n := monthNumber(at); n != month {
			month, name = n, monthName(n)
		}
		f.months[name]++
		f.weekdays[weekdayOf(at)]++
		f.hours[at.Hour()]++
	}
	if ok {
		f.duration, f.hasDuration = duration(c)
		f.waiting, f.hasWait = waiting(c, roles)
	}
}

// hourName returns an hour as it is shown; 24 is unknown.
func hourName(h int) string {
	if h == 24 {
		return Unknown
	}
	return string([]byte{'0' + byte(h/10), '0' + byte(h%10)})
}

// rolesOf returns the side that each participant is on.
func rolesOf(c *transcripts.Conversation) map[string]string {
	roles := make(map[string]string, len(c.Participants)+2)
	for _, key := range []string{transcripts.RoleVisitor, transcripts.RoleOperator, transcripts.RoleBot, transcripts.RoleSystem} {
		roles[key] = key
	}
	for i := range c.Participants {
		p := &c.Participants[i]
		switch p.Role {
		case transcripts.RoleVisitor, "user", "client", "customer", "pupil", "student", "parent", "leerling", "ouder", "klant", "bezoeker", "visiteur":
			roles[p.Key] = transcripts.RoleVisitor
		case transcripts.RoleOperator, "agent", "staff", "counsellor", "counselor", "helper", "hulpverlener", "medewerker", "intervenant", "conseiller":
			roles[p.Key] = transcripts.RoleOperator
		case transcripts.RoleBot, transcripts.RoleSystem:
			roles[p.Key] = p.Role
		}
	}
	return roles
}

// speaker returns who wrote a message.
func speaker(m *transcripts.Message, roles map[string]string) string {
	if m.Kind == transcripts.KindSystem {
		return transcripts.RoleSystem
	}
	if role, ok := roles[m.From]; ok {
		return role
	}
	return Unknown
}

// entities counts what was replaced, now or by an earlier run.
func entities(o anonymize.Outcome) map[detectors.EntityType]int {
	n := make(map[detectors.EntityType]int, len(o.Report.Types))
	for t, count := range o.Report.Types {
		n[t] += count
	}
	c := o.Original
	for i := range c.Participants {
		p := &c.Participants[i]
		pseudonyms(n, p.Name)
		pseudonyms(n, p.Email)
		for j := range p.Fields {
			pseudonyms(n, p.Fields[j].Value)
		}
	}
	for i := range c.Fields {
		pseudonyms(n, c.Fields[i].Value)
	}
	for i := range c.Messages {
		pseudonyms(n, c.Messages[i].Text)
	}
	return n
}

// pseudonyms counts the pseudonyms that stand in a text, such as [PERSON-k7mz4qhd9].
func pseudonyms(n map[detectors.EntityType]int, text string) {
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '[')
		if i < 0 {
			return
		}
		at += i
		end, ok := detectors.PseudonymAt(text, at)
		if !ok {
			at++
			continue
		}
		name, _, _ := strings.Cut(text[at+1:end], "-")
		if t := detectors.EntityType(name); t.Valid() {
			n[t]++
		}
		at = end
	}
}

// labels reads the topic and department of an anonymised conversation.
func (r *reader) labels(f *facts, c *transcripts.Conversation) {
	f.topic = label(c.Topic)
	for i := range c.Fields {
		field := &c.Fields[i]
		kind, _ := r.words.find("field", lastPart(field.Label))
		switch {
		case kind == "topic" && f.topic == Unknown:
			f.topic = label(field.Value)
		case kind == "department" && f.department == Unknown:
			f.department = label(field.Value)
		}
	}
}

// lastPart returns a field's name without those of the table it stands in.
func lastPart(label string) string { return label[strings.LastIndexByte(label, '.')+1:] }
