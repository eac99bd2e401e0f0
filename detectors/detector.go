// Package detectors finds personal data in one text at a time.
//
// The two calls you want are [New], which builds a [Set] of detectors, and
// [Set.Find], which returns the spans of one text. A detector keeps nothing but
// working memory (what was read last, until it is overwritten), logs nothing, and
// an error means that the text must not be released.
// What a conversation has taught (names of participants, names proven in other
// messages) comes in with the text as [Text.Known].
//
// It will miss what only a human reader understands: a person described
// without a name, an uncommon name without any context.
package detectors

// Text is one text to look at, and what its conversation has taught.
type Text struct {
	Body  string // valid UTF-8
	Known *Known // what the conversation taught; nil when nothing
	Prev  string // the message before it, whose words announce numbers here; empty when unknown
	Label string // the name of the field whose value it is: "leeftijd"; empty for what is no field
	Role  Role   // who wrote it
}

// Role says who writes. The zero value is unknown.
type Role uint8

// The roles by which writing differs.
const (
	RoleUnknown Role = iota
	RoleVisitor      // who seeks help
	RoleStaff        // who gives it, bots too
)

// A Detector finds one kind of personal data.
type Detector struct {
	Name  string       // lower case, unique
	Doc   string       // what it finds, with its source
	Types []EntityType // the types its spans can have
	// Find appends the spans found in t to dst. It allocates nothing when it
	// finds nothing, and an error stops the text.
	Find func(dst []Span, t Text) ([]Span, error)
}

// A Recognizer is anything that finds spans in a text: the seam for a user's
// own patterns, for English NER and for a token classifier. Implementations
// must be safe for concurrent use.
type Recognizer interface {
	Find(dst []Span, t Text) ([]Span, error)
}
