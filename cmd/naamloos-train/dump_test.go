package main

import (
	"flag"
	"io"
	"os"
	"testing"

	"github.com/clbchat/naamloos/detectors/tagger/train"
)

func TestDump(t *testing.T) {
	out := os.Getenv("DUMP")
	if out == "" {
		t.Skip()
	}
	os.Chdir("../..")
	f := flag.NewFlagSet("x", flag.ExitOnError)
	var s settings
	s.register(f)
	f.Parse([]string{"-bio", "/work/tmp-names/bio"})
	convs, _ := s.load(io.Discard)
	var learn []train.Conversation
	for i, c := range convs {
		if !c.News && len(c.Messages) > 1 && i%4 == 0 {
			continue
		}
		learn = append(learn, c)
	}
	os.WriteFile(out, train.Fit(learn, s.o), 0o644)
}
