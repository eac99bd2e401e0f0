package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/keys/keyfile"
)

// Variables of the environment.
const (
	keyVariable        = "NAAMLOOS_KEY"        // a key of 64 hexadecimal digits
	passphraseVariable = "NAAMLOOS_PASSPHRASE" // of an encrypted key ring
)

// largestSecret is far more than a passphrase or a file of identities has, in bytes.
const largestSecret = 1 << 16

// secrets are the keys of a run. All are zero when none was given.
type secrets struct {
	key        keys.Key        // of the scope corpus, also for digests and signatures
	generation keys.Generation // what pseudonyms are made with
	ring       *keys.Ring      // nil when there is one key only
}

// vault holds what must be overwritten when a command has ended. The nil vault
// holds nothing.
type vault struct{ secrets []interface{ Wipe() } }

func (v *vault) add(secret interface{ Wipe() }) {
	if v != nil {
		v.secrets = append(v.secrets, secret)
	}
}

// wipe overwrites everything.
func (v *vault) wipe() {
	for _, s := range v.secrets {
		s.Wipe()
	}
	v.secrets = nil
}

// readRing reads a file of keys, which are overwritten when the command has ended.
func (s surroundings) readRing(path string) (*keyfile.Contents, error) {
	c, err := keyfile.Read(path, s.unlock())
	if err == nil {
		s.vault.add(c)
	}
	return c, err
}

// changeRing changes a key ring, which is overwritten in memory when the command
// has ended.
func (s surroundings) changeRing(path string, change func(*keys.Ring) error) (*keys.Ring, error) {
	return keyfile.Change(path, s.unlock(), s.stepped, func(r *keys.Ring) error {
		s.vault.add(r)
		return change(r)
	})
}

// readSecrets returns the keys of a file or of the environment.
func readSecrets(s surroundings, file string) (secrets, error) {
	if file != "" {
		return readSecretsFile(s, file)
	}
	text := s.getenv(keyVariable)
	if text == "" {
		return secrets{}, nil
	}
	k, err := keys.Parse(text)
	if err != nil {
		return secrets{}, fmt.Errorf("%s: %w", keyVariable, err)
	}
	s.vault.add(&k)
	return secrets{key: k, generation: keys.Derived(k)}, nil
}

func readSecretsFile(s surroundings, file string) (secrets, error) {
	c, err := s.readRing(file)
	if err != nil {
		return secrets{}, err
	}
	if c.Ring == nil {
		return secrets{key: c.Key, generation: keys.Derived(c.Key)}, nil
	}
	g, err := c.Ring.Current()
	if err != nil {
		return secrets{ring: c.Ring}, fmt.Errorf("%s: %w; 'naamloos key rotate' makes a new one", file, err)
	}
	k, err := g.Corpus()
	return secrets{key: k, generation: g, ring: c.Ring}, err
}

// readKey returns the key of a file or of the environment, or the zero Key when
// neither is given.
func readKey(s surroundings, file string) (keys.Key, error) {
	k, err := readSecrets(s, file)
	return k.key, err
}

// unlocking says how encrypted key rings are opened.
type unlocking struct{ passphraseFile, identity string }

func (u *unlocking) flags(c *cobra.Command) {
	fl := c.PersistentFlags()
	fl.StringVar(&u.passphraseFile, "passphrase-file", "", "`FILE` with the passphrase of an encrypted key ring, mode 0600 (or "+passphraseVariable+")")
	fl.StringVar(&u.identity, "identity", "", "`FILE` of age identities that opens an encrypted key ring, mode 0600")
}

// unlock returns what opens encrypted key rings.
func (s surroundings) unlock() keyfile.Unlock {
	u := keyfile.Unlock{Passphrase: func() (string, error) { return s.passphrase("passphrase: ") }}
	if s.unlocking != nil && s.unlocking.identity != "" {
		u.Identities = func() ([]byte, error) { return readPrivate(s.unlocking.identity) }
	}
	return u
}

// passphrase returns the passphrase of a file, of the environment, or typed at
// the terminal.
func (s surroundings) passphrase(prompt string) (string, error) {
	if s.unlocking != nil && s.unlocking.passphraseFile != "" {
		text, err := readPrivate(s.unlocking.passphraseFile)
		defer clear(text)
		return strings.TrimRight(string(text), "\r\n"), err
	}
	if text := s.getenv(passphraseVariable); text != "" {
		return text, nil
	}
	f, ok := s.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", errors.New("the key ring is encrypted: give its passphrase with --passphrase-file or " + passphraseVariable)
	}
	fmt.Fprint(s.stderr, prompt)
	text, err := term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(s.stderr)
	defer clear(text)
	return string(text), err
}

// readPrivate reads a file of secrets, which others may not read.
func readPrivate(path string) ([]byte, error) {
	if err := keyfile.CheckPrivate(path); err != nil {
		return nil, err
	}
	return readLimited(path, largestSecret)
}
