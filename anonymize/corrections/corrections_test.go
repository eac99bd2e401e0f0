package corrections

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
)

func entry(t testing.TB, key keys.Key, typ detectors.EntityType, value string) Entry {
	t.Helper()
	d, n, ok := NewDigester(key).Digest(value)
	require.True(t, ok)
	return Entry{Digest: d, Words: n, Type: typ}
}

func list(t testing.TB, key keys.Key, deny, allow []Entry) *List {
	t.Helper()
	l, err := New(key, Set{KeyID: KeyID(key), Deny: deny, Allow: allow})
	require.NoError(t, err)
	return l
}

func found(t testing.TB, l *List, text string) []string {
	t.Helper()
	spans, err := l.Find(nil, detectors.Text{Body: text})
	require.NoError(t, err)
	var out []string
	for _, sp := range spans {
		out = append(out, text[sp.Start:sp.End])
	}
	return out
}

func TestDeniedValuesAreFoundHoweverWritten(t *testing.T) {
	key := keys.New()
	l := list(t, key, []Entry{
		entry(t, key, detectors.Person, "Zilvère"), entry(t, key, detectors.Person, "Zilvère Wolkenveld"),
		entry(t, key, detectors.Phone, "0470 12 34 56"), entry(t, key, detectors.Org, "De Regenboog"),
		entry(t, key, detectors.Email, "zil@voorbeeld.example"),
	}, nil)
	for text, want := range map[string][]string{
		"dag ZILVERE!":                     {"ZILVERE"},
		"zilvère wolkenveld is er":         {"zilvère wolkenveld"},
		"zilvere, zilveres en zilvereke":   {"zilvere", "zilveres", "zilvereke"},
		"bel 0470/12.34.56 eens":           {"0470/12.34.56"},
		"op de regenboog, of regenboog":    {"de regenboog"},
		"de\nregenboog":                    nil,
		"mail zil@voorbeeld.example":       {"zil@voorbeeld.example"},
		"zi\u200blvere":                    {"zi\u200blvere"},
		"[PERSON-k7mz4qhd9] en verzilvere": nil,
		"":                                 nil,
		"🙂🙂":                               nil,
	} {
		assert.Equal(t, want, found(t, l, text), "case %d bytes long", len(text))
	}
}

func TestValuesInsidePseudonymsAreNotFound(t *testing.T) {
	key := keys.New()
	l := list(t, key, []Entry{entry(t, key, detectors.Person, "k7mz4qhd9"), entry(t, key, detectors.Person, "person")}, nil)
	assert.Empty(t, found(t, l, "[PERSON-k7mz4qhd9]"))
}

func TestAllowedOnlyAsTheTypeItWasTakenFor(t *testing.T) {
	key := keys.New()
	l := list(t, key, nil, []Entry{entry(t, key, detectors.Person, "roos"), {Pseudonym: "[ORG-k7mz4qhd9]", Type: detectors.Org}})
	assert.True(t, l.Allows(detectors.Person, "Roos"))
	assert.False(t, l.Allows(detectors.Org, "Roos"))
	assert.False(t, l.Allows(detectors.Person, "roosje"))
	assert.True(t, l.AllowsPseudonym("[ORG-k7mz4qhd9]"))
	assert.False(t, l.AllowsPseudonym("[ORG-zzzz4qhd9]"))
}

func TestDenyOutranksAllow(t *testing.T) {
	key := keys.New()
	e := entry(t, key, detectors.Person, "roos")
	l, err := New(key, Set{KeyID: KeyID(key), Allow: []Entry{e}}, Set{KeyID: KeyID(key), Deny: []Entry{e}})
	require.NoError(t, err)
	assert.False(t, l.Allows(detectors.Person, "roos"))
	assert.Equal(t, []string{"roos"}, found(t, l, "een roos"))
}

func TestFileHoldsNoWordsAndReadsBack(t *testing.T) {
	key := keys.New()
	s := Set{KeyID: KeyID(key), Deny: []Entry{entry(t, key, detectors.Person, "Zilverberg")},
		Allow: []Entry{{Pseudonym: "[ORG-k7mz4qhd9]", Type: detectors.Org}}}
	var b bytes.Buffer
	require.NoError(t, Write(&b, s))
	assert.NotContains(t, strings.ToLower(b.String()), "zilverberg")
	back, err := Read(&b)
	require.NoError(t, err)
	assert.Equal(t, s, back)
}

func TestOtherKeyIsRefusedNotSilent(t *testing.T) {
	_, err := New(keys.New(), Set{KeyID: KeyID(keys.New())})
	var wrong *KeyError
	assert.ErrorAs(t, err, &wrong)
}

func TestDigestsOfKeysDiffer(t *testing.T) {
	a, _, _ := NewDigester(keys.New()).Digest("fien")
	b, _, _ := NewDigester(keys.New()).Digest("fien")
	assert.NotEqual(t, a, b)
	_, _, ok := NewDigester(keys.New()).Digest(" ,.")
	assert.False(t, ok)
	_, n, ok := NewDigester(keys.New()).Digest(strings.Repeat("a ", MaxWords+1))
	assert.False(t, ok)
	assert.Equal(t, MaxWords+1, n)
}

func TestBadFilesAreRefused(t *testing.T) {
	good := `{"format":"naamloos corrections","version":1,"key_id":"aa","deny":[{"digest":"00112233445566778899aabbccddeeff","words":1,"type":"PERSON"}],"allow":[]}`
	_, err := Read(strings.NewReader(good))
	require.NoError(t, err)
	for name, change := range map[string][2]string{
		"cut short":      {`"allow":[]}`, ""},
		"other format":   {"naamloos corrections", "geheim"},
		"short digest":   {"eeff", ""},
		"no hexadecimal": {"eeff", "zzzz"},
		"unknown type":   {"PERSON", "GEHEIM"},
		"no words":       {`"words":1`, `"words":0`},
		"many words":     {`"words":1`, `"words":99`},
		"bad pseudonym":  {`"allow":[]`, `"allow":[{"pseudonym":"geheim","type":"ORG"}]`},
		"version zero":   {`"version":1`, `"version":0`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(strings.NewReader(strings.Replace(good, change[0], change[1], 1)))
			require.ErrorIs(t, err, ErrMalformed)
			assert.NotContains(t, err.Error(), "geheim")
		})
	}
	_, err = Read(strings.NewReader(strings.Replace(good, `"version":1`, `"version":2`, 1)))
	assert.ErrorIs(t, err, ErrVersion)
}

func FuzzFind(f *testing.F) {
	key := keys.Key{}.Derive("fuzz")
	l := list(f, key, []Entry{entry(f, key, detectors.Person, "fien"), entry(f, key, detectors.Phone, "0470 12")}, nil)
	for _, s := range []string{"hey fien's", "FIEN 0470/12", "fi\u0301en\xff", "[PERSON-k7mz4qhd9]fien"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		spans, err := l.Find(nil, detectors.Text{Body: text})
		require.NoError(t, err)
		at := 0
		for _, sp := range spans {
			require.True(t, at <= sp.Start && sp.Start < sp.End && sp.End <= len(text))
			at = sp.End
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"format":"naamloos corrections","version":1,"key_id":"aa","deny":[],"allow":[]}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := Read(bytes.NewReader(file))
		if err != nil {
			return
		}
		var b bytes.Buffer
		require.NoError(t, Write(&b, s))
		assert.True(t, json.Valid(b.Bytes()))
	})
}

func BenchmarkFind(b *testing.B) {
	key := keys.New()
	var deny []Entry
	for i := range 1000 {
		deny = append(deny, entry(b, key, detectors.Person, "naam"+strings.Repeat("x", i%50)+" "+strings.Repeat("y", 1+i/50)))
	}
	l := list(b, key, deny, nil)
	text := strings.Repeat("ik zat gisteren op de bus naar school en toen zei hij dat het niet kon ", 100)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		_, _ = l.Find(nil, detectors.Text{Body: text})
	}
}
