package region

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestProvincesAreKnownByCodeAndByEveryName(t *testing.T) {
	assert.Len(t, Provinces("BE"), 11)
	assert.Len(t, Provinces("NL"), 12)
	assert.Empty(t, Provinces("FR"))
	for _, country := range []string{"BE", "NL"} {
		for _, p := range Provinces(country) {
			for _, text := range append([]string{p.Code, p.Code[3:], "  " + p.Code + " "}, p.Name[:]...) {
				code, ok := Parse(country, text)
				assert.True(t, ok, text)
				assert.Equal(t, p.Code, code, text)
			}
		}
	}
}

func TestSpellingsOfFormsAndDatabasesAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"Brussels Hoofdstedelijk Gewest": "BE-BRU", "Région de Bruxelles-Capitale": "BE-BRU", "Oost Vlaanderen": "BE-VOV",
		"Province de Liège": "BE-WLG", "provincie Antwerpen": "BE-VAN", "Province du Brabant Wallon": "BE-WBR", "oost-vlaanderen": "BE-VOV",
	} {
		code, ok := Parse("BE", text)
		assert.True(t, ok, text)
		assert.Equal(t, want, code, text)
	}
}

func TestWhatIsNoProvinceIsNotGuessed(t *testing.T) {
	for _, c := range [][2]string{
		{"BE", ""}, {"BE", "Gent"}, {"BE", "VLG"}, {"BE", "Vlaanderen"}, {"NL", "BE-VAN"}, {"FR", "Limburg"}, {"", "Limburg"}, {"BE", "NL-LI"}, {"België", "Namen"},
	} {
		code, ok := Parse(c[0], c[1])
		assert.False(t, ok, "%q", c)
		assert.Empty(t, code, "%q", c)
	}
	limburg, _ := Parse("NL", "Limburg")
	assert.Equal(t, "NL-LI", limburg, "the Dutch Limburg is not the Belgian one")
}

func TestCountriesAreKnownByCodeAndName(t *testing.T) {
	for text, want := range map[string]string{"be": "BE", "België": "BE", "belgique": "BE", "ZW": "ZW", " Niederlande": "NL"} {
		code, ok := Country(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, code)
	}
	for _, text := range []string{"", "ZZ", "XX", "Atlantis", "EU"} {
		_, ok := Country(text)
		assert.False(t, ok, text)
	}
}

func TestNamesFallBackToTheCode(t *testing.T) {
	assert.Equal(t, "Brabant flamand", Name("BE-VBR", "fr"))
	assert.Equal(t, "Nederland", Name("NL", "nl"))
	assert.Equal(t, "ZW", Name("ZW", "de"))
	assert.Equal(t, "East Flanders", Name("BE-VOV", "xx"))
}
