package stats

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"

	"github.com/clbchat/naamloos/anonymize/keys"
)

// Faults of sealed counts. They hold nothing of the counts.
var (
	ErrKey    = errors.New("stats: sealed under another key")
	ErrSealed = errors.New("stats: damaged, or of another version")
)

// Sealed are exact counts under a key (AES-256-GCM): what is published can be
// kept together with what is needed to add it up later, and tells nobody more
// who has not the key.
type Sealed struct {
	KeyID string `json:"key_id"`
	Data  []byte `json:"data"` // nonce and ciphertext
}

// sealedName is authenticated with the counts: format and version.
const sealedName = "naamloos statistics 1"

// state is how counts are written before they are sealed.
type state struct {
	Conversations int64                     `json:"conversations"`
	Messages      int64                     `json:"messages"`
	Values        map[Table]map[string]cell `json:"values"`
	Pairs         map[Table][]pairCount     `json:"pairs"`
	Free          map[Table]bool            `json:"free"`
	Durations     histogram                 `json:"durations"`
	Waits         histogram                 `json:"waits"`
	Sources       []byte                    `json:"sources"`
}

type pairCount struct {
	Row    string `json:"row"`
	Column string `json:"column"`
	Count  int64  `json:"count"`
}

// Seal returns the counts under a key. Equal counts under one key are sealed
// equally: the nonce is a keyed digest of the counts (as in SIV, RFC 5297).
func (s *Stats) Seal(key keys.Key) (*Sealed, error) {
	plain, err := json.Marshal(s.state())
	if err != nil {
		return nil, ErrSealed
	}
	defer clear(plain)
	aead, err := sealer(key)
	if err != nil {
		return nil, err
	}
	nonce := digest(key, plain)[:aead.NonceSize()]
	return &Sealed{KeyID: key.ID(), Data: aead.Seal(nonce, nonce, plain, []byte(sealedName))}, nil
}

// Open returns the counts that were sealed under key.
func (x *Sealed) Open(key keys.Key) (*Stats, error) {
	if key.IsZero() || x.KeyID != key.ID() {
		return nil, ErrKey
	}
	aead, err := sealer(key)
	if err != nil {
		return nil, err
	}
	n := aead.NonceSize()
	if len(x.Data) < n {
		return nil, ErrSealed
	}
	plain, err := aead.Open(nil, x.Data[:n], x.Data[n:], []byte(sealedName))
	if err != nil {
		return nil, ErrSealed
	}
	defer clear(plain)
	var st state
	if json.Unmarshal(plain, &st) != nil {
		return nil, ErrSealed
	}
	return st.stats()
}

func sealer(key keys.Key) (cipher.AEAD, error) {
	sub := key.Derive("statistics", "seal")
	defer sub.Wipe()
	secret := sub.Bytes()
	defer clear(secret)
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func digest(key keys.Key, plain []byte) []byte {
	sub := key.Derive("statistics", "nonce")
	defer sub.Wipe()
	secret := sub.Bytes()
	defer clear(secret)
	mac := hmac.New(sha256.New, secret)
	_, _ = mac.Write(plain) // never fails, see hash.Hash
	return mac.Sum(nil)
}

func (s *Stats) state() state {
	st := state{Conversations: s.conversations, Messages: s.messages, Values: s.values, Free: s.free,
		Durations: s.durations, Waits: s.waits, Sources: s.sources.appendBinary(nil), Pairs: map[Table][]pairCount{}}
	for t, cells := range s.pairs {
		list := make([]pairCount, 0, len(cells))
		for p, n := range cells {
			list = append(list, pairCount{p.row, p.column, n})
		}
		slices.SortFunc(list, func(a, b pairCount) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column)) })
		st.Pairs[t] = list
	}
	return st
}

func (st *state) stats() (*Stats, error) {
	s := &Stats{conversations: st.Conversations, messages: st.Messages, free: st.Free, durations: st.Durations, waits: st.Waits}
	for t, values := range st.Values {
		for v, c := range values {
			s.count(t, v, c)
		}
	}
	for t, list := range st.Pairs {
		for _, c := range list {
			s.countPair(t, pair{c.Row, c.Column}, c.Count)
		}
	}
	return s, s.sources.parse(st.Sources)
}
