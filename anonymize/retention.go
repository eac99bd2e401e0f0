package anonymize

import (
	"errors"
	"fmt"
	"time"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

// ErrOverdue says that a conversation is older than the policy lets one hold.
var ErrOverdue = errors.New("anonymize: the conversation is older than the policy allows")

// PeriodError says that there is no key for the period of a conversation.
type PeriodError struct {
	Period keys.Period
	Err    error
}

// Error implements error.
func (e *PeriodError) Error() string { return fmt.Sprintf("anonymize: period %s: %v", e.Period, e.Err) }

// Unwrap returns why.
func (e *PeriodError) Unwrap() error { return e.Err }

// Overdue reports whether a conversation is older than the policy lets one
// hold. One without any time is not.
func (a *Anonymizer) Overdue(c *transcripts.Conversation) bool {
	days := a.rules.policy.Retention.Days
	at := beginning(c)
	if days == 0 || at.IsZero() || a.rules.policy.Metadata.Times == TreatRelative && at.Equal(zeroHour) {
		return false
	}
	return at.Before(a.now().Add(-time.Duration(days) * 24 * time.Hour))
}
