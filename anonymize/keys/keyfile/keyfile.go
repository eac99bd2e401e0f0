// Package keyfile reads and changes files of keys.
//
// A file holds one key of 64 hexadecimal digits, or a key ring, which may be
// encrypted. [Read] reads either, [Create] makes the file of a ring, [Change]
// changes a ring and overwrites what it held before. Files that others may read
// are refused. A change that is cut off, by a kill or a power cut, is either
// undone or finished by whatever opens the file next.
//
// Overwriting reaches the blocks that the file system gives for the file. On a
// disk that writes elsewhere (a copy-on-write file system, the wear levelling of
// an SSD), in a snapshot and in a backup, an old ring may live on: see
// docs/KEYS.md.
package keyfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"

	"github.com/clbchat/naamloos/anonymize/keys"
	"github.com/clbchat/naamloos/anonymize/keys/sealed"
)

// Faults of a file.
var (
	ErrOpen        = errors.New("others may read it, make it yours with 'chmod 600'")
	ErrNoRing      = errors.New("the file holds one key, not a key ring")
	ErrLocked      = errors.New("the key ring is encrypted, its passphrase or identity is needed")
	ErrPassphrases = errors.New("a passphrase has at least 12 characters")
)

// largest is far more than any ring holds, in bytes.
const largest = 16 << 20

// shortestPassphrase is the fewest bytes of a passphrase for a new ring.
const shortestPassphrase = 12

// A Lock is what a ring is encrypted for. The zero Lock leaves it in the clear.
type Lock struct {
	Passphrase string
	Recipients []string // age1..., all of whom can read it
}

// An Unlock opens an encrypted ring. Both may be nil.
type Unlock struct {
	Passphrase func() (string, error) // asked only when it is needed
	Identities func() ([]byte, error) // contents of a file of age identities
}

// Contents is what a file of keys holds: a ring, or one key.
type Contents struct {
	Key  keys.Key   // zero when there is a ring
	Ring *keys.Ring // nil when there is one key
	lock Lock
}

// Wipe overwrites the keys in memory.
func (c *Contents) Wipe() {
	c.Key.Wipe()
	if c.Ring != nil {
		c.Ring.Wipe()
	}
}

// Sealed reports whether the ring is encrypted.
func (c *Contents) Sealed() bool { return c.lock.Passphrase != "" || len(c.lock.Recipients) > 0 }

// Read reads a file of keys.
func Read(path string, u Unlock) (*Contents, error) {
	if leftover(path) {
		if err := Recover(path); err != nil {
			return nil, err
		}
	}
	c, err := read(path, u)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, plain(err))
	}
	return c, nil
}

// plain takes the path off an error, which is put before it once.
func plain(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func read(path string, u Unlock) (*Contents, error) {
	data, err := contents(path)
	if err != nil {
		return nil, err
	}
	defer clear(data)
	c := &Contents{}
	if sealed.Is(data) {
		opened, lock, err := u.open(data)
		if err != nil {
			return nil, err
		}
		defer clear(opened)
		data, c.lock = opened, lock
	}
	if !keys.IsRing(data) {
		c.Key, err = keys.Parse(data)
		return c, err
	}
	if c.Ring, err = keys.ReadRing(data); err != nil {
		return nil, err
	}
	if c.lock.Passphrase == "" {
		c.lock.Recipients = c.Ring.Recipients()
	}
	return c, nil
}

// contents returns what a file holds, unless others may read it.
func contents(path string) ([]byte, error) {
	f, err := openPrivate(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	// One buffer of its size: growing one would leave copies behind.
	data := make([]byte, min(info.Size(), largest))
	n, err := io.ReadFull(f, data)
	if err == io.ErrUnexpectedEOF || err == io.EOF {
		err = nil // it became shorter
	}
	return data[:n], err
}

// open decrypts a ring and returns the lock it had.
func (u Unlock) open(data []byte) ([]byte, Lock, error) {
	if sealed.NeedsPassphrase(data) {
		if u.Passphrase == nil {
			return nil, Lock{}, ErrLocked
		}
		pass, err := u.Passphrase()
		if err != nil {
			return nil, Lock{}, err
		}
		opened, err := sealed.WithPassphrase(data, pass)
		return opened, Lock{Passphrase: pass}, err
	}
	if u.Identities == nil {
		return nil, Lock{}, ErrLocked
	}
	ids, err := u.Identities()
	if err != nil {
		return nil, Lock{}, err
	}
	defer clear(ids)
	opened, err := sealed.WithIdentities(data, ids)
	return opened, Lock{}, err
}

// roomForRing is more than the file of a ring usually has, in bytes.
const roomForRing = 1 << 18

// encode returns the bytes of a ring's file.
func encode(r *keys.Ring, l Lock) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(roomForRing) // growing later would leave copies behind
	if err := r.Write(&b); err != nil {
		clear(b.Bytes())
		return nil, err
	}
	switch {
	case l.Passphrase != "":
		defer clear(b.Bytes())
		return sealed.ForPassphrase(b.Bytes(), l.Passphrase)
	case len(l.Recipients) > 0:
		defer clear(b.Bytes())
		return sealed.ForRecipients(b.Bytes(), l.Recipients)
	}
	return b.Bytes(), nil
}

// Create writes a new file of mode 0600. A file that is there is never
// overwritten.
func Create(path string, r *keys.Ring, l Lock) error {
	if l.Passphrase != "" && len(l.Passphrase) < shortestPassphrase {
		return ErrPassphrases
	}
	if err := sealed.CheckRecipients(l.Recipients); err != nil {
		return err
	}
	r.SetRecipients(l.Recipients)
	data, err := encode(r, l)
	if err != nil {
		return err
	}
	defer clear(data)
	return writeNew(path, data)
}

// writeNew writes a file that is not there yet; after an error it is not there.
func writeNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(path)
		return err
	}
	return syncFolder(path)
}

// CheckPrivate returns an error when others may read a file of secrets.
func CheckPrivate(path string) error {
	f, err := openPrivate(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, plain(err))
	}
	return f.Close()
}

// openPrivate opens a file of secrets, unless others may read it.
func openPrivate(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		err = fmt.Errorf("mode %04o: %w", info.Mode().Perm(), ErrOpen)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
