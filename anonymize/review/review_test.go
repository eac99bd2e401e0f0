package review

import (
	"bytes"
	"encoding/json"
	"iter"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/trace"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

var testKey = keys.Key{}.Derive("review test")

func stream(cs ...*transcripts.Conversation) iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func chatOf(id string, texts ...string) *transcripts.Conversation {
	c := &transcripts.Conversation{ID: id, Participants: []transcripts.Participant{{Key: "visitor", Role: transcripts.RoleVisitor}}}
	for _, text := range texts {
		c.Messages = append(c.Messages, transcripts.Message{From: "visitor", Text: text})
	}
	return c
}

func load(t testing.TB, mode Mode, cs ...*transcripts.Conversation) *Library {
	t.Helper()
	l, err := Load(testKey, mode, Source{Name: "a.jsonl", Conversations: stream(cs...)})
	require.NoError(t, err)
	return l
}

// did adds events with rising ids.
func did(l *Log, events ...Event) *Log {
	for _, e := range events {
		e.ID = l.Last() + 1
		l.Add(e)
	}
	return l
}

func mark(t testing.TB, l *Library, c *Chat, message int, word string, typ detectors.EntityType) Event {
	t.Helper()
	start, end, err := c.Find(message, word)
	require.NoError(t, err)
	e, err := l.Mark(c, message, start, end, typ)
	require.NoError(t, err)
	e.Reader = "Ann"
	return e
}

func shown(t testing.TB, l *Library, log *Log, c *Chat) string {
	t.Helper()
	messages, err := l.Show(c, log.State(c.Key), 0, len(c.Conversation.Messages))
	require.NoError(t, err)
	var b strings.Builder
	for _, m := range messages {
		for _, s := range m.Segments {
			b.WriteString(s.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestMarkHidesEveryFormEverywhereAndUndoBringsItBack(t *testing.T) {
	c := chatOf("c1", "Zilverke was er", "ja zilverke's mama", "ZILVERKE ook", "verzilverkens niet [ORG-k7mz4qhd9]")
	c.Topic, c.Participants[0].Name = "over zilverke", "Zilverke"
	c.Fields = []transcripts.Field{{Label: "nota", Value: "zilverke belde"}}
	l := load(t, OneReader, c)
	chat := l.Chats[0]
	log := did(NewLog(), mark(t, l, chat, 1, "zilverke", detectors.Person))
	assert.NotContains(t, strings.ToLower(strings.Replace(shown(t, l, log, chat), "verzilverkens", "", 1)), "zilverke")
	out, err := l.Release(chat, log.State(chat.Key))
	require.NoError(t, err)
	text, err := json.Marshal(out)
	require.NoError(t, err)
	assert.NotContains(t, strings.ToLower(strings.Replace(string(text), "verzilverkens", "", 1)), "zilverke")
	assert.Contains(t, out.Topic, "[PERSON-")
	assert.Equal(t, "over zilverke", c.Topic, "what was read stays")
	did(log, Event{Chat: chat.Key, Kind: Undo, Refers: 1})
	assert.Contains(t, shown(t, l, log, chat), "Zilverke")
}

func TestMarkGivesThePseudonymOfTheRun(t *testing.T) {
	a, err := anonymize.New(anonymize.Options{Key: testKey})
	require.NoError(t, err)
	l := load(t, OneReader, chatOf("c1", "de blokkendoos is dicht"))
	e := mark(t, l, l.Chats[0], 1, "blokkendoos", detectors.Org)
	assert.Equal(t, a.Pseudonym(detectors.Org, "Blokkendoos"), e.Pseudonym)
}

func TestMarkTakesWholeWordsAndRefusesTheRest(t *testing.T) {
	text := "dag blokkendoos! [PERSON-k7mz4qhd9] 🙂 " + strings.Repeat("lang", 60)
	l := load(t, OneReader, chatOf("c1", text))
	c := l.Chats[0]
	e, err := l.Mark(c, 1, 6, 9, detectors.Org)
	require.NoError(t, err)
	assert.Equal(t, "blokkendoos", text[e.Start:e.End])
	for name, want := range map[string]error{"pseudonym": ErrPseudonym, "emoji": ErrNothing, "long": ErrTooLong, "outside": ErrPlace, "inside a character": ErrPlace} {
		start, end := 17, 20
		switch name {
		case "emoji":
			start = strings.Index(text, "🙂")
			end = start + 4
		case "long":
			start, end = len(text)-3, len(text)
		case "outside":
			start, end = 3, len(text)+1
		case "inside a character":
			start = strings.Index(text, "🙂") + 1
			end = start + 3
		}
		_, err := l.Mark(c, 1, start, end, detectors.Org)
		assert.ErrorIs(t, err, want, name)
	}
	_, err = l.Mark(c, 2, 0, 3, detectors.Org)
	assert.ErrorIs(t, err, ErrPlace)
	_, err = l.Mark(c, 1, 0, 3, "GEHEIM")
	assert.ErrorIs(t, err, ErrPlace)
}

func TestEventsHoldNoWords(t *testing.T) {
	l := load(t, OneReader, chatOf("c1", "de blokkendoos is dicht"))
	text, err := json.Marshal(mark(t, l, l.Chats[0], 1, "blokkendoos", detectors.Org))
	require.NoError(t, err)
	assert.NotContains(t, string(text), "blokkendoos")
}

func TestOriginalsAreRefused(t *testing.T) {
	_, err := Load(testKey, OneReader, Source{Name: "ruw.jsonl", Conversations: stream(chatOf("c1", "mail me op jan.peeters@voorbeeld.example", "of bel 0470 12 34 56"))})
	var original *NotAnonymisedError
	require.ErrorAs(t, err, &original)
	assert.Equal(t, "ruw.jsonl", original.File)
	_, err = Load(testKey, OneReader, Source{Name: "leeg.jsonl", Conversations: stream()})
	assert.Error(t, err)
}

func TestStatusTakesTwoReaders(t *testing.T) {
	const f = "f"
	verdicts := func(vs ...Verdict) *State {
		log := NewLog()
		for i, v := range vs {
			did(log, Event{Chat: "c", Reader: string(rune('a' + i)), Kind: Judge, Verdict: v, Fingerprint: f})
		}
		return log.State("c")
	}
	for _, c := range []struct {
		given    []Verdict
		one, two Status
	}{
		{nil, Unjudged, Unjudged}, {[]Verdict{Released}, IsReleased, Waiting}, {[]Verdict{Released, Released}, IsReleased, IsReleased},
		{[]Verdict{Held}, IsHeld, IsHeld}, {[]Verdict{Released, Held}, Disputed, Disputed}, {[]Verdict{SecondReader}, Waiting, Waiting},
		{[]Verdict{Released, SecondReader}, Waiting, Waiting}, {[]Verdict{Held, SecondReader}, IsHeld, IsHeld},
		{[]Verdict{Released, Released, SecondReader}, IsReleased, IsReleased},
	} {
		s := verdicts(c.given...)
		assert.Equal(t, c.one, s.Status(f, OneReader), c.given)
		assert.Equal(t, c.two, s.Status(f, TwoReaders), c.given)
	}
	assert.Equal(t, Changed, verdicts(Released, Released).Status("another", TwoReaders), "a verdict is on one text only")
	assert.Equal(t, Waiting, verdicts(Held).StatusFor("z", f, TwoReaders), "who has not judged does not know")
	assert.Equal(t, IsHeld, verdicts(Held).StatusFor("a", f, TwoReaders))
}

func TestKappa(t *testing.T) {
	// The worked example of the literature: 50 applications, two readers; 20 both
	// yes, 5 only the first, 10 only the second, 15 both no: kappa 0.4.
	a := Agreement{N: 50, Table: map[Pair]int{{Released, Released}: 20, {Released, Held}: 5, {Held, Released}: 10, {Held, Held}: 15}}
	a.measure()
	assert.InDelta(t, 0.7, a.Observed, 1e-9)
	assert.InDelta(t, 0.5, a.Expected, 1e-9)
	assert.InDelta(t, 0.4, a.Kappa, 1e-9)
	assert.InDelta(t, 0.4-1.96*0.1296148, a.Low, 1e-4)
	same := Agreement{N: 3, Table: map[Pair]int{{Held, Held}: 3}}
	same.measure()
	assert.True(t, math.IsNaN(same.Kappa), "chance explains it all")
}

func TestAgreementsCompareWhatBothJudged(t *testing.T) {
	l := load(t, TwoReaders, chatOf("c1", "a"), chatOf("c2", "b"), chatOf("c3", "c"))
	log := NewLog()
	judge := func(i int, reader string, v Verdict) {
		did(log, Event{Chat: l.Chats[i].Key, Reader: reader, Kind: Judge, Verdict: v, Fingerprint: l.Chats[i].Fingerprint})
	}
	judge(0, "Ann", Released)
	judge(1, "Ann", Held)
	judge(0, "Bo", Released)
	judge(2, "Bo", Held)
	judge(2, "Cas", Held)
	pairs := l.Agreements(log)
	require.Len(t, pairs, 2)
	assert.Equal(t, [2]string{"Ann", "Bo"}, pairs[0].Readers)
	assert.Equal(t, 1, pairs[0].N)
}

func TestNeedlessTakesTwoReadersWhenReleaseDoes(t *testing.T) {
	for mode, readers := range map[Mode]int{OneReader: 1, TwoReaders: 2} {
		l := load(t, mode, chatOf("c1", "een [PERSON-k7mz4qhd9] in de tuin"))
		e, err := l.Needless(l.Chats[0], 1, 4)
		require.NoError(t, err)
		log := NewLog()
		for i := range readers {
			assert.Empty(t, l.Corrections(log).Allow)
			e.Reader = string(rune('a' + i))
			did(log, e)
		}
		assert.Equal(t, []corrections.Entry{{Type: detectors.Person, Pseudonym: "[PERSON-k7mz4qhd9]"}}, l.Corrections(log).Allow)
	}
}

// anonymised returns what a run makes of a chat, with its trace.
func anonymised(t testing.TB, l *corrections.List, c *transcripts.Conversation) (*transcripts.Conversation, *trace.File) {
	t.Helper()
	a, err := anonymize.New(anonymize.Options{Key: testKey, Corrections: l})
	require.NoError(t, err)
	out, report, err := a.Conversation(c)
	require.NoError(t, err)
	var b bytes.Buffer
	w, err := trace.NewWriter(&b, corrections.KeyID(testKey))
	require.NoError(t, err)
	require.NoError(t, w.Add("a.jsonl", 1, out, report.Replacements))
	f, err := trace.Read(&b)
	require.NoError(t, err)
	return out, f.In("a.jsonl")
}

func TestTheNextRunDoesBetter(t *testing.T) {
	original := chatOf("c1", "de werkbank is dicht, mijn nummer is 0470 12 34 56", "in de werkbank dus")
	out, traces := anonymised(t, nil, original)
	require.Contains(t, out.Messages[0].Text, "werkbank")
	l, err := Load(testKey, OneReader, Source{Name: "a.jsonl", Conversations: stream(out), Traces: traces})
	require.NoError(t, err)
	c := l.Chats[0]
	log := did(NewLog(), mark(t, l, c, 1, "werkbank", detectors.Org))
	at := strings.Index(out.Messages[0].Text, "[PHONE-")
	spare, err := l.Needless(c, 1, at)
	require.NoError(t, err)
	require.Len(t, spare.Values, 1, "the trace tells the digest")
	did(log, spare)

	labels, err := l.Labels(log)
	require.NoError(t, err)
	require.Len(t, labels, 2)
	assert.True(t, labels[0].Original)
	var words []string
	for _, s := range labels[0].Spans {
		words = append(words, original.Messages[0].Text[s.Start:s.End]+" "+string(s.Judgement))
	}
	assert.Equal(t, []string{"werkbank missed", "0470 12 34 56 needless"}, words)

	list, err := corrections.New(testKey, l.Corrections(log))
	require.NoError(t, err)
	better, _ := anonymised(t, list, original)
	assert.Regexp(t, `^de \[ORG-.{9}\] is dicht, mijn nummer is 0470 12 34 56$`, better.Messages[0].Text)
	assert.Regexp(t, `^in de \[ORG-.{9}\] dus$`, better.Messages[1].Text)
}

func TestTraceOfAnotherTextIsNotUsed(t *testing.T) {
	out, traces := anonymised(t, nil, chatOf("c1", "mijn nummer is 0470 12 34 56 hoor"))
	assert.NotNil(t, traces.Of(out, 1))
	assert.Nil(t, traces.Of(out, 2))
	other := out.Clone()
	other.Messages[0].Text = "kort"
	assert.Nil(t, traces.Of(other, 1))
	other = out.Clone()
	other.Messages[0].Text = "x" + other.Messages[0].Text
	assert.Nil(t, traces.Of(other, 1), "a place beside a pseudonym is none")
	assert.Nil(t, (&trace.File{}).In("a.jsonl"))
}

func TestRecordsThatAreNoChatsCanBeRead(t *testing.T) {
	c := &transcripts.Conversation{ID: "r1", Fields: []transcripts.Field{{Label: "p_messages.message", Value: "Beste, de [ORG-k7mz4qhd9] belde"},
		{Label: "p_messages.id", Value: "12"}, {Label: "land", Kind: transcripts.FieldCountry, Value: "groot land"}}}
	l := load(t, OneReader, c, &transcripts.Conversation{ID: "leeg", Fields: []transcripts.Field{{Label: "x", Value: "1"}}})
	require.Len(t, l.Chats, 1)
	assert.Equal(t, "Beste, de [ORG-k7mz4qhd9] belde\n", shown(t, l, NewLog(), l.Chats[0]))
}

func TestSegmentsCoverTheText(t *testing.T) {
	text := "a\u202Eb [PERSON-k7mz4qhd9] cé👩‍👧 [ORG-k7mz4qhd9][ORG-k7mz4qhd9]"
	l := load(t, OneReader, chatOf("c1", text))
	assert.Equal(t, text+"\n", shown(t, l, NewLog(), l.Chats[0]))
	assert.NotContains(t, Visible(text), "\u202E")
	assert.Contains(t, Visible(text), "👩‍👧")
}

func FuzzShow(f *testing.F) {
	for _, s := range []string{"dag [PERSON-k7mz4qhd9]", "\u202Ex\u2066", "[[ORG-k7mz4qhd9]]", "é👩‍👧\x00", "blokkendoos"} {
		f.Add(s, 0, 3)
	}
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		text = strings.ToValidUTF8(text, "?")
		if text == "" {
			return
		}
		c := &Chat{Key: "c", Conversation: chatOf("c", text)}
		l := &Library{key: testKey, digester: corrections.NewDigester(testKey)}
		var err error
		l.anonymizer, err = anonymize.New(anonymize.Options{Key: testKey})
		require.NoError(t, err)
		log := NewLog()
		require.Equal(t, text+"\n", shown(t, l, log, c), "nothing is lost")
		e, err := l.Mark(c, 1, start, end, detectors.Org)
		if err != nil {
			return
		}
		did(log, e)
		messages, err := l.Show(c, log.State("c"), 0, 1)
		require.NoError(t, err)
		for _, s := range messages[0].Segments {
			require.False(t, s.Kind == Plain && s.Start < e.End && e.Start < s.End, "what was marked is shown")
		}
	})
}
