package transcripts

import (
	"testing"
	"time"
)

func TestALineWhoseTimeGoesStillBeginsAMessage(t *testing.T) {
	for in, want := range map[string]string{
		"[18-11-2025 10:11:32] a: b\n[18-11-2025 10:11:33] c: d\n": "[00-00-0000 00:00:00] a: b\n[00-00-0000 00:00:00] c: d\n",
		"11/18/25, 1:05 PM - a: b\n":                               "00/00/00, 0:00 - a: b\n",
		"18/11/2025 om 10:12 - a: b\n":                             "00/00/0000  00:00 - a: b\n",
	} {
		cs := readAll(t, "whatsapp", in, ReadOptions{})
		for i := range cs[0].Messages {
			m := &cs[0].Messages[i]
			m.At = time.Time{}
			for k := range m.Fields {
				if f := &m.Fields[k]; f.Kind == FieldTime {
					f.Edit(whole(f.Value, ""))
				}
			}
		}
		got := writeAll(t, "whatsapp", cs)
		if got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
		if again := readAll(t, "whatsapp", got, ReadOptions{}); len(again[0].Messages) != len(cs[0].Messages) {
			t.Errorf("%q reads %d messages", got, len(again[0].Messages))
		}
	}
}
