package train

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// Parts of names of schools, firms and clubs.
var (
	saints = strings.Fields("jozef maria anna pieter jan martinus lodewijk michiel barbara ursula franciscus vincentius aloysius gertrudis lutgardis " +
		"norbertus amandus bavo lievens godelieve agnes catharina joris rita theresia augustinus bernardus donatus amands jozefs paulus victor gummarus rombout")
	saintsFR   = strings.Fields("joseph marie anne pierre jean martin louis michel barbe françois vincent luc remacle servais hadelin georges roch laurent boniface andré dominique adrien stanislas")
	schools    = strings.Split("college,atheneum,instituut,lyceum,humaniora,basisschool,lagere school,middenschool,kleuterschool,campus,school,scholengroep,academie", ",")
	schoolsFR  = strings.Split("collège,athénée royal,institut,école communale,lycée,école fondamentale,athénée,école libre,centre scolaire,cefa", ",")
	schoolsDE  = strings.Split("gymnasium,königliches athenäum,grundschule,gesamtschule,gemeindeschule,robert-schuman-institut", ",")
	brief      = strings.Fields("vti sji gti kta ka sgo tsm hti sji-sfx svi olvi klim viso vito ivg slb spc mpi kso tiso stedelijk")
	things     = strings.Split("notelaar,linde,kouter,regenboog,zonnebloem,vlinder,springplank,wegwijzer,brug,kring,sterrenhemel,toverboom,zandloper,klimop,beuk,eik,horizon,vuurtoren,meerpaal,zwaluw,duinen,wissel,molen,bron,kiem,boomgaard,pluim,ark,schakel,knipoog,speelboom,trampoline,octopus,wijngaard,populier,hoeve,sleutel", ",")
	thingsFR   = strings.Split("marronniers,tilleuls,envol,tournesols,coquelicots,ardoises,sources,étoiles,colibris,petits pas,hirondelles,peupliers,érables,moulins,tremplin,cerisiers,acacias", ",")
	clubs      = strings.Split("chiro,scouts,ksa,kfc,fc,sk,ksk,vk,kv,kvk,rsc,racing,sporting,turnkring,zwemclub,judoclub,dansschool,jeugdhuis,jh,hockeyclub,basket,volley,tennisclub,atletiekclub,manege,muziekacademie", ",")
	clubsFR    = strings.Split("rfc,royal,patro,scouts,unité,judo club,as,rus,union,basket club,maison de jeunes,mj,académie de musique,centre équestre", ",")
	firms      = strings.Split("bakkerij,garage,slagerij,frituur,kapsalon,apotheek,drukkerij,transport,bouwbedrijf,kinderopvang,loodgieterij,schrijnwerkerij,bloemen,restaurant,café,taverne,verzekeringen,advocatenkantoor,bouwwerken,tuinen,kliniek,az,uz,rusthuis,wzc,supermarkt,brasserie", ",")
	firmsFR    = strings.Split("boulangerie,garage,boucherie,friterie,salon,pharmacie,imprimerie,transports,crèche,restaurant,café,clinique,chr,chu,hôpital,résidence,assurances,librairie,menuiserie", ",")
	legalForms = strings.Fields("BV NV bvba vzw VOF CV SRL SA ASBL sprl")
)

func pick(rng *rand.Rand, from []string) string { return from[rng.IntN(len(from))] }

// org returns an invented organisation.
func (s *swap) org() string {
	rng := s.rng
	if s.lang == "fr" || s.lang != "nl" && rng.IntN(3) == 0 {
		switch rng.IntN(5) {
		case 0:
			return pick(rng, schoolsFR) + " saint-" + pick(rng, saintsFR)
		case 1:
			return pick(rng, schoolsFR) + " " + pick(rng, []string{"les ", "l'", "de "}) + pick(rng, thingsFR)
		case 2:
			return pick(rng, clubsFR) + " " + s.f.Place.draw(rng)
		case 3:
			return pick(rng, firmsFR) + " " + s.f.Surname.draw(rng)
		}
		return "saint-" + pick(rng, saintsFR)
	}
	if s.lang == "de" && rng.IntN(2) == 0 {
		return pick(rng, schoolsDE) + " " + s.f.Place.draw(rng)
	}
	switch rng.IntN(9) {
	case 0:
		return "sint-" + pick(rng, saints) + pick(rng, []string{"", "college", "instituut", "school", " college", "lyceum"})
	case 1:
		return pick(rng, schools) + " " + pick(rng, []string{"de ", "'t ", "ter ", "het "}) + pick(rng, things)
	case 2:
		return pick(rng, clubs) + " " + s.f.Place.draw(rng)
	case 3:
		return pick(rng, firms) + " " + s.f.Surname.draw(rng)
	case 4:
		return pick(rng, brief) + " " + s.f.Place.draw(rng)
	case 5:
		return "de " + pick(rng, things)
	case 6:
		return s.f.Surname.draw(rng) + " " + pick(rng, legalForms)
	case 7:
		return pick(rng, clubs) + " " + pick(rng, []string{"de ", "'t "}) + pick(rng, things)
	}
	return pick(rng, schools) + " " + s.f.Place.draw(rng)
}

// Parts of user names.
var (
	nickWords = strings.Fields("gamer king queen wolf dark shadow lil big mr miss x pro real official boss ninja ghost angel baby fire ice dragon tiger sniper kitty star moon night cool crazy gaming plays yt ttv draws beats private priv spam finsta art dance fc")
	joins     = []string{"_", ".", "", "-", "__", "_x_"}
)

// handle returns an invented user name.
func (s *swap) handle() string {
	rng := s.rng
	first := strings.ReplaceAll(strings.ToLower(s.f.First.draw(rng)), " ", "")
	j := pick(rng, joins)
	year := strconv.Itoa(rng.IntN(30))
	if rng.IntN(3) == 0 {
		year = strconv.Itoa(1970 + rng.IntN(48))
	}
	var h string
	switch rng.IntN(9) {
	case 0:
		h = first + j + year
	case 1:
		h = first + j + pick(rng, nickWords) + year
	case 2:
		h = pick(rng, nickWords) + j + first
	case 3:
		h = first + j + strings.ReplaceAll(strings.ToLower(s.f.Surname.draw(rng)), " ", "")
	case 4:
		h = "xX_" + first + "_Xx"
	case 5:
		h = pick(rng, nickWords) + pick(rng, nickWords) + year
	case 6:
		h = first + "." + first[:min(2, len(first))] + j + "x"
	case 7:
		h = strings.NewReplacer("a", "4", "e", "3", "i", "1", "o", "0").Replace(first) + j + pick(rng, nickWords)
	case 8:
		h = capitals(first) + capitals(pick(rng, nickWords)) + "#" + strconv.Itoa(1000+rng.IntN(9000))
	}
	if rng.IntN(4) == 0 {
		h = "@" + h
	}
	return h
}

// Endings of pet forms, by language.
var (
	petNL = []string{"ke", "je", "tje", "ie", "eke", "ken", "s"}
	petFR = []string{"ou", "ette", "y", "i", "inette"}
	petDE = []string{"chen", "lein", "i", "le"}
)

// petName returns a pet form of a first name: with an ending, cut short,
// doubled (lolo) or stretched.
func petName(name, lang string, rng *rand.Rand) string {
	r := []rune(strings.ToLower(name))
	if len(r) < 3 || strings.ContainsAny(name, " -") {
		return name
	}
	stem := strings.TrimRight(string(r), "aeiouyé")
	if len(stem) < 2 {
		stem = string(r)
	}
	switch rng.IntN(6) {
	case 0:
		return string(r[:min(len(r), 3+rng.IntN(3))])
	case 1:
		return string(r[:2]) + string(r[:2])
	case 2:
		return string(r) + strings.Repeat(string(r[len(r)-1]), 1+rng.IntN(4))
	}
	switch {
	case lang == "fr":
		return stem + pick(rng, petFR)
	case lang == "de" && rng.IntN(2) == 0:
		return stem + pick(rng, petDE)
	case rng.IntN(2) == 0:
		return string(r) + pick(rng, petNL)
	}
	return stem + pick(rng, petNL)
}
