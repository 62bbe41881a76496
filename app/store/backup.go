package store

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// backup copies a database that is not empty to a file beside it, named after
// the migration that comes next; a copy that an earlier try left is replaced.
func (db *database) backup(ctx context.Context, next string) error {
	tables, err := db.readers.NewSelect().TableExpr("sqlite_schema").Count(ctx)
	if err != nil {
		return fmt.Errorf("look for tables: %w", err)
	}
	if tables == 0 {
		return nil
	}
	target := db.path + ".before-" + next
	if err := db.copyTo(ctx, target); err != nil {
		return full(fmt.Errorf("copy the database to %s: %w", target, err))
	}
	db.log.InfoContext(ctx, "database copied before its migration", "copy", target)
	return nil
}

// Copy writes the database as it is now to a file, in the place of one that is
// there. What was deleted is not in it.
func (s *Store) Copy(ctx context.Context, target string) error {
	return full(s.db.copyTo(ctx, target))
}

func (db *database) copyTo(ctx context.Context, target string) error {
	unfinished := target + ".part"
	if err := os.Remove(unfinished); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if _, err := makeFile(unfinished); err != nil {
		return err
	}
	if _, err := db.writer.ExecContext(ctx, "VACUUM INTO ?", unfinished); err != nil {
		return errors.Join(err, os.Remove(unfinished))
	}
	return os.Rename(unfinished, target)
}
