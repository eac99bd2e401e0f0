package transcripts

import (
	"bytes"
	"io"
)

// csvDelimiters are the delimiters that are tried, the likelier first.
const csvDelimiters = ";,\t|"

// sniffCSV returns the dialect of delimited text that begins with head, and how
// sure it is, 0 to 100. The text is UTF-8, without byte order mark.
func sniffCSV(head []byte) (csvDialect, int) {
	if d, ok := csvHint(head); ok {
		return d, 90
	}
	best, confidence := csvDialect{delimiter: ','}, 0
	for _, c := range []byte(csvDelimiters) {
		if n := csvFit(head, c); n > confidence {
			best, confidence = csvDialect{delimiter: c}, n
		}
	}
	return best, confidence
}

// csvHint reads the line "sep=;" that Excel puts before the first row.
func csvHint(head []byte) (csvDialect, bool) {
	const hint = "sep="
	if len(head) <= len(hint) || !bytes.EqualFold(head[:len(hint)], []byte(hint)) {
		return csvDialect{}, false
	}
	l := csvLexer{window: textWindow(head)}
	l.pos = len(hint) + 1
	if l.pos < len(head) && head[l.pos] != '\r' && head[l.pos] != '\n' {
		return csvDialect{}, false
	}
	if l.pos < len(head) {
		l.newline()
	}
	return csvDialect{delimiter: head[len(hint)], prefix: l.pos}, true
}

// csvFit tells how well the rows of head fit together when c delimits them: 70
// and more when all have the same number of fields, 0 when there is but one.
func csvFit(head []byte, c byte) int {
	const width = 256 // counts above are all alike
	var counts [width + 1]int
	l := csvLexer{window: textWindow(head), delimiter: c}
	rows := 0
	var fields []csvField
	for {
		var err error
		if fields, err = l.row(fields[:0]); err != nil {
			if err != io.EOF && rows == 0 {
				return 0
			}
			break
		}
		if l.pos == len(head) && rows > 0 && head[len(head)-1] != '\n' {
			break // head may end inside this row
		}
		if len(fields) > 1 || fields[0].end > fields[0].start {
			counts[min(len(fields), width)]++
			rows++
		}
	}
	mode := 0
	for n, rows := range counts {
		if n > 1 && rows > counts[mode] {
			mode = n
		}
	}
	if rows == 0 || mode == 0 {
		return 0
	}
	sure := 70*counts[mode]/rows + min(mode, 10)
	if mode == 2 {
		sure -= 20 // prose and lists of labels have two fields a line too
	}
	return sure
}
