package prose

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/detectors"
)

func found(t testing.TB, text string) []string {
	t.Helper()
	spans, err := New().Find(nil, detectors.Text{Body: text})
	require.NoError(t, err)
	var out []string
	for _, s := range spans {
		require.True(t, s.Start >= 0 && s.Start < s.End && s.End <= len(text))
		require.True(t, utf8.RuneStart(text[s.Start]))
		out = append(out, string(s.Type)+" "+text[s.Start:s.End])
	}
	return out
}

func TestNamesOfEnglishText(t *testing.T) {
	assert.Contains(t, found(t, "hi, I was at the party and my name is John Smith"), "PERSON John Smith", "also at the end")
	assert.Contains(t, found(t, "She told me that “William Jefferson” would not come, it’s sad"), "PERSON William Jefferson")
	assert.Contains(t, found(t, "I think that my friend Jennifer Lopez lives in London now."), "PERSON Jennifer Lopez")
}

func TestOtherLanguagesAreNotAsked(t *testing.T) {
	assert.Empty(t, found(t, "ik was op het feest en mijn naam is John Smith"))
	assert.Empty(t, found(t, "je suis avec John Smith et je ne sais pas quoi faire"))
	assert.Empty(t, found(t, "John Smith"))
}

func TestTextsThatProseCannotRead(t *testing.T) {
	for _, text := range []string{
		"this is what they said to me: ȺȺȺȺȺȺȺ's and İİİ's, you know",
		"I was in 's-Hertogenbosch with my friend John Smith and he was there",
		"what do you think of \xff\xfe and of this, they said",
		strings.Repeat("I think that my friend John Smith was there with you. ", 1000),
	} {
		_, err := New().Find(nil, detectors.Text{Body: text})
		assert.NoError(t, err)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("they said that ȺȺȺ's was with you and John Smith's")
	f.Add("this is what I'm and don't $( [\" :-) you know")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || len(text) > 4096 {
			return
		}
		found(t, "they know that you and I are here with them, and this is what was said: "+text)
	})
}

func BenchmarkFind(b *testing.B) {
	text := detectors.Text{Body: "I think that my friend John Smith was there with you and with all of them."}
	_, err := New().Find(nil, text)
	require.NoError(b, err)
	b.SetBytes(int64(len(text.Body)))
	b.ReportAllocs()
	for b.Loop() {
		_, _ = New().Find(nil, text)
	}
}
