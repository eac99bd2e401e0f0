package anonymize

import (
	"strings"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// treatment says what happens to a value of a conversation.
type treatment uint8

const (
	scan   treatment = iota // look for persons in it
	whole                   // all of it is one entity
	empty                   // it goes
	keep                    // it stays
	rekey                   // its code stays, to join records
	strip                   // a page address: its query goes, the rest is scanned
	rename                  // a file name: its stem goes, its extension stays
)

// slot is one value of a conversation, wherever it stands.
type slot struct {
	msg     *transcripts.Message // one of these three is set
	field   *transcripts.Field
	value   *string
	message int // index of the message it belongs to; -1 for metadata
	treat   treatment
	typ     detectors.EntityType // of a whole
	party   string
	prev    string // text of the message before, for its context
	role    detectors.Role
	isID    bool // the conversation's own identifier
}

// identifies reports whether a value is there to identify a record and no person.
func (s *slot) identifies() bool {
	return s.isID || s.field != nil && s.field.Kind == transcripts.FieldID
}

func (s *slot) text() string {
	switch {
	case s.msg != nil:
		return s.msg.Text
	case s.field != nil:
		return s.field.Value
	}
	return *s.value
}

func (s *slot) edit(edits []transcripts.Edit) {
	switch {
	case s.msg != nil:
		s.msg.Edit(edits)
	case s.field != nil:
		s.field.Edit(edits)
	default:
		*s.value = transcripts.Apply(*s.value, edits)
	}
}

// label returns what announces a field: "leeftijd" of visitor.fields.leeftijd.
func (s *slot) label() string {
	if s.field == nil {
		return ""
	}
	switch s.field.Kind {
	case transcripts.FieldText, transcripts.FieldAge, transcripts.FieldClass:
		label := s.field.Label[strings.LastIndexByte(s.field.Label, '.')+1:]
		return strings.TrimSpace(strings.Map(func(r rune) rune {
			if r == '_' || r == '-' || r == ':' || r == '\n' {
				return ' '
			}
			return r
		}, label))
	}
	return ""
}

// geographic reports whether the value is the coarse geography that stays.
func (s *slot) geographic() bool {
	return s.field != nil && (s.field.Kind == transcripts.FieldCountry || s.field.Kind == transcripts.FieldRegion)
}

// treatments of the kinds of fields. A kind that is missing is scanned.
var treatments = map[transcripts.FieldKind]struct {
	treat treatment
	typ   detectors.EntityType
}{
	transcripts.FieldName:       {whole, detectors.Person},
	transcripts.FieldEmail:      {whole, detectors.Email},
	transcripts.FieldPhone:      {whole, detectors.Phone},
	transcripts.FieldIP:         {whole, detectors.IP},
	transcripts.FieldHandle:     {whole, detectors.Handle},
	transcripts.FieldSecret:     {empty, ""},
	transcripts.FieldUserAgent:  {empty, ""},
	transcripts.FieldCity:       {empty, ""},
	transcripts.FieldCoordinate: {empty, ""},
	transcripts.FieldHost:       {empty, ""},
	transcripts.FieldDrop:       {empty, ""},
	transcripts.FieldURL:        {strip, ""},
	transcripts.FieldFileName:   {rename, ""},
	transcripts.FieldIDHash:     {rekey, ""},
	transcripts.FieldCountry:    {keep, ""},
	transcripts.FieldRegion:     {keep, ""},
	transcripts.FieldTime:       {keep, ""},
	transcripts.FieldOther:      {keep, ""},

	transcripts.FieldNationalID:   {whole, detectors.NationalID},
	transcripts.FieldBankAccount:  {whole, detectors.BankAccount},
	transcripts.FieldAccountID:    {whole, detectors.AccountID},
	transcripts.FieldBirthDate:    {whole, detectors.BirthDate},
	transcripts.FieldAddress:      {whole, detectors.Address},
	transcripts.FieldOrganisation: {whole, detectors.Org},
	transcripts.FieldAge:          {whole, detectors.Age},
	transcripts.FieldClass:        {whole, detectors.OtherID},
}

// slots lists all values of c, metadata first, because metadata teaches.
func slots(c *transcripts.Conversation) []slot {
	out := make([]slot, 0, countValues(c))
	out = append(out, slot{value: &c.ID, message: -1, isID: true}, slot{value: &c.Topic, message: -1})
	by := rolesOf(c)
	for i := range c.Participants {
		p := &c.Participants[i]
		out = append(out,
			slot{value: &p.Name, message: -1, treat: whole, typ: detectors.Person, party: p.Key, role: by.of(p.Key)},
			slot{value: &p.Email, message: -1, treat: whole, typ: detectors.Email, party: p.Key},
			slot{value: &p.IP, message: -1, treat: empty, typ: detectors.IP})
		out = appendFields(out, p.Fields, -1)
	}
	out = appendFields(out, c.Fields, -1)
	prev := ""
	for i := range c.Messages {
		m := &c.Messages[i]
		out = append(out, slot{msg: m, message: i, party: m.From, prev: prev, role: by.of(m.From)})
		out = appendFields(out, m.Fields, i)
		prev = m.Text
	}
	return out
}

// countValues returns the number of values of c.
func countValues(c *transcripts.Conversation) int {
	n := 2 + 3*len(c.Participants) + len(c.Fields) + len(c.Messages)
	for i := range c.Participants {
		n += len(c.Participants[i].Fields)
	}
	for i := range c.Messages {
		n += len(c.Messages[i].Fields)
	}
	return n
}

// roles tell who writes under the keys of participants.
type roles map[string]detectors.Role

func rolesOf(c *transcripts.Conversation) roles {
	var out roles
	for _, p := range c.Participants {
		if r := out.of(p.Role); r != detectors.RoleUnknown {
			if out == nil {
				out = roles{}
			}
			out[p.Key] = r
		}
	}
	return out
}

// of returns who writes under a key. One that is nobody's may be a role.
func (r roles) of(key string) detectors.Role {
	if by, ok := r[key]; ok {
		return by
	}
	switch key {
	case transcripts.RoleVisitor:
		return detectors.RoleVisitor
	case transcripts.RoleOperator, transcripts.RoleBot, transcripts.RoleSystem:
		return detectors.RoleStaff
	}
	return detectors.RoleUnknown
}

func appendFields(out []slot, fields []transcripts.Field, message int) []slot {
	for i := range fields {
		f := &fields[i]
		t := treatments[f.Kind]
		if (f.Kind == transcripts.FieldAge || f.Kind == transcripts.FieldClass) && !isShortAnswer(f.Value) {
			t.treat = scan
		}
		out = append(out, slot{field: f, message: message, treat: t.treat, typ: t.typ, party: f.Party})
	}
	return out
}

// isShortAnswer reports whether a value is an age or a class and no more: short,
// with a digit.
func isShortAnswer(value string) bool {
	const longest = 24
	return len(value) <= longest && strings.ContainsAny(value, "0123456789")
}
