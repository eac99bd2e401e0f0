package main

import (
	"bytes"
	"iter"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/transcripts"
)

// A dump from which a row is left out must still be a dump.
func TestAShellStaysOfWhatIsLeftOutOfAFile(t *testing.T) {
	f, err := os.Open("../../testdata/transcripts/phplive/phplive_mysqldump.sql")
	require.NoError(t, err)
	defer f.Close()
	format, ok := transcripts.Lookup("phplive")
	require.True(t, ok)
	a, err := anonymize.New(anonymize.Options{})
	require.NoError(t, err)
	var errs, out bytes.Buffer
	b := &batch{surroundings: surroundings{stderr: &errs}, anonymizeFlags: anonymizeFlags{keepGoing: true}, a: a}
	records := 0
	failing := func(in iter.Seq2[*transcripts.Conversation, error]) iter.Seq2[*transcripts.Conversation, error] {
		return func(yield func(*transcripts.Conversation, error) bool) {
			for c, err := range in {
				records++
				if err == nil && len(c.Messages) > 0 {
					c, err = nil, anonymize.ErrUnsettled
				}
				if !yield(c, err) {
					return
				}
			}
		}
	}
	require.NoError(t, format.Write(&out, b.releasable(failing(b.underway.watch(format.Read(f, transcripts.ReadOptions{}))), input{path: "dump.sql"}, true)))
	assert.Contains(t, errs.String(), "left out")
	assert.NotContains(t, out.String(), "ik durf het bijna niet vragen maar mag een clb iets tegen mijn mama zeggen?</i>")
	again := 0
	for _, err := range format.Read(&out, transcripts.ReadOptions{}) {
		require.NoError(t, err)
		again++
	}
	assert.Equal(t, records, again)
}
