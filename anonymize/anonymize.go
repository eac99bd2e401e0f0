// Package anonymize gives chat transcripts back without the people in them.
//
//	a, err := anonymize.New(anonymize.Options{Key: key})
//	out, report, err := a.Conversation(c)
//
// A whole stream goes through [Anonymizer.Conversations], a chat that is still
// going on through a [Session]. The same key gives the same pseudonym for the
// same thing, whatever the order, the run or the machine. An error means that
// nothing of the conversation may be released; no text comes with it, and no
// error holds text.
//
// The package will miss what only a reader understands: a person described
// without being named, a nickname nobody could know for one.
package anonymize

import (
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// Options configure an [Anonymizer]. The zero value is the most private choice:
// a random key that is never stored, the strictest detection, no geography.
type Options struct {
	Key         keys.Key               // zero: random for this Anonymizer
	Generation  keys.Generation        // of a key ring, in place of Key
	Policy      Policy                 // zero: pseudonyms for everything
	Strictness  detectors.Strictness   // zero hides most
	Keep        []string               // words, numbers and sites that stay readable
	Recognizers []detectors.Recognizer // further recognizers, asked after the built-in ones
	Corrections *corrections.List      // what readers have corrected; nil: nothing
	Locate      Locator                // nil: no geography
	Workers     int                    // conversations at a time in a stream; 0 means one a processor
	MaxText     int                    // longest text of one message in bytes; 0 means 16 MiB
	Now         func() time.Time       // tells how old a conversation is; nil means time.Now
}

// A Locator gives the country and province of an address, and false when it
// does not know them. It must be safe for concurrent use.
type Locator interface {
	Locate(addr netip.Addr) (transcripts.Geo, bool)
}

const defaultMaxText = 16 << 20

// An Anonymizer anonymises conversations. It is safe for concurrent use.
type Anonymizer struct {
	set     *detectors.Set
	keyID   string
	digests *coder
	rules   *rules
	locate  Locator
	now     func() time.Time
	workers int
	maxText int

	corrections *corrections.List
	digester    *corrections.Digester
	own         keys.Key // made for this Anonymizer; zero when it was given keys
}

// New checks options and returns an Anonymizer.
func New(o Options) (*Anonymizer, error) {
	if o.Workers < 0 {
		return nil, fmt.Errorf("anonymize: Options.Workers is negative")
	}
	if o.MaxText < 0 {
		return nil, fmt.Errorf("anonymize: Options.MaxText is negative")
	}
	if !o.Key.IsZero() && !o.Generation.IsZero() {
		return nil, fmt.Errorf("anonymize: Options.Key and Options.Generation exclude each other")
	}
	if err := o.Policy.Check(); err != nil {
		return nil, err
	}
	if err := o.Policy.fit(o.Generation); err != nil {
		return nil, err
	}
	set, err := o.detectors()
	if err != nil {
		return nil, err
	}
	generation, own, err := o.generation()
	if err != nil {
		return nil, err
	}
	r, err := newRules(o.Policy, generation)
	if err != nil {
		return nil, fmt.Errorf("anonymize: %w", err)
	}
	a := &Anonymizer{set: set, keyID: generation.ID(), rules: r, locate: o.Locate, workers: o.Workers, maxText: o.MaxText, now: o.Now,
		digests: newCoder(r.corpus, "digest"), corrections: o.Corrections, digester: corrections.NewDigester(r.corpus), own: own}
	if a.maxText == 0 {
		a.maxText = defaultMaxText
	}
	if a.now == nil {
		a.now = time.Now
	}
	return a, nil
}

// detectors returns the set of detectors with what the policy keeps and denies.
func (o Options) detectors() (*detectors.Set, error) {
	recognizers := slices.Clone(o.Recognizers)
	if o.Corrections != nil {
		recognizers = append(recognizers, o.Corrections)
	}
	if len(o.Policy.Deny) > 0 {
		deny, err := newDenyList(o.Policy.Deny)
		if err != nil {
			return nil, err
		}
		recognizers = append(recognizers, deny)
	}
	set, err := detectors.New(detectors.Options{
		Strictness:  max(o.Strictness, o.Policy.Strictness),
		Keep:        slices.Concat(o.Keep, o.Policy.KeepWords),
		Recognizers: recognizers,
	})
	if err != nil {
		return nil, fmt.Errorf("anonymize: %w", err)
	}
	return set, nil
}

// generation returns the keys, and which of them was made here. It refuses what
// the policy requires and is not there.
func (o Options) generation() (g keys.Generation, own keys.Key, err error) {
	switch {
	case slices.Contains(o.Policy.Require, RequireOrganisation) && o.Policy.Organisation == "":
		return g, own, &PolicyError{"organisation", "the policy requires the name of the organisation"}
	case !o.Generation.IsZero():
		return o.Generation, own, nil
	case !o.Key.IsZero():
		return keys.Derived(o.Key), own, nil
	case slices.Contains(o.Policy.Require, RequireKey):
		return g, own, &PolicyError{"require", "the policy requires a key that is kept"}
	}
	own = keys.New()
	return keys.Derived(own), own, nil
}

// Close overwrites the keys that the Anonymizer has made or derived, in memory;
// those it was given are their owner's. It must not be used by then, and gives
// but errors afterwards. Go copies memory: what was hashed with a key may stay
// until the process ends.
func (a *Anonymizer) Close() {
	a.rules.wipe()
	a.digests.wipe()
	a.digester.Wipe()
	a.own.Wipe()
}

// KeyID names the key the pseudonyms are made with; it tells nothing of the key.
func (a *Anonymizer) KeyID() string { return a.keyID }

// Digest returns a keyed digest of a text, to compare texts without keeping
// them: 32 hexadecimal digits of HMAC-SHA-256 under a subkey of the key.
func (a *Anonymizer) Digest(text string) string { return a.digests.digest(text) }

// maxRounds bounds how often an output is anonymised again. Each round hides
// something more, two are the rule.
const maxRounds = 12

// Conversation returns c without the people in it, and what was replaced. c
// itself stays as it is. The output is a fixed point: anonymised again, it does
// not change.
func (a *Anonymizer) Conversation(c *transcripts.Conversation) (*transcripts.Conversation, Report, error) {
	out, report, _, err := a.conversation(c)
	return out, report, err
}

func (a *Anonymizer) conversation(c *transcripts.Conversation) (out *transcripts.Conversation, report Report, removed *removal, err error) {
	defer func() {
		if err != nil {
			report, removed = Report{}, nil
		}
	}()
	defer failClosed(&out, &err)
	out, k, err := a.prepare(c)
	if err != nil {
		return nil, Report{}, nil, err
	}
	report = newReport(c)
	report.KeyID = a.keyID
	removed = &removal{}
	var before *state
	for range maxRounds {
		s := newState(k, out)
		if before != nil {
			s.mentions = before.mentions
		}
		if err := s.find(before); err != nil {
			return nil, Report{}, nil, err
		}
		k.again = true
		changed := s.replace(&report, removed)
		if !changed {
			if changed, err = s.hideResidue(removed, &report); err != nil {
				return nil, Report{}, nil, err
			}
		}
		if !changed {
			return out, report, removed, nil
		}
		before = s
	}
	return nil, Report{}, nil, ErrUnsettled
}

// prepare returns a copy of c whose times, places and key are as the policy has
// them, and the cast of c as it is.
func (a *Anonymizer) prepare(c *transcripts.Conversation) (*transcripts.Conversation, *cast, error) {
	if a.Overdue(c) {
		return nil, nil, ErrOverdue
	}
	k, err := a.newCast(c)
	if err != nil {
		return nil, nil, err
	}
	out := c.Clone()
	a.place(out)
	a.rules.coarsen(out)
	a.retime(out)
	out.KeyID = ""
	if a.rules.policy.Metadata.KeyID == TreatKeep {
		out.KeyID = a.keyID
	}
	return out, k, nil
}

// Detect returns the spans of each message of c, with everything the
// conversation teaches: disjoint, sorted, in bytes of the message's text.
func (a *Anonymizer) Detect(c *transcripts.Conversation) (spans [][]detectors.Span, err error) {
	defer failClosed(&spans, &err)
	k, err := a.newCast(c)
	if err != nil {
		return nil, err
	}
	s := newState(k, c)
	if err := s.find(nil); err != nil {
		return nil, err
	}
	spans = make([][]detectors.Span, len(c.Messages))
	for i := range s.slots {
		if sl := &s.slots[i]; sl.msg != nil {
			spans[sl.message] = s.found[i]
		}
	}
	return spans, nil
}

// Text returns the spans of a text that stands alone.
func (a *Anonymizer) Text(text string) ([]detectors.Span, error) {
	c := transcripts.Conversation{Messages: []transcripts.Message{{Text: text}}}
	spans, err := a.Detect(&c)
	if err != nil {
		return nil, err
	}
	return spans[0], nil
}

// place notes the coarse geography of participants before their addresses go.
func (a *Anonymizer) place(c *transcripts.Conversation) {
	if a.locate == nil {
		return
	}
	for i := range c.Participants {
		p := &c.Participants[i]
		if addr, err := netip.ParseAddr(p.IP); err == nil {
			if g, ok := a.locate.Locate(addr.Unmap()); ok {
				p.Geo = &transcripts.Geo{Country: g.Country, Region: g.Region}
			}
		}
	}
}
