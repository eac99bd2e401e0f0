package tagger

// Label is what a token is part of.
type Label uint8

// The labels. A person has a label for its first token, because names follow
// one another in lists; entities of the other types are runs of one label.
const (
	Outside Label = iota
	PersonBegin
	PersonInside
	Org
	Loc
	Handle
	Address
	Other // part of a number, code or other identifier; found by other detectors

	numLabels = int(Other) + 1
)
