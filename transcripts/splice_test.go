package transcripts

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWhatIsNoLongerHeldIsWrittenEmpty(t *testing.T) {
	eachSample(t, func(t *testing.T, f Format, name string, in []byte) {
		if f.Name == "zip" || f.Name == "xlsx" || f.Name == "docx" || f.Name == "eml" || f.Name == "mbox" || f.Name == "gzip" {
			return // what they hold is compressed or encoded
		}
		cs, err := collect(f, in, ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cs {
			c.ID, c.Topic = "", ""
			c.Messages, c.Fields, c.Participants = nil, nil, nil
		}
		out, err := emit(f, cs)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(string(in), "{") && !strings.Contains(f.Name, "telegram") && json.Valid(in) && !json.Valid([]byte(out)) {
			t.Error("the output is no JSON")
		}
		checkLeaks(t, out)
	})
}

func TestTwoChangesOfTheSameBytesAreAnError(t *testing.T) {
	r, _ := newRecord("x", "geheim", nil)
	a, _ := r.add(0, 0, 4, nil)
	b, _ := r.add(0, 2, 6, nil)
	c := &Conversation{src: r, Fields: []Field{r.field(a, "a", FieldText, ""), r.field(b, "b", FieldText, "")}}
	c.Fields[0].Value, c.Fields[1].Value = "x", "y"
	if s, err := r.splice(c); err == nil || s != "" {
		t.Errorf("wrote %q, %v", s, err)
	}
}

func TestAValueSetWithoutEditIsWritten(t *testing.T) {
	c := readAll(t, "jsonl", `{"messages":[{"text":"ik ben Fien \u00e9"}]}`, ReadOptions{})[0]
	c.Messages[0].Edit([]Edit{{7, 11, "X"}})
	c.Messages[0].Text = "iets \"anders\""
	if got := writeAll(t, "jsonl", []*Conversation{c}); got != `{"messages":[{"text":"iets \"anders\""}]}` {
		t.Error(got)
	}
}

func TestACloneIsWrittenLikeItsOriginal(t *testing.T) {
	eachSample(t, func(t *testing.T, f Format, name string, in []byte) {
		cs, err := collect(f, in, ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var clones []*Conversation
		for _, c := range cs {
			clones = append(clones, c.Clone())
			pseudonymise(c)
		}
		if out, err := emit(f, clones); err != nil || out != string(in) {
			t.Errorf("a change of the original changed the clone (%v)", err)
		}
	})
}

func TestWhatDoesNotFollowIsNotMadeToFollow(t *testing.T) {
	r, _ := newRecord("x", "geheim GEHEIM anders", nil)
	from, _ := r.add(0, 0, 6, nil)
	to, _ := r.add(0, 7, 13, nil)
	other, _ := r.add(0, 14, 20, nil)
	if !r.derive(to, from, strings.ToUpper) {
		t.Error("what follows is refused")
	}
	if r.derive(other, from, strings.ToUpper) {
		t.Error("another text would be overwritten")
	}
}
