package corrections

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"sync"

	"github.com/clbchat/naamloos/anonymize/keys"
)

// Digest stands for a value: HMAC-SHA-256 of its folded words, cut to 128 bits.
type Digest [16]byte

// String returns the digest as 32 hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

const purpose = "corrections"

// A Digester makes digests under one key. It is safe for concurrent use.
type Digester struct {
	key    keys.Key
	states sync.Pool
}

// NewDigester returns the Digester of a key.
func NewDigester(key keys.Key) *Digester {
	sub := key.Derive(purpose)
	return &Digester{key: sub, states: sync.Pool{New: func() any {
		secret := sub.Bytes()
		defer clear(secret)
		return hmac.New(sha256.New, secret)
	}}}
}

// Wipe overwrites the key. The Digester cannot be used any more.
func (d *Digester) Wipe() { d.key.Wipe() }

// Digest returns the digest of a value and how many words it has. The digest of
// a value without words, or with more than MaxWords, is of no use: ok is false.
func (d *Digester) Digest(value string) (digest Digest, words int, ok bool) {
	w := splitWords(value)
	if len(w.words) == 0 || len(w.words) > MaxWords {
		return Digest{}, len(w.words), false
	}
	return d.sum(w.folded(0, len(w.words))), len(w.words), true
}

// sum returns the digest of folded words.
func (d *Digester) sum(folded []byte) (digest Digest) {
	if d.key.IsZero() {
		panic("corrections: a wiped Digester is used")
	}
	mac := d.states.Get().(hash.Hash)
	mac.Reset()
	_, _ = mac.Write(folded) // never fails, see hash.Hash
	var sum [sha256.Size]byte
	mac.Sum(sum[:0])
	d.states.Put(mac)
	copy(digest[:], sum[:])
	return digest
}
