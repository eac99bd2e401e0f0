package place_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/clbchat/naamloos/anonymize/place"
)

func TestFindLeavesTheProvince(t *testing.T) {
	for text, want := range map[string]string{
		"Leuven": "BE-VBR", "gent": "BE-VOV", "Aalst": "BE-VOV", "Halle": "BE-VBR", "LIÈGE": "BE-WLG", "Luik": "BE-WLG",
		"Sint-Niklaas": "BE-VOV", "Brussel": "BE-BRU", "Namur": "BE-WNA", "Utrecht": "NL-UT", "den Haag": "NL-ZH", "Frankrijk": "FR",
		"Elzenlaan 12, 3000 Leuven": "BE-VBR", "Kerkstraat 1402, 9000 Gent": "BE-VOV", "rue du Pont 3 bte 2, 5000 Namur": "BE-WNA",
		"Dorpsplein 5, 1015 AB Amsterdam": "NL-NH", "1315CD": "NL", "Zandweg 7 in Mechelen": "BE-VAN", "B-8500 Kortrijk": "BE-VWV",
		"'s-Hertogenbosch": "NL-NB", "Bergen op Zoom": "NL-NB",
	} {
		got, ok := place.Find(text)
		assert.True(t, ok, want)
		assert.Equal(t, want, got.String())
	}
}

func TestWhatIsNotKnownIsNotGuessed(t *testing.T) {
	for _, text := range []string{"", "Xandrolië", "Dreef 7", "0470", "12"} {
		_, ok := place.Find(text)
		assert.False(t, ok)
	}
}

func TestCode(t *testing.T) {
	for code, want := range map[string]bool{"BE": true, "BE-VBR": true, "NL-UT": true, "Leuven": false, "be": false, "": false} {
		assert.Equal(t, want, place.Code(code))
	}
}
