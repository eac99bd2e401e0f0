package anonymize

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

// A live session ends with what the whole conversation gives at once, but for
// words that only a later round over all of the output finds: fewer than one
// message in two hundred.
func TestSessionAgreesWithTheWholeConversation(t *testing.T) {
	a := newWith(t, keys.New())
	messages, other := 0, 0
	for _, c := range measuringChats(t)[:20] {
		whole, _, err := a.Conversation(c)
		require.NoError(t, err)
		s := a.NewSession(c.ID, c.Participants...)
		shown := make([]string, 0, len(c.Messages))
		for _, m := range c.Messages {
			out, changes, err := s.Message(m)
			require.NoError(t, err)
			for _, ch := range changes {
				assert.NotEqual(t, shown[ch.Message], ch.Text, "a change changes")
				shown[ch.Message] = ch.Text
			}
			shown = append(shown, out.Text)
		}
		for i, m := range whole.Messages {
			messages++
			if m.Text != shown[i] {
				other++
			}
		}
	}
	assert.Less(t, 200*other, messages, "%d of %d messages differ", other, messages)
}

func TestSessionChangesEarlierMessages(t *testing.T) {
	a := newWith(t, keys.New(), wordRecognizer{"naam is Xandrolie": detectors.Person})
	s := a.NewSession("c1")
	out, _, err := s.Message(transcripts.Message{From: "visitor", Text: "en toen zei xandrolie: nee"})
	require.NoError(t, err)
	first := out.Text
	out, changes, err := s.Message(transcripts.Message{From: "visitor", Text: "haar naam is Xandrolie hoor"})
	require.NoError(t, err)
	assert.NotContains(t, out.Text, "Xandrolie")
	if assert.NotContains(t, first, "xandrolie") {
		return // found at once
	}
	require.Len(t, changes, 1)
	assert.Equal(t, 0, changes[0].Message)
	assert.NotContains(t, changes[0].Text, "xandrolie")
}

// BenchmarkSessionMessage is the cost of one message in a chat of sixty.
func BenchmarkSessionMessage(b *testing.B) {
	a, err := New(Options{Key: keys.New()})
	require.NoError(b, err)
	var texts []transcripts.Message
	for _, c := range measuringChats(b)[:6] {
		texts = append(texts, c.Messages...)
	}
	texts = texts[:60]
	b.ReportAllocs()
	for b.Loop() {
		s := a.NewSession("c1", transcripts.Participant{Key: "visitor", Role: transcripts.RoleVisitor, Name: "xandrolie_w"})
		for _, m := range texts {
			if _, _, err := s.Message(m); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(texts)), "µs/message")
}

func measuringChats(t testing.TB) []*transcripts.Conversation {
	chats, _ := benchmarkChats(t)
	return chats
}

// Every name and user name of one person has one code, whatever the order of the
// messages. An address has its own.
func TestOnePersonOnePseudonym(t *testing.T) {
	words := wordRecognizer{"Xandrolie De Zonne": detectors.Person, "xandrolieke": detectors.Person, "De Zonne": detectors.Person,
		"xandrolie_dz": detectors.Handle, "Xandrolie Maanberg": detectors.Person}
	codes := regexp.MustCompile(`\[(?:PERSON|HANDLE)-([b-z2-9]{9})\]`)
	lines := []string{"mevr De Zonne zei dat", "xandrolieke is boos", "Xandrolie De Zonne dus", "volg xandrolie_dz"}
	a := newWith(t, keys.New(), words)
	for range lines {
		lines = append(lines[1:], lines[0])
		out, _, err := a.Conversation(chat(lines...))
		require.NoError(t, err)
		all := codes.FindAllStringSubmatch(texts(out), -1)
		require.Len(t, all, len(lines))
		for _, m := range all {
			assert.Equal(t, all[0][1], m[1])
		}
	}
	out, _, err := a.Conversation(chat("Xandrolie De Zonne en Xandrolie Maanberg", "xandrolieke ook"))
	require.NoError(t, err)
	all := codes.FindAllString(texts(out), -1)
	require.Len(t, all, 3)
	assert.NotEqual(t, all[0], all[1])
	assert.NotContains(t, all[:2], all[2], "two have the name, so it stands for itself")
}
