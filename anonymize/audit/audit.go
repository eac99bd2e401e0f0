// Package audit keeps a trail of what was done to each conversation without
// anything that was in it.
//
// A [Log] writes one JSON line a conversation: counts by type and rule, digests
// of the input and the output under the key, and the digest of the line before.
// Every line is signed (ed25519). [Verify] finds any line that was removed,
// changed, added or moved, and a trail that does not end where its run did.
// The signing key comes from the secret key, so who has the secret can prove
// what was done, and who has only the public key can check it. No digest is
// unkeyed, so that nobody without the key can test a guess against the trail.
package audit

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/detectors"
)

// version of the trail's form.
const version = 1

// Run says what a run was, in the first line of its trail.
type Run struct {
	Version   int       `json:"version"`
	Started   time.Time `json:"started"`
	Program   string    `json:"program"`          // name and version
	Policy    string    `json:"policy,omitempty"` // digest of the policy
	Model     string    `json:"model,omitempty"`  // digest of the model
	KeyID     string    `json:"key_id"`
	PublicKey string    `json:"public_key"` // ed25519, hexadecimal
}

// Record says what was done to one conversation.
type Record struct {
	Number   int                          `json:"number"` // from 1
	Messages int                          `json:"messages"`
	Types    map[detectors.EntityType]int `json:"types,omitempty"`
	Rules    map[string]int               `json:"rules,omitempty"`
	Input    string                       `json:"input"`           // keyed digest
	Output   string                       `json:"output"`          // keyed digest
	Fault    string                       `json:"fault,omitempty"` // why it was left out; never text
}

// end is the last line.
type end struct {
	Records int       `json:"records"`
	Ended   time.Time `json:"ended"`
}

// line is one line of a trail: one of Run, Record and End.
type line struct {
	Run       *Run    `json:"run,omitempty"`
	Record    *Record `json:"record,omitempty"`
	End       *end    `json:"end,omitempty"`
	Before    string  `json:"before,omitempty"` // SHA-256 of the line before, which holds nothing personal
	Signature string  `json:"signature,omitempty"`
}

// A Log writes a trail. It is not safe for concurrent use.
type Log struct {
	w       io.Writer
	sign    ed25519.PrivateKey
	digests keys.Key
	before  string
	records int
}

// New begins a trail.
func New(w io.Writer, key keys.Key, run Run) (*Log, error) {
	l := &Log{w: w, digests: key.Derive("audit", "digest"), sign: signer(key)}
	run.Version, run.KeyID = version, key.ID()
	run.PublicKey = hex.EncodeToString(l.sign.Public().(ed25519.PublicKey))
	run.Started = run.Started.UTC()
	return l, l.write(line{Run: &run})
}

// signer returns the signing key of a secret.
func signer(key keys.Key) ed25519.PrivateKey {
	sub := key.Derive("audit", "sign")
	defer sub.Wipe()
	seed := sub.Bytes()
	defer clear(seed)
	return ed25519.NewKeyFromSeed(seed)
}

// PublicKey returns the key that checks the trails of a secret, in hexadecimal.
func PublicKey(key keys.Key) string {
	sign := signer(key)
	defer clear(sign)
	return hex.EncodeToString(sign.Public().(ed25519.PublicKey))
}

// Digest returns the keyed digest of bytes for a [Record].
func (l *Log) Digest(b []byte) string {
	secret := l.digests.Bytes()
	defer clear(secret)
	mac := hmac.New(sha256.New, secret)
	_, _ = mac.Write(b) // never fails, see hash.Hash
	return hex.EncodeToString(mac.Sum(nil))
}

// Add writes the record of a conversation. Its Number is set here.
func (l *Log) Add(r Record) error {
	l.records++
	r.Number = l.records
	return l.write(line{Record: &r})
}

// Close writes the last line, without which a trail counts as cut off, and wipes
// the keys of the log.
func (l *Log) Close(at time.Time) error {
	defer l.Wipe()
	return l.write(line{End: &end{Records: l.records, Ended: at.UTC()}})
}

// Wipe overwrites the keys of the log. It cannot be used any more.
func (l *Log) Wipe() {
	clear(l.sign)
	l.digests.Wipe()
}

// write signs and writes one line.
func (l *Log) write(n line) error {
	n.Before = l.before
	unsigned, err := json.Marshal(n)
	if err != nil {
		return err
	}
	n.Signature = hex.EncodeToString(ed25519.Sign(l.sign, unsigned))
	signed, err := json.Marshal(n)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(signed)
	l.before = hex.EncodeToString(sum[:])
	_, err = l.w.Write(append(signed, '\n'))
	return err
}

// A FaultError says where a trail is not what was written.
type FaultError struct {
	Line  int // from 1
	Fault string
}

// Error implements error.
func (e *FaultError) Error() string { return fmt.Sprintf("audit: line %d: %s", e.Line, e.Fault) }

// Summary is what a sound trail says.
type Summary struct {
	Runs, Records, LeftOut int
	PublicKey              string
}

// longestLine bounds a line of a trail.
const longestLine = 1 << 20

// Verify checks a trail: one or more runs, one after the other. publicKey is the
// one expected (hexadecimal); when it is empty the trail's own is used, which
// shows changes by those who have not the secret only if it is compared with
// the one in [Summary].
func Verify(r io.Reader, publicKey string) (Summary, error) {
	v := verifier{expected: publicKey}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), longestLine)
	for lines.Scan() {
		v.line++
		if err := v.check(lines.Bytes()); err != nil {
			return Summary{}, err
		}
	}
	switch {
	case lines.Err() != nil:
		return Summary{}, &FaultError{v.line + 1, "cannot be read"}
	case v.line == 0:
		return Summary{}, errors.New("audit: the trail is empty")
	case v.open:
		return Summary{}, &FaultError{v.line, "the trail is cut off: its last line is missing"}
	}
	return v.sum, nil
}

// verifier follows a trail line by line.
type verifier struct {
	expected string
	key      ed25519.PublicKey
	before   string
	line     int
	records  int // of the run
	open     bool
	sum      Summary
}

func (v *verifier) fault(text string) error { return &FaultError{v.line, text} }

func (v *verifier) check(signed []byte) error {
	var n line
	d := json.NewDecoder(bytes.NewReader(signed))
	d.DisallowUnknownFields()
	if d.Decode(&n) != nil {
		return v.fault("is no line of a trail")
	}
	if err := v.follow(&n); err != nil {
		return err
	}
	signature, err := hex.DecodeString(n.Signature)
	n.Signature = ""
	unsigned, errMarshal := json.Marshal(n)
	if err != nil || errMarshal != nil || len(v.key) != ed25519.PublicKeySize || !ed25519.Verify(v.key, unsigned, signature) {
		return v.fault("the signature is wrong: the line was changed")
	}
	n.Signature = hex.EncodeToString(signature)
	if again, err := json.Marshal(n); err != nil || !bytes.Equal(again, signed) {
		return v.fault("is not written as it was signed")
	}
	sum := sha256.Sum256(signed)
	v.before = hex.EncodeToString(sum[:])
	return nil
}

// follow checks that a line may stand where it does.
func (v *verifier) follow(n *line) error {
	if n.Run != nil && !v.open && n.Record == nil && n.End == nil {
		return v.begin(n)
	}
	if n.Before != v.before || !v.open {
		return v.fault("does not follow the line before: lines were removed, added or moved")
	}
	switch {
	case n.Record != nil && n.End == nil && n.Run == nil:
		v.records++
		if n.Record.Number != v.records {
			return v.fault("its number is not the next")
		}
		v.sum.Records++
		if n.Record.Fault != "" {
			v.sum.LeftOut++
		}
	case n.End != nil && n.Record == nil && n.Run == nil:
		if n.End.Records != v.records {
			return v.fault("it ends with another number of records")
		}
		v.open = false
	default:
		return v.fault("is no line of a trail")
	}
	return nil
}

func (v *verifier) begin(n *line) error {
	if n.Before != "" {
		return v.fault("does not follow the line before: lines were removed, added or moved")
	}
	if n.Run.Version != version {
		return v.fault("was written by another version")
	}
	key, err := hex.DecodeString(n.Run.PublicKey)
	if err != nil {
		return v.fault("has no public key")
	}
	if v.expected != "" && n.Run.PublicKey != v.expected {
		return v.fault("was signed by another key")
	}
	v.key, v.open, v.records, v.before = key, true, 0, ""
	v.sum.Runs++
	v.sum.PublicKey = n.Run.PublicKey
	return nil
}
