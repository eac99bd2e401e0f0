package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/residual"
	"github.com/clbchat/naamloos/detectors"
)

// sampleOriginals are the people and numbers in the samples of all formats.
var sampleOriginals = []residual.Removed{
	{Type: detectors.Person, Value: "Fenna Wolkenaer"}, {Type: detectors.Person, Value: "Katrien Wolkenaer-Peeters"},
	{Type: detectors.Person, Value: "Joris D'Fantasie"}, {Type: detectors.Person, Value: "Youssef El Verzinsel"},
	{Type: detectors.Person, Value: "Noor Denkbeeldig"}, {Type: detectors.Person, Value: "Theo Denkbeeldig"},
	{Type: detectors.Person, Value: "Amélie Duchâteau"}, {Type: detectors.Person, Value: "Pelle"}, {Type: detectors.Person, Value: "Marit"},
	{Type: detectors.Email, Value: "fenna.wolkenaer@example.com"}, {Type: detectors.Email, Value: "t.denkbeeldig@example.com"},
	{Type: detectors.Email, Value: "pelle@clb-verzonnen.example"}, {Type: detectors.Email, Value: "marit@clb-verzonnen.example"},
	{Type: detectors.Phone, Value: "0470 12 34 56"}, {Type: detectors.Phone, Value: "0470 65 43 21"}, {Type: detectors.Phone, Value: "0470 98 76 54"}, {Type: detectors.Phone, Value: "09 555 01 23"},
	{Type: detectors.NRN, Value: "17.07.30-033.84"}, {Type: detectors.NRN, Value: "85.07.30-033.28"},
	{Type: detectors.IBAN, Value: "BE68 5390 0754 7034"},
	{Type: detectors.IP, Value: "192.0.2.44"}, {Type: detectors.IP, Value: "198.51.100.23"}, {Type: detectors.IP, Value: "2001:db8:32c7::1f"},
}

// plainWords are words of the samples that are also parts of names in them.
func plainWords(word string) bool {
	return strings.Contains(" voor tabel fantasie denkbeeldig peeters noor ", " "+word+" ")
}

func TestSamplesComeOutWithoutPeopleAndStay(t *testing.T) {
	key := func(string) string { return strings.Repeat("0123456789abcdef", 4) }
	check := residual.New(sampleOriginals, plainWords)
	for _, file := range samples(t) {
		t.Run(strings.TrimPrefix(file, "../../testdata/transcripts/"), func(t *testing.T) {
			var once, twice, stderr bytes.Buffer
			require.Equal(t, exitDone, run([]string{"anonymize", file}, nil, &once, &stderr, key), stderr.String())
			assert.Empty(t, check.Texts([]string{once.String()}))
			again := filepath.Join(t.TempDir(), filepath.Base(file))
			require.NoError(t, os.WriteFile(again, once.Bytes(), 0o600))
			require.Equal(t, exitDone, run([]string{"anonymize", again}, nil, &twice, &stderr, key), stderr.String())
			assert.True(t, bytes.Equal(once.Bytes(), twice.Bytes()), "anonymised twice it differs")
		})
	}
}
