package anonymize

import (
	"errors"
	"fmt"
)

// Faults of a conversation. All mean that nothing of it may be released.
var (
	ErrUnsettled = errors.New("anonymize: the output still changes when anonymised again")
	ErrInternal  = errors.New("anonymize: internal fault")
)

// ValueError says which value of a conversation could not be anonymised. It
// never holds text.
type ValueError struct {
	Message int    // number of the message from 1; 0 for a value beside the messages
	Fault   string // constant text
}

// Error implements error.
func (e *ValueError) Error() string {
	if e.Message > 0 {
		return fmt.Sprintf("anonymize: message %d: %s", e.Message, e.Fault)
	}
	return "anonymize: metadata: " + e.Fault
}

// failClosed turns a panic into an error without its value, which may hold
// text, and makes sure that no output comes with an error.
func failClosed[T any](out *T, err *error) {
	if recover() != nil {
		*err = ErrInternal
	}
	if *err != nil {
		var none T
		*out = none
	}
}
