package anonymize_test

import (
	"fmt"
	"iter"
	"log"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/transcripts"
)

// exampleKey is a key for examples only. Make yours with "naamloos key new".
func exampleKey() keys.Key {
	key, err := keys.Parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
	if err != nil {
		log.Fatal(err)
	}
	return key
}

// exampleChat is a chat about nobody.
func exampleChat() *transcripts.Conversation {
	return &transcripts.Conversation{
		ID: "c1",
		Participants: []transcripts.Participant{
			{Key: "visitor", Role: transcripts.RoleVisitor, Name: "xandrolie_w"},
			{Key: "operator", Role: transcripts.RoleOperator, Name: "Griet"},
		},
		Messages: []transcripts.Message{
			{From: "visitor", Text: "hey ik ben xandrolie vandenbroeke"},
			{From: "operator", Text: "Dag Xandrolie, ik ben Griet."},
		},
	}
}

func Example() {
	c, key := exampleChat(), exampleKey()

	a, err := anonymize.New(anonymize.Options{Key: key})
	if err != nil {
		log.Fatal(err)
	}
	out, report, err := a.Conversation(c)
	if err != nil {
		log.Fatal(err)
	}

	for _, m := range out.Messages {
		fmt.Println(m.Text)
	}
	fmt.Println(report.Replaced, "replaced")
	// Output:
	// hey ik ben [PERSON-9v57c5v86]
	// Dag [PERSON-9v57c5v86], ik ben [PERSON-vbtxtbrzx].
	// 5 replaced
}

func ExampleAnonymizer_Conversations() {
	a, err := anonymize.New(anonymize.Options{Key: exampleKey()})
	if err != nil {
		log.Fatal(err)
	}
	var in iter.Seq2[*transcripts.Conversation, error] = func(yield func(*transcripts.Conversation, error) bool) {
		for range 2 {
			if !yield(exampleChat(), nil) {
				return
			}
		}
	}
	messages := 0
	count := func(o anonymize.Outcome) { messages += o.Report.Messages }
	for c, err := range a.Conversations(in, count) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(c.Participants[1].Name)
	}
	fmt.Println(messages, "messages")
	// Output:
	// [PERSON-vbtxtbrzx]
	// [PERSON-vbtxtbrzx]
	// 4 messages
}

func ExampleAnonymizer_NewSession() {
	a, err := anonymize.New(anonymize.Options{Key: exampleKey()})
	if err != nil {
		log.Fatal(err)
	}
	chat := exampleChat()
	s := a.NewSession(chat.ID, chat.Participants...)
	for _, m := range []transcripts.Message{
		{From: "visitor", Text: "ze heet wolkje"},
		{From: "visitor", Text: "mijn vriendin Wolkje Zonnedaal zit in 3B"},
	} {
		out, changes, err := s.Message(m)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(out.Text)
		for _, c := range changes {
			fmt.Println("message", c.Message+1, "is now:", c.Text)
		}
	}
	// Output:
	// ze heet [PERSON-g483f86f3]
	// mijn vriendin [PERSON-c9r5qz4ws] zit in [OTHER_ID-q9q3rs9xg]
	// message 1 is now: ze heet [PERSON-c9r5qz4ws]
}
