package store

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
)

// BackupExtension is what the name of the copy of a store ends in.
const BackupExtension = ".backup"

// damagedExtension is what a damaged store is called when it is put aside.
const damagedExtension = ".damaged"

// backUp writes a copy of the sound store beside it, whole or not at all.
func (s *Store) backUp(ctx context.Context) error {
	path := s.path + BackupExtension
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := s.db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return damage(err)
	}
	if err := os.Chmod(part, 0o600); err != nil {
		return err
	}
	return os.Rename(part, path)
}

// Restore puts a damaged store aside and the copy of it in its place. What was
// done after the copy was made is only in the damaged file.
func Restore(path string) error {
	in, err := os.Open(path + BackupExtension)
	if err != nil {
		return err
	}
	defer in.Close()
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(path+end, path+damagedExtension+end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
