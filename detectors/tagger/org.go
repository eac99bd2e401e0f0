package tagger

import (
	"bytes"

	"github.com/clbchat/naamloos/detectors/lexicon"
)

// orgEndings are the ends of compounds that are kinds of organisations:
// tuincentrum, Grundschule, fotoclub. Each has its shortest beginning.
var orgEndings = [...]string{
	"school", "schule", "club", "centrum", "center", "werken", "bedrijf", "zaak", "winkel", "handel", "markt",
	"college", "instituut", "atheneum", "bakkerij", "slagerij", "kantoor", "salon", "verein", "betrieb", "dienst",
	"vereniging", "huis", "haus", "ploeg", "groep", "bank", "kliniek", "ziekenhuis", "opvang", "verblijf", "academie",
}

const shortestBeginning = 3

// orgClass tells what w says of organisations.
func (a *Analysis) orgClass(w *word) uint64 {
	c := uint64(0)
	if w.entry.Has(lexicon.OrgName) {
		c = 2
	}
	if w.entry.Has(lexicon.OrgKind) {
		return c | 1
	}
	key := a.arena[w.key[0]:w.key[1]]
	for _, end := range orgEndings {
		if len(key) >= len(end)+shortestBeginning && bytes.HasSuffix(key, []byte(end)) {
			return c | 1
		}
	}
	return c
}
