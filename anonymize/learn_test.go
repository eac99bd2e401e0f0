package anonymize

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

// A nickname or an operator's name that is also a common word must not take that
// word out of the conversation; the name itself goes.
func TestNamesThatAreWordsDoNotSpread(t *testing.T) {
	for _, c := range []struct{ nick, operator, stays, goes string }{
		{nick: "hulp", stays: "ik zoek hulp bij mijn huiswerk"},
		{nick: "bang", stays: "ik ben zo bang om naar school te gaan"},
		{nick: "boos meisje", stays: "dat meisje was boos op mij"},
		{nick: "vraagje", stays: "ik heb een vraagje over het examen"},
		{nick: "x", stays: "ik weet het niet meer"},
		{operator: "Roos", stays: "hij heeft een roos gekregen van zijn lief", goes: "Roos"},
		{operator: "Hoop", stays: "ik hoop dat het beter wordt"},
	} {
		chat := &transcripts.Conversation{ID: "c1", Participants: []transcripts.Participant{
			{Key: "visitor", Role: transcripts.RoleVisitor, Name: c.nick},
			{Key: "operator", Role: transcripts.RoleOperator, Name: c.operator}},
			Messages: []transcripts.Message{{From: "visitor", Text: c.stays}}}
		if c.goes != "" {
			chat.Messages = append(chat.Messages, transcripts.Message{From: "operator", Text: "Dag, ik ben " + c.goes + ". Vertel maar."})
		}
		out, _, err := newWith(t, keys.New()).Conversation(chat)
		require.NoError(t, err)
		assert.Equal(t, c.stays, out.Messages[0].Text, c.nick+c.operator)
		if c.goes != "" {
			assert.NotContains(t, out.Messages[1].Text, c.goes)
		}
	}
}

// What one message proves, and what the header gives, is sought in all.
func TestWhatIsProvenOnceIsSoughtEverywhere(t *testing.T) {
	chat := chat("fientje zei niets", "en toen kwam FIEN", "fiens fiets is weg", "ik ben fien peeters", "mail fien.peeters@voorbeeld.example", "mevr Peeters belt")
	chat.Participants[0].Name = "fientje_04"
	out, _, err := newWith(t, keys.New()).Conversation(chat)
	require.NoError(t, err)
	for _, name := range []string{"fien", "peeters"} {
		assert.NotContains(t, strings.ToLower(texts(out)), name)
	}
}

func TestAParticipantNamedLikeAServiceTeachesNothing(t *testing.T) {
	a, err := New(Options{Key: keys.New()})
	require.NoError(t, err)
	out, _, err := a.Conversation(&transcripts.Conversation{
		Participants: []transcripts.Participant{{Key: "o", Role: transcripts.RoleOperator, Name: "CLB"}},
		Messages:     []transcripts.Message{{From: "o", Text: "Dag, je bent bij het CLB."}},
	})
	require.NoError(t, err)
	require.Equal(t, "Dag, je bent bij het CLB.", out.Messages[0].Text)
	require.Equal(t, "CLB", out.Participants[0].Name)
}
