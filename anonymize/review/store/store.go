// Package store keeps what readers did with anonymised chats in one SQLite file.
//
// [Open] opens or makes the file, [Store.Append] and [Store.Undo] keep an event
// before they return, [Store.Log] gives what stands, with what other processes
// have added since. Events are only ever added; the text of a comment that is
// undone is wiped. The file holds digests and comments, no transcripts.
//
// The file survives a crash of the program or the machine (write-ahead log,
// every commit synced). It belongs on a local disk: SQLite's locks do not hold
// on network shares.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/clbchat/naamloos/anonymize/review"
)

// Faults of a store. Their texts say what to do.
var (
	ErrVersion = errors.New("store: written by a newer version of naamloos")
	ErrForeign = errors.New("store: a file of something else")
	ErrDamaged = errors.New("store: the file is damaged")
	ErrNothing = errors.New("store: nothing to undo")
)

// KeyError says that the digests of a store were made with another key.
type KeyError struct{ Want, Have string }

// Error implements error.
func (e *KeyError) Error() string {
	return fmt.Sprintf("store: made with key %s, this is key %s", e.Want, e.Have)
}

const (
	version     = 1
	application = 0x6e61616d // "naam", in the header of the file
)

// schema is made in one transaction, so that no half of it is ever seen.
const schema = `
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE event (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	chat TEXT NOT NULL, reader TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
	message INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
	type TEXT NOT NULL, pseudonym TEXT NOT NULL, digests TEXT NOT NULL,
	verdict TEXT NOT NULL, fingerprint TEXT NOT NULL, refers INTEGER NOT NULL) STRICT;
CREATE TABLE comment (event INTEGER PRIMARY KEY REFERENCES event(id), text TEXT NOT NULL) STRICT;
`

// Store is an open file. It is safe for concurrent use, also by several
// processes.
type Store struct {
	db   *sql.DB
	path string
	mu   sync.Mutex // one reading of new events at a time
	log  *review.Log
}

// Open opens the store at path, or makes it, mode 0600. keyID names the key of
// its digests. A store that is sound is copied to path + ".backup".
func Open(ctx context.Context, path, keyID string) (*Store, error) {
	if err := create(path); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", address(path))
	if err != nil {
		return nil, ErrDamaged
	}
	db.SetMaxOpenConns(4)
	s := &Store{db: db, path: path, log: review.NewLog()}
	if err := s.check(ctx, keyID); err != nil {
		_ = db.Close()
		return nil, err
	}
	if err := s.backUp(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return s, nil
}

// page is the unit of which the pages of SQLite files are multiples.
const page = 512

// create makes sure that the file is there and nobody else may read it.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil && info.Size()%page != 0 { // SQLite would fill it up with zeros
		err = ErrDamaged
	}
	return errors.Join(err, f.Close())
}

func address(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	abs = filepath.ToSlash(abs)
	if runtime.GOOS == "windows" {
		abs = "/" + abs
	}
	u := url.URL{Scheme: "file", Path: abs, RawQuery: url.Values{"_pragma": {
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)", "trusted_schema(0)",
	}, "_txlock": {"immediate"}}.Encode()}
	return u.String()
}

// check makes a new file, and refuses one that is not sound.
func (s *Store) check(ctx context.Context, keyID string) error {
	var app, ver, tables int
	row := s.db.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_master)")
	if err := row.Scan(&app, &ver, &tables); err != nil {
		return damage(err)
	}
	switch {
	case tables == 0 && app == 0 && ver == 0:
		if err := s.make(ctx, keyID); err != nil {
			return damage(err)
		}
	case app != application:
		return ErrForeign
	case ver > version:
		return ErrVersion
	}
	var sound, have string
	if err := s.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&sound); err != nil || sound != "ok" {
		return ErrDamaged
	}
	if err := s.db.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = 'key'").Scan(&have); err != nil {
		return ErrDamaged
	}
	if have != keyID {
		return &KeyError{Want: have, Have: keyID}
	}
	return s.refresh(ctx)
}

// damage hides what the driver says, which may quote the file, behind a fault
// that says what to do; a context that ended stays.
func damage(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if strings.Contains(err.Error(), "SQLITE_BUSY") || strings.Contains(err.Error(), "database is locked") {
		return errBusy
	}
	return ErrDamaged
}

var errBusy = errors.New("store: another program keeps the file busy")

func (s *Store) make(ctx context.Context, keyID string) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
	var tables int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&tables); err != nil {
		return err
	}
	if tables > 0 { // another process was faster
		return nil
	}
	for _, statement := range []string{schema, fmt.Sprintf("PRAGMA application_id = %d", application), fmt.Sprintf("PRAGMA user_version = %d", version)} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO setting VALUES ('key', ?)", keyID); err != nil {
		return err
	}
	return tx.Commit()
}

// Close closes the file.
func (s *Store) Close() error { return s.db.Close() }

// Log returns what readers did, with what was added since by anyone.
func (s *Store) Log(ctx context.Context) (*review.Log, error) {
	return s.log, s.refresh(ctx)
}

// Append keeps an event and returns it with its number and time.
func (s *Store) Append(ctx context.Context, e review.Event) (review.Event, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return e, damage(err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
	if e, err = insert(ctx, tx, e); err != nil {
		return e, damage(err)
	}
	if err := tx.Commit(); err != nil {
		return e, damage(err)
	}
	return e, s.refresh(ctx)
}

// Undo undoes the last thing that a reader did to a chat and that stands.
func (s *Store) Undo(ctx context.Context, chat, reader string) (review.Event, error) {
	if err := s.refresh(ctx); err != nil {
		return review.Event{}, err
	}
	last, ok := s.log.State(chat).LastOf(reader)
	if !ok {
		return review.Event{}, ErrNothing
	}
	return last, s.Revoke(ctx, last, reader)
}

// Revoke undoes an event, whoever made it.
func (s *Store) Revoke(ctx context.Context, e review.Event, reader string) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return damage(err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
	if _, err := insert(ctx, tx, review.Event{Chat: e.Chat, Reader: reader, Kind: review.Undo, Refers: e.ID}); err != nil {
		return damage(err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM comment WHERE event = ?", e.ID); err != nil {
		return damage(err)
	}
	if err := tx.Commit(); err != nil {
		return damage(err)
	}
	if e.Kind == review.Remark {
		if err := s.forget(ctx); err != nil {
			return err
		}
	}
	return s.refresh(ctx)
}

// forget makes sure that what was deleted stands nowhere any more: not in the
// write-ahead log and not in the backup.
func (s *Store) forget(ctx context.Context) error {
	if _, err := s.db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return damage(err)
	}
	return s.backUp(ctx)
}

// refresh reads the events that were added since.
func (s *Store) refresh(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows, err := s.db.QueryContext(ctx, `SELECT id, chat, reader, at, kind, message, start, stop, type, pseudonym, digests, verdict, fingerprint, refers,
		coalesce(text, '') FROM event LEFT JOIN comment ON comment.event = event.id WHERE id > ? ORDER BY id`, s.log.Last())
	if err != nil {
		return damage(err)
	}
	defer rows.Close()
	var events []review.Event
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return ErrDamaged
		}
		events = append(events, e)
	}
	if err := rows.Err(); err != nil {
		return damage(err)
	}
	s.log.Add(events...)
	return nil
}
