package transcripts

import (
	"strconv"
	"strings"
	"time"
)

// Layouts of numbers, beside those of package time.
const (
	layoutUnix      = "unix"       // seconds since 1970
	layoutUnixMilli = "unix-milli" // milliseconds
	layoutUnixMicro = "unix-micro"
	layoutUnixPoint = "unix-point" // seconds, a point and six digits, as Slack has them
)

// timeLayouts are tried in order; the first that reads a text and writes it
// back the same is its layout.
var timeLayouts = [...]string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05.000Z07:00",
	"2006-01-02T15:04:05.000000Z07:00",
	"2006-01-02T15:04:05.000Z0700",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04:05",
	"2006-01-02T15:04:05.000",
	"2006-01-02T15:04:05.000000",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04",
	"02/01/2006 15:04:05",
	"02/01/2006 15:04",
	"02-01-2006 15:04:05",
	"02-01-2006 15:04",
	"2006-01-02",
	"2 Jan 2006 15:04:05",
	time.RFC1123Z,
	time.RFC1123,
}

// parseTime reads a point in time and returns the layout that writes it back
// byte for byte. Without a zone it is taken as UTC.
func parseTime(s string) (t time.Time, layout string, ok bool) {
	if len(s) < 9 || len(s) > 40 {
		return time.Time{}, "", false
	}
	if digits(s, 0) == len(s) {
		return parseEpoch(s)
	}
	if len(s) == 17 && s[10] == '.' && digits(s, 0) == 10 && digits(s, 11) == 17 {
		t, _, ok := parseEpoch(s[:10] + s[11:])
		return t, layoutUnixPoint, ok
	}
	if strings.IndexByte(s, ':') < 0 && len(s) != 10 {
		return time.Time{}, "", false
	}
	for _, l := range timeLayouts {
		if t, ok := parseAs(l, s); ok {
			return t, l, true
		}
	}
	return time.Time{}, "", false
}

// parseAs reads a point in time that is written in a layout of package time.
func parseAs(layout, s string) (time.Time, bool) {
	if strings.HasPrefix(layout, layoutUnix) || !mayFit(layout, s) {
		return time.Time{}, false
	}
	t, err := time.ParseInLocation(layout, s, zoneOf(layout))
	return t, err == nil && t.Format(layout) == s
}

// mayFit reports whether the punctuation of s stands where that of a layout of
// digits does. Parsing in vain is slow.
func mayFit(layout, s string) bool {
	if layout[1] < '0' || layout[1] > '9' {
		return true // names of days or months
	}
	for i := range min(len(layout), len(s), len("2006-01-02T15:04:05")) {
		c := layout[i]
		if isDigit := '0' <= c && c <= '9'; isDigit != ('0' <= s[i] && s[i] <= '9') || !isDigit && c != s[i] {
			return false
		}
	}
	zone := s[len(s)-1] == 'Z' || strings.LastIndexAny(s, "+-") > len("2006-01-02T15")
	if strings.Contains(layout, "Z07") {
		return zone
	}
	return !zone && len(layout) == len(s)
}

// floating is the zone of times that were written without one.
var floating = time.FixedZone("", 0)

// Zoned reports whether t is a known point in time. Many exports write what the
// clock on the wall showed: such times count as UTC here, and are not Zoned.
func Zoned(t time.Time) bool { return t.Location() != floating }

// zoneOf returns the zone of what a layout does not say it of.
func zoneOf(layout string) *time.Location {
	if strings.Contains(layout, "Z07") || strings.Contains(layout, "-0700") || strings.Contains(layout, "MST") {
		return time.UTC
	}
	return floating
}

// parseEpoch reads seconds, milli- or microseconds by the number of digits.
func parseEpoch(s string) (time.Time, string, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || s[0] == '0' {
		return time.Time{}, "", false
	}
	switch len(s) {
	case 9, 10:
		return time.Unix(n, 0).UTC(), layoutUnix, true
	case 12, 13:
		return time.UnixMilli(n).UTC(), layoutUnixMilli, true
	case 15, 16:
		return time.UnixMicro(n).UTC(), layoutUnixMicro, true
	}
	return time.Time{}, "", false
}

// formatTime writes t as parseTime found it; the zero time is empty.
func formatTime(t time.Time, layout string) string {
	switch {
	case t.IsZero():
		return ""
	case layout == layoutUnix:
		return strconv.FormatInt(t.Unix(), 10)
	case layout == layoutUnixMilli:
		return strconv.FormatInt(t.UnixMilli(), 10)
	case layout == layoutUnixMicro:
		return strconv.FormatInt(t.UnixMicro(), 10)
	case layout == layoutUnixPoint:
		s := strconv.FormatInt(t.UnixMicro(), 10)
		return s[:10] + "." + s[10:]
	}
	return t.Format(layout)
}
