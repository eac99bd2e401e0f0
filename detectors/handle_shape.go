package detectors

import (
	"bytes"

	"github.com/clbchat/naamloos/detectors/lexicon"
)

// known reports whether token k is an ordinary word.
func (s *scan) known(k int) bool {
	e := s.entry(k)
	return e.Common() > 0 || e.Has(lexicon.Dutch)
}

// often is the bucket of use of a word that is more than a slip or short form.
const often = 5

// usual reports whether token k is an ordinary word that is often used.
func (s *scan) usual(k int) bool {
	e := s.entry(k)
	return e.Common() >= often || e.Has(lexicon.Dutch)
}

func (s *scan) entry(k int) lexicon.Entry {
	s.key = lexicon.Fold(s.key[:0], string(s.bytes(k)))
	return lexicon.Find(lexicon.Hash(s.key))
}

// handleShape takes handles by their shape around token i: an underscore, the
// # of name#1234, a number.
func (s *scan) handleShape(i int) {
	if int(s.toks[i].start) < s.handleSeen {
		return
	}
	start, end := s.toks[i].start, s.toks[i].end
	for start > 0 && s.toks[i].start-start <= maxHandle && handleByte(s.b[start-1]) {
		start--
	}
	for int(end) < len(s.b) && handleByte(s.b[end]) {
		end++
	}
	s.handleSeen = int(end) // the whole row of characters is looked at once
	if end-start > maxHandle {
		return
	}
	end = s.trimHandle(start, end)
	first := i
	for first > 0 && s.toks[first-1].end > start {
		first--
	}
	for first < i && !s.mailPiece(first) && s.toks[first].mark != '_' {
		first++
	}
	start = s.toks[first].start
	if start > 0 && (s.b[start-1] == '@' || s.b[start-1] == '/') || int(end) < len(s.b) && s.b[end] == '@' || end-start < 4 || emojiName(s.b, int(start), int(end)) {
		return
	}
	if rule, ok := s.shapeRule(first, start, end); ok {
		s.add(byHandle, Handle, start, end, forceWeak, rule)
	}
}

// shapeRule says which shape of a handle bytes [i, j) have, whose first token
// is k.
func (s *scan) shapeRule(k int, i, j int32) (string, bool) {
	c := s.census(i, j)
	switch {
	case c.letters < 3:
		return "", false
	case c.hash > 0:
		return "name#number", c.hash == 1 && s.b[i] != '#' && (c.tail >= 4 || c.digits > 0 && s.accountNear())
	case c.under > 0 && c.inner == 0 && c.letters >= 4 && s.b[j-1] == '_' && s.b[i] != '_' && c.under <= 2 && !s.markAt(k-1, '_'):
		return "word that ends in an underscore", c.under == 2 && c.dashes == 0 || s.accountNear() || s.claimed(k, j)
	case c.under > 0 && (c.inner > 0 || c.digits > 0 || c.dots > 0):
		return "underscore inside a word", c.dashes == 0 && !s.fileName(j)
	case c.dots > 0 && c.digits > 0 && c.dots < 3:
		return "dots and digits in a word", (c.tail > 0 && c.tail <= 4 || c.letters >= 8) && c.dashes == 0 && c.letters >= 4 && !isDigit(s.b[i]) &&
			!s.fileName(j) && (!isUpper(s.b[i]) || c.humps > 0)
	case c.dots > 0 && c.dots < 5 && c.dashes == 0 && c.under == 0:
		return "words joined by dots", (c.dots > 1 || s.accountNear() || s.claimed(k, j)) && c.letters >= 6 && !isUpper(s.b[i]) && !s.allKnown(k, j) && !s.fileName(j) &&
			s.b[i+1] != '.' && s.b[j-2] != '.' && !s.domain(i, j)
	case c.dots+c.dashes > 0 || c.digits == 0:
		return "", false
	case c.tail == c.digits:
		return "word that ends in digits", c.tail >= 2 && c.tail <= 4 && c.letters >= 4 && !c.caps && s.plainHandle(k)
	case c.tail == 0 && isDigit(s.b[i]):
		return "", false
	}
	return "digits inside a word", c.letters >= 4 && c.digits <= 4 && c.turns >= 1 && !c.caps && !isDigit(s.b[i]) &&
		(c.digits > 1 || c.humps > 0 || c.letters > 7 || bytes.ContainsAny(s.b[i:j], "014") || s.accountNear())
}

// claimed reports whether somebody says to be the handle that begins at token k
// and ends at byte j, or makes it: ik ben x.y, terwijl ik x.y ben, maak x.y aan.
func (s *scan) claimed(k int, j int32) bool {
	e := k
	for e < len(s.toks) && s.toks[e].start < j {
		e++
	}
	return s.in(k-1, accountVerbs) || s.in(k-1, firstPersons) && s.in(e, ownForms) || s.in(e, ownForms) && s.is(e+1, cuePronoun) ||
		s.in(k-1, ownForms) && s.is(k-2, cuePronoun) || s.in(k-1, firstPersons) && s.in(k-2, ownForms)
}

var (
	accountVerbs = setOf("maak maakt crée erstelle create creëer deblokkeer blokkeer verwijder reset activeer deactiveer supprime débloque bloque lösche sperre entsperre unblock block delete")
	ownForms     = setOf("ben kben bin am suis was bn")
	firstPersons = setOf("ik ich i je k")
)

// besidePassword takes an unusual word before "met wachtwoord": the name that
// the password is for.
func (s *scan) besidePassword(i int) {
	k := i - 1
	for n := 0; n < 3 && (s.in(k, passPhrase) || s.is(k, cueFiller) && s.word(k) && !s.in(k, withWords)); n++ {
		k--
	}
	name := k - 1
	if !s.in(k, withWords) || !s.word(name) || s.size(name) < 5 || s.toks[name].cue != 0 || s.known(name) || name > 0 && s.glued(name) {
		return
	}
	if name > 0 && !s.clauseEnds(name-1) && !s.markAt(name-1, ':') && !s.is(name-1, cueUser|cuePlatform|cueBe) && !s.in(name-1, asWords) {
		return
	}
	s.add(byHandle, Handle, s.toks[name].start, s.toks[name].end, forceWeak, "unusual word before a word for password")
}

var (
	withWords  = setOf("met avec with mit en and et und")
	passPhrase = setOf("mot de")
)

// accountNear reports whether this text or the one before speaks of accounts.
// Without that, a 3 or a 7 inside a word writes an Arabic sound.
func (s *scan) accountNear() bool { return (s.seen|s.before)&(cuePlatform|cueUser) != 0 }

// domain reports whether bytes [i, j) end in a top-level domain.
func (s *scan) domain(i, j int32) bool {
	return s.lex.cueOf(hashWord(lastLabel(s.b[i:j])))&cueTLD != 0
}

// plainHandle reports whether the word at token k, which a number follows, is
// not a thing with a number: lokaal12, covid19, windows11, maart2024.
func (s *scan) plainHandle(k int) bool {
	return s.toks[k].cue&(cueProduct|cueMonth|cueRoom|cueClass|cueBox|cueDay|cueCount|cueNumber|cuePhone|cueVersion|cueStreet|cueStreetWord|cueStreetEnd|cueNRN|cueAccount|cueCompany|cuePostcode|cueIP) == 0
}

// fileName reports whether a file's ending stands before byte j: foto_12.jpg.
func (s *scan) fileName(j int32) bool {
	for _, ext := range [...]string{".jpg", ".png", ".pdf", ".mp4", ".mp3", ".doc", ".docx", ".jpeg", ".zip", ".txt", ".xls", ".xlsx"} {
		if n := int(j) - len(ext); n > 0 && isWord(s.b[n:j], ext) {
			return true
		}
	}
	return false
}

// A census counts the characters of what may be a handle.
type census struct {
	letters, digits, dots, dashes, under, hash int
	inner                                      int  // underscores between letters or digits
	tail                                       int  // digits at the end
	turns                                      int  // changes from digit to letter
	humps                                      int  // capitals after small letters
	caps                                       bool // all letters are capitals
}

func (s *scan) census(i, j int32) census {
	c := census{caps: true}
	for k := i; k < j; k++ {
		b := s.b[k]
		switch {
		case isDigit(b):
			c.digits++
			c.tail++
			continue
		case isLetter(b):
			c.letters++
			c.caps = c.caps && isUpper(b)
			if k > i && isDigit(s.b[k-1]) {
				c.turns++
			}
			if k > i && isUpper(b) && isLetter(s.b[k-1]) && !isUpper(s.b[k-1]) {
				c.humps++
			}
		case b == '.':
			c.dots++
		case b == '-':
			c.dashes++
		case b == '#':
			c.hash++
		case b == '_':
			c.under++
			if k > i && k+1 < j && s.b[k-1] != '_' && s.b[k+1] != '_' {
				c.inner++
			}
		}
		c.tail = 0
	}
	return c
}
