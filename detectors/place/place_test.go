package place

import "testing"

func TestTownsAndPostcodesHaveTheirRegion(t *testing.T) {
	for name, want := range map[string]string{
		"Kessel-Lo": "BE-VBR", "LIÈGE": "BE-WLG", "Luik": "BE-WLG", "sint denijs westrem": "BE-VOV", "Brussels": "BE-BRU",
		"Heist-op-den-Berg": "BE-VAN", "Woluwe-Saint-Pierre": "BE-BRU", "kortrijk": "BE-VWV", "Arlon": "BE-WLX",
	} {
		if got, ok := Town(name); got != want || !ok {
			t.Errorf("Town(%q) = %q, %v, want %q", name, got, ok, want)
		}
	}
	for code, want := range map[int]string{1000: "BE-BRU", 1348: "BE-WBR", 1500: "BE-VBR", 3500: "BE-VLI", 6700: "BE-WLX", 7000: "BE-WHT", 5000: "BE-WNA"} {
		if got, ok := Postcode(code); got != want || !ok {
			t.Errorf("Postcode(%d) = %q, %v, want %q", code, got, ok, want)
		}
	}
	if _, ok := Town("Nergensdorp"); ok {
		t.Error("a town that does not exist has a region")
	}
	if _, ok := Postcode(999); ok {
		t.Error("a postcode that does not exist has a region")
	}
}

func TestEveryPostcodeLiesInABelgianRegion(t *testing.T) {
	regions := map[string]bool{"BE-BRU": true, "BE-VAN": true, "BE-VBR": true, "BE-VLI": true, "BE-VOV": true, "BE-VWV": true,
		"BE-WBR": true, "BE-WHT": true, "BE-WLG": true, "BE-WLX": true, "BE-WNA": true}
	for code, region := range tables().regions {
		if !regions[region] || code < 1000 || code > 9999 {
			t.Errorf("%d lies in %q", code, region)
		}
	}
	if n := len(tables().regions); n < 1100 {
		t.Errorf("%d postcodes", n)
	}
}

func TestTheSameNameInTwoRegionsHasNone(t *testing.T) {
	if region, ok := Town("Overijse"); !ok || region != "BE-VBR" {
		t.Errorf("Overijse lies in %q, %v", region, ok)
	}
	for name := range tables().towns {
		if region, _ := Town(name); region == "" {
			return
		}
	}
	t.Error("no name lies in two regions")
}
