package web

import (
	"context"
	"fmt"
	"html"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize"
	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/anonymize/review/store"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

var testKey = keys.Key{}.Derive("web test")

// site is a server with a library, and a browser without a window to it.
type site struct {
	t         testing.TB
	handler   http.Handler
	library   *review.Library
	store     *store.Store
	mu        sync.Mutex
	addresses []string
	cookie    *http.Cookie
}

const testAddress = "127.0.0.1:4711"

func conversations(cs ...*transcripts.Conversation) iter.Seq2[*transcripts.Conversation, error] {
	return func(yield func(*transcripts.Conversation, error) bool) {
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func chatOf(id, topic string, texts ...string) *transcripts.Conversation {
	c := &transcripts.Conversation{ID: id, Topic: topic, Participants: []transcripts.Participant{
		{Key: "visitor", Role: transcripts.RoleVisitor, Name: "[PERSON-kp5vzt5mh]"}, {Key: "operator", Role: transcripts.RoleOperator, Name: "[PERSON-4fbqh4p35]"}}}
	at := time.Date(2026, 1, 12, 16, 4, 0, 0, time.UTC)
	for i, text := range texts {
		from := "visitor"
		if i%2 == 1 {
			from = "operator"
		}
		c.Messages = append(c.Messages, transcripts.Message{From: from, At: at.Add(time.Duration(i) * 31 * time.Second), Text: text})
	}
	return c
}

// reasons are a trace of a chat whose pseudonyms all have one reason.
func reasons(c *transcripts.Conversation) [][]anonymize.Replacement {
	out := make([][]anonymize.Replacement, len(c.Messages))
	token := regexp.MustCompile(`\[[A-Z_]+-[b-z2-9]{9}\]`)
	for i := range c.Messages {
		for _, at := range token.FindAllStringIndex(c.Messages[i].Text, -1) {
			out[i] = append(out[i], anonymize.Replacement{Message: i + 1, Start: at[0], End: at[1], From: at[0], To: at[0] + 4,
				Type: detectors.Person, Detector: "names", Rule: "names: tagged as person", Score: 0.97})
		}
	}
	return out
}

func newSite(t testing.TB, mode review.Mode, cs ...*transcripts.Conversation) *site {
	t.Helper()
	library, err := review.Load(testKey, mode, review.Source{Name: "chats.jsonl", Conversations: conversations(cs...)})
	require.NoError(t, err)
	for _, c := range library.Chats {
		c.Replacements = reasons(c.Conversation)
	}
	kept, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "review.db"), corrections.KeyID(testKey))
	require.NoError(t, err)
	t.Cleanup(func() { _ = kept.Close() })
	s := &site{t: t, library: library, store: kept}
	server, err := New(Options{Library: library, Store: kept, Reader: "Ann", Fault: func(err error) { t.Errorf("fault: %v", err) },
		Announce: func(a string) { s.mu.Lock(); defer s.mu.Unlock(); s.addresses = append(s.addresses, a) }})
	require.NoError(t, err)
	s.handler = server.Handler(testAddress)
	server.access.open(testAddress)
	return s
}

// enter lets the browser in.
func (s *site) enter() *site {
	s.t.Helper()
	w := s.do("GET", strings.TrimPrefix(s.addresses[len(s.addresses)-1], "http://"+testAddress), nil)
	require.Equal(s.t, http.StatusOK, w.Code)
	cookies := w.Result().Cookies()
	require.Len(s.t, cookies, 1)
	s.cookie = cookies[0]
	return s
}

func (s *site) request(method, path string, form url.Values) *http.Request {
	r := httptest.NewRequest(method, "http://"+testAddress+path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if s.cookie != nil {
		r.AddCookie(s.cookie)
	}
	return r
}

func (s *site) do(method, path string, form url.Values) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, s.request(method, path, form))
	return w
}

// get returns a page, which must be there.
func (s *site) get(path string) string {
	s.t.Helper()
	w := s.do("GET", path, nil)
	require.Equal(s.t, http.StatusOK, w.Code, path)
	return html.UnescapeString(w.Body.String())
}

// raw returns a page as it is sent.
func (s *site) raw(path string) string { return s.do("GET", path, nil).Body.String() }

// has and lacks compare without printing whole pages.
func has(t *testing.T, page, text string) {
	t.Helper()
	assert.True(t, strings.Contains(page, text), "%q is missing", text)
}

func lacks(t *testing.T, page, text string) {
	t.Helper()
	assert.False(t, strings.Contains(page, text), "%q is there", text)
}

// post sends a form to the first chat, which must lead on.
func (s *site) post(action string, form url.Values) {
	s.t.Helper()
	w := s.do("POST", "/c/"+s.library.Chats[0].Ref+"/"+action, form)
	require.Equal(s.t, http.StatusSeeOther, w.Code, action)
}

func (s *site) first() string { return s.get("/c/" + s.library.Chats[0].Ref) }

var plainChat = []string{"hey ik ben [PERSON-kp5vzt5mh] en zit op de blokkendoos", "Dag! Vertel maar over de Blokkendoos.", "[PERSON-s8mzn3hjb] is weg"}

func TestHostileTextIsShownNotRun(t *testing.T) {
	hostile := []string{
		`<script>alert(1)</script><img src=x onerror=alert(1)> "'> {{.}} </textarea>`,
		"links \u202Egnirts\u202C en \u2066x\u2069 en \u200Fy\u200B en \x07 klaar",
		strings.Repeat("👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2000),
		"z" + strings.Repeat("\u0336\u0489", 3000) + "algo",
		"[PERSON-<script>] [PERSON-kp5vzt5mh]",
	}
	c := chatOf("<b>c1</b>", "<i>onderwerp</i>\u202E", hostile...)
	c.Participants[0].Name = "<u>naam</u>"
	s := newSite(t, review.OneReader, c).enter()
	for _, path := range []string{"/", "/c/" + s.library.Chats[0].Ref, "/c/" + s.library.Chats[0].Ref + "/print?watermark=on"} {
		page := s.raw(path)
		for _, bad := range []string{"<script>alert", "<img src=x", "<b>c1", "<i>onderwerp", "<u>naam", "onerror=alert(1)>"} {
			lacks(t, page, bad)
		}
	}
	page := s.first()
	for _, code := range []string{"U+202E", "U+202C", "U+2066", "U+2069", "U+200F", "U+200B", "U+0007"} {
		has(t, page, `>`+code+`</span>`)
	}
	assert.NotContains(t, regexp.MustCompile(`(?s)<ol class="chat".*</ol>`).FindString(page), "\u202E")
	has(t, page, "👩‍👩‍👧‍👦")
}

func TestMarkedWordVanishesEverywhereAndComesBack(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "de blokkendoos", plainChat...)).enter()
	text := plainChat[0]
	at := strings.Index(text, "]") + 1
	start := strings.Index(text, "blokkendoos") - at
	s.post("hide", url.Values{"m": {"1"}, "at": {fmt.Sprint(at)}, "start": {fmt.Sprint(start)}, "end": {fmt.Sprint(start + 5)}, "type": {"ORG"}})
	page := s.first()
	talk := regexp.MustCompile(`(?s)<ol class="chat".*</ol>`).FindString(page)
	lacks(t, strings.ToLower(talk), "blokkendoos")
	has(t, page, "Verborgen op 2 plaatsen")
	assert.NotContains(t, strings.ToLower(s.get("/c/"+s.library.Chats[0].Ref+"/print")), ">blokkendoos<")
	s.post("undo", url.Values{})
	assert.Contains(t, strings.ToLower(s.first()), "blokkendoos")
}

func TestMarkingByTypingTheWord(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "", plainChat...)).enter()
	s.post("hide", url.Values{"m": {"2"}, "word": {"blokkendoos"}, "type": {"ORG"}})
	lacks(t, strings.ToLower(s.first()), "blokkendoos")
	s.post("hide", url.Values{"m": {"2"}, "word": {"afwezig"}, "type": {"ORG"}})
	has(t, s.first(), "Daar staat geen woord")
}

func TestUTF16OffsetsOfBrowsers(t *testing.T) {
	text := "😀é de Zilverberg"
	at, ok := unitsAfter(text, 0, 2)
	assert.True(t, ok)
	assert.Equal(t, 4, at)
	at, ok = unitsAfter(text, 0, 7)
	assert.True(t, ok)
	assert.Equal(t, "Zilverberg", text[at:])
	_, ok = unitsAfter(text, 0, 99)
	assert.False(t, ok)
	_, ok = unitsAfter(text, 1, 1)
	assert.False(t, ok, "inside a character")
}

func TestWhyTellsRuleAndNeverTheOriginal(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "", plainChat...)).enter()
	ref := s.library.Chats[0].Ref
	page := s.get(fmt.Sprintf("/c/%s/why?m=3&at=0", ref))
	has(t, page, "names: tagged as person")
	has(t, page, "97\u00a0%")
	s.post("spare", url.Values{"m": {"3"}, "at": {"0"}})
	has(t, s.first(), "onnodig vervangen")
	for _, bad := range []string{"m=3&at=1", "m=9&at=0", "m=0&at=0", "m=x&at=0", ""} {
		assert.Contains(t, []int{400, 404}, s.do("GET", "/c/"+ref+"/why?"+bad, nil).Code, bad)
	}
}

func TestTwoReadersJudgeBlindly(t *testing.T) {
	s := newSite(t, review.TwoReaders, chatOf("c1", "", plainChat...)).enter()
	print := s.library.Chats[0].Fingerprint
	s.post("verdict", url.Values{"verdict": {"released"}, "seen": {print}})
	has(t, s.first(), "wacht op tweede lezer")
	ann := s.cookie
	s.cookie = nil
	s.enter()
	w := s.do("POST", "/reader", url.Values{"name": {" Bo\u202E  De Lezer "}})
	require.Equal(t, http.StatusSeeOther, w.Code)
	page := s.first()
	has(t, page, "1 andere lezer heeft al geoordeeld")
	lacks(t, page, "<bdi>Ann</bdi>:")
	s.post("verdict", url.Values{"verdict": {"held"}, "seen": {print}})
	page = s.first()
	has(t, page, "<bdi>Ann</bdi>: Vrijgeven")
	has(t, page, "lezers oneens")
	s.cookie = ann
	has(t, s.first(), "<bdi>Bo De Lezer</bdi>: Tegenhouden")
	has(t, s.get("/agreement"), "κ")
}

func TestVerdictOnAnotherTextIsRefused(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "", plainChat...)).enter()
	w := s.do("POST", "/c/"+s.library.Chats[0].Ref+"/verdict", url.Values{"verdict": {"released"}, "seen": {"x"}})
	assert.Equal(t, http.StatusConflict, w.Code)
}

func TestTwoReadersAtOnceTheSecondIsTold(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "", plainChat...)).enter()
	s.post("hide", url.Values{"m": {"2"}, "word": {"blokkendoos"}, "type": {"ORG"}})
	log, err := s.store.Log(context.Background())
	require.NoError(t, err)
	id := fmt.Sprint(log.State(s.library.Chats[0].Key).Hidden[0].ID)
	s.post("undo", url.Values{"event": {id}})
	w := s.do("POST", "/c/"+s.library.Chats[0].Ref+"/undo", url.Values{"event": {id}})
	assert.Equal(t, http.StatusConflict, w.Code)
	has(t, w.Body.String(), "Iemand was sneller")
}

func TestCommentsLoseNames(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "", plainChat...)).enter()
	s.post("comment", url.Values{"m": {"1"}, "text": {"mooi gevraagd, zijn nummer is 0470 12 34 56"}})
	page := s.first()
	has(t, page, "mooi gevraagd")
	lacks(t, page, "0470 12 34 56")
	has(t, page, "is vervangen")
	w := s.do("POST", "/c/"+s.library.Chats[0].Ref+"/comment", url.Values{"m": {"1"}, "text": {strings.Repeat("a ", maxComment)}})
	assert.Equal(t, http.StatusRequestEntityTooLarge, w.Code)
	w = s.do("POST", "/c/"+s.library.Chats[0].Ref+"/comment", url.Values{"m": {"1"}, "text": {strings.Repeat("a", maxForm)}})
	assert.Equal(t, http.StatusBadRequest, w.Code)
}

func TestBadRequestsAreRefusedCalmly(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "", plainChat...)).enter()
	ref := "/c/" + s.library.Chats[0].Ref
	for path, form := range map[string]url.Values{
		ref + "/hide": {"m": {"99"}, "word": {"x"}}, ref + "/hide?a": {"m": {"1"}, "at": {"-1"}, "start": {"0"}, "end": {"4"}, "type": {"ORG"}},
		ref + "/hide?b": {"m": {"1"}, "word": {"hey"}, "type": {"GEHEIM"}}, ref + "/hide?c": {"m": {"1"}, "at": {"0"}, "start": {"9"}, "end": {"9999"}, "type": {"ORG"}},
		ref + "/verdict": {"verdict": {"x"}}, ref + "/spare": {"m": {"1"}, "at": {"0"}}, ref + "/comment": {"m": {"x"}},
	} {
		assert.Equal(t, http.StatusBadRequest, s.do("POST", path, form).Code, path)
	}
	for _, path := range []string{"/c/zzz", "/nergens", "/export/x", "/c/zzz/print"} {
		w := s.do("GET", path, nil)
		assert.Equal(t, http.StatusNotFound, w.Code, path)
		lacks(t, w.Body.String(), "zzz")
	}
	assert.Equal(t, http.StatusNotFound, s.do("PUT", "/", nil).Code)
}

func TestListFilters(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "pesten op school", plainChat...),
		chatOf("c2", "thuis", "je ne suis pas bien avec ma mère", "oui, mais que dire ?"), chatOf("c3", "", strings.Split(strings.Repeat("ok|", 30), "|")...)).enter()
	rows := func(path string) int { return strings.Count(s.get(path), `<li class="row`) }
	for path, want := range map[string]int{"/": 3, "/?q=PESTEN": 1, "/?lang=fr": 1, "/?least=10": 1, "/?most=10": 2, "/?only=flagged": 0, "/?only=unread": 3,
		"/?status=held": 0, "/?q=c3": 1, "/?risk=100": 0, "/?page=99": 3, "/?least=x&page=-1": 3, "/?sort=length": 3} {
		assert.Equal(t, want, rows(path), path)
	}
	s.post("flag", url.Values{})
	s.post("read", url.Values{})
	assert.Equal(t, 1, rows("/?only=flagged"))
	assert.Equal(t, 2, rows("/?only=unread"))
	s.post("flag", url.Values{})
	assert.Equal(t, 0, rows("/?only=flagged"))
}

func TestLongChatComesInStretches(t *testing.T) {
	texts := make([]string, 10_000)
	for i := range texts {
		texts[i] = fmt.Sprintf("bericht van de blokkendoos %d", i+1)
	}
	s := newSite(t, review.OneReader, chatOf("c1", "", texts...)).enter()
	begin := time.Now()
	page := s.first()
	assert.Less(t, time.Since(begin), 2*time.Second)
	assert.Equal(t, stretch, strings.Count(page, `<li id="m`))
	last := s.get("/c/" + s.library.Chats[0].Ref + "?from=10000")
	has(t, last, `id="m10000"`)
	w := s.do("POST", "/c/"+s.library.Chats[0].Ref+"/hide", url.Values{"m": {"9000"}, "word": {"blokkendoos"}, "type": {"ORG"}})
	assert.Equal(t, "/c/"+s.library.Chats[0].Ref+"?from=9000#m9000", w.Result().Header.Get("Location"))
	has(t, s.get("/c/"+s.library.Chats[0].Ref+"?from=9000"), "10000 plaatsen")
	lacks(t, s.first(), "blokkendoos")
}

func TestEveryPageInEveryLanguage(t *testing.T) {
	s := newSite(t, review.TwoReaders, chatOf("c1", "school", plainChat...), chatOf("c2", "", "dag", "dag")).enter()
	ref := s.library.Chats[0].Ref
	s.post("hide", url.Values{"m": {"2"}, "word": {"blokkendoos"}, "type": {"ORG"}})
	s.post("comment", url.Values{"m": {"1"}, "text": {"goed"}})
	s.post("verdict", url.Values{"verdict": {"held"}, "seen": {s.library.Chats[0].Fingerprint}})
	for _, language := range languages {
		require.Equal(t, http.StatusSeeOther, s.do("POST", "/preferences", url.Values{"language": {language}, "back": {"/"}}).Code)
		for _, path := range []string{"/", "/c/" + ref, "/c/" + ref + "/print?watermark=on&remarks=on", "/c/" + ref + "/why?m=3&at=0", "/c/" + ref + "/act?m=1", "/corrections", "/agreement", "/reader"} {
			has(t, s.get(path), `lang="`+language+`"`)
		}
		assert.Equal(t, http.StatusNotFound, s.do("GET", "/nergens", nil).Code)
	}
}

func TestTextsAreTheSameInEveryLanguage(t *testing.T) {
	first, err := readTexts(languages[0])
	require.NoError(t, err)
	for _, language := range languages[1:] {
		texts, err := readTexts(language)
		require.NoError(t, err)
		for key, text := range texts {
			assert.Contains(t, first, key, language)
			assert.NotEmpty(t, text, "%s %s", language, key)
			if !strings.HasSuffix(key, ".one") {
				assert.Equal(t, strings.Count(first[key], "%d"), strings.Count(text, "%d"), "%s %s", language, key)
			}
		}
		assert.Len(t, texts, len(first), language)
	}
	for _, typ := range detectors.EntityTypes() {
		assert.Contains(t, first, "type."+string(typ))
	}
}

func TestExportsDownload(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("c1", "", plainChat...)).enter()
	s.post("hide", url.Values{"m": {"2"}, "word": {"blokkendoos"}, "type": {"ORG"}})
	set, err := corrections.Read(strings.NewReader(s.get("/export/corrections.json")))
	require.NoError(t, err)
	list, err := corrections.New(testKey, set)
	require.NoError(t, err)
	_, denied := list.Denies("Blokkendoos")
	assert.True(t, denied)
	has(t, s.get("/export/labels.jsonl"), `"judgement":"missed"`)
	has(t, s.get("/export/decisions.jsonl"), `"unjudged"`)
	for _, file := range []string{"corrections.json", "labels.jsonl", "decisions.jsonl"} {
		assert.NotContains(t, strings.ToLower(s.get("/export/"+file)), "blokkendoos")
	}
	assert.True(t, strings.HasPrefix(s.get("/c/"+s.library.Chats[0].Ref+"/document"), "PK"), "a Word document")
}

// BenchmarkList10000 is one page of the list of 10,000 conversations.
func BenchmarkList10000(b *testing.B) {
	cs := make([]*transcripts.Conversation, 10_000)
	for i := range cs {
		cs[i] = chatOf(fmt.Sprintf("c%d", i), fmt.Sprintf("onderwerp %d", i%50), plainChat...)
	}
	s := newSite(b, review.TwoReaders, cs...).enter()
	for i, c := range s.library.Chats[:3000] {
		_, err := s.store.Append(context.Background(), review.Event{Chat: c.Key, Reader: fmt.Sprintf("lezer %d", i%5), Kind: review.Judge, Verdict: review.Released, Fingerprint: c.Fingerprint})
		require.NoError(b, err)
	}
	for b.Loop() {
		s.get("/?sort=risk&q=onderwerp&page=7")
	}
}

// BenchmarkLongChat is the first page of a chat of 10,000 messages in which
// something was marked.
func BenchmarkLongChat(b *testing.B) {
	texts := make([]string, 10_000)
	for i := range texts {
		texts[i] = fmt.Sprintf("en toen zei [PERSON-s8mzn3hjb] in de blokkendoos dat het %d keer niet mocht", i+1)
	}
	s := newSite(b, review.OneReader, chatOf("c1", "", texts...)).enter()
	s.post("hide", url.Values{"m": {"9000"}, "word": {"blokkendoos"}, "type": {"ORG"}})
	for b.Loop() {
		s.first()
	}
}
