package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/keys/keyfile"
)

func newKey(s surroundings) *cobra.Command {
	c := &cobra.Command{
		Use:   "key",
		Short: "make, show, rotate and destroy keys",
		Long: "A key ring holds the keys of one organisation: one for pseudonyms that hold\n" +
			"everywhere, one for each month or quarter. Destroying a period's key makes what was\n" +
			"made with it unlinkable for ever. Keys are never printed. See docs/KEYS.md.",
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newKeyNew(s), newKeyShow(s), newKeyRotate(s), newKeyDestroy(s))
	return c
}

// oneFile is the file that a key command is about.
func oneFile(args []string) (string, error) {
	if len(args) != 1 {
		return "", misusef("name one key file")
	}
	return args[0], nil
}

// keyNewFlags say what key ring to make.
type keyNewFlags struct {
	organisation, period string
	recipients           []string
	encrypt              bool
}

func newKeyNew(s surroundings) *cobra.Command {
	var f keyNewFlags
	c := &cobra.Command{
		Use:   "new FILE",
		Short: "make a key ring, mode 0600",
		Example: "  naamloos key new clb.keys\n  naamloos key new --organisation klant-a --period quarter --encrypt klant-a.keys\n" +
			"  naamloos key new --recipient age1... clb.keys",
		RunE: func(_ *cobra.Command, args []string) error {
			path, err := oneFile(args)
			if err != nil {
				return err
			}
			return f.run(s, path)
		},
	}
	fl := c.Flags()
	fl.StringVar(&f.organisation, "organisation", "", "whose keys they are; a policy for another organisation is refused")
	fl.StringVar(&f.period, "period", string(keys.Month), "how long a period lasts: month or quarter")
	fl.BoolVar(&f.encrypt, "encrypt", false, "encrypt the ring with a passphrase (typed, --passphrase-file or "+passphraseVariable+")")
	fl.StringArrayVar(&f.recipients, "recipient", nil, "encrypt the ring for an age `RECIPIENT` (age1...); may be repeated")
	return c
}

func (f keyNewFlags) run(s surroundings, path string) (err error) {
	length, lock := keys.Length(f.period), keyfile.Lock{Recipients: f.recipients}
	switch {
	case !length.Valid():
		return misusef("--period is month or quarter")
	case f.encrypt && len(f.recipients) > 0:
		return misusef("--encrypt asks for a passphrase, --recipient for none: give one of them")
	case f.encrypt:
		if lock.Passphrase, err = s.newPassphrase(); err != nil {
			return err
		}
	}
	ring := keys.NewRing(f.organisation, length, time.Now())
	defer ring.Wipe()
	if err := keyfile.Create(path, ring, lock); err != nil {
		return err
	}
	g, err := ring.Current()
	if err != nil {
		return err
	}
	fmt.Fprintf(s.stderr, "naamloos: made key %s in %s; keep a copy where only you can read it\n", g.ID(), path)
	return nil
}

// newPassphrase asks for the passphrase of a new ring, twice when it is typed.
func (s surroundings) newPassphrase() (string, error) {
	first, err := s.passphrase("new passphrase: ")
	if err != nil || s.unlocking.passphraseFile != "" || s.getenv(passphraseVariable) != "" {
		return first, err
	}
	second, err := s.passphrase("once more: ")
	if err == nil && first != second {
		err = errors.New("the two passphrases differ")
	}
	return first, err
}

// ringInfo is what is told of a key file. It holds no secret, by type.
type ringInfo struct {
	File         string           `json:"file"`
	Kind         string           `json:"kind"` // ring, key
	Organisation string           `json:"organisation,omitempty"`
	Period       keys.Length      `json:"period,omitempty"`
	Encrypted    bool             `json:"encrypted"`
	Current      string           `json:"current,omitempty"`
	Keys         []generationInfo `json:"keys"`
	Destroyed    []string         `json:"destroyed_periods,omitempty"`
	Events       []keys.Event     `json:"events,omitempty"`
}

type generationInfo struct {
	ID      string     `json:"id"`
	Created *time.Time `json:"created,omitempty"`
}

func infoOf(path string, c *keyfile.Contents) ringInfo {
	if c.Ring == nil {
		return ringInfo{File: path, Kind: "key", Current: c.Key.ID(), Keys: []generationInfo{{ID: c.Key.ID()}}}
	}
	r := c.Ring
	i := ringInfo{File: path, Kind: "ring", Organisation: r.Organisation(), Period: r.Length(), Encrypted: c.Sealed(),
		Events: r.Events(), Keys: []generationInfo{}}
	if g, err := r.Current(); err == nil {
		i.Current = g.ID()
	}
	for _, g := range r.Generations() {
		at := g.Created()
		i.Keys = append(i.Keys, generationInfo{g.ID(), &at})
	}
	for _, p := range r.DestroyedPeriods() {
		i.Destroyed = append(i.Destroyed, p.String())
	}
	return i
}

func newKeyShow(s surroundings) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "show FILE",
		Short: "tell what a key file holds, never a key",
		RunE: func(_ *cobra.Command, args []string) error {
			path, err := oneFile(args)
			if err != nil {
				return err
			}
			c, err := s.readRing(path)
			if err != nil {
				return err
			}
			if asJSON {
				e := json.NewEncoder(s.stdout)
				e.SetIndent("", "  ")
				return e.Encode(infoOf(path, c))
			}
			return infoOf(path, c).print(s.stdout)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// print writes the information for people.
func (i ringInfo) print(w io.Writer) error {
	p := &printer{w: w}
	p.line("file          %s", i.File)
	p.line("kind          %s", i.Kind)
	if i.Organisation != "" {
		p.line("organisation  %s", i.Organisation)
	}
	if i.Kind == "ring" {
		p.line("period        %s", i.Period)
		p.line("encrypted     %t", i.Encrypted)
	}
	for _, k := range i.Keys {
		note := ""
		if k.ID == i.Current {
			note = "  makes pseudonyms"
		} else {
			note = "  finds only"
		}
		p.line("key           %s%s", k.ID, note)
	}
	if len(i.Keys) == 0 {
		p.line("key           none is left")
	}
	for _, d := range i.Destroyed {
		p.line("destroyed     period %s", d)
	}
	for _, e := range i.Events {
		p.line("%s  %s %s%s", e.At.Format(time.RFC3339), e.What, e.Key, e.Period)
	}
	return p.err
}

// printer writes lines until one fails.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func newKeyRotate(s surroundings) *cobra.Command {
	return &cobra.Command{
		Use:   "rotate FILE",
		Short: "make new keys; the old ones only find from now on",
		RunE: func(_ *cobra.Command, args []string) error {
			path, err := oneFile(args)
			if err != nil {
				return err
			}
			ring, err := s.changeRing(path, func(r *keys.Ring) error {
				r.Rotate(time.Now())
				return nil
			})
			if err != nil {
				return err
			}
			g, err := ring.Current()
			if err != nil {
				return err
			}
			fmt.Fprintf(s.stderr, "naamloos: key %s makes pseudonyms from now on\n", g.ID())
			return nil
		},
	}
}

// destruction says which keys go.
type destruction struct {
	period, key string
	all         bool
}

func newKeyDestroy(s surroundings) *cobra.Command {
	var d destruction
	c := &cobra.Command{
		Use:   "destroy FILE",
		Short: "destroy keys: what they made can never be linked again",
		Long: "Overwrites the keys of a period, one key, or all, removes them, and records it.\n" +
			"There is no way back. Copies and backups of the file must be destroyed by whoever\n" +
			"made them.",
		Example: "  naamloos key destroy --period 2024-11 clb.keys\n  naamloos key destroy --key 1f2e3d4c clb.keys\n  naamloos key destroy --all clb.keys",
		RunE: func(_ *cobra.Command, args []string) error {
			path, err := oneFile(args)
			if err != nil {
				return err
			}
			return d.run(s, path)
		},
	}
	c.Flags().StringVar(&d.period, "period", "", "the keys of one period, such as 2024-11 or 2024-Q4")
	c.Flags().StringVar(&d.key, "key", "", "the key of this id, with those of its periods")
	c.Flags().BoolVar(&d.all, "all", false, "all keys of the file")
	return c
}

func (d destruction) run(s surroundings, path string) error {
	given := 0
	for _, g := range []bool{d.period != "", d.key != "", d.all} {
		if g {
			given++
		}
	}
	if given != 1 {
		return misusef("say what to destroy: --period, --key or --all")
	}
	if _, err := os.Stat(path); err != nil && !os.IsNotExist(err) {
		return err
	}
	_, err := s.changeRing(path, d.change)
	if errors.Is(err, keyfile.ErrNoRing) && d.all {
		err = keyfile.DestroyFile(path, s.stepped)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(s.stderr, "naamloos: destroyed; what was made with it can be linked no more")
	return nil
}

// change destroys keys of a ring.
func (d destruction) change(r *keys.Ring) error {
	now := time.Now()
	switch {
	case d.all:
		for _, g := range r.Generations() {
			if err := r.DestroyGeneration(g.ID(), now); err != nil {
				return err
			}
		}
		return nil
	case d.key != "":
		return r.DestroyGeneration(d.key, now)
	}
	p, err := keys.ParsePeriod(d.period)
	if err != nil {
		return misuse{err}
	}
	return r.DestroyPeriod(p, now)
}
