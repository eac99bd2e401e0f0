package policy_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/policy"
	"github.com/clbchat/naamloos/transcripts"
)

var update = flag.Bool("update", false, "write the golden files anew")

// anonymised returns what a policy makes of conversations of JSON lines.
func anonymised(t *testing.T, p anonymize.Policy, in []byte) []byte {
	t.Helper()
	k, err := keys.Parse(strings.Repeat("0123456789abcdef", 4))
	require.NoError(t, err)
	if slices.Contains(p.Require, anonymize.RequireOrganisation) && p.Organisation == "" {
		p.Organisation = "klant-a"
	}
	p.Retention.Days = 0 // the conversations grow old, the test must not
	a, err := anonymize.New(anonymize.Options{Key: k, Policy: p, Workers: 1})
	require.NoError(t, err)
	format, _ := transcripts.Lookup("jsonl")
	var out bytes.Buffer
	require.NoError(t, format.Write(&out, a.Conversations(format.Read(bytes.NewReader(in), transcripts.ReadOptions{}))))
	return out.Bytes()
}

// policies returns all presets and the policies of the test data by name.
func policies(t *testing.T) map[string]anonymize.Policy {
	t.Helper()
	all := map[string]anonymize.Policy{}
	for _, name := range policy.Presets() {
		p, err := policy.Preset(name)
		require.NoError(t, err)
		all["preset-"+name] = p
	}
	files, err := filepath.Glob("testdata/policies/*.yaml")
	require.NoError(t, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		p, err := policy.Parse(file, data)
		require.NoError(t, err)
		all[strings.TrimSuffix(filepath.Base(file), ".yaml")] = p
	}
	return all
}

func TestEveryPolicyMakesWhatItsGoldenFileHolds(t *testing.T) {
	in, err := os.ReadFile("testdata/chats.jsonl")
	require.NoError(t, err)
	for name, p := range policies(t) {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join("testdata/golden", name+".jsonl")
			got := anonymised(t, p, in)
			if *update {
				require.NoError(t, os.WriteFile(file, got, 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), string(got))
			assert.Equal(t, string(got), string(anonymised(t, p, got)), "twice is once")
		})
	}
}

func TestEveryOperatorScopeAndPresetHasAGoldenFile(t *testing.T) {
	var want []string
	for _, o := range anonymize.Operators() {
		want = append(want, "operator-"+string(o))
	}
	for _, s := range anonymize.Scopes() {
		want = append(want, "scope-"+string(s))
	}
	for _, name := range policy.Presets() {
		want = append(want, "preset-"+name)
	}
	have := policies(t)
	for _, name := range want {
		assert.Contains(t, have, name)
		assert.FileExists(t, filepath.Join("testdata/golden", name+".jsonl"))
	}
	files, err := filepath.Glob("testdata/golden/*.jsonl")
	require.NoError(t, err)
	assert.Len(t, files, len(have), "a golden file without a policy")
}

// What each operator is for must hold whatever the golden files say.
func TestOperatorsHideWhatTheyMustAndKeepWhatTheyMay(t *testing.T) {
	in, err := os.ReadFile("testdata/chats.jsonl")
	require.NoError(t, err)
	all := policies(t)
	originals := []string{"lotte", "katrien", "wendelien", "griet", "peeters", "dewulf", "0470", "470 12", "be71", "zonnebloem", "192.0.2"}
	for name, p := range all {
		if name == "operator-keep" || name == "lists" {
			continue
		}
		out := strings.ToLower(string(anonymised(t, p, in)))
		for _, o := range originals {
			assert.NotContains(t, out, o, name)
		}
	}
	kept := string(anonymised(t, all["operator-keep"], in))
	for _, o := range originals[:len(originals)-1] {
		assert.Contains(t, strings.ToLower(kept), o)
	}
	assert.NotContains(t, kept, "192.0.2.7", "a participant's address goes whatever the rules say")
	listed := string(anonymised(t, all["lists"], in))
	for _, keep := range []string{"Griet", "BE71 0961 2345 6769"} {
		assert.Contains(t, listed, keep)
	}
	for _, deny := range []string{"pesten", "computer", "Lotte"} {
		assert.NotContains(t, listed, deny)
	}
}

// Twice is once on whole chats under every preset and operator.
func TestTwiceIsOnceOnDemoChats(t *testing.T) {
	in, err := os.ReadFile("../../testdata/demo/chats.jsonl")
	require.NoError(t, err)
	for name, p := range policies(t) {
		once := anonymised(t, p, in)
		assert.Equal(t, string(once), string(anonymised(t, p, once)), name)
	}
}

// FuzzTwiceIsOnce looks for a text whose output changes when it is anonymised
// again, or never settles, under a policy with every operator.
func FuzzTwiceIsOnce(f *testing.F) {
	key, err := keys.Parse(strings.Repeat("0123456789abcdef", 4))
	require.NoError(f, err)
	var all []*anonymize.Anonymizer
	for _, source := range []string{
		"version: 1\nextends: training\n", "version: 1\nextends: trade\n",
		"version: 1\ndefault: drop\nentities: {PERSON: {operator: surrogate, scope: corpus}, DATE_BIRTH: shift, PHONE: mask, EMAIL: keep, LOC: generalise}\n",
	} {
		p, err := policy.Parse("fuzz.yaml", []byte(source))
		require.NoError(f, err)
		a, err := anonymize.New(anonymize.Options{Key: key, Policy: p})
		require.NoError(f, err)
		all = append(all, a)
	}
	for _, text := range []string{
		"ik ben Fien, 14 jaar, mijn juf Katrien Peeters", "bel 0470 12 34 56 of x@voorbeeld.example", "geboren op 12/03/2012 in Leuven",
		"[leerling] [AGE 12-14] [*****] [PERSON-k7mz4qhd9]", "Fennelinde Oostervelde en fennelinde", "Kerkstraat 12, 3000 Leuven 192.0.2.1",
	} {
		f.Add(text, "Fien")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		c := &transcripts.Conversation{ID: "c", Participants: []transcripts.Participant{{Key: "v", Role: transcripts.RoleVisitor, Name: name}},
			Messages: []transcripts.Message{{From: "v", Text: text}, {From: "v", Text: "dag " + name}}}
		for _, a := range all {
			once, _, err := a.Conversation(c)
			if errors.Is(err, anonymize.ErrUnsettled) || errors.Is(err, anonymize.ErrInternal) {
				t.Fatal(err)
			}
			if err != nil {
				continue // refused: not UTF-8
			}
			twice, _, err := a.Conversation(once)
			require.NoError(t, err)
			for i := range once.Messages {
				if once.Messages[i].Text != twice.Messages[i].Text {
					t.Fatalf("%q became %q", once.Messages[i].Text, twice.Messages[i].Text)
				}
			}
		}
	})
}
