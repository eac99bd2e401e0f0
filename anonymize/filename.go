package anonymize

import (
	"path"
	"slices"
	"strings"
	"unicode"
)

// plainFileWords stay in a file name; every other word of it may be a name.
var plainFileWords = []string{
	"chat", "chats", "chatlog", "conversation", "conversations", "conversation", "transcript", "transcripts", "transcriptie",
	"export", "exports", "dump", "backup", "log", "logs", "message", "messages", "berichten", "gesprek", "gesprekken",
	"session", "sessie", "data", "archive", "archief", "history", "result", "results", "channels", "users", "inbox", "list",
	"phplive", "mysqldump", "mysql", "phpmyadmin", "whatsapp", "slack", "teams", "zendesk", "intercom", "livechat", "tawk",
	"crisp", "chatwoot", "livezilla", "telegram", "signal", "matrix", "element", "messenger", "instagram", "mattermost",
	"p", "v", "part", "deel", "met", "with", "utf", "utf8", "utf16le", "cp1252", "bom", "sep", "nl", "fr", "de", "en", "be",
	"excel", "csv", "json", "jsonl", "sql", "txt", "html", "xml", "plain", "formatted", "email", "demo", "sample", "example",
	"januari", "februari", "maart", "april", "juni", "juli", "augustus", "september", "oktober", "november", "december",
}

// longestFileNumber is the most digits of a number that stays: a date has 8.
const longestFileNumber = 8

// FileName returns the name of a file, or its path with slashes, without what
// may be a name in it: words that do not belong to export file names, and long
// numbers, become one code. The extension stays.
func (a *Anonymizer) FileName(name string) string {
	parts := strings.Split(strings.ReplaceAll(name, "\\", "/"), "/")
	for i, part := range parts {
		ext := path.Ext(part)
		if len(ext) > 6 || ext == part {
			ext = ""
		}
		parts[i] = a.fileStem(strings.TrimSuffix(part, ext)) + ext
	}
	return strings.Join(parts, "/")
}

// fileStem codes all from the first to the last word that may be a name.
func (a *Anonymizer) fileStem(stem string) string {
	if isToken(stem) || stem == "." || stem == ".." {
		return stem
	}
	first, last := -1, -1
	for at := 0; at < len(stem); {
		n := fileWordEnd(stem[at:])
		if n == 0 {
			at += len(string([]rune(stem[at:])[:1]))
			continue
		}
		if end, ok := tokenAround(stem, at); ok {
			at = end
			continue
		}
		if !plainFileWord(stem[at : at+n]) {
			if first < 0 {
				first = at
			}
			last = at + n
		}
		at += n
	}
	if first < 0 {
		return stem
	}
	return stem[:first] + "[ID-" + a.rules.ids.code("file "+fold(stem[first:last])) + "]" + stem[last:]
}

// tokenAround reports whether a pseudonym begins just before byte i.
func tokenAround(s string, i int) (int, bool) {
	if i == 0 || s[i-1] != '[' {
		return 0, false
	}
	end, ok := pseudonymAt(s, i-1)
	return end, ok
}

// fileWordEnd returns the length of the word or number s begins with.
func fileWordEnd(s string) int {
	var kind func(rune) bool
	for i, r := range s {
		switch {
		case kind == nil && unicode.IsDigit(r):
			kind = unicode.IsDigit
		case kind == nil && unicode.IsLetter(r):
			kind = func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
		case kind == nil || !kind(r):
			return i
		}
	}
	return len(s)
}

func plainFileWord(word string) bool {
	if word[0] >= '0' && word[0] <= '9' {
		return len(word) <= longestFileNumber
	}
	return slices.Contains(plainFileWords, fold(word))
}
