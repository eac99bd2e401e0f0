package geo

import (
	"bytes"
	"errors"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/maxmind/mmdbwriter"
	"github.com/maxmind/mmdbwriter/mmdbtype"
	"github.com/oschwald/geoip2-golang/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/transcripts"
)

// network is one network of a test database.
type network struct {
	prefix, country string
	subdivisions    []string // ISO codes; names when they begin with a lower-case n:
}

// networks are on documentation ranges (RFC 5737, RFC 3849).
var networks = []network{
	{"192.0.2.0/26", "BE", []string{"VLG", "VBR"}},
	{"192.0.2.64/26", "BE", []string{"VLG"}},
	{"192.0.2.128/26", "BE", []string{"n:Flanders", "n:East Flanders"}},
	{"192.0.2.192/27", "GB", []string{"ENG", "WBK"}},
	{"192.0.2.224/28", "NL", []string{"NB"}},
	{"192.0.2.240/29", "ZZ", nil},
	{"192.0.2.248/29", "FR", []string{"../../x"}},
	{"198.51.100.0/24", "BE", []string{"BRU"}},
	{"2001:db8:1::/48", "BE", []string{"WAL", "WLG"}},
	{"10.0.0.0/8", "BE", []string{"VLG", "VAN"}}, // a database may well say so
}

// database returns a small database of a type.
func database(t testing.TB, kind string) []byte {
	t.Helper()
	tree, err := mmdbwriter.New(mmdbwriter.Options{DatabaseType: kind, RecordSize: 24, IncludeReservedNetworks: true})
	require.NoError(t, err)
	for _, n := range networks {
		var subs mmdbtype.Slice
		for _, s := range n.subdivisions {
			m := mmdbtype.Map{"iso_code": mmdbtype.String(s)}
			if len(s) > 2 && s[:2] == "n:" {
				m = mmdbtype.Map{"names": mmdbtype.Map{"en": mmdbtype.String(s[2:])}}
			}
			subs = append(subs, m)
		}
		record := mmdbtype.Map{
			"country":      mmdbtype.Map{"iso_code": mmdbtype.String(n.country)},
			"subdivisions": subs,
			"city":         mmdbtype.Map{"names": mmdbtype.Map{"en": mmdbtype.String("Verzonnendorp")}},
			"postal":       mmdbtype.Map{"code": mmdbtype.String("9999")},
		}
		require.NoError(t, tree.Insert(prefix(t, n.prefix), record))
	}
	var b bytes.Buffer
	_, err = tree.WriteTo(&b)
	require.NoError(t, err)
	return b.Bytes()
}

func write(t testing.TB, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.mmdb")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return path
}

func open(t testing.TB, kind string) *Reader {
	t.Helper()
	r, err := Open(write(t, database(t, kind)))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, r.Close()) })
	return r
}

func TestAddressesGiveCountryAndProvince(t *testing.T) {
	r := open(t, "GeoLite2-City")
	for text, want := range map[string]transcripts.Geo{
		"192.0.2.1":         {Country: "BE", Region: "BE-VBR"},
		"::ffff:192.0.2.1":  {Country: "BE", Region: "BE-VBR"},
		"192.0.2.65":        {Country: "BE"}, // Flanders is no province
		"192.0.2.130":       {Country: "BE", Region: "BE-VOV"},
		"192.0.2.200":       {Country: "GB", Region: "GB-ENG"},
		"192.0.2.230":       {Country: "NL", Region: "NL-NB"},
		"192.0.2.250":       {Country: "FR"},
		"198.51.100.7":      {Country: "BE", Region: "BE-BRU"},
		"2001:db8:1:2::3":   {Country: "BE", Region: "BE-WLG"},
		"2001:db8:1:2::3%x": {Country: "BE", Region: "BE-WLG"},
	} {
		for range 2 { // the second time from memory
			got, ok := r.Locate(netip.MustParseAddr(text))
			assert.True(t, ok, text)
			assert.Equal(t, want, got, text)
		}
	}
}

func TestWhatSaysNothingIsUnknown(t *testing.T) {
	r := open(t, "GeoLite2-City")
	for _, text := range []string{"10.1.2.3", "192.168.1.1", "127.0.0.1", "::1", "fe80::1%eth0", "fd00::1", "0.0.0.0", "::", "224.0.0.1", "100.64.1.1",
		"255.255.255.255", "203.0.113.9", "2001:db8:2::1", "192.0.2.241"} {
		got, ok := r.Locate(netip.MustParseAddr(text))
		assert.False(t, ok, text)
		assert.Zero(t, got, text)
	}
	_, ok := r.Locate(netip.Addr{})
	assert.False(t, ok)
}

func TestACountryDatabaseKnowsCountries(t *testing.T) {
	got, ok := open(t, "GeoLite2-Country").Locate(netip.MustParseAddr("192.0.2.1"))
	assert.True(t, ok)
	assert.Equal(t, "BE", got.Country)
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	good := database(t, "GeoLite2-City")
	_, err := Open(filepath.Join(t.TempDir(), "none.mmdb"))
	assert.ErrorIs(t, err, fs.ErrNotExist)
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"empty":        {nil, ErrForeign},
		"foreign":      {[]byte("id,naam\n1,x\n"), ErrForeign},
		"truncated":    {good[:len(good)/2], ErrForeign},
		"other kind":   {database(t, "GeoLite2-ASN"), ErrKind},
		"unknown kind": {database(t, "Speelgoed"), ErrKind},
		"damaged":      {damage(good), ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(write(t, c.data))
			assert.ErrorIs(t, err, c.want)
			assert.Contains(t, err.Error(), "test.mmdb")
			assert.NotContains(t, err.Error(), "Speelgoed")
		})
	}
	_, err = Open(t.TempDir())
	assert.Error(t, err, "a folder")
}

// damage overwrites the data behind the tree and leaves the metadata.
func damage(good []byte) []byte {
	bad := bytes.Clone(good)
	end := bytes.LastIndex(bad, []byte("\xAB\xCD\xEFMaxMind.com"))
	for i := end - 120; i < end; i++ {
		bad[i] = 0xFF
	}
	return bad
}

func TestADamagedRecordIsUnknown(t *testing.T) {
	r := open(t, "GeoLite2-City")
	bad, err := Open(write(t, database(t, "GeoLite2-City")))
	require.NoError(t, err)
	defer bad.Close()
	// as if the file had changed behind the check
	records, err := openRecords(damage(database(t, "GeoLite2-City")))
	require.NoError(t, err)
	bad.records = records
	unknown := 0
	for _, n := range networks {
		addr := prefixAddr(n.prefix)
		if _, ok := bad.Locate(addr); !ok {
			unknown++
		}
		_, _ = r.Locate(addr)
	}
	assert.Greater(t, unknown, 2, "damaged records are unknown")
}

func TestLookupsAllocateNothing(t *testing.T) {
	r := open(t, "GeoLite2-City")
	v4, v6 := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("2001:db8:1::1")
	r.Locate(v4)
	r.Locate(v6)
	assert.Zero(t, testing.AllocsPerRun(1000, func() { r.Locate(v4); r.Locate(v6) }))
}

func TestLookupsRunTogether(t *testing.T) {
	r := open(t, "GeoLite2-City")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 2000 {
				addr := netip.AddrFrom4([4]byte{192, 0, 2, byte(i*j + j)})
				if g, ok := r.Locate(addr); ok && g.Country == "" {
					t.Error("a place without a country")
				}
			}
		})
	}
	wg.Wait()
}

func FuzzOpen(f *testing.F) {
	good := database(f, "GeoLite2-City")
	f.Add(good)
	f.Add(good[:40])
	f.Add(damage(good))
	path := filepath.Join(f.TempDir(), "fuzz.mmdb")
	f.Fuzz(func(t *testing.T, data []byte) {
		if os.WriteFile(path, data, 0o600) != nil {
			t.Skip()
		}
		r, err := Open(path)
		if err != nil {
			if !errors.Is(err, ErrForeign) && !errors.Is(err, ErrKind) && !errors.Is(err, ErrDamaged) {
				t.Fatalf("an error of no kind: %v", err)
			}
			return
		}
		defer r.Close()
		for _, n := range networks {
			if g, ok := r.Locate(prefixAddr(n.prefix)); ok && len(g.Country) != 2 {
				t.Fatal("a country that is none")
			}
		}
	})
}

func BenchmarkLocate(b *testing.B) {
	r := open(b, "GeoLite2-City")
	var addrs [256]netip.Addr
	for i := range addrs {
		addrs[i] = netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r.Locate(addrs[i&255])
		i += 37
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lookups/s")
}

func prefix(t testing.TB, s string) *net.IPNet {
	t.Helper()
	_, n, err := net.ParseCIDR(s)
	require.NoError(t, err)
	return n
}

func prefixAddr(s string) netip.Addr { return netip.MustParsePrefix(s).Addr().Next() }

func openRecords(data []byte) (*geoip2.Reader, error) { return geoip2.OpenBytes(data) }

func BenchmarkOpen(b *testing.B) {
	path := write(b, database(b, "GeoLite2-City"))
	for b.Loop() {
		r, err := Open(path)
		require.NoError(b, err)
		require.NoError(b, r.Close())
	}
}
