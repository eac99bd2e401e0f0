// Package review lets people read anonymised chats, judge and correct them.
//
// [Load] reads anonymised conversations into a [Library]; a [Log] holds what
// readers did with them, in the order in which they did it, and says what
// follows ([Log.State]). [Library.Show] splits a message into what a reader sees,
// [Corrections] and [Labels] give the next run what was learned, and [Agree] says
// how far two readers judge alike. The package store keeps the events in a file,
// the package web shows all of it in a browser.
//
// The originals are never needed. What a reader marks is kept as a digest under
// a key (see package corrections), so neither the events nor what is exported
// are a list of names. Comments are anonymised before they are kept, which will
// miss what the detectors miss.
package review

import (
	"time"

	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/detectors"
)

// Verdict is what a reader makes of a conversation.
type Verdict string

// The verdicts. The empty verdict is none.
const (
	Released     Verdict = "released"      // may be given out
	Held         Verdict = "held"          // may not be given out
	SecondReader Verdict = "second-reader" // somebody else should look
)

// Verdicts returns all verdicts in the order of the documentation.
func Verdicts() []Verdict { return []Verdict{Released, Held, SecondReader} }

// Valid reports whether v is a verdict.
func (v Verdict) Valid() bool { return v == Released || v == Held || v == SecondReader }

// Kind is what a reader does.
type Kind string

// What readers do.
const (
	Hide    Kind = "hide"    // a value should have been hidden
	Spare   Kind = "spare"   // a replacement was needless
	Remark  Kind = "comment" // a comment on a message
	Judge   Kind = "verdict" // a verdict on the conversation
	Flag    Kind = "flag"    // look at this one
	Unflag  Kind = "unflag"  // no longer
	HasRead Kind = "read"    // the reader has read it to the end
	Undo    Kind = "undo"    // an event of before did not happen
)

// Value is a word, or several, that a reader marked. Nobody can read it.
type Value struct {
	Digest corrections.Digest
	Words  int
}

// Event is one thing that a reader did. Which fields are set depends on its kind.
type Event struct {
	ID          int64 // given by the store, rising
	Chat        string
	Reader      string
	At          time.Time
	Kind        Kind
	Message     int                  // number from 1; of Hide, Spare, Remark
	Start       int                  // byte of the message's text; of Hide, Spare
	End         int                  // byte of the message's text; of Hide, Spare
	Type        detectors.EntityType // of Hide, Spare
	Pseudonym   string               // what stands there: of Hide, Spare
	Values      []Value              // of Hide: the value in all its forms; of Spare: when the trace tells it
	Verdict     Verdict              // of Judge
	Fingerprint string               // of Judge: what was judged
	Text        string               // of Remark, anonymised
	Refers      int64                // of Undo: the event undone
}

// undoable reports whether an event of this kind can be undone.
func (k Kind) undoable() bool { return k != Undo && k != HasRead }
