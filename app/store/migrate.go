package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"

	"vivarium/app/model"
)

//go:embed migrations
var migrationFiles embed.FS

const migrationTable = "bun_migrations"

// Migrate brings the schema up to this program's version and returns how many
// steps that took. It keeps a copy of a database that is not empty beside it
// first. Processes that start together wait for each other. It fails with
// Conflict on a database of a newer program.
func (s *Store) Migrate(ctx context.Context) (applied int, err error) {
	known, err := migrations()
	if err != nil {
		return 0, err
	}
	return s.migrateBy(ctx, known)
}

// MigrateTo is Migrate up to a version. It is Conflict when the database is beyond it,
// because migrations go forward only, and Invalid when this program is not as far.
func (s *Store) MigrateTo(ctx context.Context, version int) (applied int, err error) {
	known, err := migrations()
	if err != nil {
		return 0, err
	}
	has, err := s.Version(ctx)
	if err != nil {
		return 0, err
	}
	some, newest := migrate.NewMigrations(), 0
	for _, m := range known.Sorted() {
		if newest, err = strconv.Atoi(m.Name); err != nil {
			return 0, fmt.Errorf("number of migration %s: %w", m.Name, err)
		}
		if newest <= version {
			some.Add(m)
		}
	}
	switch {
	case version < 1 || version > newest:
		return 0, model.Errorf(model.Invalid, "This program knows the versions 1 to %d.", newest)
	case version < has:
		return 0, model.Errorf(model.Conflict, "The database has version %d, and migrations only go forward. Restore the copy that was made before it was migrated.", has)
	}
	return s.migrateBy(ctx, some)
}

// migrateBy runs those of the migrations that were not run yet.
func (s *Store) migrateBy(ctx context.Context, list *migrate.Migrations) (applied int, err error) {
	if pending, err := s.pendingOf(ctx, list); err != nil || len(pending) == 0 {
		return 0, err
	}
	unlock, err := lockMigration(ctx, s.db.path)
	if err != nil {
		return 0, err
	}
	defer unlock()
	// Another process may have done it while this one waited.
	pending, err := s.pendingOf(ctx, list)
	if err != nil || len(pending) == 0 {
		return 0, err
	}
	return s.migrate(ctx, list, pending)
}

func (s *Store) migrate(ctx context.Context, list *migrate.Migrations, pending migrate.MigrationSlice) (applied int, err error) {
	if err := s.db.backup(ctx, pending[0].Name); err != nil {
		return 0, err
	}
	migrator := s.migrator(list)
	if err := migrator.Init(ctx); err != nil {
		return 0, fmt.Errorf("prepare the list of migrations: %w", err)
	}
	if _, err := migrator.Migrate(ctx); err != nil {
		return 0, full(fmt.Errorf("migrate the database: %w", err))
	}
	s.db.log.InfoContext(ctx, "database migrated", "steps", len(pending), "version", pending[len(pending)-1].Name)
	return len(pending), nil
}

// Pending returns how many migrations Migrate would run.
func (s *Store) Pending(ctx context.Context) (int, error) {
	pending, err := s.pending(ctx)
	return len(pending), err
}

// Version returns the number of the last migration that was run, 0 for an empty
// database.
func (s *Store) Version(ctx context.Context) (int, error) {
	names, err := s.appliedNames(ctx)
	if err != nil || len(names) == 0 {
		return 0, err
	}
	return strconv.Atoi(names[len(names)-1])
}

func (s *Store) pending(ctx context.Context) (migrate.MigrationSlice, error) {
	known, err := migrations()
	if err != nil {
		return nil, err
	}
	return s.pendingOf(ctx, known)
}

func (s *Store) pendingOf(ctx context.Context, list *migrate.Migrations) (migrate.MigrationSlice, error) {
	names, err := s.appliedNames(ctx)
	if err != nil {
		return nil, err
	}
	all := list.Sorted()
	if newest := all[len(all)-1].Name; len(names) > 0 && names[len(names)-1] > newest {
		return nil, model.Errorf(model.Conflict,
			"The database has version %s, this program knows up to %s. Run the newer program, or restore the copy made before its update.", names[len(names)-1], newest)
	}
	return slices.DeleteFunc(all, func(m migrate.Migration) bool { return slices.Contains(names, m.Name) }), nil
}

// appliedNames returns the names of the migrations that were run, ascending.
func (s *Store) appliedNames(ctx context.Context) (names []string, err error) {
	tables, err := s.read.NewSelect().TableExpr("sqlite_schema").Where("name = ?", migrationTable).Count(ctx)
	if err == nil && tables > 0 {
		err = s.read.NewSelect().Table(migrationTable).Column("name").Order("name").Scan(ctx, &names)
	}
	if err != nil {
		return nil, fmt.Errorf("read the list of migrations: %w", err)
	}
	return names, nil
}

func migrations() (*migrate.Migrations, error) {
	dir, err := fs.Sub(migrationFiles, "migrations/sqlite")
	if err != nil {
		return nil, fmt.Errorf("find the migrations: %w", err)
	}
	list := migrate.NewMigrations()
	if err := list.Discover(dir); err != nil {
		return nil, fmt.Errorf("find the migrations: %w", err)
	}
	return list, nil
}

// migrator notes a migration in its own transaction, so that a crash cannot
// leave one done but not noted; bun then notes it once more.
func (s *Store) migrator(list *migrate.Migrations) *migrate.Migrator {
	note := func(ctx context.Context, tx bun.IConn, m *migrate.Migration) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO "+migrationTable+" (name, group_id) VALUES (?, ?)", m.Name, m.GroupID)
		return err
	}
	return migrate.NewMigrator(s.db.writer, list, migrate.WithTableName(migrationTable),
		migrate.WithMarkAppliedOnSuccess(true), migrate.WithUpsert(true), migrate.AfterMigration(note))
}
