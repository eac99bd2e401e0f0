package keyfile

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/lockedfile"

	"github.com/clbchat/naamloos/anonymize/keys"
)

// What stands beside a file while it is changed:
//
//	FILE.new   the new contents, until they take the place of the old
//	FILE.old   the old contents, until they are overwritten
//	FILE.lock  empty, to let one change it at a time
//
// The steps are: write FILE.new whole; FILE becomes FILE.old; FILE.new becomes
// FILE; FILE.old is overwritten and removed. So FILE.new is whole when FILE is
// missing, and stale when it is there.
const (
	newSuffix  = ".new"
	oldSuffix  = ".old"
	lockSuffix = ".lock"
)

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// leftover reports whether a change of the file was cut off, or is under way.
func leftover(path string) bool { return exists(path+newSuffix) || exists(path+oldSuffix) }

// Recover finishes or undoes a change that was cut off. It waits for one that
// is under way.
func Recover(path string) error {
	unlock, err := lockedfile.MutexAt(path + lockSuffix).Lock()
	if err != nil {
		return err
	}
	defer unlock()
	return recoverLocked(path, func() {})
}

func recoverLocked(path string, step func()) error {
	if !exists(path) {
		for _, suffix := range []string{newSuffix, oldSuffix} {
			if exists(path + suffix) {
				if err := errors.Join(os.Rename(path+suffix, path), syncFolder(path)); err != nil {
					return err
				}
				break
			}
		}
	}
	if !exists(path) {
		return nil // there never was one: reading says so
	}
	return errors.Join(shred(path+newSuffix, step), shred(path+oldSuffix, step))
}

// Change reads the ring of a file, changes it and writes it in the place of the
// old, whose bytes are overwritten. An error of change changes nothing. step is
// called between the steps of writing, for tests that end the process there; it
// may be nil.
func Change(path string, u Unlock, step func(), change func(*keys.Ring) error) (*keys.Ring, error) {
	if step == nil {
		step = func() {}
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return nil, err
	}
	unlock, err := lockedfile.MutexAt(path + lockSuffix).Lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := recoverLocked(path, func() {}); err != nil {
		return nil, err
	}
	c, err := read(path, u)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, plain(err))
	case c.Ring == nil:
		return nil, fmt.Errorf("%s: %w", path, ErrNoRing)
	}
	if err := change(c.Ring); err != nil {
		return nil, err
	}
	data, err := encode(c.Ring, c.lock)
	if err != nil {
		return nil, err
	}
	defer clear(data)
	return c.Ring, replace(path, data, step)
}

// replace puts data in the place of a file, in the steps told above.
func replace(path string, data []byte, step func()) error {
	step()
	if err := writeNew(path+newSuffix, data); err != nil {
		return err
	}
	step()
	if err := os.Rename(path, path+oldSuffix); err != nil {
		return err
	}
	step()
	if err := os.Rename(path+newSuffix, path); err != nil {
		return err
	}
	step()
	if err := syncFolder(path); err != nil {
		return err
	}
	return shred(path+oldSuffix, step)
}

// DestroyFile overwrites and removes a file of one key.
func DestroyFile(path string, step func()) error {
	if step == nil {
		step = func() {}
	}
	if !exists(path) {
		return os.ErrNotExist
	}
	return shred(path, step)
}

// shred overwrites a file with random bytes, waits until they are on the disk,
// and removes it. A file that is not there is shredded.
func shred(path string, step func()) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		_, err = io.CopyN(f, rand.Reader, info.Size())
	}
	step()
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	step()
	if err := os.Remove(path); err != nil {
		return err
	}
	return syncFolder(path)
}

// syncFolder makes what was done in the folder of a file outlast a power cut,
// where the system can.
func syncFolder(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	_ = d.Sync() // not every file system has it
	return d.Close()
}
