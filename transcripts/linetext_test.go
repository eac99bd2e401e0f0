package transcripts

import (
	"errors"
	"testing"
)

func TestWhatPlainTextWouldNotShowIsRefusedAsPlainText(t *testing.T) {
	f, _ := Lookup("text")
	for in, refused := range map[string]bool{
		sample(t, "mysql-xml/p_messages_mysqldump.xml"): true,
		"{\"messages\":[]}":                             true,
		"From: a@example.com\nTo: b@example.com\nSubject: x\nContent-Transfer-Encoding: base64\n\nRmVubmE=\n": true,
		"From: a@example.com\nTo: b@example.com\nSubject: x\n\nFenna\n":                                       false,
		"{hoi} [dag]\n": false,
	} {
		_, err := collect(f, []byte(in), ReadOptions{})
		var re *ReadError
		if refused != errors.As(err, &re) {
			t.Errorf("%.40q: %v", in, err)
		}
	}
}
