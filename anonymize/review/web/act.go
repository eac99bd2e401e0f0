package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/anonymize/review/store"
	"github.com/clbchat/naamloos/detectors"
)

// actPage is the forms of one message.
type actPage struct {
	Chat    *review.Chat
	Message int
	Words   []string
}

// act shows what can be done with a message.
func (s *Server) act(w http.ResponseWriter, r *request) error {
	c, m, err := s.messageOf(r, http.StatusNotFound)
	if err != nil {
		return err
	}
	shown, err := s.library.Show(c, r.log.State(c.Key), m-1, m)
	if err != nil {
		return err
	}
	return s.show(w, r, actPage{c, m, words(shown[0].Segments)})
}

// messageOf returns the chat and the number of the message that a request is
// about; the fault is what it is told when there is no such message.
func (s *Server) messageOf(r *request, fault int) (*review.Chat, int, error) {
	c, err := s.chatOf(r)
	if err != nil {
		return nil, 0, err
	}
	m, err := strconv.Atoi(r.FormValue("m"))
	if err != nil || m < 1 || m > len(c.Conversation.Messages) {
		return nil, 0, statusError(fault)
	}
	return c, m, nil
}

// maxWords is how many words of a message are proposed.
const maxWords = 100

// words returns the words that a reader may want to hide, each once.
func words(segments []review.Segment) []string {
	var out []string
	for _, s := range segments {
		if s.Kind != review.Plain {
			continue
		}
		for _, w := range strings.FieldsFunc(s.Text, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-' && r != '\''
		}) {
			if len(out) == maxWords {
				return out
			}
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// keep keeps an event and leads back to where it was made.
func (s *Server) keep(w http.ResponseWriter, r *request, c *review.Chat, e review.Event, n notice) error {
	e.Chat, e.Reader = c.Key, r.session.Reader()
	e, err := s.store.Append(r.Context(), e)
	if err != nil {
		return err
	}
	if e.Kind != review.HasRead {
		n.CanUndo = "/c/" + c.Ref + "/undo"
		r.session.say(n)
	}
	s.back(w, r, c, e.Message)
	return nil
}

// back leads to a message of a chat.
func (s *Server) back(w http.ResponseWriter, r *request, c *review.Chat, message int) {
	to := "/c/" + c.Ref
	if message == 0 {
		message, _ = strconv.Atoi(r.FormValue("from"))
	}
	if message > stretch {
		to += "?from=" + strconv.Itoa(message)
	}
	if message > 0 {
		to += "#m" + strconv.Itoa(message)
	}
	http.Redirect(w, r.Request, to, http.StatusSeeOther)
}

// hide hides a word everywhere in a chat. The place is a byte of the message
// and UTF-16 units from there, as browsers count; or the word itself.
func (s *Server) hide(w http.ResponseWriter, r *request) error {
	c, message, err := s.messageOf(r, http.StatusBadRequest)
	if err != nil {
		return err
	}
	start, end, err := markedPlace(c, message, r)
	if err == nil {
		var e review.Event
		if e, err = s.library.Mark(c, message, start, end, detectors.EntityType(r.FormValue("type"))); err == nil {
			return s.keep(w, r, c, e, notice{Key: "notice.hidden", Count: s.library.Occurrences(c, e)})
		}
	}
	for fault, key := range map[error]string{review.ErrNothing: "notice.no-word", review.ErrTooLong: "notice.too-long", review.ErrPseudonym: "notice.hidden-already"} {
		if errors.Is(err, fault) {
			r.session.say(notice{Key: key})
			s.back(w, r, c, message)
			return nil
		}
	}
	return statusError(http.StatusBadRequest)
}

// markedPlace returns the bytes of a message that a form means.
func markedPlace(c *review.Chat, message int, r *request) (start, end int, err error) {
	if word := strings.TrimSpace(r.FormValue("word")); word != "" {
		return c.Find(message, word)
	}
	at, errAt := strconv.Atoi(r.FormValue("at"))
	from, errFrom := strconv.Atoi(r.FormValue("start"))
	to, errTo := strconv.Atoi(r.FormValue("end"))
	text := c.Conversation.Messages[message-1].Text
	if errors.Join(errAt, errFrom, errTo) != nil || at < 0 || at > len(text) || from < 0 || to < from {
		return 0, 0, review.ErrPlace
	}
	start, ok := unitsAfter(text, at, from)
	end, ok2 := unitsAfter(text, at, to)
	if !ok || !ok2 {
		return 0, 0, review.ErrPlace
	}
	return start, end, nil
}

// unitsAfter returns the byte that stands n UTF-16 units behind byte at of text.
// A place inside a character is that behind it.
func unitsAfter(text string, at, n int) (int, bool) {
	if at < len(text) && !utf8.RuneStart(text[at]) {
		return 0, false
	}
	for n > 0 {
		if at >= len(text) {
			return 0, false
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		n -= max(utf16.RuneLen(r), 1)
		at += size
	}
	return at, true
}

func (s *Server) spare(w http.ResponseWriter, r *request) error {
	c, err := s.chatOf(r)
	if err != nil {
		return err
	}
	message, at, err := placeOf(r)
	if err != nil {
		return err
	}
	e, err := s.library.Needless(c, message, at)
	if err != nil {
		return statusError(http.StatusBadRequest)
	}
	if _, done := r.log.State(c.Key).SparedBy(e.Pseudonym, r.session.Reader()); done {
		s.back(w, r, c, message)
		return nil
	}
	return s.keep(w, r, c, e, notice{Key: "notice.spared"})
}

// comment keeps a comment without what the detectors find in it.
func (s *Server) comment(w http.ResponseWriter, r *request) error {
	c, message, err := s.messageOf(r, http.StatusBadRequest)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(review.Visible(strings.ToValidUTF8(strings.ReplaceAll(r.FormValue("text"), "\r\n", "\n"), "")))
	if text == "" {
		s.back(w, r, c, message)
		return nil
	}
	if len(text) > maxComment {
		return statusError(http.StatusRequestEntityTooLarge)
	}
	hidden, err := s.library.Anonymised(text)
	if err != nil {
		return err
	}
	n := notice{Key: "notice.commented"}
	if hidden != text {
		n.Key = "notice.commented-hidden"
	}
	return s.keep(w, r, c, review.Event{Kind: review.Remark, Message: message, Text: hidden}, n)
}

func (s *Server) judge(w http.ResponseWriter, r *request) error {
	c, err := s.chatOf(r)
	if err != nil {
		return err
	}
	v := review.Verdict(r.FormValue("verdict"))
	if !v.Valid() {
		return statusError(http.StatusBadRequest)
	}
	if r.FormValue("seen") != c.Fingerprint {
		return statusError(http.StatusConflict)
	}
	return s.keep(w, r, c, review.Event{Kind: review.Judge, Verdict: v, Fingerprint: c.Fingerprint}, notice{Key: "notice." + string(v)})
}

func (s *Server) flag(w http.ResponseWriter, r *request) error {
	c, err := s.chatOf(r)
	if err != nil {
		return err
	}
	kind, key := review.Flag, "notice.flagged"
	if r.log.State(c.Key).Flagged {
		kind, key = review.Unflag, "notice.unflagged"
	}
	return s.keep(w, r, c, review.Event{Kind: kind}, notice{Key: key})
}

func (s *Server) hasRead(w http.ResponseWriter, r *request) error {
	c, err := s.chatOf(r)
	if err != nil {
		return err
	}
	if r.log.State(c.Key).Read[r.session.Reader()] {
		s.back(w, r, c, 0)
		return nil
	}
	return s.keep(w, r, c, review.Event{Kind: review.HasRead}, notice{})
}

// undo takes back the last thing a reader did to a chat, or the one named.
func (s *Server) undo(w http.ResponseWriter, r *request) error {
	c, err := s.chatOf(r)
	if err != nil {
		return err
	}
	var e review.Event
	if id, wrong := strconv.ParseInt(r.FormValue("event"), 10, 64); wrong == nil {
		var ok bool
		if e, ok = r.log.State(c.Key).Event(id); !ok {
			return statusError(http.StatusConflict) // somebody was faster
		}
		err = s.store.Revoke(r.Context(), e, r.session.Reader())
	} else {
		e, err = s.store.Undo(r.Context(), c.Key, r.session.Reader())
	}
	if errors.Is(err, store.ErrNothing) {
		r.session.say(notice{Key: "notice.nothing-to-undo"})
		s.back(w, r, c, 0)
		return nil
	}
	if err != nil {
		return err
	}
	r.session.say(notice{Key: "notice.undone"})
	if strings.HasPrefix(r.FormValue("back"), "/corrections") {
		http.Redirect(w, r.Request, "/corrections", http.StatusSeeOther)
		return nil
	}
	s.back(w, r, c, e.Message)
	return nil
}
