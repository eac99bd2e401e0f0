package detectors

// devices finds numbers of devices and sessions.
var devices = classifier{
	name: "device",
	doc: "IMEI (3GPP TS 23.003: fifteen digits with Luhn check, or after a keyword) and UUID (RFC 9562, any version); " +
		"32 hexadecimal digits after a keyword.",
	types:  []EntityType{DeviceID},
	digits: 1<<14 | 1<<15 | 1<<16 | 1<<17,
	window: (*scan).imei,
	marks:  "-",
	words:  cueDevice,
	token:  (*scan).uuid,
}

func (s *scan) imei(w *window) bool {
	spelling := w.only(1<<2|1<<8|1<<14) || w.only(1<<6|1<<8|1<<14)
	switch {
	case w.cue&cueDevice != 0 && spelling:
		return s.take(w, byDevice, DeviceID, forceKeyword, "IMEI, keyword")
	case w.d != 15 || !spelling || w.cue&(cueReference|cueCustomer|cueForeign|cueCard) != 0:
		return false
	case !luhn(w.dig):
		return s.pass(w, byDevice, "fifteen digits", "Luhn check wrong and no keyword")
	case !reportingBody(w.dig):
		return s.pass(w, byDevice, "fifteen digits, Luhn check holds", "no such reporting body and no keyword")
	}
	return s.take(w, byDevice, DeviceID, forceSum, "IMEI, Luhn check holds")
}

// reportingBody reports whether the first two digits name a body that gives
// out IMEI (GSMA TS.06).
func reportingBody(d []byte) bool {
	switch number(d[:2]) {
	case 1, 35, 86, 91, 98, 99:
		return true
	}
	return false
}

// uuid looks for a UUID whose first dash is token i, or for 32 hexadecimal
// digits after the word at token i.
func (s *scan) uuid(i int) {
	if s.word(i) {
		if v, ok := s.valueAfter(i); ok && v.end-v.start == 32 && allHex(s.b[v.start:v.end]) {
			s.add(byDevice, DeviceID, v.start, v.end, forceKeyword, "32 hexadecimal digits, keyword")
		}
		return
	}
	start := s.toks[i].start - 8
	end := start + 36
	if start < 0 || int(end) > len(s.b) || !isUUID(s.b[start:end]) || s.inWord(start, end) {
		return
	}
	s.add(byDevice, DeviceID, start, end, forceShape, "UUID")
}

// isUUID reports whether b is 8-4-4-4-12 hexadecimal digits.
func isUUID(b []byte) bool {
	for i, c := range b {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (c == '-') || !dash && !isHex(c) {
			return false
		}
	}
	return true
}

func allHex(b []byte) bool {
	for _, c := range b {
		if !isHex(c) {
			return false
		}
	}
	return true
}

// inWord reports whether a letter or digit stands right before or after bytes
// [i, j).
func (s *scan) inWord(i, j int32) bool {
	return i > 0 && (isLetter(s.b[i-1]) || isDigit(s.b[i-1])) || int(j) < len(s.b) && (isLetter(s.b[j]) || isDigit(s.b[j]))
}

// macs finds hardware addresses.
var macs = classifier{
	name: "mac",
	doc: "hardware address (IEEE 802): six pairs of hexadecimal digits with colons or dashes, three groups of four with " +
		"dots, or twelve digits after a keyword. Broadcast and null addresses stay readable.",
	types:       []EntityType{MAC},
	marks:       ":",
	wordedMarks: "-.",
	words:       cueMAC,
	token:       (*scan).mac,
}

func (s *scan) mac(i int) {
	if s.word(i) {
		if v, ok := s.valueAfter(i); ok && v.end-v.start == 12 && v.digits > 0 && allHex(s.b[v.start:v.end]) {
			s.add(byMAC, MAC, v.start, v.end, forceKeyword, "twelve hexadecimal digits, keyword")
		}
		return
	}
	group := int32(2)
	if s.toks[i].mark == '.' {
		group = 4
	}
	start := s.toks[i].start - group
	end := start + 17
	if group == 4 {
		end = start + 14
	}
	if mark := s.toks[i].mark; start < 0 || int(end) > len(s.b) || start > 0 && s.b[start-1] == mark || int(end) < len(s.b)-1 && s.b[end] == mark && isHex(s.b[end+1]) {
		return
	}
	if !pairs(s.b[start:end], int(group)) || s.inWord(start, end) {
		return
	}
	s.add(byMAC, MAC, start, end, forceShape, "hardware address")
}

// pairs reports whether b is groups of hexadecimal digits with the same mark
// between them, not all of them 0 or F.
func pairs(b []byte, group int) bool {
	mark, zeros, ones, letters := b[group], 0, 0, 0
	for i, c := range b {
		if i%(group+1) == group {
			if c != mark {
				return false
			}
			continue
		}
		switch {
		case !isHex(c):
			return false
		case c == '0':
			zeros++
		case c|0x20 == 'f':
			ones++
		}
		if !isDigit(c) {
			letters++
		}
	}
	return zeros < 12 && ones < 12 && (letters > 0 || mark == ':')
}
