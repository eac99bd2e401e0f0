package detectors

import "bytes"

// passwords finds secrets.
var passwords = classifier{
	name: "password",
	doc: "passwords, PIN and door codes after a word that announces them in nl, fr, de, en, quoted or mixed with digits, " +
		"capitals or symbols; ordinary words that say how the password is doing stay readable.",
	types:   []EntityType{Password},
	words:   cuePassword | cueCode,
	numbers: wakingNumbers{asked: cuePassword | cueCode},
	marks:   "!$*<&_",
	token:   (*scan).password,
}

// maxSecret is the length of the longest secret in bytes.
const maxSecret = 64

// secretReach is how many tokens after its word a secret may stand.
const secretReach = 9

func (s *scan) password(i int) {
	switch {
	case s.number(i) || s.toks[i].kind == kindMark:
		s.askedSecret(i)
		return
	case !s.is(i, cuePassword):
		s.code(i)
		return
	}
	if s.quotedBefore(i) {
		return
	}
	strong, stopped, told := false, false, false
	for k := i + 1; k < len(s.toks) && k < i+secretReach; k++ {
		t := &s.toks[k]
		switch {
		case int(t.start) < s.secretEnd:
			continue
		case t.kind == kindMark && (t.mark == '"' || t.mark == '\'') && t.gap && k < i+5 && s.quoted(k):
			return
		case t.kind == kindMark && (t.mark == ':' || t.mark == '='):
			strong = true
			if s.secret(k+1, true, 4) {
				return
			}
		case t.kind == kindMark && (t.mark == '?' || t.mark == '.' && k+1 < len(s.toks) && s.toks[k+1].gap):
			if stopped {
				return
			}
			strong, stopped, told = false, true, false
		case t.gap || strong:
			if s.secret(k, strong, k-i) || k == i+1 && s.phraseSecret(k) || told && s.shoutedSecret(k) {
				return
			}
			told = told || s.in(k, becomes)
			strong = strong && t.cue&cueFiller != 0 || s.in(k, becomes)
		}
	}
}

// askedSecret takes the word around token i when the text before asked for a
// password, or another one stands in this text.
func (s *scan) askedSecret(i int) {
	if s.answersCode(i) {
		return
	}
	if s.before&cuePassword == 0 && s.secretEnd == 0 || int(s.toks[i].start) < s.secretEnd {
		return
	}
	k := i
	for k > 0 && k > i-maxChunk && !s.toks[k].gap {
		k--
	}
	start := s.toks[k].start
	end := s.secretEndAt(start)
	if c := s.census(start, end); c.letters >= 3 && c.hash == 0 && bytes.IndexByte(s.b[start:end], '@') < 0 && bytes.IndexByte(s.b[start:end], '/') < 0 {
		s.secret(k, false, 0)
	}
}

// answersCode takes a message of nothing but four to eight digits after one that
// asks for a code: "wat is je pincode?", "4412".
func (s *scan) answersCode(i int) bool {
	if i > 0 || !s.number(i) || s.before&(cuePassword|cueCode) == 0 || s.before&(cueReference|cueCustomer|cuePostcode|cueCompany) != 0 {
		return false
	}
	end, digits := s.codeDigits(i)
	if digits < 4 || digits > 8 || len(bytes.TrimRight(s.b[end:], " .!\n")) > 0 || s.dateAt(i).full() {
		return false
	}
	s.takeSecret(s.toks[i].start, end, forceShape, "digits in answer to a question for a code")
	return true
}

var becomes = setOf("is was est ist were war werd étais c'est")

// quoted takes the phrase between quotes that begins at token k.
func (s *scan) quoted(k int) bool {
	start := s.toks[k].end
	for j := start; int(j) < len(s.b) && j < start+maxSecret && s.b[j] != '\n'; j++ {
		if s.b[j] == s.toks[k].mark {
			if j-start < 3 {
				return false
			}
			s.takeSecret(start, j, forceKeyword, "quoted after a word for password")
			return true
		}
	}
	return false
}

// quotedBefore takes a quoted phrase before "als wachtwoord".
func (s *scan) quotedBefore(i int) bool {
	if i < 4 || !s.in(i-1, asWords) {
		return false
	}
	end := s.toks[i-2].start
	mark := s.toks[i-2].mark
	if mark != '"' && mark != '\'' {
		return s.secret(i-2, false, 2)
	}
	for j := end - 1; j >= 0 && j > end-maxSecret; j-- {
		if s.b[j] == mark && end-j > 3 {
			s.takeSecret(j+1, end, forceKeyword, "quoted before a word for password")
			return true
		}
	}
	return false
}

var asWords = setOf("als comme as")

func (s *scan) takeSecret(start, end int32, f force, rule string) {
	s.secretEnd = int(end)
	s.add(byPassword, Password, start, end, f, rule)
}

// secret takes what begins at token k when it is a secret; strong says that a
// colon or "is" stands before it, away how far the word for password is.
func (s *scan) secret(k int, strong bool, away int) bool {
	if k >= len(s.toks) || s.toks[k].kind == kindOpaque {
		return false
	}
	if s.word(k) && !s.glued(k+1) && (!strong || s.toks[k].cue != 0) {
		return false // an ordinary word
	}
	start := s.toks[k].start
	end := s.secretEndAt(start)
	if end-start < 3 {
		return false
	}
	c := s.census(start, end)
	symbols := int(end-start) - c.letters - c.digits
	mixed := c.digits > 0 && (c.letters > 1 || c.letters == 1 && c.caps && c.digits > 3 || symbols > 0 && c.digits > 2) || symbols > 0 && c.letters > 3 && !s.spelled(k, end)
	switch {
	case mixed && end-start >= 5 && !s.timeOrRank(start, end) && (s.dateAt(k).end == 0 || s.word(k) && s.glued(k+1)):
		s.takeSecret(start, end, forceKeyword, "letters and digits after a word for password")
	case c.letters == 0 && c.digits >= 3 && away <= 6 && !s.is(k+1, cueCount|cueYears|cueMonth) && s.dateAt(k).end == 0 && (!s.glued(k+1) || s.closes(k+1)):
		s.takeSecret(start, s.moreDigits(k), forceKeyword, "digits after a word for password")
	case strong && symbols == 0 && c.digits == 0 && s.toks[k].cue == 0 && !s.known(k) && !s.stateAhead(k):
		s.takeSecret(start, end, forceKeyword, "unusual word after a word for password")
	case symbols == 0 && c.digits == 0 && s.toks[k].cue == 0 && (s.markAt(k-1, ':') || s.markAt(k-1, '=')) && !s.stateAhead(k) && s.lineEnds(k+1):
		s.takeSecret(start, end, forceWeak, "last word of a line after a word for password and a colon")
	default:
		return false
	}
	return true
}

// phraseSecret takes the word right after "ww" when it ends in a symbol and is no
// ordinary word: Ikhaatschool!
func (s *scan) phraseSecret(k int) bool {
	start := s.toks[k].start
	end := s.toks[k].end
	if !s.word(k) || end-start < 8 || s.known(k) || s.toks[k].cue != 0 || !s.markAt(k+1, '!') || !s.glued(k+1) {
		return false
	}
	s.takeSecret(start, s.toks[k+1].end, forceWeak, "unusual word right after a word for password")
	return true
}

// shoutedSecret takes an unusual word that ends in "!" after "is" or "was":
// capitalised, or in the middle of a sentence.
func (s *scan) shoutedSecret(k int) bool {
	start := s.toks[k].start
	if !s.word(k) || s.size(k) < 6 || s.toks[k].cue != 0 || !s.markAt(k+1, '!') || !s.glued(k+1) || s.glued(k+2) {
		return false
	}
	goesOn, upper := s.word(k+2) && !isUpper(s.b[s.toks[k+2].start]), isUpper(s.b[start])
	if !goesOn && !upper || (!goesOn || !upper) && s.known(k) {
		return false
	}
	s.takeSecret(start, s.toks[k+1].end, forceWeak, "unusual word after a word for password")
	return true
}

// moreDigits returns the end of the digits that begin at token k: 449 120.
func (s *scan) moreDigits(k int) int32 {
	end := s.secretEndAt(s.toks[k].start)
	if s.number(k+1) && s.size(k) == s.size(k+1) && s.toks[k+1].start-s.toks[k].end == 1 {
		end = s.toks[k+1].end
	}
	return end
}

// stateAhead reports whether a word for the state of a password follows token k.
func (s *scan) stateAhead(k int) bool {
	return s.is(k, cueState) || !s.toks[k].gap && s.is(k-1, cueState)
}

// spelled reports whether the symbols of the word that begins at token k are
// those of ordinary writing: e-mail, foto's, a/b, smileys.
func (s *scan) spelled(k int, end int32) bool {
	for ; k < len(s.toks) && s.toks[k].start < end; k++ {
		switch s.toks[k].mark {
		case '!', '#', '$', '%', '&', '*', '+', '_', '=', '@', '<', '>':
			return k+1 >= len(s.toks) || s.toks[k+1].start >= end && s.toks[k].mark != '$' && s.toks[k].mark != '*'
		}
	}
	return true
}

// secretEndAt returns the end of the word that begins at byte i: all up to the
// next space, without the punctuation of the sentence.
func (s *scan) secretEndAt(i int32) int32 {
	j := i
	for int(j) < len(s.b) && j < i+maxSecret && s.b[j] > ' ' {
		j++
	}
	digits := false
	for k := i; k < j; k++ {
		digits = digits || isDigit(s.b[k])
	}
	for j > i {
		switch c := s.b[j-1]; {
		case c == '!' && digits:
			return j
		case c == '.' || c == ',' || c == ';' || c == ':' || c == ')' || c == '"' || c == '\'' || c == '?' || c == '!' || c == ']':
			j--
		case c >= 0x80 && !isLetter(c):
			j--
		default:
			return j
		}
	}
	return j
}

// timeOrRank reports whether bytes [i, j) are digits with a unit: 14u30, 2de,
// 20min.
func (s *scan) timeOrRank(i, j int32) bool {
	k := i
	for k < j && isDigit(s.b[k]) {
		k++
	}
	return k > i && k-i <= 3 && j-k <= 4 && isLetter(s.b[k]) && s.lex.cueOf(hashWord(s.b[k:j]))&(cueCount|cueYears) != 0
}

// code takes the digits after "code": 4 to 8 of them, with dashes or a space
// between. Letters make it a code of another kind.
func (s *scan) code(i int) {
	k := i + 1
	for ; k < len(s.toks) && k < i+reachNear+1 && !s.number(k); k++ {
		t := &s.toks[k]
		if t.kind == kindMark && !leadsOn(t.mark) || t.kind == kindWord && t.cue&(cueReference|cueRoom|cueClass|cuePostcode|cueCompany) != 0 {
			return
		}
	}
	if k >= len(s.toks) || !s.number(k) {
		return
	}
	end, digits := s.codeDigits(k)
	near := k <= i+3 || s.is(k-1, cueBe|cueFiller) || s.toks[k-1].kind == kindMark
	if !near || digits < 4 || digits > 8 || k > i+1 && s.dateAt(k).full() || s.is(k+1, cueCount|cueYears) {
		return
	}
	s.takeSecret(s.toks[k].start, end, forceKeyword, "digits after \"code\"")
}

// codeDigits returns the end and number of the digits that begin at token k:
// 4-17-29, 449 120.
func (s *scan) codeDigits(k int) (end int32, digits int) {
	end, digits = s.toks[k].end, s.size(k)
	for {
		switch {
		case s.markAt(k+1, '-') && s.glued(k+1) && s.glued(k+2) && s.number(k+2):
			k += 2
		case s.number(k+1) && s.toks[k+1].start-end == 1 && s.size(k+1) == 3 && digits == 3:
			k++
		case s.glued(k+1) && s.word(k+1):
			return end, 0
		case s.markAt(k+1, '#') && s.glued(k+1), s.markAt(k+1, '*') && s.glued(k+1):
			return s.toks[k+1].end, digits
		default:
			return end, digits
		}
		end, digits = s.toks[k].end, digits+s.size(k)
	}
}
