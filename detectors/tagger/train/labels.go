package train

import (
	"github.com/clbchat/naamloos/detectors/tagger"
	"github.com/clbchat/naamloos/detectors/token"
)

// project returns the labels of tokens for the annotation spans, which are
// sorted and disjoint. A token that a span touches is part of it.
func project(dst []tagger.Label, tokens []token.Token, spans []Span) []tagger.Label {
	k, last := 0, -1
	for _, t := range tokens {
		for k < len(spans) && spans[k].End <= t.Start {
			k++
		}
		if k == len(spans) || spans[k].Start >= t.End {
			dst = append(dst, tagger.Outside)
			continue
		}
		l := labelOf(spans[k].Type)
		if l == tagger.PersonBegin && last == k {
			l = tagger.PersonInside
		}
		last = k
		dst = append(dst, l)
	}
	return dst
}

func labelOf(typ string) tagger.Label {
	switch typ {
	case "PERSON":
		return tagger.PersonBegin
	case "ORG":
		return tagger.Org
	case "LOC":
		return tagger.Loc
	case "HANDLE":
		return tagger.Handle
	case "ADDRESS":
		return tagger.Address
	}
	return tagger.Other
}
