package anonymize

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

// second returns what becomes of the second of two messages of one visitor.
func second(t *testing.T, from, first, then string) string {
	t.Helper()
	chat := &transcripts.Conversation{ID: "c1",
		Participants: []transcripts.Participant{{Key: "visitor", Role: transcripts.RoleVisitor}, {Key: "operator", Role: transcripts.RoleOperator}},
		Messages:     []transcripts.Message{{From: "visitor", Text: first}, {From: from, Text: then}}}
	out, _, err := newWith(t, keys.New()).Conversation(chat)
	require.NoError(t, err)
	return out.Messages[1].Text
}

// written matches a pseudonym, which has digits of its own.
var written = regexp.MustCompile(`\[[A-Z_]+-[a-z0-9]+\]`)

func TestWhatCorrectsANumberGoesWithIt(t *testing.T) {
	for _, c := range []struct{ first, then, goes string }{
		{"mijn nr is 0470 12 34 56", "sorry, 0470... moet zijn ...78", "0470 78"},
		{"mijn nummer is 0470 12 34 56", "oeps de laatste is 78 niet 56", "78 56"},
		{"de code is 48213", "*48214", "48214"},
		{"mijn polis is WO4153397", "foutje: WO4153379", "WO4153379"},
	} {
		got := second(t, "visitor", c.first, c.then)
		for part := range strings.FieldsSeq(c.goes) {
			assert.NotContains(t, written.ReplaceAllString(got, ""), part, c.then)
		}
	}
}

func TestWhatIsNoCorrectionStays(t *testing.T) {
	for _, c := range []struct{ from, first, then string }{
		{"visitor", "mijn nr is 0470 12 34 56", "sorry, ik moet om 15u30 weg"},
		{"visitor", "mijn nr is 0470 12 34 56", "je mag bellen tussen 12 en 14"},
		{"visitor", "mijn nr is 0470 12 34 56", "sorry dat het 34 minuten duurde"},
		{"visitor", "ik had 12 op 20", "*14"},
		{"operator", "de code is 48213", "*48214"},
	} {
		assert.Equal(t, c.then, second(t, c.from, c.first, c.then))
	}
}
