package tagger

import "github.com/clbchat/naamloos/detectors/lexicon"

// orgEndings are the ends of compounds that are kinds of organisations:
// tuincentrum, Grundschule, fotoclub. Each has its shortest beginning.
var orgEndings = []string{
	"school", "schule", "club", "centrum", "center", "werken", "bedrijf", "zaak", "winkel", "handel", "markt",
	"college", "instituut", "atheneum", "bakkerij", "slagerij", "kantoor", "salon", "verein", "betrieb", "dienst",
	"vereniging", "huis", "haus", "ploeg", "groep", "bank", "kliniek", "ziekenhuis", "opvang", "verblijf", "academie",
}

const shortestBeginning = 3

// orgClass tells what a word says of organisations.
func orgClass(key []byte, e lexicon.Entry) uint8 {
	c := uint8(0)
	if e.Has(lexicon.OrgName) {
		c = 2
	}
	if e.Has(lexicon.OrgKind) {
		return c | 1
	}
	for _, end := range orgEndings {
		if len(key) >= len(end)+shortestBeginning && string(key[len(key)-len(end):]) == end {
			return c | 1
		}
	}
	return c
}
