// Package sealed encrypts key rings with age (age-encryption.org/v1), for a
// passphrase or for recipients. What is sealed stays readable by the age tool.
package sealed

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// Faults. None holds any of the secrets.
var (
	ErrPassphrase = errors.New("sealed: wrong passphrase")
	ErrIdentity   = errors.New("sealed: no identity fits")
	ErrDamaged    = errors.New("sealed: the encrypted file is damaged")
	ErrRecipient  = errors.New("sealed: a recipient begins with age1")
	ErrIdentities = errors.New("sealed: not a file of age identities")
)

// hardest is the largest work factor of scrypt that is accepted: 2^22 takes
// some seconds, a file that asks for more is hostile.
const hardest = 22

// Is reports whether data is encrypted by age, armored or not.
func Is(data []byte) bool {
	data = bytes.TrimLeft(data, " \t\r\n")
	return bytes.HasPrefix(data, []byte(armor.Header)) || bytes.HasPrefix(data, []byte("age-encryption.org/"))
}

// ForPassphrase encrypts data for a passphrase.
func ForPassphrase(data []byte, passphrase string) ([]byte, error) {
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, ErrPassphrase // an empty one
	}
	return seal(data, r)
}

// CheckRecipients returns ErrRecipient when one of them is none.
func CheckRecipients(recipients []string) error {
	if len(recipients) == 0 {
		return nil
	}
	_, err := parseRecipients(recipients)
	return err
}

func parseRecipients(recipients []string) ([]age.Recipient, error) {
	all, err := age.ParseRecipients(strings.NewReader(strings.Join(recipients, "\n")))
	if err != nil || len(all) != len(recipients) {
		return nil, ErrRecipient
	}
	return all, nil
}

// ForRecipients encrypts data so that each of the recipients can read it.
func ForRecipients(data []byte, recipients []string) ([]byte, error) {
	all, err := parseRecipients(recipients)
	if err != nil {
		return nil, err
	}
	return seal(data, all...)
}

func seal(data []byte, to ...age.Recipient) ([]byte, error) {
	var out bytes.Buffer
	a := armor.NewWriter(&out)
	w, err := age.Encrypt(a, to...)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := errors.Join(w.Close(), a.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// NeedsPassphrase reports whether sealed data is opened with a passphrase.
func NeedsPassphrase(data []byte) bool {
	head := make([]byte, 512)
	n, _ := io.ReadFull(reader(data), head)
	return bytes.Contains(head[:n], []byte("\n-> scrypt "))
}

func reader(data []byte) io.Reader {
	data = bytes.TrimLeft(data, " \t\r\n")
	if bytes.HasPrefix(data, []byte(armor.Header)) {
		return armor.NewReader(bytes.NewReader(data))
	}
	return bytes.NewReader(data)
}

// WithPassphrase decrypts data.
func WithPassphrase(data []byte, passphrase string) ([]byte, error) {
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, ErrPassphrase
	}
	id.SetMaxWorkFactor(hardest)
	return open(data, ErrPassphrase, id)
}

// WithIdentities decrypts data with the identities of a file as age-keygen
// writes it.
func WithIdentities(data, identities []byte) ([]byte, error) {
	ids, err := age.ParseIdentities(bytes.NewReader(identities))
	if err != nil {
		return nil, ErrIdentities // not wrapped: it quotes the file
	}
	return open(data, ErrIdentity, ids...)
}

// open decrypts data; none is the error when no identity fits.
func open(data []byte, none error, ids ...age.Identity) ([]byte, error) {
	r, err := age.Decrypt(reader(data), ids...)
	var noMatch *age.NoIdentityMatchError
	switch {
	case errors.As(err, &noMatch):
		return nil, none
	case err != nil:
		return nil, ErrDamaged
	}
	// One buffer, for what is in it is shorter than data: growing one would leave
	// copies behind.
	plain := make([]byte, len(data))
	n, err := io.ReadFull(r, plain)
	if err != io.ErrUnexpectedEOF && err != io.EOF {
		clear(plain)
		return nil, ErrDamaged
	}
	return plain[:n], nil
}
