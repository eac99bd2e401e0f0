package sealed_test

import (
	"bytes"
	"testing"

	"filippo.io/age"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/keys/sealed"
)

func TestPassphraseOpensWhatItSealed(t *testing.T) {
	data, err := sealed.ForPassphrase([]byte("geheim"), "vier losse woorden samen")
	require.NoError(t, err)
	assert.True(t, sealed.Is(data))
	assert.True(t, sealed.NeedsPassphrase(data))
	assert.NotContains(t, string(data), "geheim")
	got, err := sealed.WithPassphrase(data, "vier losse woorden samen")
	require.NoError(t, err)
	assert.Equal(t, "geheim", string(got))
	_, err = sealed.WithPassphrase(data, "andere woorden")
	assert.ErrorIs(t, err, sealed.ErrPassphrase)
	_, err = sealed.ForPassphrase([]byte("geheim"), "")
	assert.ErrorIs(t, err, sealed.ErrPassphrase)
	for _, bad := range [][]byte{data[:len(data)/2], bytes.Replace(data, []byte("A"), []byte("B"), 1)} {
		_, err = sealed.WithPassphrase(bad, "vier losse woorden samen")
		assert.Error(t, err)
	}
}

func TestRecipientsOpenWithTheirIdentities(t *testing.T) {
	one, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	two, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	other, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	data, err := sealed.ForRecipients([]byte("geheim"), []string{one.Recipient().String(), two.Recipient().String()})
	require.NoError(t, err)
	assert.False(t, sealed.NeedsPassphrase(data))
	for _, id := range []*age.X25519Identity{one, two} {
		got, err := sealed.WithIdentities(data, []byte("# comment\n"+id.String()+"\n"))
		require.NoError(t, err)
		assert.Equal(t, "geheim", string(got))
	}
	_, err = sealed.WithIdentities(data, []byte(other.String()))
	assert.ErrorIs(t, err, sealed.ErrIdentity)
	_, err = sealed.WithIdentities(data, []byte("AGE-SECRET-KEY-GEHEIM"))
	assert.ErrorIs(t, err, sealed.ErrIdentities)
	assert.NotContains(t, err.Error(), "GEHEIM")
	assert.ErrorIs(t, sealed.CheckRecipients([]string{"geen"}), sealed.ErrRecipient)
}

func TestOtherFilesAreNotSealed(t *testing.T) {
	for _, text := range []string{"", "{", "0123456789abcdef"} {
		assert.False(t, sealed.Is([]byte(text)))
		assert.False(t, sealed.NeedsPassphrase([]byte(text)))
	}
}
