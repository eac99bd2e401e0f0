package train

import (
	"github.com/clbchat/naamloos/detectors/tagger"
)

// CrossValidate trains on all but each of n parts of the chats and has that part
// measured; news is always trained on. Conversations of whole chats only are
// measured.
func CrossValidate(convs []Conversation, n, only int, o Options, measure func(*tagger.Model, []Conversation)) error {
	for fold := range n {
		if only >= 0 && fold != only {
			continue
		}
		var learn, test []Conversation
		for i, c := range convs {
			if !c.News && len(c.Messages) > 1 && i%n == fold {
				test = append(test, c)
				continue
			}
			learn = append(learn, c)
		}
		m, err := tagger.Load(string(Fit(learn, o)))
		if err != nil {
			return err
		}
		measure(m, test)
	}
	return nil
}
