package transcripts

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// readJSON returns the reader of a format whose fields a profile describes.
func readJSON(p *Profile) func(io.Reader, ReadOptions) iter.Seq2[*Conversation, error] {
	return func(r io.Reader, o ReadOptions) iter.Seq2[*Conversation, error] {
		return func(yield func(*Conversation, error) bool) {
			if p.name == slackName && o.people == nil {
				o.people = slackFolder(o)
			}
			jr := jsonReader{walk: newJSONWalk(r, p, o), p: p, o: o}
			if err := jr.begin(); err != nil {
				yield(nil, jr.fault(err))
				return
			}
			for {
				more, err := jr.record(yield)
				if err != nil {
					yield(nil, err)
				}
				if err != nil || !more {
					return
				}
			}
		}
	}
}

// jsonReader makes conversations of the records of a walk.
type jsonReader struct {
	walk    *jsonWalk
	p       *Profile
	o       ReadOptions
	earlier *assembly // the part of the same conversation before
	wide    layer     // UTF-16; nil for UTF-8
	records int
}

// begin looks for the mark of UTF-16, in which some shells save what a program
// prints, and makes UTF-8 of the whole file then. It steps over the mark of UTF-8.
func (jr *jsonReader) begin() error {
	w := &jr.walk.window
	for len(w.buf) < len(utf8BOM) {
		if err := w.fill(); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
	}
	if wide, ok := charsetOf(string(w.buf[:min(2, len(w.buf))])).(utf16Layer); ok {
		text, err := w.wide(wide)
		if err != nil {
			return err
		}
		jr.wide, *w = wide, textWindow([]byte(text))
	}
	if bytes.HasPrefix(w.buf, []byte(utf8BOM)) {
		w.pos = len(utf8BOM)
	}
	return nil
}

// record yields the conversations of the next record.
func (jr *jsonReader) record(yield func(*Conversation, error) bool) (more bool, err error) {
	raw, err := jr.walk.record()
	if err != nil && err != io.EOF {
		return false, jr.fault(err)
	}
	more = err == nil
	if jr.records++; jr.records == 1 && !more && strings.Trim(raw, " \t\r\n"+utf8BOM) == "" {
		return false, jr.fault(&lexError{"empty file"})
	}
	if !utf8.ValidString(raw) {
		return false, jr.fault(&lexError{"not UTF-8"})
	}
	style := jsonStyle(raw)
	if w, ok := jr.wide.(utf16Layer); ok {
		raw = w.encode(raw)
	}
	r, _ := newRecord(jr.p.name, raw, jr.wide)
	r.places = slices.Grow(r.places, len(jr.walk.events))
	b := jsonBuild{a: newAssembly(r, jr.p, jr.o.people, jr.earlier), style: style, strict: jr.o.Strict}
	if err := b.events(0, jr.walk.events); err != nil {
		return false, jr.fault(err)
	}
	jr.earlier = nil
	if jr.walk.goesOn {
		jr.earlier = b.a
	}
	for _, c := range b.a.conversations() {
		if !yield(c, nil) {
			return false, nil
		}
	}
	return more, nil
}

func (jr *jsonReader) fault(err error) *ReadError {
	e := jr.walk.fault(jr.p.name, jr.o.Name, err)
	e.Record = jr.records
	return e
}
