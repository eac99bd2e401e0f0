package identity

import (
	"slices"
	"strings"
)

// introductions come before the name of who speaks.
var introductions = []string{
	"ik ben", "ikben", "kben", "k ben", "'k ben", "mijn naam is", "mn naam is", "m'n naam is", "de naam is", "ik heet", "kheet",
	"noem me", "noem mij", "noem me maar", "noem mij maar", "zeg maar", "zeg mr",
	"je m'appelle", "jm'appelle", "jmappelle", "je mappelle", "moi c'est", "moi cest", "je suis", "jsuis", "chui", "mon nom est", "appelle moi", "appelle-moi",
	"ich bin", "ich heiße", "ich heisse", "mein name ist", "nenn mich",
	"my name is", "my name's", "i am", "i'm", "im", "call me",
}

// notOwn are words behind a name that is not the speaker's: "ik ben lotte haar
// zus".
var notOwn = []string{"haar", "zijn", "zn", "z'n", "d'r", "der", "se", "hun", "son", "sa", "ses", "his", "her", "'s"}

// Introduces reports whether a name between before and after is the one by which
// its speaker introduces himself: "ik ben Lotte", not "ik ben Lotte haar zus".
func Introduces(before, after string) bool {
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(before, "’", "'")))
	if len(words) == 0 {
		return false
	}
	next, _, _ := strings.Cut(strings.TrimSpace(strings.ToLower(after)), " ")
	if strings.HasPrefix(after, " ") && slices.Contains(notOwn, strings.TrimRight(next, ".,!?")) || strings.HasPrefix(after, "'s") {
		return false
	}
	for n := 1; n <= min(4, len(words)); n++ {
		if slices.Contains(introductions, strings.Join(words[len(words)-n:], " ")) {
			return true
		}
	}
	return false
}
