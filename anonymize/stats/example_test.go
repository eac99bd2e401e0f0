package stats_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/stats"
	"github.com/clbchat/naamloos/transcripts"
)

func Example() {
	key := keys.New()
	a, err := anonymize.New(anonymize.Options{Key: key})
	if err != nil {
		log.Fatal(err)
	}
	counted, err := stats.New(stats.Options{Key: key})
	if err != nil {
		log.Fatal(err)
	}
	chats := strings.Repeat(`{"started":"2026-01-12T16:04:00Z","topic":"Pesten","messages":[{"text":"dag"}]}`+"\n", 7) +
		strings.Repeat(`{"started":"2026-01-12T17:04:00Z","topic":"Thuis","messages":[{"text":"dag"}]}`+"\n", 6) +
		`{"started":"2026-01-12T17:04:00Z","topic":"Rouw","messages":[{"text":"dag"}]}` + "\n"
	format, _ := transcripts.Lookup("jsonl")
	for _, err := range a.Conversations(format.Read(strings.NewReader(chats), transcripts.ReadOptions{}), counted.Add) {
		if err != nil {
			log.Fatal(err)
		}
	}
	shown, err := counted.Stats().Publish(stats.Disclosure{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("conversations:", shown.Conversations)
	for _, table := range shown.Tables {
		if table.Table == stats.Topic {
			for _, l := range table.Lines {
				fmt.Println(l.Value, l.Count)
			}
		}
	}
	// Output:
	// conversations: 14
	// pesten 7
	// other 7
}
