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
	"slices"
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
type Key struct{ held func() *vessel }

// vessel is what all copies of a key share.
type vessel struct {
	secret [Size]byte
	wiped  bool
}

// holding returns a key that holds a secret.
func holding(v *vessel) Key { return Key{func() *vessel { return v }} }

// secret returns the secret itself. The key is not zero.
func (k Key) secret() []byte { return k.held().secret[:] }

// New returns a random key.
func New() Key {
	v := new(vessel)
	_, _ = rand.Read(v.secret[:]) // never fails, see crypto/rand
	return holding(v)
}

// Parse returns the key written as 64 hexadecimal digits, with white space around.
// It makes no copy of the text.
func Parse[T string | []byte](text T) (Key, error) {
	for len(text) > 0 && blank(text[0]) {
		text = text[1:]
	}
	for len(text) > 0 && blank(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	if len(text) != 2*Size {
		return Key{}, ErrMalformed
	}
	v := new(vessel)
	for i := range v.secret {
		high, low := hexValue(text[2*i]), hexValue(text[2*i+1])
		if high|low > 15 {
			clear(v.secret[:])
			return Key{}, ErrMalformed
		}
		v.secret[i] = high<<4 | low
	}
	return holding(v), nil
}

func blank(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// hexValue returns the value of a hexadecimal digit, 255 when c is none.
func hexValue(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10
	}
	return 255
}

// WriteHex writes the key as 64 hexadecimal digits and a newline. It is the one
// way to get a secret out, for a key file.
func (k Key) WriteHex(w io.Writer) error {
	if k.IsZero() {
		return ErrMalformed
	}
	text := make([]byte, 0, 2*Size+1)
	text = append(hex.AppendEncode(text, k.secret()), '\n')
	defer clear(text)
	_, err := w.Write(text)
	return err
}

// IsZero reports whether k is the zero Key, or was wiped.
func (k Key) IsZero() bool { return k.held == nil || k.held().wiped }

// Equal reports whether k and o are one secret, in constant time.
func (k Key) Equal(o Key) bool {
	if k.IsZero() || o.IsZero() {
		return k.IsZero() && o.IsZero()
	}
	return subtle.ConstantTimeCompare(k.secret(), o.secret()) == 1
}

// Wipe overwrites the secret with zeros. All copies of k are then the zero Key.
// Nobody may use them at the same time.
func (k *Key) Wipe() {
	if k.held != nil {
		v := k.held()
		clear(v.secret[:])
		v.wiped = true
	}
	k.held = nil
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
	sub, err := hkdf.Key(sha256.New, k.secret(), nil, string(info), Size)
	if err != nil {
		panic("keys: hkdf refused a 32-byte key") // cannot happen: constant lengths
	}
	v := new(vessel)
	copy(v.secret[:], sub)
	clear(sub)
	return holding(v)
}

// Bytes returns a copy of the secret for a cipher or a MAC. The caller clears it.
func (k Key) Bytes() []byte {
	if k.IsZero() {
		return nil
	}
	return slices.Clone(k.secret())
}

// ID returns 8 hexadecimal digits that name the key without telling anything of
// it: output carries them so that one can say which key made it.
func (k Key) ID() string {
	id := k.Derive("key id")
	defer id.Wipe()
	return hex.EncodeToString(id.secret()[:4])
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
