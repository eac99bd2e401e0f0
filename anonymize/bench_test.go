package anonymize

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

// benchmarkChats reads the measuring chats as conversations.
func benchmarkChats(b testing.TB) (chats []*transcripts.Conversation, bytes int) {
	b.Helper()
	f, err := os.Open("../testdata/gold/dev.jsonl")
	require.NoError(b, err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c struct {
			ID       string
			Nick     string
			Operator string
			Messages []struct{ From, Text string }
		}
		require.NoError(b, json.Unmarshal(lines.Bytes(), &c))
		chat := &transcripts.Conversation{ID: c.ID, Participants: []transcripts.Participant{
			{Key: "visitor", Role: transcripts.RoleVisitor, Name: c.Nick}, {Key: "operator", Role: transcripts.RoleOperator, Name: c.Operator}}}
		for _, m := range c.Messages {
			bytes += len(m.Text)
			chat.Messages = append(chat.Messages, transcripts.Message{From: m.From, Text: m.Text})
		}
		chats = append(chats, chat)
	}
	return chats, bytes
}

func BenchmarkDetect(b *testing.B) {
	chats, n := benchmarkChats(b)
	a, err := New(Options{Key: keys.New()})
	require.NoError(b, err)
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range chats {
			_, err := a.Detect(c)
			require.NoError(b, err)
		}
	}
}

func BenchmarkConversation(b *testing.B) {
	chats, n := benchmarkChats(b)
	a, err := New(Options{Key: keys.New()})
	require.NoError(b, err)
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range chats {
			_, _, err := a.Conversation(c)
			require.NoError(b, err)
		}
	}
}

func BenchmarkSession(b *testing.B) {
	chats, _ := benchmarkChats(b)
	a, err := New(Options{Key: keys.New()})
	require.NoError(b, err)
	b.ReportAllocs()
	messages := 0
	for b.Loop() {
		c := chats[messages%len(chats)]
		s := a.NewSession(c.ID, c.Participants...)
		for _, m := range c.Messages {
			_, _, err := s.Message(m)
			require.NoError(b, err)
			messages++
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(messages), "µs/message")
}
