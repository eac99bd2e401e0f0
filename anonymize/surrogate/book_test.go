package surrogate

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
)

// words reads the first column of a list of the lexicon.
func words(t *testing.T, name string) map[string]bool {
	t.Helper()
	f, err := os.Open("../../detectors/lexicon/lists/" + name)
	require.NoError(t, err)
	defer f.Close()
	m := map[string]bool{}
	for s := bufio.NewScanner(f); s.Scan(); {
		first, _, _ := strings.Cut(s.Text(), "\t")
		for _, w := range strings.FieldsFunc(strings.ToLower(first), func(r rune) bool { return r == ' ' || r == '-' }) {
			m[w] = true
		}
	}
	return m
}

func TestNoNameIsBorneByAnybodyWeKnow(t *testing.T) {
	n := 0
	for _, list := range []string{"first.tsv", "surname.tsv", "places.txt", "words.tsv", "countries.txt"} {
		known := words(t, list)
		require.Greater(t, len(known), 500)
		for _, all := range catalog() {
			for _, name := range all {
				n++
				assert.False(t, known[strings.ToLower(name)], "%s is in %s", name, list)
			}
		}
	}
	assert.Greater(t, n, 5*3000)
}

func TestEveryKindHasEnoughNamesUnderAKey(t *testing.T) {
	for range 20 {
		b := NewBook(keys.New())
		for _, l := range Languages() {
			for _, of := range []byte("fms") {
				assert.Greater(t, len(b.names[kind{l, of}]), 25, "%s %c", l, of)
			}
		}
	}
}

func TestPickKeepsNoInitialAndTakesNoNameTwice(t *testing.T) {
	b := NewBook(keys.New())
	taken := map[string]bool{}
	for i := range 20 {
		n, ok := b.Pick([16]byte{byte(i)}, Want{GenderFemale, "nl", "as"}, func(w string) bool { return taken[w] })
		require.True(t, ok)
		for _, part := range []string{n.Given, n.Surname} {
			low := strings.ToLower(part)
			assert.NotContains(t, "as", low[:1])
			assert.False(t, taken[low])
			assert.True(t, b.Reserved(low))
			taken[low] = true
		}
	}
	_, ok := b.Pick([16]byte{}, Want{}, func(string) bool { return true })
	assert.False(t, ok)
}

func TestKeysReserveDifferentNames(t *testing.T) {
	a, b := NewBook(keys.New()), NewBook(keys.New())
	both := 0
	for w := range a.reserved {
		if b.reserved[w] {
			both++
		}
	}
	assert.Less(t, both, len(a.reserved)/2)
	assert.InDelta(t, 3400/share, len(a.reserved), 150)
}

func TestGenderOf(t *testing.T) {
	for name, want := range map[string]Gender{
		"lotte": GenderFemale, "fientje": GenderFemale, "marjolien": GenderFemale, "aleksandra": GenderFemale,
		"woutje": GenderMale, "engelbert": GenderMale, "mohamed": GenderMale,
		"robin": GenderUnknown, "x": GenderUnknown, "": GenderUnknown,
	} {
		assert.Equal(t, want, GenderOf(name), name)
	}
}
