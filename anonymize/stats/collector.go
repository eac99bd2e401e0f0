package stats

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
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
	Key  keys.Key       // of the codes of sources; zero: random for this Collector
	Zone *time.Location // of months, weekdays and hours; nil: UTC
}

// A Collector counts conversations as they are anonymised. It is safe for
// concurrent use.
type Collector struct {
	read  reader
	key   keys.Key
	mu    sync.Mutex
	stats Stats
	codes map[uint16]hash.Hash // keyed state by month
}

// New returns a Collector that has counted nothing.
func New(o Options) (*Collector, error) {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Key.IsZero() {
		o.Key = keys.New()
	}
	return &Collector{
		read:  reader{zone: o.Zone, words: vocabulary()},
		key:   o.Key.Derive("statistics", "source"),
		codes: map[uint16]hash.Hash{},
	}, nil
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
		c.stats.sources.add(source{code, monthNumber(f.began), 1})
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

// Source returns the pseudonym that an address has in the list of sources of the
// month of at, so that a live system can tell whether it is one of them. False
// for an address that says nothing of a source. Without the key nobody can make
// the list of all addresses and their pseudonyms.
func (c *Collector) Source(addr netip.Addr, at time.Time) (string, bool) {
	at, ok := local(at, c.read.zone)
	if !ok {
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
func network(addr netip.Addr) ([16]byte, bool) {
	addr = addr.Unmap().WithZone("")
	if !addr.IsGlobalUnicast() || addr.IsPrivate() || sharedSpace.Contains(addr) {
		return [16]byte{}, false
	}
	b := addr.As16()
	if addr.Is6() {
		clear(b[8:])
	}
	return b, true
}

// maxStates bounds the keyed states that are kept; a run meets few months.
const maxStates = 64

// code returns the code of an address in a month, HMAC-SHA-256 under the key of
// that month.
func (c *Collector) code(addr netip.Addr, at time.Time) (uint64, bool) {
	net, ok := network(addr)
	if !ok || at.IsZero() {
		return 0, false
	}
	month := monthNumber(at)
	mac := c.codes[month]
	if mac == nil {
		if len(c.codes) >= maxStates {
			clear(c.codes)
		}
		sub := c.key.Derive(monthName(month))
		secret := sub.Bytes()
		mac = hmac.New(sha256.New, secret)
		clear(secret)
		sub.Wipe()
		c.codes[month] = mac
	}
	mac.Reset()
	_, _ = mac.Write(net[:]) // never fails, see hash.Hash
	var sum [sha256.Size]byte
	return binary.BigEndian.Uint64(mac.Sum(sum[:0])), true
}
