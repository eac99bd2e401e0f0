// Package geo gives the country and province of an IP address, and nothing
// finer, from a database of the user (GeoLite2, GeoIP2 or DB-IP, City or
// Country, as .mmdb).
//
//	db, err := geo.Open("GeoLite2-City.mmdb")
//	a, err := anonymize.New(anonymize.Options{Locate: db})
//
// Addresses that say nothing of a place (private, shared, loopback, malformed)
// and records that are damaged are unknown, never guessed. A database knows
// where a network is registered, which is not always where its user sits; a
// Country database knows no provinces.
package geo

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"sync"

	"github.com/oschwald/geoip2-golang/v2"
	"github.com/oschwald/maxminddb-golang/v2"

	"github.com/clbchat/naamloos/anonymize/region"
	"github.com/clbchat/naamloos/transcripts"
)

// Faults of a database file. Errors of [Open] wrap one of them, or an error of
// package fs.
var (
	ErrForeign = errors.New("not a MaxMind database (.mmdb), or a damaged one")
	ErrKind    = errors.New("a MaxMind database of another kind, a City or Country database is needed")
	ErrDamaged = errors.New("a damaged MaxMind database")
)

// maxCached bounds the number of records that are remembered. A City database
// has some 100,000 records for the whole world; a help line meets a few hundred.
const maxCached = 1 << 16

// A Reader looks addresses up in a database. It is safe for concurrent use,
// but for Close.
type Reader struct {
	records *geoip2.Reader    // what a network is
	tree    *maxminddb.Reader // which record a network has: 0 allocations

	mu    sync.RWMutex
	cache map[uintptr]place // by place of the record in the file
}

// place is what a record says.
type place struct {
	geo transcripts.Geo
	ok  bool
}

// Open opens a database. The file is mapped into memory: replace it by renaming
// another one over it, never by writing into it.
func Open(path string) (*Reader, error) {
	tree, err := maxminddb.Open(path)
	if err != nil {
		return nil, openError(path, err)
	}
	records, err := geoip2.Open(path)
	if err != nil {
		return nil, errors.Join(openError(path, err), tree.Close())
	}
	r := &Reader{records: records, tree: tree, cache: map[uintptr]place{}}
	if err := r.check(); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), r.Close())
	}
	return r, nil
}

// openError says what is wrong with a file. What the libraries say may quote
// the file, so it is not passed on.
func openError(path string, err error) error {
	var unreadable *fs.PathError
	var kind geoip2.UnknownDatabaseTypeError
	switch {
	case errors.As(err, &unreadable):
		return err
	case errors.As(err, &kind):
		return fmt.Errorf("%s: %w", path, ErrKind)
	}
	return fmt.Errorf("%s: %w", path, ErrForeign)
}

// sample is how many networks are looked at when a database is opened, to refuse
// a damaged one at once: the whole of one would take seconds. Those without a
// record count too, because a damaged tree may have endlessly many.
const sample = 2000

func (r *Reader) check() error {
	_, err := r.records.City(netip.IPv6Unspecified())
	if errors.As(err, new(geoip2.InvalidMethodError)) {
		return ErrKind
	}
	n, seen := 0, map[uintptr]bool{}
	for network := range r.tree.Networks(maxminddb.IncludeNetworksWithoutData(), maxminddb.IncludeAliasedNetworks()) {
		if n++; n > sample {
			break
		}
		if network.Err() != nil {
			return ErrDamaged
		}
		if !network.Found() || seen[network.Offset()] {
			continue
		}
		seen[network.Offset()] = true
		var record geoip2.City
		if network.Decode(&record) != nil {
			return ErrDamaged
		}
	}
	return nil
}

// Close gives the memory of the database back. No lookup may follow.
func (r *Reader) Close() error { return errors.Join(r.records.Close(), r.tree.Close()) }

// Locate returns the country of an address and, where the database knows it,
// the Belgian or Dutch province, or the first subdivision elsewhere. False means
// unknown.
func (r *Reader) Locate(addr netip.Addr) (transcripts.Geo, bool) {
	addr = addr.Unmap().WithZone("")
	if !Public(addr) {
		return transcripts.Geo{}, false
	}
	found := r.tree.Lookup(addr)
	if !found.Found() {
		return transcripts.Geo{}, false
	}
	at := found.Offset()
	r.mu.RLock()
	p, ok := r.cache[at]
	r.mu.RUnlock()
	if !ok {
		p = r.read(addr)
		r.remember(at, p)
	}
	return p.geo, p.ok
}

func (r *Reader) remember(at uintptr, p place) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.cache) >= maxCached {
		clear(r.cache)
	}
	r.cache[at] = p
}

// read decodes the record of an address and keeps its country and province.
func (r *Reader) read(addr netip.Addr) place {
	city, err := r.records.City(addr)
	if err != nil {
		return place{}
	}
	country, ok := region.Country(city.Country.ISOCode)
	if !ok || len(city.Country.ISOCode) != 2 {
		return place{}
	}
	return place{transcripts.Geo{Country: country, Region: province(country, city.Subdivisions)}, true}
}

// province returns the province among the subdivisions of a record, which stand
// from coarse to fine. Some databases have names and no codes.
func province(country string, subdivisions []geoip2.CitySubdivision) string {
	if len(region.Provinces(country)) == 0 {
		return first(country, subdivisions)
	}
	for _, s := range subdivisions {
		for _, text := range []string{s.ISOCode, s.Names.English} {
			if code, ok := region.Parse(country, text); ok {
				return code
			}
		}
	}
	return ""
}

// first returns the coarsest subdivision of a country, as ISO 3166-2.
func first(country string, subdivisions []geoip2.CitySubdivision) string {
	if len(subdivisions) == 0 {
		return ""
	}
	code := subdivisions[0].ISOCode
	if len(code) < 1 || len(code) > 3 {
		return ""
	}
	for i := range len(code) {
		if c := code[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return ""
		}
	}
	return country + "-" + code
}

// sharedSpace is what carriers number their own networks with (RFC 6598).
var sharedSpace = netip.MustParsePrefix("100.64.0.0/10")

// Public reports whether an address can tell of a place or of a source: it is
// valid and neither private, shared, loopback, link-local, multicast nor
// unspecified.
func Public(addr netip.Addr) bool {
	return addr.IsGlobalUnicast() && !addr.IsPrivate() && !sharedSpace.Contains(addr)
}
