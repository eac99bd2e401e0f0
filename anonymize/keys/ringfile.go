package keys

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"time"
)

// Faults of a ring that is read. None holds any of it.
var (
	ErrDamaged = errors.New("keys: the key ring is damaged")
	ErrNewer   = errors.New("keys: the key ring was written by a newer version of naamloos")
)

// ringFormat and ringVersion tell what a ring's file is.
const (
	ringFormat  = "naamloos key ring"
	ringVersion = 1
)

// ringFile is a ring as JSON. Check is CRC-32C of the same JSON with an empty
// Check: it tells damage, not malice; whoever can write the file has the keys.
type ringFile struct {
	Format       string           `json:"format"`
	Version      int              `json:"version"`
	Organisation string           `json:"organisation,omitempty"`
	Period       Length           `json:"period"`
	Created      time.Time        `json:"created"`
	Recipients   []string         `json:"recipients,omitempty"`
	Generations  []generationFile `json:"generations"`
	Events       []Event          `json:"events"`
	Check        string           `json:"check"`
}

type generationFile struct {
	ID      string            `json:"id"`
	Created time.Time         `json:"created"`
	Corpus  string            `json:"corpus"`  // "" when destroyed
	Periods map[string]string `json:"periods"` // seeds by name of their node
}

// IsRing reports whether data begins like the file of a ring.
func IsRing(data []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) }

// Write writes the ring with its secrets, for a file of its owner only.
func (r *Ring) Write(w io.Writer) error {
	f := ringFile{Format: ringFormat, Version: ringVersion, Organisation: r.organisation, Period: r.length,
		Created: r.created, Recipients: r.recipients, Events: r.events}
	for _, g := range r.generations {
		gf := generationFile{ID: g.id, Created: g.created, Corpus: hexOf(g.corpus), Periods: map[string]string{}}
		for name, seed := range g.periods {
			gf.Periods[name] = hexOf(seed)
		}
		f.Generations = append(f.Generations, gf)
	}
	f.Check = f.sum()
	data, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	defer clear(data)
	if _, err = w.Write(data); err == nil {
		_, err = w.Write([]byte{'\n'})
	}
	return err
}

// hexOf returns a key in digits, which stay in memory until it is used again; ""
// for none.
func hexOf(k Key) string {
	if k.IsZero() {
		return ""
	}
	return hex.EncodeToString(k.secret())
}

// sum returns the check of a file.
func (f ringFile) sum() string {
	f.Check = ""
	data, err := json.Marshal(f)
	if err != nil {
		return ""
	}
	defer clear(data)
	return fmt.Sprintf("%08x", crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)))
}

// ReadRing reads what [Ring.Write] wrote.
func ReadRing(data []byte) (*Ring, error) {
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if json.Unmarshal(data, &head) != nil || head.Format != ringFormat || head.Version < 1 {
		return nil, ErrDamaged // not wrapped: errors of package json quote their input
	}
	if head.Version > ringVersion {
		return nil, ErrNewer
	}
	var f ringFile
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if d.Decode(&f) != nil || f.Check == "" || f.Check != f.sum() || !f.Period.Valid() || len(f.Generations) == 0 {
		return nil, ErrDamaged
	}
	r := &Ring{organisation: f.Organisation, length: f.Period, created: f.Created, recipients: f.Recipients, events: f.Events}
	for _, gf := range f.Generations {
		g, ok := gf.generation(r)
		if !ok {
			return nil, ErrDamaged
		}
		r.generations = append(r.generations, g)
	}
	return r, nil
}

// generation returns the generation of r that gf tells; false when it is damaged.
func (gf generationFile) generation(r *Ring) (Generation, bool) {
	g := Generation{id: gf.ID, organisation: r.organisation, created: gf.Created, length: r.length, periods: tree{}}
	if gf.ID == "" {
		return g, false
	}
	if gf.Corpus != "" {
		k, err := Parse(gf.Corpus)
		if err != nil || k.ID() != gf.ID {
			return g, false
		}
		g.corpus = k
	}
	for name, text := range gf.Periods {
		seed, err := Parse(text)
		if err != nil {
			return g, false
		}
		g.periods[name] = seed
	}
	return g, g.periods.valid() && (!g.corpus.IsZero() || len(g.periods) == 0)
}
