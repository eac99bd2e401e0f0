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
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// Size is the length of a key in bytes.
const Size = 32

// ErrMalformed says that a text is no key; it never holds the text.
var ErrMalformed = errors.New("keys: a key is 64 hexadecimal digits")

const hidden = "keys.Key(hidden)"

// Key is a 32-byte secret. The zero Key is no key: [Key.IsZero] reports it.
type Key struct {
	secret [Size]byte
	set    bool // tells a key of zeros from no key
}

// New returns a random key.
func New() Key {
	k := Key{set: true}
	_, _ = rand.Read(k.secret[:]) // never fails, see crypto/rand
	return k
}

// Parse returns the key written as 64 hexadecimal digits, with white space around.
func Parse(text string) (Key, error) {
	var k Key
	text = strings.TrimSpace(text)
	if len(text) != 2*Size {
		return Key{}, ErrMalformed
	}
	if _, err := hex.Decode(k.secret[:], []byte(text)); err != nil {
		return Key{}, ErrMalformed // not wrapped: the hex error quotes a digit of the secret
	}
	k.set = true
	return k, nil
}

// WriteHex writes the key as 64 hexadecimal digits and a newline. It is the one
// way to get a secret out, for a key file.
func (k Key) WriteHex(w io.Writer) error {
	_, err := fmt.Fprintln(w, hex.EncodeToString(k.secret[:]))
	return err
}

// IsZero reports whether k is the zero Key.
func (k Key) IsZero() bool { return !k.set }

// Wipe overwrites the secret with zeros.
func (k *Key) Wipe() {
	clear(k.secret[:])
	k.set = false
}

// Derive returns the subkey of a purpose, by HKDF-SHA-256 (RFC 5869). The parts
// of the purpose are length-prefixed, so that no two purposes run together.
func (k Key) Derive(purpose ...string) Key {
	info := []byte("naamloos/1")
	for _, p := range purpose {
		info = fmt.Appendf(info, "|%d|%s", len(p), p)
	}
	sub, err := hkdf.Key(sha256.New, k.secret[:], nil, string(info), Size)
	if err != nil {
		panic("keys: hkdf refused a 32-byte key") // cannot happen: constant lengths
	}
	d := Key{set: true}
	copy(d.secret[:], sub)
	clear(sub)
	return d
}

// Bytes returns a copy of the secret for a cipher or a MAC. The caller clears it.
func (k Key) Bytes() []byte { return append([]byte(nil), k.secret[:]...) }

// ID returns 8 hexadecimal digits that name the key without telling anything of
// it: output carries them so that one can say which key made it.
func (k Key) ID() string {
	d := k.Derive("key id")
	return hex.EncodeToString(d.secret[:4])
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
