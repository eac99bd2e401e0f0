package identity

import (
	"bufio"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/detectors"
)

// cases are in testdata/identity.txt: one conversation a line, its persons
// parted by |, the mentions of a person by commas. @ before a mention is a user
// name or address, ! says that it is the visitor's own, n: puts it in message n.
func readCases(t testing.TB) [][][]Mention {
	f, err := os.Open("testdata/identity.txt")
	require.NoError(t, err)
	defer f.Close()
	var out [][][]Mention
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		var persons [][]Mention
		message := 0
		for person := range strings.SplitSeq(line, "|") {
			var mentions []Mention
			for text := range strings.SplitSeq(person, ",") {
				mentions = append(mentions, parseMention(strings.TrimSpace(text), message))
				message++
			}
			persons = append(persons, mentions)
		}
		out = append(out, persons)
	}
	require.NoError(t, lines.Err())
	return out
}

func parseMention(text string, message int) Mention {
	m := Mention{Type: detectors.Person, Message: message}
	if at, rest, ok := strings.Cut(text, ":"); ok {
		if n, err := strconv.Atoi(at); err == nil {
			m.Message, text = n, rest
		}
	}
	if rest, ok := strings.CutPrefix(text, "!"); ok {
		m.Party, text = "visitor", rest
	}
	if rest, ok := strings.CutPrefix(text, "@"); ok {
		m.Type, text = detectors.Handle, rest
		if strings.Contains(rest, "@") {
			m.Type = detectors.Email
		}
	}
	m.Text = text
	return m
}

func TestOnePersonOneForm(t *testing.T) {
	for _, persons := range readCases(t) {
		var all []Mention
		for _, p := range persons {
			all = append(all, p...)
		}
		g := Link(all)
		seen := map[string]string{}
		for _, p := range persons {
			first, _ := g.Canonical(p[0].Type, p[0].Text)
			for _, m := range p {
				got, _ := g.Canonical(m.Type, m.Text)
				assert.Equal(t, first, got, "%q is %q", m.Text, p[0].Text)
			}
			if first != "" {
				assert.Empty(t, seen[first], "%q is not %q", p[0].Text, seen[first])
				seen[first] = p[0].Text
			}
		}
	}
}

func TestOrderDoesNotMatter(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, persons := range readCases(t) {
		var all []Mention
		for _, p := range persons {
			all = append(all, p...)
		}
		want := Link(all)
		for range 20 {
			random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			assert.True(t, want.Equal(Link(all)), all[0].Text)
		}
	}
}

func TestANameIsTheSameInOtherConversations(t *testing.T) {
	form := func(alone string, others ...string) string {
		mentions := []Mention{{Text: alone, Type: detectors.Person}}
		for _, o := range others {
			mentions = append(mentions, Mention{Text: o, Type: detectors.Person, Message: 1})
		}
		c, ok := Link(mentions).Canonical(detectors.Person, alone)
		assert.True(t, ok)
		return c
	}
	assert.Equal(t, form("Sofie De Wolf"), form("sofie", "De Wolf Sofie"))
	assert.Equal(t, form("SOFIE DEWOLF"), form("sofie de wolf"))
	assert.Equal(t, form("lotte"), form("Lotje", "Lotte"))
	assert.NotEqual(t, form("lotte"), form("Lotte", "Lotte Maes"))
}

func TestIntroductions(t *testing.T) {
	for _, c := range []struct {
		before, after string
		want          bool
	}{
		{"hey ik ben ", " en ik zit in 3B", true}, {"kben ", "", true}, {"ma zeg mr ", "", true}, {"Mijn naam is ", ".", true},
		{"je m’appelle ", "", true}, {"hi i'm ", "", true}, {"ich heiße ", "", true},
		{"ik ben ", " haar zus", false}, {"ik ben ", "'s mama", false}, {"hij heet ", "", false}, {"ik zag ", "", false}, {"", "", false},
	} {
		assert.Equal(t, c.want, Introduces(c.before, c.after), c.before+"X"+c.after)
	}
}

func FuzzLink(f *testing.F) {
	for _, persons := range readCases(f) {
		var b strings.Builder
		for _, p := range persons {
			for _, m := range p {
				b.WriteString(m.Text + "\n")
			}
		}
		f.Add(b.String())
	}
	f.Fuzz(func(t *testing.T, texts string) {
		var all []Mention
		for i, text := range strings.Split(texts, "\n") {
			m := Mention{Text: text, Type: detectors.Person, Message: i%7 - 1}
			if i%3 == 2 {
				m.Type = detectors.Handle
			}
			if m.Message < 0 {
				m.Party = "visitor"
			}
			all = append(all, m)
		}
		g := Link(all)
		for _, m := range all {
			c, ok := g.Canonical(m.Type, m.Text)
			again, _ := g.Canonical(m.Type, strings.ToUpper(strings.ToLower(m.Text)))
			if m.Type == detectors.Person && !ok {
				t.Fatal("a person has no form")
			}
			_, _ = c, again
		}
	})
}

func BenchmarkLink(b *testing.B) {
	var all []Mention
	for i := range 60 {
		all = append(all, Mention{Text: []string{"Sofie De Wolf", "sofie", "sofieke", "De Wolf", "Youssef El Amrani", "youssef", "lotte"}[i%7], Type: detectors.Person, Message: i})
	}
	b.ReportAllocs()
	for b.Loop() {
		Link(all)
	}
}

// BenchmarkLinkMany shows that time grows with the number of names, not with
// its square.
func BenchmarkLinkMany(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		var all []Mention
		for i := range n {
			all = append(all, Mention{Text: "naam" + letters(i) + " van" + letters(i/3), Type: detectors.Person, Message: i},
				Mention{Text: "naam" + letters(i) + "_x", Type: detectors.Handle, Message: i})
		}
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				Link(all)
			}
		})
	}
}

func letters(n int) string {
	s := ""
	for ; n > 0; n /= 26 {
		s += string(rune('a' + n%26))
	}
	return s
}
