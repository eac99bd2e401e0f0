package review

import (
	"slices"
	"strings"
	"unicode"

	"github.com/clbchat/naamloos/transcripts"
)

// Language is the language most of a conversation is in: nl, fr, de, en, or
// empty when that cannot be told.
type Language string

// The languages that are told apart.
const (
	Dutch   Language = "nl"
	French  Language = "fr"
	German  Language = "de"
	English Language = "en"
)

// Languages returns the languages that are told apart.
func Languages() []Language { return []Language{Dutch, French, German, English} }

// wordsOf are words that nearly every chat in a language has and chats in the
// others seldom have.
var wordsOf = map[Language][]string{
	Dutch:   strings.Fields("ik het een van niet dat maar je mij wel naar ook heb dan zo kan mn ma da ni da's ben bent zijn wat hoe met voor als echt mijn school"),
	French:  strings.Fields("je est pas les des une mais que qui moi toi avec pour dans suis c'est j'ai ça tu vous mon ma chez quoi oui merci"),
	German:  strings.Fields("ich nicht und ist das mir mich auch aber sie wir der ein eine mit habe bin mein wie schon noch nur oder"),
	English: strings.Fields("the i'm and you not it's that with have but my they what about was just don't can she really"),
}

// languageOf guesses the language of the first messages of a conversation.
func languageOf(c *transcripts.Conversation) Language {
	counts, read := map[Language]int{}, 0
	for i := range c.Messages {
		words := strings.FieldsFunc(strings.ToLower(c.Messages[i].Text), func(r rune) bool {
			return !unicode.IsLetter(r) && r != '\''
		})
		for _, w := range words {
			for _, l := range Languages() {
				if slices.Contains(wordsOf[l], w) {
					counts[l]++
				}
			}
		}
		if read += len(words); read > 400 {
			break
		}
	}
	var best Language
	for _, l := range Languages() {
		if counts[l] > counts[best] {
			best = l
		}
	}
	return best
}
