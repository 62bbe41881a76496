package store

import (
	"context"
	"time"

	"vivarium/app/model"
)

// Holdings counts what belongs to an account and would go with it, and downloads from
// a day on.
func (s *Store) Holdings(ctx context.Context, accountID int64, since time.Time) (model.Holdings, error) {
	var h model.Holdings
	err := s.read.NewRaw(`
		SELECT
			(SELECT count(*) FROM packages WHERE account_id = ?0 AND instr(types, ?1) = 0 AND instr(types, ?2) = 0) AS packages,
			(SELECT count(*) FROM packages WHERE account_id = ?0 AND instr(types, ?1) > 0) AS notebooks,
			(SELECT count(*) FROM packages WHERE account_id = ?0 AND instr(types, ?2) > 0) AS environments,
			(SELECT count(*) FROM files WHERE account_id = ?0) AS files,
			(SELECT coalesce(sum(size), 0) FROM files WHERE account_id = ?0) AS bytes,
			(SELECT coalesce(sum(d.count), 0) FROM downloads AS d JOIN packages AS p ON p.id = d.package_id WHERE p.account_id = ?0 AND d.day >= ?3) AS lately,
			(SELECT count(DISTINCT s.user_id) FROM stars AS s JOIN packages AS p ON p.id = s.package_id WHERE p.account_id = ?0) AS stars,
			(SELECT count(*) FROM tokens WHERE account_id = ?0) AS tokens,
			(SELECT max(last_used_at) FROM tokens WHERE account_id = ?0) AS token_used_at,
			(SELECT count(*) FROM sign_ins WHERE user_id = ?0) AS sessions,
			(SELECT count(*) FROM groups WHERE organization_id = ?0) AS groups,
			(SELECT count(DISTINCT m.user_id) FROM group_members AS m JOIN groups AS g ON g.id = m.group_id WHERE g.organization_id = ?0) AS members`,
		accountID, `"`+string(model.Notebook)+`"`, `"`+string(model.Environment)+`"`, since.UTC().Format(day)).Scan(ctx, &h)
	return h, classify(err, "count what account %d has", accountID)
}
