// Package transcripts reads and writes chat transcripts.
//
// A [Format] turns a stream of bytes into [Conversation] values and back. What
// was read from a file and written in the same format is byte-identical except
// for the values that were changed: a conversation remembers where in the
// source each of its values stands. The package knows nothing of personal data.
package transcripts

import (
	"slices"
	"time"
)

// Conversation is one chat. A record of a file that is no chat (a staff note, a
// row of a visitor log) is a Conversation with Fields and no Messages, so that
// nothing in a file passes unread.
type Conversation struct {
	ID           string
	Started      time.Time // zero when unknown
	Ended        time.Time // zero when unknown
	Topic        string
	Participants []Participant
	Messages     []Message
	Fields       []Field // everything else, in source order
	KeyID        string  // names the key an anonymised conversation was made with; 8 hexadecimal digits or empty

	src  source // where it was read; nil for one built by hand
	refs conversationRefs
}

// Roles of a participant. Others are kept as the source has them.
const (
	RoleVisitor  = "visitor"
	RoleOperator = "operator"
	RoleBot      = "bot"
	RoleSystem   = "system"
)

// Participant is one who takes part in a conversation.
type Participant struct {
	Key    string // unique in the conversation; Message.From and Field.Party refer to it
	Role   string // RoleVisitor, RoleOperator, ...
	Name   string // display name or nickname
	Email  string
	IP     string
	Geo    *Geo // coarse only; nil when unknown
	Fields []Field

	refs participantRefs
}

// Geo is the only geography that output may hold.
type Geo struct {
	Country string `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Region  string `json:"region,omitempty"`  // ISO 3166-2, e.g. BE-VBR
}

// Message is one message, or one system or note line.
type Message struct {
	From   string // Participant.Key; empty when unknown
	At     time.Time
	Kind   MessageKind
	Text   string  // visible text: entities decoded, <br> as \n
	Fields []Field // what else the message holds: speaker label, attachment names, translations

	ref, atRef ref
	edits      []Edit
}

// MessageKind tells what a message is.
type MessageKind uint8

// Kinds of messages. Every kind is read as text.
const (
	KindText    MessageKind = iota // said by a participant
	KindSystem                     // written by the chat system
	KindNote                       // internal note of staff
	KindWhisper                    // said among staff during the chat
)

// FieldKind tells what a field holds, as its profile declares.
type FieldKind uint8

// Kinds of fields. The zero kind is the most private: free text to be scanned.
const (
	FieldText         FieldKind = iota // free text, scanned
	FieldName                          // name or nickname of Party
	FieldEmail                         // e-mail address
	FieldPhone                         // phone number
	FieldIP                            // IP address
	FieldHandle                        // login, user name, profile id
	FieldSecret                        // password, token, session
	FieldUserAgent                     // browser, device, resolution
	FieldURL                           // page, referrer
	FieldCountry                       // country name or code
	FieldRegion                        // province or state
	FieldCity                          // city, postcode
	FieldCoordinate                    // latitude or longitude
	FieldHost                          // host name, reverse DNS
	FieldFileName                      // name of a file or attachment
	FieldID                            // opaque identifier that joins records
	FieldIDHash                        // identifier derived from personal data, such as a hash of an IP
	FieldTime                          // point in time
	FieldDrop                          // must go: unsent text, previews, search indexes
	FieldOther                         // number, flag, enumeration: not personal, kept
	FieldNationalID                    // national register, passport or licence number
	FieldBankAccount                   // IBAN or account number
	FieldAccountID                     // customer, contract, member or pupil number
	FieldBirthDate                     // date of birth
	FieldAddress                       // postal address
	FieldOrganisation                  // school, firm
	FieldAge                           // age of a person
	FieldClass                         // class at school
)

// Field is a named value beside the messages.
type Field struct {
	Label string // name in the source, e.g. "leeftijd" or "p_req_log.onpage"
	Kind  FieldKind
	Party string // Participant.Key it belongs to; empty when unknown
	Value string

	ref   ref
	edits []Edit
}

// Edit replaces the bytes [Start, End) of a value by Text.
type Edit struct {
	Start, End int
	Text       string
}

// Apply returns value with edits made. Edits are sorted by Start, disjoint and
// within value.
func Apply(value string, edits []Edit) string {
	if len(edits) == 0 {
		return value
	}
	out := make([]byte, 0, len(value)+16*len(edits))
	at := 0
	for _, e := range edits {
		out = append(out, value[at:e.Start]...)
		out = append(out, e.Text...)
		at = e.End
	}
	return string(append(out, value[at:]...))
}

// Edit makes edits in the text and remembers them, so that a writer can change
// just these ranges of the source. Edits are sorted, disjoint, and count in
// bytes of the present Text.
func (m *Message) Edit(edits []Edit) {
	m.edits = compose(m.edits, edits)
	m.Text = Apply(m.Text, edits)
}

// Edit makes edits in the value, as [Message.Edit] does in a text.
func (f *Field) Edit(edits []Edit) {
	f.edits = compose(f.edits, edits)
	f.Value = Apply(f.Value, edits)
}

// Clone returns a deep copy that shares nothing changeable with c.
func (c *Conversation) Clone() *Conversation {
	d := *c
	d.Fields = cloneFields(c.Fields)
	d.Participants = slices.Clone(c.Participants)
	for i := range d.Participants {
		p := &d.Participants[i]
		p.Fields = cloneFields(p.Fields)
		if p.Geo != nil {
			g := *p.Geo
			p.Geo = &g
		}
	}
	d.Messages = slices.Clone(c.Messages)
	for i := range d.Messages {
		m := &d.Messages[i]
		m.Fields = cloneFields(m.Fields)
		m.edits = slices.Clone(m.edits)
	}
	return &d
}

func cloneFields(fields []Field) []Field {
	out := slices.Clone(fields)
	for i := range out {
		out[i].edits = slices.Clone(out[i].edits)
	}
	return out
}
