package store

import (
	"context"

	"vivarium/app/model"
)

// Owned counts what belongs to a user and would go with the account.
type Owned struct {
	Packages     int   `bun:"packages"`
	Notebooks    int   `bun:"notebooks"`
	Environments int   `bun:"environments"`
	Files        int   `bun:"files"`
	Bytes        int64 `bun:"bytes"`
	Tokens       int   `bun:"tokens"`
	Sessions     int   `bun:"sessions"`
}

// CountOwned counts what belongs to a user. Packages are those that are neither
// notebooks nor environments.
func (s *Store) CountOwned(ctx context.Context, userID int64) (Owned, error) {
	var o Owned
	has := func(t model.PackageType) string { return `"` + string(t) + `"` }
	err := s.read.NewRaw(`SELECT
		(SELECT count(*) FROM packages WHERE account_id = ?0 AND instr(types, ?1) = 0 AND instr(types, ?2) = 0) AS packages,
		(SELECT count(*) FROM packages WHERE account_id = ?0 AND instr(types, ?1) > 0) AS notebooks,
		(SELECT count(*) FROM packages WHERE account_id = ?0 AND instr(types, ?2) > 0) AS environments,
		(SELECT count(*) FROM files WHERE account_id = ?0) AS files,
		(SELECT coalesce(sum(size), 0) FROM files WHERE account_id = ?0) AS bytes,
		(SELECT count(*) FROM tokens WHERE account_id = ?0) AS tokens,
		(SELECT count(*) FROM sign_ins WHERE user_id = ?0) AS sessions`,
		userID, has(model.Notebook), has(model.Environment)).Scan(ctx, &o)
	return o, classify(err, "count what a user owns")
}
