package transcripts

import "strings"

// tagName returns the name of the tag at byte at in small letters, and whether
// it closes.
func tagName(s string, at int) (name string, closing bool) {
	at++
	if at < len(s) && s[at] == '/' {
		closing = true
		at++
	}
	end := at
	for end < len(s) && end-at < 12 && isWord(s[end]) {
		end++
	}
	return strings.ToLower(s[at:end]), closing
}

// tagEnd returns the end of the tag or comment at byte at, 0 when none begins
// there. One that never ends is text, and so is what is no element: a mail
// address in < >.
func tagEnd(s string, at int) int {
	rest := s[at:]
	if len(rest) < 3 {
		return 0
	}
	if strings.HasPrefix(rest, "<!--") {
		if n := strings.Index(rest[4:], "-->"); n >= 0 {
			return at + 4 + n + 3
		}
		return 0
	}
	if rest[1] != '!' && rest[1] != '?' && !isElement(rest[1:]) {
		return 0
	}
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '>':
			return at + i + 1
		case '<':
			return 0
		case '"', '\'':
			n := strings.IndexByte(rest[i+1:], rest[i])
			if n < 0 || rest[i-1] != '=' && rest[i-1] != ' ' {
				continue
			}
			i += n + 1
		}
	}
	return 0
}

// isElement reports whether s begins with the name of an element, behind the
// slash that closes it.
func isElement(s string) bool {
	if s[0] == '/' {
		s = s[1:]
	}
	end := 0
	for end < len(s) && (isWord(s[end]) || s[end] == ':') {
		end++
	}
	if end == 0 || end == len(s) || s[end] > ' ' && s[end] != '>' && s[end] != '/' {
		return false
	}
	return htmlElements.has(s[:end]) || isOfficeElement(s[:end]) || isTimestamp(s[:end])
}

// isOfficeElement reports whether name is one of those that Word writes: o:p.
func isOfficeElement(name string) bool {
	prefix, local, ok := strings.Cut(name, ":")
	return ok && local != "" && !strings.ContainsAny(local, "0123456789_:") && officePrefixes.has(prefix)
}

// isTimestamp reports whether name is timestamp_SECONDS_co, which PHP Live!
// writes in lines.
func isTimestamp(name string) bool {
	rest, ok := strings.CutPrefix(name, "timestamp_")
	n := digits(rest, 0)
	return ok && n > 0 && (rest[n:] == "" || rest[n:] == "_co" || rest[n:] == "_cv")
}

// nameSet holds names in small letters.
type nameSet map[string]struct{}

func namesOf(list ...string) nameSet {
	set := nameSet{}
	for _, name := range strings.Fields(strings.Join(list, " ")) {
		set[name] = struct{}{}
	}
	return set
}

func (n nameSet) has(name string) bool {
	var low [24]byte
	if len(name) > len(low) {
		return false
	}
	for i := range len(name) {
		low[i] = name[i]
		if 'A' <= name[i] && name[i] <= 'Z' {
			low[i] |= 0x20
		}
	}
	_, ok := n[string(low[:len(name)])]
	return ok
}

var (
	// htmlElements are the elements of HTML, those it once had, and those of
	// Teams (at, attachment) and PHP Live! (disconnected).
	htmlElements = namesOf("a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button",
		"canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure",
		"font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend",
		"li link listing main map mark marquee math menu menuitem meta meter nav nobr noembed noframes noscript object ol optgroup option output p",
		"param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select slot small source spacer span strike",
		"strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xml xmp",
		"g path circle rect line polyline polygon ellipse text tspan defs use symbol",
		"at attachment codeblock emoji customemoji systemeventmessage disconnected")
	officePrefixes = namesOf("o v w m x st1 svg")
	// htmlAttributes are attributes; others are read as text, names and all.
	htmlAttributes = namesOf("abbr accept action align alink allow allowfullscreen alt archive async autocomplete autofocus autoplay axis background",
		"bgcolor border cellpadding cellspacing char charset checked cite class classid clear code codebase codetype color cols colspan compact",
		"content contenteditable contenttype contenturl controls coords crossorigin data datetime decoding default defer dir disabled download",
		"draggable enctype face for form frame frameborder headers height hidden href hreflang hspace http-equiv id ismap itemid itemprop",
		"itemscope itemtype kind label lang language link loading longdesc loop marginheight marginwidth max maxlength media method min",
		"multiple muted name nohref noresize noshade nowrap open pattern ping placeholder playsinline poster property readonly referrerpolicy",
		"rel required rev reversed role rows rowspan rules sandbox scheme scope scrolling selected shape size sizes span spellcheck src srcdoc",
		"srcset standby start step style summary tabindex tag target text title translate type usemap valign value vlink vspace width wrap xmlns",
		"onclick onload onerror onmouseover onmouseout onsubmit onchange")
)

// attribute is an attribute of a tag; the range is that of its value.
type attribute struct {
	name       string
	start, end int
}

// attributes returns the attributes of the tag s[at:end] with their values. What
// is no attribute comes without a name.
func attributes(s string, at, end int) []attribute {
	var out []attribute
	i := at + 1
	for i < end-1 && s[i] > ' ' && (s[i] != '/' || i == at+1) {
		i++
	}
	for i < end-1 {
		for i < end-1 && (s[i] <= ' ' || s[i] == '/') {
			i++
		}
		start := i
		for i < end-1 && s[i] > ' ' && s[i] != '=' && s[i] != '/' {
			i++
		}
		name := strings.ToLower(s[start:i])
		if !isAttribute(name) {
			out = append(out, attribute{"", start, i})
		}
		for i < end-1 && s[i] <= ' ' {
			i++
		}
		if i >= end-1 || s[i] != '=' {
			if i == start {
				i++
			}
			continue
		}
		for i++; i < end-1 && s[i] <= ' '; {
			i++
		}
		start, i = attributeValue(s, i, end)
		out = append(out, attribute{name, start, i})
		if i < end-1 && (s[i] == '"' || s[i] == '\'') {
			i++
		}
	}
	return out
}

// isAttribute reports whether name, in small letters, is that of an attribute.
func isAttribute(name string) bool {
	if htmlAttributes.has(name) {
		return true
	}
	prefix, local, ok := strings.Cut(name, "-")
	if !ok {
		prefix, local, ok = strings.Cut(name, ":")
	}
	return ok && (prefix == "data" || prefix == "aria" || prefix == "xmlns" || prefix == "xml" || prefix == "accept" || officePrefixes.has(prefix)) &&
		isMemberName(local) && !strings.Contains(local, " ")
}

// attributeValue returns the range of the value at i, inside its quotes.
func attributeValue(s string, i, end int) (int, int) {
	if i < end-1 && (s[i] == '"' || s[i] == '\'') {
		if n := strings.IndexByte(s[i+1:end-1], s[i]); n >= 0 {
			return i + 1, i + 1 + n
		}
	}
	start := i
	for i < end-1 && s[i] > ' ' {
		i++
	}
	return start, i
}
