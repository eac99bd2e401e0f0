// Package keys holds the secret that pseudonyms are made with.
//
// A [Key] is one 32-byte secret. [Key.Derive] gives the subkey of one purpose,
// so that pseudonyms of different types, scopes and periods cannot be linked.
// A Key never shows itself: every print verb, JSON, text and log form says
// only that it is a key.
package keys

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
)

// Size is the length of a key in bytes.
const Size = 32

// ErrMalformed says that a text is no key; it never holds the text.
var ErrMalformed = errors.New("keys: a key is 64 hexadecimal digits")

const hidden = "keys.Key(hidden)"

// Key is a 32-byte secret. The zero Key is no key: [Key.IsZero] reports it.
//
// The secret stands behind a function, so that a Key in an unexported field of a
// struct that is printed, where package fmt asks no method and follows pointers,
// shows but an address.
type Key struct{ secret func() *[Size]byte }

// holding returns a key that holds a secret.
func holding(secret *[Size]byte) Key { return Key{func() *[Size]byte { return secret }} }

// New returns a random key.
func New() Key {
	secret := new([Size]byte)
	_, _ = rand.Read(secret[:]) // never fails, see crypto/rand
	return holding(secret)
}

// Parse returns the key written as 64 hexadecimal digits, with white space around.
func Parse(text string) (Key, error) {
	text = strings.TrimSpace(text)
	if len(text) != 2*Size {
		return Key{}, ErrMalformed
	}
	secret := new([Size]byte)
	if _, err := hex.Decode(secret[:], []byte(text)); err != nil {
		clear(secret[:])
		return Key{}, ErrMalformed // not wrapped: the hex error quotes a digit of the secret
	}
	return holding(secret), nil
}

// WriteHex writes the key as 64 hexadecimal digits and a newline. It is the one
// way to get a secret out, for a key file.
func (k Key) WriteHex(w io.Writer) error {
	if k.IsZero() {
		return ErrMalformed
	}
	_, err := fmt.Fprintln(w, hex.EncodeToString(k.secret()[:]))
	return err
}

// IsZero reports whether k is the zero Key.
func (k Key) IsZero() bool { return k.secret == nil }

// Equal reports whether k and o are one secret, in constant time.
func (k Key) Equal(o Key) bool {
	if k.IsZero() || o.IsZero() {
		return k.IsZero() && o.IsZero()
	}
	return subtle.ConstantTimeCompare(k.secret()[:], o.secret()[:]) == 1
}

// Wipe overwrites the secret with zeros, in all copies of k too. They must not
// be used any more.
func (k *Key) Wipe() {
	if k.secret != nil {
		clear(k.secret()[:])
	}
	k.secret = nil
}

// nobodys is the key that the zero Key stands for in Derive.
var nobodys = sync.OnceValue(New)

// Derive returns the subkey of a purpose, by HKDF-SHA-256 (RFC 5869). The parts
// of the purpose are length-prefixed, so that no two purposes run together. The
// subkeys of the zero Key are those of a random key of the process, which ends
// with it: a key that was forgotten never makes a pseudonym that others can make.
func (k Key) Derive(purpose ...string) Key {
	info := []byte("naamloos/1")
	for _, p := range purpose {
		info = fmt.Appendf(info, "|%d|%s", len(p), p)
	}
	if k.IsZero() {
		k = nobodys()
	}
	sub, err := hkdf.Key(sha256.New, k.secret()[:], nil, string(info), Size)
	if err != nil {
		panic("keys: hkdf refused a 32-byte key") // cannot happen: constant lengths
	}
	secret := new([Size]byte)
	copy(secret[:], sub)
	clear(sub)
	return holding(secret)
}

// Bytes returns a copy of the secret for a cipher or a MAC. The caller clears it.
func (k Key) Bytes() []byte {
	if k.IsZero() {
		return nil
	}
	return append([]byte(nil), k.secret()[:]...)
}

// ID returns 8 hexadecimal digits that name the key without telling anything of
// it: output carries them so that one can say which key made it.
func (k Key) ID() string {
	return hex.EncodeToString(k.Derive("key id").secret()[:4])
}

// Format hides the secret from every verb of package fmt.
func (Key) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, hidden) }

// String hides the secret.
func (Key) String() string { return hidden }

// GoString hides the secret.
func (Key) GoString() string { return hidden }

// MarshalText hides the secret; JSON and YAML use it too.
func (Key) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue hides the secret from log/slog.
func (Key) LogValue() slog.Value { return slog.StringValue(hidden) }
