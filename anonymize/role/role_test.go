package role

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/detectors/placeholder"
)

var marked = regexp.MustCompile(`\[\[(\w+)\|([^\]]+)\]\]`)

func TestRolesAreToldByWhatIsSaidAroundAName(t *testing.T) {
	data, err := os.ReadFile("testdata/roles.txt")
	require.NoError(t, err)
	cases := 0
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		by, text, ok := strings.Cut(strings.TrimSpace(line), ": ")
		require.True(t, ok, line)
		miss := strings.HasPrefix(by, "? ")
		role := detectors.RoleVisitor
		if strings.HasSuffix(by, "o") {
			role = detectors.RoleStaff
		}
		plain := marked.ReplaceAllString(text, "$2")
		for _, m := range marked.FindAllStringSubmatchIndex(text, -1) {
			cases++
			name := text[m[4]:m[5]]
			before := marked.ReplaceAllString(text[:m[0]], "$2")
			s := NewScene()
			s.Mention(name, before, plain[len(before)+len(name):], role)
			got, _ := s.Of(name)
			assert.Equal(t, miss, string(got) != text[m[2]:m[3]], "%s: got %s", strings.TrimSpace(line), got)
		}
	}
	assert.Greater(t, cases, 35)
}

func TestVisitorsTellWhoTheyAre(t *testing.T) {
	for text, want := range map[string]Role{
		"ik ben de mama van Tom": parent, "mijn zoon wil niet naar school": parent, "je suis sa maman": parent,
		"ich bin die Mutter": parent, "i am a teacher": teacher, "mijn leerlingen roepen": teacher,
		"mijn mama roept": Pupil, "de juf roept": Pupil, "": Pupil,
	} {
		s := NewScene()
		s.Party("x", detectors.RoleVisitor)
		s.Said(text, detectors.RoleVisitor)
		got, visitor := s.Of("x")
		assert.Equal(t, want, got, text)
		assert.True(t, visitor)
	}
	s := NewScene()
	s.Party("x", detectors.RoleVisitor)
	s.Said("ik ben de mama", detectors.RoleStaff)
	got, _ := s.Of("x")
	assert.Equal(t, Pupil, got)
}

func TestStaffStaysStaff(t *testing.T) {
	s := NewScene()
	s.Party("griet", detectors.RoleStaff)
	for range 4 {
		s.Mention("griet", "mijn mama ", "", detectors.RoleVisitor)
	}
	got, visitor := s.Of("griet")
	assert.Equal(t, Employee, got)
	assert.False(t, visitor)
}

func TestEveryRoleHasALabelThatIsAPlaceholder(t *testing.T) {
	for _, r := range All() {
		for _, l := range languages {
			for _, number := range []string{"", " 1", " 12"} {
				text := "[" + Label(l, r) + number + "]"
				end, ok := placeholder.At(text, 0)
				assert.True(t, ok && end == len(text), text)
			}
		}
	}
	assert.True(t, slices.Contains(All(), Nobody))
}

func FuzzMentionStaysInsideTheText(f *testing.F) {
	f.Add("mijn juf ", ", de beste")
	f.Add("\xff. mevr. ", "\xff")
	f.Fuzz(func(t *testing.T, before, after string) {
		s := NewScene()
		s.Mention("x", before, after, detectors.RoleVisitor)
		s.Said(before+after, detectors.RoleVisitor)
		s.Of("x")
	})
}
