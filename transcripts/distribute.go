package transcripts

// distribute gives each of several stretches of a text, whose lengths are sizes,
// its share of edits of the whole. An edit that covers several leaves its new
// text in the first.
func distribute(edits []Edit, sizes []int) [][]Edit {
	out := make([][]Edit, len(sizes))
	at := 0
	for i, n := range sizes {
		for _, e := range edits {
			start, end := max(e.Start, at), min(e.End, at+n)
			switch {
			case e.Start == e.End && e.Start >= at && (e.Start < at+n || i == len(sizes)-1):
				out[i] = append(out[i], Edit{e.Start - at, e.End - at, e.Text})
			case start >= end:
			case e.Start < at: // a stretch before has the text
				out[i] = append(out[i], Edit{start - at, end - at, ""})
			default:
				out[i] = append(out[i], Edit{start - at, end - at, e.Text})
			}
		}
		at += n
	}
	return out
}

// shift returns edits moved by n bytes.
func shift(edits []Edit, n int) []Edit {
	out := make([]Edit, len(edits))
	for i, e := range edits {
		out[i] = Edit{e.Start + n, e.End + n, e.Text}
	}
	return out
}
