package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/anonymize/risk"
	"github.com/clbchat/naamloos/detectors"
	"github.com/clbchat/naamloos/transcripts"
)

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

func TestTheEndOfAChatIsToldFromTheEndOfAPart(t *testing.T) {
	long := make([]string, stretch+1)
	for i := range long {
		long[i] = "ok"
	}
	s := newSite(t, review.OneReader, chatOf("kort", "school", "dag", "hallo"), chatOf("lang", "thuis", long...)).enter()
	has(t, s.first(), "Einde van het gesprek")
	path := "/c/" + s.library.Chats[1].Ref
	has(t, s.get(path), "Einde van dit deel")
	has(t, s.get(fmt.Sprintf("%s?from=%d", path, stretch+1)), "Einde van het gesprek")
}

func TestTheNextChatIsBesideTheVerdict(t *testing.T) {
	s := newSite(t, review.OneReader, chatOf("een", "school", "dag"), chatOf("twee", "thuis", "dag")).enter()
	has(t, s.first(), `<p class="onward"><a href="/c/`+s.library.Chats[1].Ref+`" rel="next">`)
	lacks(t, s.get("/c/"+s.library.Chats[1].Ref), `class="onward"`)
}

func TestALineIsListedOnceForAKindOfSign(t *testing.T) {
	groups := groupSigns([]risk.Sign{{Kind: risk.Name, Message: 4}, {Kind: risk.Name, Message: 2}, {Kind: risk.Name, Message: 4}, {Kind: risk.Number, Message: 4}})
	require.Len(t, groups, 2)
	require.Len(t, groups[0].Signs, 2)
	assert.Equal(t, []int{2, 4}, []int{groups[0].Signs[0].Message, groups[0].Signs[1].Message})
	assert.Len(t, groups[1].Signs, 1)
}
