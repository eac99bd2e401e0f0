package anonymize

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"sync"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
)

// codeAlphabet has neither vowels nor digits that look like letters, so that a
// code is never a word or a name and has no number in it to be taken for one.
const codeAlphabet = "bcdfghjkmnpqrstvwxz23456789"

// codeLength is the number of characters of a code: 27^9 codes, 42.8 bits. Among
// n values two share a code with probability under n²/1.5e13: 7 in 10,000 for
// 100,000 values.
const codeLength = 9

// codeSpace is 27^9.
const codeSpace = 7_625_597_484_987

// coder makes codes of values under the key of one type and scope. It keeps
// keyed states for reuse and is safe for concurrent use.
type coder struct {
	key    keys.Key
	states sync.Pool
}

func newCoder(key keys.Key, purpose ...string) *coder {
	sub := key.Derive(append([]string{"pseudonym"}, purpose...)...)
	return &coder{key: sub, states: sync.Pool{New: func() any {
		secret := sub.Bytes()
		defer clear(secret)
		return hmac.New(sha256.New, secret)
	}}}
}

// wipe overwrites the key of the coder.
func (c *coder) wipe() { c.key.Wipe() }

// sum returns the HMAC-SHA-256 of a value. It panics when the key was wiped,
// rather than give codes that everybody can make.
func (c *coder) sum(value string) (sum [sha256.Size]byte) {
	if c.key.IsZero() {
		panic("anonymize: a closed Anonymizer is used")
	}
	mac := c.states.Get().(hash.Hash)
	mac.Reset()
	_, _ = mac.Write([]byte(value)) // never fails, see hash.Hash
	mac.Sum(sum[:0])
	c.states.Put(mac)
	return sum
}

// digest returns 128 bits of the keyed hash of a value, in hexadecimal digits.
func (c *coder) digest(value string) string {
	sum := c.sum(value)
	return hex.EncodeToString(sum[:16])
}

// number returns the keyed hash of a value as a number.
func (c *coder) number(value string) uint64 {
	sum := c.sum(value)
	return binary.BigEndian.Uint64(sum[:8])
}

// code returns the code of a canonical value: its keyed hash, reduced to codeSpace.
func (c *coder) code(canonical string) string { return encode(c.number(canonical) % codeSpace) }

// encode writes a number below codeSpace as a code.
func encode(n uint64) string {
	var b [codeLength]byte
	for i := range b {
		b[i] = codeAlphabet[n%uint64(len(codeAlphabet))]
		n /= uint64(len(codeAlphabet))
	}
	return string(b[:])
}

// token is how a pseudonym stands in a text.
func token(t detectors.EntityType, code string) string {
	return "[" + string(t) + "-" + code + "]"
}
