package report

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/stats"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// published returns what is shown of n made-up chats.
func published(t testing.TB, n int, d stats.Disclosure) *stats.Published {
	t.Helper()
	c, err := stats.New(stats.Options{Key: keys.New()})
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(11, 12))
	skewed := func(n int) int { return int(float64(n) * math.Pow(r.Float64(), 1.9)) }
	pick := func(s ...string) string { return s[skewed(len(s))] }
	for range n {
		at := time.Date(2026, time.Month(1+r.IntN(9)), 1+r.IntN(28), 8+(skewed(12)+6)%14, r.IntN(60), 0, 0, time.UTC)
		visitor := transcripts.Participant{Key: "visitor", Role: "visitor", IP: "192.0.2." + string('0'+rune(skewed(10))) + string('0'+rune(skewed(10)))}
		region := pick("BE-VOV", "BE-VAN", "BE-VBR", "BE-VWV", "BE-BRU", "BE-VLI", "BE-WLG", "BE-WHT", "BE-WNA", "BE-WBR", "")
		visitor.Geo = &transcripts.Geo{Country: "BE", Region: region}
		if k := skewed(40); k > 30 {
			visitor.Geo = &transcripts.Geo{Country: pick("NL", "NL", "FR", "DE", "LU", "GB", "MA")}
		}
		visitor.Fields = []transcripts.Field{{Label: "leeftijd", Value: pick("14", "13", "16", "12", "17", "15", "11", "19", "42", "")},
			{Label: "ik ben", Value: pick("leerling", "leerling", "leerling", "ouder", "leerkracht", "andere", "")},
			{Label: "taal", Value: pick("nl", "nl", "nl", "fr", "en", "de", "tr")}}
		chat := &transcripts.Conversation{Started: at, Topic: pick("pesten", "thuis & gezin", "studiekeuze", "vrienden", "seksualiteit", "rouw", "faalangst en stress", "spijbelen", ""),
			Participants: []transcripts.Participant{visitor, {Key: "operator", Role: "operator"}}}
		now := at
		for i := range 2 + skewed(30) {
			from := []string{"visitor", "operator"}[i%2]
			now = now.Add(time.Duration(20+skewed(220)) * time.Second)
			chat.Messages = append(chat.Messages, transcripts.Message{From: from, At: now, Text: "x"})
		}
		report := anonymize.Report{Types: map[detectors.EntityType]int{detectors.Person: skewed(9), detectors.Phone: skewed(2), detectors.Age: skewed(2),
			detectors.Location: skewed(3), detectors.Org: skewed(2), detectors.Email: skewed(2), detectors.IBAN: skewed(300) / 299}}
		c.Add(anonymize.Outcome{Original: chat, Anonymised: chat, Report: report})
	}
	p, err := c.Stats().Publish(d)
	require.NoError(t, err)
	return p
}

func written(t testing.TB, p *stats.Published, o Options) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, Write(&b, p, o))
	return b.String()
}

func TestThePageNeedsNothingBesideIt(t *testing.T) {
	page := written(t, published(t, 800, stats.Disclosure{}), Options{})
	z := html.NewTokenizer(strings.NewReader(page))
	for z.Next() != html.ErrorToken {
		tag := z.Token()
		assert.NotContains(t, []string{"script", "iframe", "object", "embed", "img", "image", "audio", "video", "form", "base", "use", "a"}, tag.Data)
		for _, a := range tag.Attr {
			assert.False(t, strings.HasPrefix(a.Key, "on"), a.Key)
			switch a.Key {
			case "src", "href", "xlink:href", "srcset", "action", "data", "poster":
				assert.Equal(t, "data:,", a.Val, "%s of %s", a.Key, tag.Data)
			}
		}
	}
	assert.False(t, strings.Contains(page, "url("), "url(")
	assert.False(t, strings.Contains(page, "@import"), "@import")
	assert.Empty(t, regexp.MustCompile(`https?://[^"]*`).FindAllString(strings.ReplaceAll(page, "http://www.w3.org/2000/svg", ""), -1))
}

func TestDrawingsUseTheColoursOfTheTheme(t *testing.T) {
	page := written(t, published(t, 800, stats.Disclosure{}), Options{})
	for _, svg := range regexp.MustCompile(`(?s)<svg.*?</svg>`).FindAllString(page, -1) {
		assert.Empty(t, regexp.MustCompile(`rgba?\(|#[0-9a-f]{3}|fill:(white|black)|Roboto`).FindAllString(svg, -1))
	}
	assert.Greater(t, strings.Count(page, "<svg "), 4*10)
}

func TestOnlyWhatIsPublishedIsOnThePage(t *testing.T) {
	few := written(t, published(t, 3, stats.Disclosure{}), Options{})
	assert.False(t, strings.Contains(few, "<svg"), "<svg")
	assert.False(t, strings.Contains(few, "BE-"), "BE-")
	for _, word := range []string{"te weinig gesprekken", "trop peu", "zu wenige", "too few"} {
		assert.True(t, strings.Contains(few, word), word)
	}
	chosen := written(t, published(t, 800, stats.Disclosure{Tables: []stats.Table{stats.Hour}}), Options{})
	assert.Equal(t, 4, strings.Count(chosen, "<svg"))
	assert.False(t, strings.Contains(chosen, "pesten"), "pesten")
}

func TestTextsAreEscaped(t *testing.T) {
	page := written(t, published(t, 800, stats.Disclosure{}), Options{})
	assert.False(t, strings.Contains(page, "thuis & gezin"), "thuis & gezin")
	assert.True(t, strings.Contains(page, "thuis &amp; gezin"), "thuis &amp; gezin")
}

func TestEveryWordIsSaidInFourLanguages(t *testing.T) {
	for key, said := range allWords() {
		assert.Len(t, said, len(languages), key)
		for _, s := range said {
			assert.NotEmpty(t, s, key)
		}
		for _, verb := range []string{"%s", "%d"} {
			for _, s := range said {
				assert.Equal(t, strings.Count(said[0], verb), strings.Count(s, verb), key)
			}
		}
	}
	for _, table := range stats.AllTables() {
		if table != stats.Language && table != stats.Region {
			assert.Contains(t, allWords(), string(table))
		}
	}
}

func TestTheLanguageIsChecked(t *testing.T) {
	assert.ErrorIs(t, Write(&bytes.Buffer{}, published(t, 10, stats.Disclosure{}), Options{Language: "es"}), ErrLanguage)
	assert.Contains(t, written(t, published(t, 10, stats.Disclosure{}), Options{Language: "fr"}), `<html lang="fr">`)
}

func TestNumbersAndTimesAreWrittenAsPeopleDo(t *testing.T) {
	nl, en := speech{"nl", 0}, speech{"en", 3}
	assert.Equal(t, "1.234.567", nl.number(1234567))
	assert.Equal(t, "1,234", en.number(1234))
	assert.Equal(t, "999", en.number(999))
	assert.Equal(t, "·", en.number(stats.Absent))
	assert.Equal(t, "45 s", en.duration(45))
	assert.Equal(t, "3 min", en.duration(170))
	assert.Equal(t, "2 u", nl.duration(7300))
}

// TestShow writes a page for people to look at, where REPORT says.
func TestShow(t *testing.T) {
	path := os.Getenv("REPORT")
	if path == "" {
		t.Skip("REPORT names no file")
	}
	require.NoError(t, os.WriteFile(path, []byte(written(t, published(t, 1500, stats.Disclosure{}), Options{})), 0o600))
}

func BenchmarkWrite(b *testing.B) {
	p := published(b, 2000, stats.Disclosure{})
	for b.Loop() {
		var out bytes.Buffer
		require.NoError(b, Write(&out, p, Options{}))
		b.ReportMetric(float64(out.Len()), "bytes")
	}
}
