package detectors

// urls finds web addresses.
var urls = classifier{
	name: "url",
	doc: "Web addresses with a scheme, with www, or a known top-level domain and a path (RFC 3986): profile, share, " +
		"invite and meeting links. A bare domain and the sites of the keep-list stay readable.",
	types:       []EntityType{URL},
	words:       cueScheme,
	wordedMarks: ":.",
	token:       (*scan).url,
}

// url looks for a web address around token i: the word www, the colon of a
// scheme, or the first dot of a domain.
func (s *scan) url(i int) {
	switch {
	case int(s.toks[i].start) < s.urlEnd:
	case s.word(i) && s.size(i) == 3 && s.markAt(i+1, '.') && s.glued(i+1):
		s.webAddress(int(s.toks[i].start), int(s.toks[i].start))
	case s.markAt(i, ':') && s.markAt(i+1, '/') && s.markAt(i+2, '/') && s.word(i-1) && s.glued(i) && s.glued(i+1) && s.glued(i+2):
		s.webAddress(int(s.toks[i-1].start), int(s.toks[i+2].end))
	case s.markAt(i, '.') && s.glued(i) && s.glued(i+1) && !s.markAt(i-2, '.'):
		s.bareAddress(i)
	}
}

// webAddress takes the address that begins at byte start and whose host begins
// at byte host.
func (s *scan) webAddress(start, host int) {
	h, hostEnd := s.host(host)
	end := s.addressEnd(hostEnd)
	s.urlEnd = end
	switch {
	case !isHostName(h) && (hostEnd >= len(s.b) || s.b[hostEnd] != '[' && s.b[hostEnd] != ':'):
		s.miss(byURL, int32(start), int32(end), "scheme or www", "no domain")
	case s.keep.site(h):
		s.miss(byURL, int32(start), int32(end), "scheme or www", "a site of the keep-list")
	default:
		s.add(byURL, URL, int32(start), int32(end), forceShape, "scheme or www")
	}
}

// bareAddress takes a domain with a path whose first dot is token i.
func (s *scan) bareAddress(i int) {
	start := int(s.toks[i].start)
	for start > 0 && hostByte(s.b[start-1]) {
		start--
	}
	if start > 0 && (s.b[start-1] == '@' || s.b[start-1] == '.' || s.b[start-1] == '/') {
		return
	}
	h, hostEnd := s.host(start)
	s.urlEnd = hostEnd
	if hostEnd+1 >= len(s.b) || s.b[hostEnd] != '/' || !isHostName(h) || s.lex.cueOf(hashWord(lastLabel(h)))&cueTLD == 0 {
		return
	}
	end := s.addressEnd(hostEnd)
	if end <= hostEnd+1 || s.keep.site(h) {
		return
	}
	s.urlEnd = end
	s.add(byURL, URL, int32(start), int32(end), forceShape, "domain and path")
}

// host returns the host name at byte i, past user name and password, and where
// it ends.
func (s *scan) host(i int) (h []byte, end int) {
	start := i
	for end = i; end < len(s.b); end++ {
		c := s.b[end]
		if c == '@' {
			start = end + 1
			continue
		}
		if !hostByte(c) && c != '.' && !(c == ':' && s.userInfo(end)) {
			break
		}
	}
	for end > start && (s.b[end-1] == '.' || s.b[end-1] == '-') {
		end--
	}
	return s.b[start:end], end
}

// userInfo reports whether an at sign follows the colon at byte i before the
// path begins: https://name:secret@host.
func (s *scan) userInfo(i int) bool {
	for k := i + 1; k < len(s.b) && k < i+64; k++ {
		switch s.b[k] {
		case '@':
			return true
		case '/', ' ', '\n', '\t', '?', '#':
			return false
		}
	}
	return false
}

func hostByte(c byte) bool { return isLetter(c) || isDigit(c) || c == '-' || c == '_' }

// isHostName reports whether h is two or more labels, the last of them a word.
func isHostName(h []byte) bool {
	if octets(h) {
		return true
	}
	last := lastLabel(h)
	if len(last) < 2 || len(last) == len(h) || len(h) > maxHost || h[0] == '.' {
		return false
	}
	if len(h) > 4 && string(h[:4]) == "www." && len(last) == len(h)-4 {
		return false
	}
	return isLetter(last[0])
}

// lastLabel returns what follows the last dot of h.
func lastLabel(h []byte) []byte {
	for i := len(h); i > 0; i-- {
		if h[i-1] == '.' {
			return h[i:]
		}
	}
	return h
}

// addressEnd returns the end of a web address from byte i on: the next space,
// quote or angle bracket, without the punctuation of the sentence.
func (s *scan) addressEnd(i int) int {
	end, open := i, 0 // brackets that are not closed
	for end < len(s.b) && s.b[end] > ' ' && s.b[end] != '<' && s.b[end] != '>' && s.b[end] != '"' {
		switch s.b[end] {
		case '(':
			open++
		case ')':
			open--
		}
		end++
	}
	for end > i {
		switch c := s.b[end-1]; {
		case c == ')' && open >= 0:
			return end
		case c == ')':
			open++
			end--
		case c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')' || c == ']' || c == '\'' || c == '}':
			end--
		default:
			return end
		}
	}
	return end
}
