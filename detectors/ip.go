package detectors

import "bytes"

// ips finds IPv4 and IPv6 addresses.
var ips = classifier{
	name: "ip",
	doc: "IPv4 and IPv6 addresses (RFC 791, RFC 4291), private ones and prefixes included. " +
		"Versions, section numbers, times and numbers of more than four parts stay readable.",
	types:   []EntityType{IP},
	numbers: wakingNumbers{right: sideDot, digits: 3},
	marks:   ":",
	token:   (*scan).ip,
}

func (s *scan) ip(i int) {
	if s.number(i) {
		s.ipv4(i)
		return
	}
	s.ipv6(i)
}

// ipv4 looks for four octets that begin at number token i.
func (s *scan) ipv4(i int) {
	if i+6 >= len(s.toks) || s.markAt(i-1, '.') && s.glued(i) && s.number(i-2) && s.glued(i-1) {
		return
	}
	octets := true
	for k := i; k < i+7; k++ {
		if k > i && !s.glued(k) || (k-i)%2 == 1 && !s.markAt(k, '.') || (k-i)%2 == 0 && (!s.number(k) || s.size(k) > 3) {
			return
		}
		if (k-i)%2 == 0 {
			octets = octets && number(s.bytes(k)) <= 255
		}
	}
	start, end := s.toks[i].start, s.prefixEnd(i+6, 32)
	near, _ := s.announced(i)
	switch {
	case !octets && near&cueIP == 0:
		s.miss(byIP, start, end, "four numbers", "one is over 255")
	case s.markAt(i+7, '.') && s.glued(i+7) && s.number(i+8) && s.glued(i+8):
		s.miss(byIP, start, end, "four numbers", "more numbers follow")
	case near&cueIP == 0 && s.versioned(i):
		s.miss(byIP, start, end, "four numbers", "a version or section number")
	case s.glued(i) && s.word(i-1) && !s.is(i-1, cueIP):
		s.miss(byIP, start, end, "four numbers", "part of a longer word")
	default:
		s.add(byIP, IP, start, end, forceShape, "four octets")
	}
}

// versioned reports whether the word before token i, across the word "nummer"
// and small words, makes it a version or a section.
func (s *scan) versioned(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if s.is(k, cueVersion) || s.markAt(k, 0xa7) {
			return true
		}
		if !s.is(k, cueFiller|cueNumber) && !s.markAt(k, '.') && !s.markAt(k, ':') {
			return false
		}
	}
	return false
}

// prefixEnd returns the end of the address whose last token is i, a prefix
// length of up to most bits included.
func (s *scan) prefixEnd(i int, most uint64) int32 {
	if s.markAt(i+1, '/') && s.glued(i+1) && s.number(i+2) && s.glued(i+2) && s.size(i+2) <= 3 && number(s.bytes(i+2)) <= most {
		return s.toks[i+2].end
	}
	return s.toks[i].end
}

// maxIPv6 is the length of the longest IPv6 address in text, with IPv4 part.
const maxIPv6 = 45

// ipv6 looks for an IPv6 address around the colon token i, the first of its
// row.
func (s *scan) ipv6(i int) {
	at := int(s.toks[i].start)
	start := at
	for start > 0 && at-start <= 4 && isHex(s.b[start-1]) {
		start--
	}
	if at-start > 4 || start > 0 && (s.b[start-1] == ':' || isLetter(s.b[start-1]) || isDigit(s.b[start-1])) {
		return
	}
	end := at
	for end < len(s.b) && end-start < maxIPv6+1 && (isHex(s.b[end]) || s.b[end] == ':' || s.b[end] == '.') {
		end++
	}
	for end > start && s.b[end-1] == '.' {
		end--
	}
	if end > start && s.b[end-1] == ':' && (end-start < 2 || s.b[end-2] != ':') {
		end--
	}
	groups, ok := ipv6Groups(s.b[start:end])
	if !ok || end < len(s.b) && (isLetter(s.b[end]) || isDigit(s.b[end]) || s.b[end] == ':') {
		return
	}
	end = s.ipv6Tail(end)
	near, _ := s.announced(i)
	if groups == 0 && end-start < 4 || groups <= 3 && near&cueIP == 0 && !hasDigit(s.b[start:end]) {
		s.miss(byIP, int32(start), int32(end), "colons", "no group of digits")
		return
	}
	s.add(byIP, IP, int32(start), int32(end), forceShape, "IPv6")
}

// ipv6Tail returns the end of an address with its zone and prefix.
func (s *scan) ipv6Tail(end int) int {
	if end < len(s.b) && s.b[end] == '%' {
		k := end + 1
		for k < len(s.b) && k < end+20 && (isLetter(s.b[k]) || isDigit(s.b[k])) {
			k++
		}
		if k > end+1 {
			end = k
		}
	}
	if end+1 < len(s.b) && s.b[end] == '/' && isDigit(s.b[end+1]) {
		k := end + 1
		for k < len(s.b) && k < end+5 && isDigit(s.b[k]) {
			k++
		}
		if number(s.b[end+1:k]) <= 128 {
			end = k
		}
	}
	return end
}

func hasDigit(b []byte) bool { return bytes.ContainsAny(b, "0123456789") }

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// ipv6Groups counts the groups of an IPv6 address and reports whether it is
// one: eight groups, or fewer and one double colon; the last two may be spelled
// as four octets.
func ipv6Groups(b []byte) (groups int, ok bool) {
	double, n := false, 0
	for i := 0; i <= len(b); i++ {
		if i < len(b) && isHex(b[i]) {
			if n++; n > 4 {
				return 0, false
			}
			continue
		}
		if i < len(b) && b[i] == '.' {
			if !octets(b[i-n:]) {
				return 0, false
			}
			groups += 2
			break
		}
		if n > 0 {
			groups++
		}
		if i < len(b) && n == 0 && i > 0 && b[i-1] == ':' {
			if double || i > 1 && b[i-2] == ':' {
				return 0, false
			}
			double = true
		}
		n = 0
	}
	return groups, groups <= 8 && (double || groups == 8)
}

// octets reports whether b is four numbers of at most 255 joined by dots.
func octets(b []byte) bool {
	n, v, digits := 1, 0, 0
	for _, c := range b {
		switch {
		case c == '.' && digits > 0:
			n, v, digits = n+1, 0, 0
		case isDigit(c) && digits < 3:
			v, digits = v*10+int(c-'0'), digits+1
		default:
			return false
		}
		if v > 255 {
			return false
		}
	}
	return n == 4 && digits > 0
}
