package transcripts

import (
	"strconv"
	"strings"
)

// keyring gives participants keys that hold nothing of the person: p1, p2, ...
// by the order in which their names or identifiers appear.
type keyring struct{ ids []string }

// key returns the key of the participant whom the source calls id.
func (k *keyring) key(id string) string {
	for i, have := range k.ids {
		if have == id {
			return keyNumber(i)
		}
	}
	k.ids = append(k.ids, id)
	return keyNumber(len(k.ids) - 1)
}

func keyNumber(i int) string { return "p" + strconv.Itoa(i+1) }

// isKeyWord reports whether s is a role, or a role with a short number, and so
// no name: visitor, operator2, p-1, u7.
func isKeyWord(s string) bool {
	n := len(s)
	for n > 0 && len(s)-n < 4 && '0' <= s[n-1] && s[n-1] <= '9' {
		n--
	}
	if n == 0 {
		return s != ""
	}
	if n < len(s) && (s[n-1] == '-' || s[n-1] == '_' || s[n-1] == ':' || s[n-1] == '#') {
		n--
	}
	if n == 1 {
		return s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z'
	}
	switch strings.ToLower(s[:n]) {
	case RoleVisitor, RoleOperator, RoleBot, RoleSystem,
		"agent", "assistant", "user", "staff", "client", "customer", "contact", "participant", "party", "speaker", "person",
		"counsellor", "counselor", "helper", "caller", "pupil", "student", "parent", "teacher", "unknown", "guest", "human",
		"leerling", "ouder", "leerkracht", "hulpverlener", "medewerker", "bezoeker", "klant", "beller",
		"enseignant", "intervenant", "visiteur", "conseiller":
		return true
	}
	return false
}

// isPlaceholder reports whether a name or address stands for none: what systems
// write for a visitor who gave nothing. To seek it in texts would hide a common
// word everywhere.
func isPlaceholder(s string) bool {
	switch s {
	case "", "-", "null", "NULL", "invalid", "none", "None", "n/a", "N/A",
		"Visitor", "visitor", "Guest", "guest", "Anonymous", "anonymous", "Unknown", "unknown", "User", "user", "Customer", "customer", "Me", "You",
		"Bezoeker", "bezoeker", "Gast", "gast", "Anoniem", "anoniem", "Onbekend", "onbekend", "Klant", "klant",
		"Visiteur", "visiteur", "Invité", "invité", "Anonyme", "anonyme", "Inconnu", "inconnu",
		"Besucher", "Anonym", "Unbekannt":
		return true
	}
	return false
}
