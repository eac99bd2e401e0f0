package place

import (
	"regexp"
	"strconv"
)

// belgian lists the first postcode of each range; bpost gives every province
// its hundreds.
var belgian = []struct {
	from int
	area Area
}{
	{1000, "BE-BRU"}, {1300, "BE-WBR"}, {1500, "BE-VBR"}, {2000, "BE-VAN"}, {3000, "BE-VBR"}, {3500, "BE-VLI"},
	{4000, "BE-WLG"}, {5000, "BE-WNA"}, {6000, "BE-WHT"}, {6600, "BE-WLX"}, {7000, "BE-WHT"}, {8000, "BE-VWV"}, {9000, "BE-VOV"},
}

// dutch maps the first two digits of a Dutch postcode to the province all of
// them lie in. Those that two provinces share give the country.
var dutch = map[string]Area{
	"10": "NL-NH", "11": "NL-NH", "12": "NL-NH", "14": "NL-NH", "15": "NL-NH", "16": "NL-NH", "17": "NL-NH", "18": "NL-NH",
	"19": "NL-NH", "20": "NL-NH", "22": "NL-ZH", "23": "NL-ZH", "24": "NL-ZH", "25": "NL-ZH", "26": "NL-ZH", "27": "NL-ZH",
	"28": "NL-ZH", "29": "NL-ZH", "30": "NL-ZH", "31": "NL-ZH", "32": "NL-ZH", "35": "NL-UT", "43": "NL-ZE", "44": "NL-ZE",
	"48": "NL-NB", "49": "NL-NB", "50": "NL-NB", "51": "NL-NB", "52": "NL-NB", "54": "NL-NB", "55": "NL-NB", "56": "NL-NB",
	"57": "NL-NB", "59": "NL-LI", "60": "NL-LI", "61": "NL-LI", "62": "NL-LI", "63": "NL-LI", "64": "NL-LI",
	"68": "NL-GE", "69": "NL-GE", "70": "NL-GE", "71": "NL-GE", "72": "NL-GE", "73": "NL-GE", "75": "NL-OV", "76": "NL-OV",
	"85": "NL-FR", "86": "NL-FR", "87": "NL-FR", "88": "NL-FR", "89": "NL-FR", "95": "NL-GR", "99": "NL-GR",
}

var (
	dutchCode   = regexp.MustCompile(`(?:^|[^0-9])([1-9][0-9])[0-9]{2} ?[A-Z]{2}(?:[^A-Za-z]|$)`)
	belgianCode = regexp.MustCompile(`(?:^|[\s,;(]|B-)([1-9][0-9]{3})(?:[\s,;).]|$)`)
)

// postcode returns the area of the last postcode in text. A number of four
// digits that begins the text may be one, a house number behind a street may
// not: it stands before the postcode, which is the last.
func postcode(text string) (Area, bool) {
	if m := dutchCode.FindAllStringSubmatch(text, -1); m != nil {
		if a, ok := dutch[m[len(m)-1][1]]; ok {
			return a, true
		}
		return "NL", true
	}
	m := belgianCode.FindAllStringSubmatch(text, -1)
	if m == nil {
		return "", false
	}
	n, err := strconv.Atoi(m[len(m)-1][1])
	if err != nil {
		return "", false
	}
	var area Area
	for _, r := range belgian {
		if n >= r.from {
			area = r.area
		}
	}
	return area, true
}
