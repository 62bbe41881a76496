package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// Sessions keeps browser sessions for scs, which must hash its session tokens
// before it hands them over (HashTokenInStore). It fits scs.CtxStore.
type Sessions struct {
	store *Store
	clock model.Clock
}

type session struct {
	bun.BaseModel `bun:"table:sessions"`

	IDHash    []byte    `bun:"id_hash,pk"`
	Data      []byte    `bun:"data"`
	ExpiresAt time.Time `bun:"expires_at"`
}

// Sessions returns the sessions of this database, which expire by clock.
func (s *Store) Sessions(clock model.Clock) *Sessions { return &Sessions{s, clock} }

// FindCtx returns the data of a session, and whether it exists and has not
// expired.
func (ss *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	var row session
	err = ss.store.read.NewSelect().Model(&row).
		Where("id_hash = ? AND expires_at > ?", []byte(token), ss.clock.Now()).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("find a session: %w", err)
	}
	return row.Data, true, nil
}

// CommitCtx keeps the data of a session until expiry.
func (ss *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	row := &session{IDHash: []byte(token), Data: data, ExpiresAt: expiry}
	_, err := ss.store.write.NewInsert().Model(row).
		On("CONFLICT (id_hash) DO UPDATE").Set("data = excluded.data, expires_at = excluded.expires_at").
		Exec(ctx)
	return classify(err, "keep a session")
}

// DeleteCtx ends a session; ending none is no error.
func (ss *Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := ss.store.write.NewDelete().Model((*session)(nil)).Where("id_hash = ?", []byte(token)).Exec(ctx)
	return classify(err, "end a session")
}

// Find is FindCtx without a context.
func (ss *Sessions) Find(token string) (data []byte, found bool, err error) {
	return ss.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (ss *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return ss.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (ss *Sessions) Delete(token string) error { return ss.DeleteCtx(context.Background(), token) }

// DeleteExpiredSessions removes the sessions that have expired at now and
// returns how many there were.
func (s *Store) DeleteExpiredSessions(ctx context.Context, now time.Time) (n int, err error) {
	res, err := s.write.NewDelete().Model((*session)(nil)).Where("expires_at <= ?", now).Exec(ctx)
	if err != nil {
		return 0, fmt.Errorf("delete expired sessions: %w", err)
	}
	rows, err := res.RowsAffected()
	return int(rows), err
}
