package detectors

// emails finds e-mail addresses.
var emails = classifier{
	name: "email",
	doc: "E-mail addresses (RFC 5321, international ones too) and the ways people hide them: (at), apenstaartje, arobase, " +
		"punt, dot, spaces, a comma for the dot, the ending of a known provider left out.",
	types: []EntityType{Email},
	words: cueAt,
	marks: "@",
	token: (*scan).email,
}

// maxMailPart bounds the pieces of a spelled-out address on each side.
const maxMailPart = 8

// email looks for an address around token i, an at sign or a word for it.
func (s *scan) email(i int) {
	sign := s.toks[i].kind == kindMark
	before, after := i-1, i+1
	if !sign || s.markAt(before, '(') { // (at), [at], {at}
		before, after = s.unbracket(before, after)
	}
	glued := sign && s.glued(i) && s.glued(i+1)
	right, ok := s.mailDomain(after, glued)
	if !ok {
		return
	}
	left := s.mailName(before)
	if left < 0 || !sign && s.hyphened(after) && right.last == s.label(after) { // look-at-me
		return
	}
	if !sign && after == i+1 && !right.spoken && !right.provider {
		s.miss(byEmail, s.toks[left].start, s.toks[right.last].end, "word for the at sign", "no provider and no word for the dot")
		return
	}
	if s.keepMail(s.toks[left].start, s.toks[right.last].end) {
		return
	}
	rule := "at sign and domain"
	if !glued || right.spoken {
		rule = "spelled-out address"
	}
	s.add(byEmail, Email, s.toks[left].start, s.toks[right.last].end, forceShape, rule)
}

// hyphened reports whether the word for the at sign before token after stands
// between hyphens, underscores or stars.
func (s *scan) hyphened(after int) bool {
	return s.markAt(after-1, '-') || s.markAt(after-1, '_') || s.markAt(after-1, '*')
}

// keepMail reports whether a user keeps the address in bytes [i, j).
func (s *scan) keepMail(i, j int32) bool { return s.keep.words[hashWord(s.b[i:j])] }

// unbracket steps over the brackets around a word.
func (s *scan) unbracket(before, after int) (int, int) {
	if before < 0 || after >= len(s.toks) {
		return before, after
	}
	for _, pair := range [...]string{"()", "[]", "{}", "<>", "--", "__", "**"} {
		if s.markAt(before, pair[0]) && s.markAt(after, pair[1]) {
			return before - 1, after + 1
		}
	}
	return before, after
}

// mailDomain is the right side of an address.
type mailDomain struct {
	last     int  // its last token
	spoken   bool // a dot is a word
	provider bool // a known provider
}

// mailDomain reads the domain that begins at token i. Right after an at sign
// any domain with a dot will do; else its ending or provider must be known.
func (s *scan) mailDomain(i int, glued bool) (d mailDomain, ok bool) {
	dots, known := 0, false
	for n := 0; n < maxMailPart && s.mailPiece(i); n++ {
		end := s.label(i)
		d.last = end
		d.provider = d.provider || s.is(i, cueProvider) || s.providerGlued(i)
		known = s.is(end, cueTLD)
		next, spoken, isDot := s.dot(end+1, d.provider)
		if !isDot || !s.mailPiece(next) || s.sentenceDot(end+1, next) {
			break
		}
		if !glued && !spoken && !s.glued(next) && !s.is(next, cueTLD) {
			break
		}
		d.spoken = d.spoken || spoken
		dots++
		i = next
	}
	switch {
	case dots > 0 && glued:
		return d, isLetter(s.b[s.toks[d.last].start]) && s.size(d.last) >= 2 || known
	case dots > 0:
		return d, known || d.provider
	}
	return d, d.provider
}

// mailPiece reports whether token i can begin a label.
func (s *scan) mailPiece(i int) bool { return s.word(i) || s.number(i) }

// label returns the last token of the label that begins at token i: words,
// numbers and hyphens without gaps.
func (s *scan) label(i int) int {
	last := i
	for s.glued(i+1) && (s.mailPiece(i+1) || s.markAt(i+1, '-')) {
		if i++; s.mailPiece(i) {
			last = i
		}
	}
	return last
}

// dot reports whether a dot stands at token i, spelled in whatever way, and
// where what follows begins.
func (s *scan) dot(i int, provider bool) (next int, spoken, ok bool) {
	switch {
	case s.markAt(i, '.'):
		return i + 1, false, true
	case s.markAt(i, ',') && provider && s.is(i+1, cueTLD) && s.glued(i+1):
		return i + 1, false, true
	case s.is(i, cueDot):
		return i + 1, true, true
	case (s.markAt(i, '(') || s.markAt(i, '[') || s.markAt(i, '{')) && (s.is(i+1, cueDot) || s.markAt(i+1, '.')):
		return i + 3, true, i+3 < len(s.toks)
	}
	return i, false, false
}

// sentenceDot reports whether the dot at token i ends a sentence: no space
// before it and one after.
func (s *scan) sentenceDot(i, next int) bool {
	return s.markAt(i, '.') && s.glued(i) && !s.glued(next)
}

// providerGlued reports whether word i is a provider with its ending but no
// dot: gmailcom.
func (s *scan) providerGlued(i int) bool {
	w := s.bytes(i)
	for _, tld := range [...]string{"com", "be", "nl", "fr", "net", "de"} {
		n := len(w) - len(tld)
		if n > 2 && string(w[n:]) == tld && s.lex.cueOf(hashWord(w[:n]))&cueProvider != 0 {
			return true
		}
	}
	return false
}

// mailName returns the first token of the local part that ends at token i, or
// -1.
func (s *scan) mailName(i int) int {
	first := -1
	for n := 0; n < maxMailPart; n++ {
		k := s.chunkStart(i)
		if k < 0 {
			break
		}
		first = k
		prev, ok := s.dotBefore(k - 1)
		if !ok {
			break
		}
		i = prev
	}
	return first
}

// chunkStart returns the first token of the glued row of words, numbers and
// characters of a local part that ends at token i, or -1.
func (s *scan) chunkStart(i int) int {
	first := -1
	for n := 0; i >= 0 && n < maxChunk; n++ {
		if s.mailPiece(i) {
			first = i
		} else if !s.localMark(i) {
			break
		}
		if s.localMark(i) && s.toks[i].mark == '_' {
			first = i
		}
		if !s.glued(i) {
			break
		}
		i--
	}
	return first
}

// maxChunk bounds the tokens of a word with marks inside.
const maxChunk = 32

// localMark reports whether token i is a mark that occurs in local parts.
func (s *scan) localMark(i int) bool {
	if i < 0 || s.toks[i].kind != kindMark {
		return false
	}
	switch s.toks[i].mark {
	case '.', '_', '-', '+', '\'', '%', '&':
		return true
	}
	return false
}

// dotAdjectives stand before the word for a mark: liggend streepje.
var dotAdjectives = setOf("liggend laag kleine")

// dotBefore reports whether a dot of a spelled-out local part ends at token i,
// and the token before it.
func (s *scan) dotBefore(i int) (prev int, ok bool) {
	switch {
	case i < 1:
		return i, false
	case s.is(i, cueDot) && s.in(i-1, dotAdjectives) && s.mailPiece(i-2):
		return i - 2, true
	case s.is(i, cueDot) && s.mailPiece(i-1):
		return i - 1, true
	case s.markAt(i, '.') && !s.glued(i) && !s.glued(i+1) && s.mailPiece(i-1):
		return i - 1, true
	case i > 2 && (s.markAt(i, ')') || s.markAt(i, ']') || s.markAt(i, '}')) && s.is(i-1, cueDot):
		return i - 3, s.mailPiece(i - 3)
	}
	return i, false
}
