package store

import (
	"context"
	"fmt"
)

// Integrity looks through the whole database file and returns what is wrong with
// it, in SQLite's words: damaged pages, indexes that differ from their table, rows
// that refer to none. It is empty when all is well.
func (s *Store) Integrity(ctx context.Context) ([]string, error) {
	var problems []string
	if err := s.read.NewRaw("PRAGMA integrity_check").Scan(ctx, &problems); err != nil {
		return nil, fmt.Errorf("check the database: %w", err)
	}
	if len(problems) == 1 && problems[0] == "ok" {
		problems = nil
	}
	var orphans []struct {
		Table  string `bun:"table"`
		RowID  int64  `bun:"rowid"`
		Parent string `bun:"parent"`
		FKID   int64  `bun:"fkid"`
	}
	if err := s.read.NewRaw("PRAGMA foreign_key_check").Scan(ctx, &orphans); err != nil {
		return nil, fmt.Errorf("check the references in the database: %w", err)
	}
	for _, o := range orphans {
		problems = append(problems, fmt.Sprintf("row %d of %s refers to a row of %s that is not there", o.RowID, o.Table, o.Parent))
	}
	return problems, nil
}
