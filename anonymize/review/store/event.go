package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/clbchat/naamloos/anonymize/corrections"
	"github.com/clbchat/naamloos/anonymize/review"
	"github.com/clbchat/naamloos/detectors"
)

func insert(ctx context.Context, tx *sql.Tx, e review.Event) (review.Event, error) {
	e.At = time.Now().UTC().Truncate(time.Second)
	r, err := tx.ExecContext(ctx, `INSERT INTO event (chat, reader, at, kind, message, start, stop, type, pseudonym, digests, verdict, fingerprint, refers)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`, e.Chat, e.Reader, e.At.Unix(), string(e.Kind), e.Message, e.Start, e.End,
		string(e.Type), e.Pseudonym, formatValues(e.Values), string(e.Verdict), e.Fingerprint, e.Refers)
	if err != nil {
		return e, err
	}
	if e.ID, err = r.LastInsertId(); err != nil {
		return e, err
	}
	if e.Kind == review.Remark {
		_, err = tx.ExecContext(ctx, "INSERT INTO comment VALUES (?, ?)", e.ID, e.Text)
	}
	return e, err
}

func scan(rows *sql.Rows) (review.Event, error) {
	var e review.Event
	var at int64
	var kind, typ, digests, verdict string
	err := rows.Scan(&e.ID, &e.Chat, &e.Reader, &at, &kind, &e.Message, &e.Start, &e.End, &typ, &e.Pseudonym, &digests, &verdict, &e.Fingerprint, &e.Refers, &e.Text)
	if err != nil {
		return e, err
	}
	e.At, e.Kind, e.Type, e.Verdict = time.Unix(at, 0).UTC(), review.Kind(kind), detectors.EntityType(typ), review.Verdict(verdict)
	e.Values, err = parseValues(digests)
	return e, err
}

// formatValues writes values as "digest/words digest/words".
func formatValues(values []review.Value) string {
	parts := make([]string, 0, len(values))
	for _, v := range values {
		parts = append(parts, fmt.Sprintf("%s/%d", v.Digest, v.Words))
	}
	return strings.Join(parts, " ")
}

func parseValues(text string) ([]review.Value, error) {
	var values []review.Value
	for _, part := range strings.Fields(text) {
		var v review.Value
		digest, words, _ := strings.Cut(part, "/")
		b, err := hex.DecodeString(digest)
		if _, n := fmt.Sscanf(words, "%d", &v.Words); err != nil || n != nil || len(b) != len(v.Digest) || v.Words < 0 || v.Words > corrections.MaxWords {
			return nil, ErrDamaged
		}
		copy(v.Digest[:], b)
		values = append(values, v)
	}
	return values, nil
}
