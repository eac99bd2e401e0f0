package transcripts

// ref points at a value in the source of a conversation: the number of its
// leaf, from 1. Zero means that the value was not read from a source.
type ref int32

// conversationRefs and participantRefs say where the named values stand.
type conversationRefs struct{ id, started, ended, topic ref }

type participantRefs struct{ name, email, ip, geo ref }

// source is what a conversation was read from: its bytes and the places of its
// values. Each engine has its own kind.
type source interface {
	// format is the name of the format it was read in.
	format() string
}

// compose returns edits of the original value that do the same as first and
// then second, where second counts in bytes of the value after first.
func compose(first, second []Edit) []Edit {
	if len(first) == 0 {
		return second
	}
	out := make([]Edit, 0, len(first)+len(second))
	delta, i := 0, 0 // delta: bytes that first has added so far
	for _, e := range second {
		// Edits of first that end before e stay as they are.
		for i < len(first) && first[i].Start+delta+len(first[i].Text) <= e.Start && !(first[i].Start+delta == e.Start && len(first[i].Text) == 0) {
			out = append(out, first[i])
			delta += len(first[i].Text) - (first[i].End - first[i].Start)
			i++
		}
		merged := Edit{Start: e.Start - delta, Text: e.Text}
		if i < len(first) && first[i].Start+delta < e.Start { // e begins inside an earlier replacement: keep its head
			head := first[i].Text[:e.Start-(first[i].Start+delta)]
			merged = Edit{Start: first[i].Start, Text: head + e.Text}
		}
		end := e.End
		for i < len(first) && first[i].Start+delta < e.End { // swallow what e covers
			f := first[i]
			stop := f.Start + delta + len(f.Text)
			if stop > end {
				merged.Text += f.Text[len(f.Text)-(stop-end):]
				end = stop
			}
			delta += len(f.Text) - (f.End - f.Start)
			i++
		}
		merged.End = end - delta
		out = append(out, merged)
	}
	return append(out, first[i:]...)
}
