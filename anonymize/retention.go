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
	at, ok := Beginning(c)
	return ok && days > 0 && at.Before(a.now().AddDate(0, 0, -days))
}

// Skips reports whether an error is that of a conversation over age which the
// policy has left out, not refused.
func (a *Anonymizer) Skips(err error) bool {
	return errors.Is(err, ErrOverdue) && a.rules.policy.Retention.Overdue == OverdueSkip
}

// Beginning returns when a conversation began; false when it does not say, or
// when its times were made to count from its beginning.
func Beginning(c *transcripts.Conversation) (time.Time, bool) {
	at := beginning(c)
	return at, !at.IsZero() && !at.Equal(zeroHour)
}
