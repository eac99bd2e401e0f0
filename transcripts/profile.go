package transcripts

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Profile says what the fields of a kind of JSON or delimited file hold. The
// formats of known systems are profiles of this package; a user may write one
// for a system that is not known.
type Profile struct {
	name  string
	doc   string
	sniff [][]string // a file is of this format when it holds all names of one list
	// stream tells that all top-level values of a file make one conversation.
	stream bool
	// tree says what stands where; anywhere says what a name holds at any depth.
	tree     *rule
	anywhere map[string]action
	roles    map[string]string      // words of the system to roles
	kinds    map[string]MessageKind // words of the system to kinds of messages
	lenient  bool                   // the system writes escapes that JSON does not know
	mojibake bool                   // the system escapes UTF-8 byte by byte
	// generic tells that names of fields decide wherever the tree does not.
	generic bool
	table   bool // delimited text, not JSON
	own     bool // of this package: what it keeps must look like a word of a system
}

// rule is what a profile says of one place of the tree and the places below.
type rule struct {
	act   action
	said  bool // the profile says act
	child map[string]*rule
	other *rule // members not named
	item  *rule // elements of an array
	deep  *rule // at any depth below
}

// scope is the kind of thing that an object of a file is.
type scope uint8

const (
	scopeNone scope = iota
	scopeConversation
	scopeMessage
	scopeParticipant
	scopeAuthor // participant who wrote the enclosing message
)

// slot is the place in a conversation where a value goes.
type slot uint8

const (
	slotField slot = iota // a field of kind action.kind
	slotSkip              // neither personal nor of use
	slotID
	slotStarted
	slotEnded
	slotTopic
	slotText
	slotTime
	slotKey   // identifier of a participant
	slotRole  // word for the role of a participant
	slotType  // word for the kind of a message
	slotGroup // identifier of the conversation of a message
	slotLabel // label of the value beside it
	slotValue // value whose label stands beside it
)

// coat is an encoding of a value inside its JSON string.
type coat uint8

const (
	coatNone coat = iota
	coatHTML
	coatJSON
	coatJoin  // texts of an array that together make one
	coatSlack // &amp; &lt; &gt; and identifiers in < >
)

// action says what is done with a value or an object.
type action struct {
	scope  scope
	slot   slot
	kind   FieldKind
	coat   coat
	author bool   // of the author of the message, not of the participant at hand
	role   string // role of a participant, unless the file says otherwise
	as     MessageKind
	cut    byte // what stands before this byte is not part of an identifier
}

// profileFile is a profile as it is written.
type profileFile struct {
	Name     string            `yaml:"name"`
	Doc      string            `yaml:"doc"`
	Sniff    [][]string        `yaml:"sniff"`
	Stream   bool              `yaml:"stream"`
	Lenient  bool              `yaml:"lenient"`
	Mojibake bool              `yaml:"mojibake"`
	Generic  bool              `yaml:"generic"`
	Table    bool              `yaml:"table"`
	Roles    map[string]string `yaml:"roles"`
	Kinds    map[string]string `yaml:"kinds"`
	Anywhere map[string]string `yaml:"anywhere"`
	Fields   yaml.Node         `yaml:"fields"`
}

var errProfile = errors.New("profile: not valid YAML of a profile")

// ParseProfile reads a profile. Its fields say, by name and nesting of the file,
// what a value holds:
//
//	name: kassa
//	fields:
//	  tickets[]: {".": conversation, ref: id, wie: {".": participant visitor, voornaam: name}}
//	  afdeling: keep
//
// A column of delimited text is a field without nesting.
func ParseProfile(r io.Reader) (*Profile, error) {
	var f profileFile
	d := yaml.NewDecoder(r)
	d.KnownFields(true)
	if err := d.Decode(&f); err != nil {
		return nil, errProfile
	}
	if f.Name == "" {
		f.Name = "profile"
	}
	p := &Profile{name: f.Name, doc: f.Doc, sniff: f.Sniff, stream: f.Stream, lenient: f.Lenient, mojibake: f.Mojibake, generic: f.Generic, table: f.Table,
		tree: &rule{}, anywhere: map[string]action{}, roles: f.Roles, kinds: map[string]MessageKind{}}
	for word, kind := range f.Kinds {
		k, ok := kindWords[kind]
		if !ok {
			return nil, fmt.Errorf("profile: kinds: no kind of message %q", kind)
		}
		p.kinds[word] = k
	}
	for name, words := range f.Anywhere {
		a, err := parseAction(words)
		if err != nil {
			return nil, fmt.Errorf("profile: %s: %w", name, err)
		}
		p.anywhere[name] = a
	}
	if err := p.tree.parse(&f.Fields); err != nil {
		return nil, err
	}
	if p.generic && p.roles == nil {
		p.roles = roleWords()
	}
	return p, nil
}

// parse reads what a profile says of the places below a rule.
func (r *rule) parse(n *yaml.Node) error {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind == yaml.ScalarNode {
		a, err := parseAction(n.Value)
		r.act, r.said = a, true
		if err != nil {
			return fmt.Errorf("profile: line %d: %w", n.Line, err)
		}
		return nil
	}
	if n.Kind == 0 {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("profile: line %d: a name or a list of names is expected", n.Line)
	}
	for i := 0; i < len(n.Content); i += 2 {
		if err := r.at(n.Content[i].Value).parse(n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// at returns the rule of a member of r: a name, with [] for the elements of the
// array that it is, * for other names, ** for any depth, . for r itself.
func (r *rule) at(name string) *rule {
	if name == "." || name == "<<" {
		return r
	}
	bare, array := strings.CutSuffix(name, "[]")
	if r = r.step(bare); array {
		r = next(&r.item)
	}
	return r
}

func (r *rule) step(name string) *rule {
	switch name {
	case "":
		return r
	case "*":
		return next(&r.other)
	case "**":
		return next(&r.deep)
	}
	if r.child == nil {
		r.child = map[string]*rule{}
	}
	c := r.child[name]
	if c == nil {
		c = &rule{}
		r.child[name] = c
	}
	return c
}

func next(r **rule) *rule {
	if *r == nil {
		*r = &rule{}
	}
	return *r
}

// parseAction reads words such as "author name html".
func parseAction(words string) (action, error) {
	var a action
	for _, word := range strings.Fields(words) {
		if !a.word(word) {
			return a, fmt.Errorf("no such word: %s", word)
		}
	}
	return a, nil
}

// word adds one word to an action.
func (a *action) word(word string) bool {
	if s, ok := slotWords[word]; ok {
		a.slot = s
		a.scope = scopeWords[word] // "conversation" is both
		return true
	}
	if k, ok := fieldWords[word]; ok {
		a.kind = k
		return true
	}
	if s, ok := scopeWords[word]; ok {
		a.scope, a.author = s, s == scopeAuthor
		return true
	}
	if c, ok := coatWords[word]; ok {
		a.coat = c
		return true
	}
	if k, ok := kindWords[word]; ok {
		a.as = k
		return true
	}
	switch {
	case word == RoleVisitor || word == RoleOperator || word == RoleBot:
		a.role = word
	case strings.HasPrefix(word, "after=") && len(word) == len("after=")+1:
		a.cut = word[len(word)-1]
	default:
		return false
	}
	return true
}

var scopeWords = map[string]scope{
	"conversation": scopeConversation, "message": scopeMessage, "participant": scopeParticipant, "author": scopeAuthor,
}

var slotWords = map[string]slot{
	"keep": slotSkip, "id": slotID, "started": slotStarted, "ended": slotEnded, "topic": slotTopic, "text": slotText, "time": slotTime,
	"key": slotKey, "role": slotRole, "type": slotType, "conversation": slotGroup, "label": slotLabel, "value": slotValue,
}

var fieldWords = map[string]FieldKind{
	"scan": FieldText, "name": FieldName, "email": FieldEmail, "phone": FieldPhone, "ip": FieldIP, "handle": FieldHandle,
	"secret": FieldSecret, "useragent": FieldUserAgent, "url": FieldURL, "country": FieldCountry, "region": FieldRegion,
	"city": FieldCity, "coordinate": FieldCoordinate, "host": FieldHost, "filename": FieldFileName, "ident": FieldID,
	"idhash": FieldIDHash, "drop": FieldDrop, "national": FieldNationalID, "bank": FieldBankAccount, "account": FieldAccountID,
	"birth": FieldBirthDate, "address": FieldAddress, "organisation": FieldOrganisation,
	"age": FieldAge, "class": FieldClass,
}

var coatWords = map[string]coat{"html": coatHTML, "json": coatJSON, "join": coatJoin, "slack": coatSlack}

var kindWords = map[string]MessageKind{"said": KindText, "system": KindSystem, "note": KindNote, "whisper": KindWhisper}
