package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/clbchat/naamloos/detectors/tagger"
	"github.com/clbchat/naamloos/detectors/tagger/train"
)

func TestWhy(t *testing.T) {
	data, err := os.ReadFile(os.Getenv("MODEL"))
	if err != nil {
		t.Skip()
	}
	m, _ := tagger.Load(string(data))
	convs, _ := readTexts(os.Getenv("TEXTS"))
	count := map[string]int{}
	tl := train.NewTally()
	tl.Show = func(kind, id, text string, at train.Span) {
		if kind == "MISS PERSON" || kind == "EXTRA PERSON" {
			var a tagger.Analysis
			a.Reset(text[at.Start:at.End])
			e := a.Entry(0)
			k := kind
			k += fmt.Sprintf(" tokens=%d", min(3, len(a.Tokens)))
			s := text[at.Start:at.End]
			if s == strings.ToLower(s) {
				k += " lower"
			} else {
				k += " caps"
			}
			switch {
			case e.First() > 4:
				k += " first+"
			case e.First() > 0:
				k += " first-"
			case e.Surname() > 0:
				k += " sur"
			default:
				k += " nolist"
			}
			if e.Common() > 7 {
				k += " verycommon"
			} else if e.Common() > 2 || e.Has(1<<15) {
				k += " common"
			}
			count[k]++
		}
	}
	train.Measure(m, convs, 16, tl)
	for k, n := range count {
		fmt.Println(n, k)
	}
}
