package main

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/maxmind/mmdbwriter"
	"github.com/maxmind/mmdbwriter/mmdbtype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// geoDatabase writes a database that puts 192.0.2.0/24 (RFC 5737) in East Flanders.
func geoDatabase(t *testing.T) string {
	t.Helper()
	tree, err := mmdbwriter.New(mmdbwriter.Options{DatabaseType: "GeoLite2-City", RecordSize: 24, IncludeReservedNetworks: true})
	require.NoError(t, err)
	_, n, err := net.ParseCIDR("192.0.2.0/24")
	require.NoError(t, err)
	require.NoError(t, tree.Insert(n, mmdbtype.Map{
		"country":      mmdbtype.Map{"iso_code": mmdbtype.String("BE")},
		"subdivisions": mmdbtype.Slice{mmdbtype.Map{"iso_code": mmdbtype.String("VLG")}, mmdbtype.Map{"iso_code": mmdbtype.String("VOV")}},
		"city":         mmdbtype.Map{"names": mmdbtype.Map{"en": mmdbtype.String("Verzonnendorp")}},
	}))
	path := filepath.Join(t.TempDir(), "GeoLite2-City.mmdb")
	f, err := os.Create(path)
	require.NoError(t, err)
	_, err = tree.WriteTo(f)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return path
}

// command runs one command line on an input.
func command(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(stdin), &out, &errs, func(string) string { return "" })
	return code, out.String(), errs.String()
}

func TestAddressesBecomeCountryAndProvince(t *testing.T) {
	chat := `{"id":"c1","participants":[{"key":"visitor","role":"visitor","ip":"192.0.2.44"},{"key":"operator","role":"operator","ip":"10.0.0.3"}],"messages":[{"from":"visitor","text":"dag"}]}` + "\n"
	code, out, errs := command(t, chat, "anonymize", "--geo-db", geoDatabase(t))
	require.Zero(t, code, errs)
	assert.Contains(t, out, `"geo":{"country":"BE","region":"BE-VOV"}`)
	assert.NotContains(t, out, "192.0.2")
	assert.NotContains(t, out, "10.0.0")
	assert.NotContains(t, out, "Verzonnendorp")

	code, out, errs = command(t, chat, "anonymize")
	require.Zero(t, code, errs)
	assert.NotContains(t, out, "geo", "no database, no geography")
}

func TestABadDatabaseStopsTheRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.mmdb")
	require.NoError(t, os.WriteFile(path, []byte("no database"), 0o600))
	code, out, errs := command(t, `{"messages":[{"text":"dag"}]}`, "anonymize", "--geo-db", path)
	assert.Equal(t, exitFailed, code)
	assert.Empty(t, out)
	assert.Contains(t, errs, "not a MaxMind database")
}
