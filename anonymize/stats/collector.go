package stats

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"net/netip"
	"sync"
	"time"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
)

// Options configure a [Collector]. The zero value counts no sources that could
// be joined with those of another run.
type Options struct {
	Key          keys.Key        // of the codes of sources; zero: random for this Collector
	Generation   keys.Generation // of a key ring, in place of Key
	Organisation string          // as the policy names it, so that codes are those of its pseudonyms
	Zone         *time.Location  // of months, weekdays and hours; nil: UTC
}

// ErrKeys says that two keys were given.
var ErrKeys = errors.New("stats: Options.Key and Options.Generation exclude each other")

// A Collector counts conversations as they are anonymised. It is safe for
// concurrent use.
type Collector struct {
	read         reader
	generation   keys.Generation
	organisation string
	length       keys.Length // of the periods that sources are counted in
	mu           sync.Mutex
	stats        Stats
	codes        map[keys.Period]hash.Hash // keyed states
}

// New returns a Collector that has counted nothing.
func New(o Options) (*Collector, error) {
	switch {
	case !o.Key.IsZero() && !o.Generation.IsZero():
		return nil, ErrKeys
	case !o.Key.IsZero():
		o.Generation = keys.Derived(o.Key)
	case o.Generation.IsZero():
		o.Generation = keys.Derived(keys.New())
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	length := o.Generation.Length()
	if length == "" {
		length = keys.Month
	}
	return &Collector{read: reader{zone: o.Zone, words: vocabulary()}, generation: o.Generation, organisation: o.Organisation,
		length: length, codes: map[keys.Period]hash.Hash{}}, nil
}

// Add counts one conversation. It is an [anonymize.Observer]. An original that
// has been anonymised before is counted as well, but has no sources any more.
func (c *Collector) Add(o anonymize.Outcome) {
	f, ok := c.read.read(o)
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stats.see(&f)
	if code, ok := c.code(f.address, f.began); ok {
		c.stats.sources.add(source{code, periodOf(f.began, c.length), 1})
	}
}

// Stats returns a copy of what was counted so far.
func (c *Collector) Stats() *Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stats.Clone()
}

// Totals are the few counts that a running system may want to watch. They are
// exact: show them to others only as package metrics does.
type Totals struct {
	Conversations int64
	Messages      int64
	Types         map[detectors.EntityType]int64 // conversations in which something of a type was replaced
}

// Totals returns the totals so far, cheaply.
func (c *Collector) Totals() Totals {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := Totals{c.stats.conversations, c.stats.messages, map[detectors.EntityType]int64{}}
	for typ, n := range c.stats.values[Entity] {
		t.Types[detectors.EntityType(typ)] = n.Conversations
	}
	return t
}

// Source returns the pseudonym that an address has in the period of at, so that a
// live system can tell whether it is one of the list. A policy that replaces IP
// by pseudonyms of the scope "period" gives an IPv4 address the same. False for
// an address that says nothing of a source, and for a period whose key was
// destroyed. Without the key nobody can list all addresses and their pseudonyms.
func (c *Collector) Source(addr netip.Addr, at time.Time) (string, bool) {
	if _, ok := local(at, c.read.zone); !ok {
		return "", false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	code, ok := c.code(addr, at)
	return sourceName(code), ok
}

// sharedSpace is what carriers number their own networks with (RFC 6598).
var sharedSpace = netip.MustParsePrefix("100.64.0.0/10")

// network returns the part of an address that tells one source from another: an
// IPv4 address, or the first 64 bits of an IPv6 address, because the rest changes
// by the day (RFC 8981). False for addresses that many share.
func network(addr netip.Addr) (string, bool) {
	addr = addr.Unmap().WithZone("")
	if !addr.IsGlobalUnicast() || addr.IsPrivate() || sharedSpace.Contains(addr) {
		return "", false
	}
	if addr.Is6() {
		addr = netip.PrefixFrom(addr, 64).Masked().Addr()
	}
	return addr.String(), true
}

// maxStates bounds the keyed states that are kept; a run meets few periods.
const maxStates = 64

// code returns the code of an address in a period.
func (c *Collector) code(addr netip.Addr, at time.Time) (uint64, bool) {
	value, ok := network(addr)
	if !ok || at.IsZero() {
		return 0, false
	}
	mac, ok := c.state(at)
	if !ok {
		return 0, false
	}
	mac.Reset()
	_, _ = mac.Write([]byte(value)) // never fails, see hash.Hash
	var sum [sha256.Size]byte
	return binary.BigEndian.Uint64(mac.Sum(sum[:0])), true
}

// state returns HMAC-SHA-256 under the key that pseudonyms of IP have in the
// period of at. False when that key was destroyed.
func (c *Collector) state(at time.Time) (hash.Hash, bool) {
	period, ok := keys.PeriodOf(at, c.length)
	if !ok {
		return nil, false
	}
	if mac := c.codes[period]; mac != nil {
		return mac, true
	}
	ofPeriod, err := c.generation.Period(period)
	if err != nil {
		return nil, false
	}
	defer ofPeriod.Wipe()
	key := ofPeriod
	if c.organisation != "" {
		key = ofPeriod.Derive("organisation", c.organisation)
		defer key.Wipe()
	}
	sub := key.Derive("pseudonym", string(detectors.IP), "period")
	secret := sub.Bytes()
	defer clear(secret)
	defer sub.Wipe()
	if len(c.codes) >= maxStates {
		clear(c.codes)
	}
	mac := hmac.New(sha256.New, secret)
	c.codes[period] = mac
	return mac, true
}
