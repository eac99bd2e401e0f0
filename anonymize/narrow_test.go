package anonymize

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

func TestANumberInItsColumnIsThatNumberInAText(t *testing.T) {
	a := newWith(t, keys.New())
	field := func(value string) transcripts.Field {
		return transcripts.Field{Label: "INSZ", Kind: transcripts.FieldNationalID, Value: value}
	}
	c := &transcripts.Conversation{
		Fields:   []transcripts.Field{field("05073000158"), field("5073000158"), field("kind 3"), {Label: "rekening", Kind: transcripts.FieldBankAccount, Value: "BE68539007547034"}},
		Messages: []transcripts.Message{{Text: "mijn rijksregisternummer is 05.07.30-001.58"}},
	}
	out, _, err := a.Conversation(c)
	require.NoError(t, err)
	assert.Regexp(t, `^\[BE_NRN-`, out.Fields[0].Value)
	assert.Equal(t, out.Fields[0].Value, out.Fields[1].Value, "with and without its leading zero")
	assert.Contains(t, out.Messages[0].Text, out.Fields[0].Value)
	assert.Regexp(t, `^\[NATIONAL_ID-`, out.Fields[2].Value)
	assert.Regexp(t, `^\[IBAN-`, out.Fields[3].Value)
}
