package detectors

import "slices"

// EntityType is the label of a kind of personal data, as written in JSON,
// YAML, flags and documents.
type EntityType string

// The entity types. No others exist; a user's own recogniser maps to one of them.
const (
	Person      EntityType = "PERSON"       // name of a person as written, without title or kinship word
	Handle      EntityType = "HANDLE"       // user name, social handle, gamer tag
	Email       EntityType = "EMAIL"        // address, obfuscated ones too
	Phone       EntityType = "PHONE"        // personal number, never a helpline or short number
	URL         EntityType = "URL"          // link with a user name or token, profile, invite, meeting
	IP          EntityType = "IP"           // IPv4 or IPv6, private ones too
	MAC         EntityType = "MAC"          // hardware address
	DeviceID    EntityType = "DEVICE_ID"    // IMEI, UUID
	Coordinates EntityType = "COORDINATES"  // latitude and longitude
	IBAN        EntityType = "IBAN"         // IBAN of any country
	BankAccount EntityType = "BANK_ACCOUNT" // old Belgian account, BIC
	Card        EntityType = "CARD"         // payment card
	NRN         EntityType = "BE_NRN"       // rijksregisternummer, BIS numbers included
	NationalID  EntityType = "NATIONAL_ID"  // BSN, NIR, Steuer-ID, matricule, eID card, passport, licence
	CompanyID   EntityType = "COMPANY_ID"   // KBO, BTW, TVA, USt-Id, KvK
	AccountID   EntityType = "ACCOUNT_ID"   // customer, contract, policy, member number
	OtherID     EntityType = "OTHER_ID"     // class code, file, claim, order number, structured communication
	Plate       EntityType = "PLATE"        // licence plate
	Address     EntityType = "ADDRESS"      // street, number, box, postcode and town as one span
	Location    EntityType = "LOC"          // town, municipality or country on its own
	Org         EntityType = "ORG"          // school, firm, club, hospital
	BirthDate   EntityType = "DATE_BIRTH"   // date of birth
	Age         EntityType = "AGE"          // age of a person
	Password    EntityType = "PASSWORD"     // the secret itself
)

var entityTypes = [...]EntityType{
	Person, Handle, Email, Phone, URL, IP, MAC, DeviceID, Coordinates, IBAN,
	BankAccount, Card, NRN, NationalID, CompanyID, AccountID, OtherID, Plate,
	Address, Location, Org, BirthDate, Age, Password,
}

// EntityTypes returns all entity types in the order of the documentation.
func EntityTypes() []EntityType { return slices.Clone(entityTypes[:]) }

// Valid reports whether t is one of the entity types.
func (t EntityType) Valid() bool { return slices.Contains(entityTypes[:], t) }

// Span is one finding: bytes [Start, End) of a text, on rune boundaries.
type Span struct {
	Start, End int
	Type       EntityType
	Score      float64 // 0 to 1: how sure the detector is
	Detector   string  // Name of the detector
	Rule       string  // which of its rules fired, and on what evidence; never text of the message
}

// Len returns the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Overlaps reports whether s and o share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }
