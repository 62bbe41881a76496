package store

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"vivarium/app/model"
)

func TestClassify(t *testing.T) {
	t.Parallel()
	if err := classify(nil, "label %q", "dev"); err != nil {
		t.Errorf("got %v for no error", err)
	}
	absent := fmt.Errorf("scan: %w", sql.ErrNoRows)
	err := classify(absent, "écrit %q", "x")
	fails(t, err, model.NotFound, `Écrit "x" does not exist.`)
	if !errors.Is(err, sql.ErrNoRows) {
		t.Error("the cause is lost to the log")
	}
	fails(t, classify(errNo, "label %q", "dev"), model.Internal, `label "dev": no`)
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	_, err := w.db.writer.ExecContext(ctx, "PRAGMA max_page_count = 1") // SQLite takes it as: no more than now
	check(t, err)
	err = w.InTx(ctx, func(tx *Store) error {
		for i := range 10_000 {
			if err := tx.InsertAudit(ctx, &model.AuditLine{At: noon, Detail: fmt.Sprintf("%0500d", i)}); err != nil {
				return err
			}
		}
		return nil
	})
	fails(t, err, model.Full, "The server has no space left to store this. Tell its administrator.")
}

// TestDamaged: a file that is no database, or half of one, is told from every other
// trouble.
func TestDamaged(t *testing.T) {
	t.Parallel()
	whole := newWorld(t)
	check(t, whole.db.backup(t.Context(), "test"))
	data, err := os.ReadFile(whole.db.path + ".before-test")
	check(t, err)
	for name, content := range map[string][]byte{"junk": bytes.Repeat([]byte("junk"), 1<<12), "half": data[:len(data)/2]} {
		path := filepath.Join(t.TempDir(), "vivarium.db")
		check(t, os.WriteFile(path, content, 0o600))
		s, err := Open(t.Context(), Options{Path: path})
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want %v", name, err, ErrDamaged)
		}
		if err == nil {
			check(t, s.Close())
		}
	}
	_, err = Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "missing", "vivarium.db")})
	if err == nil || errors.Is(err, ErrDamaged) {
		t.Errorf("a folder that is not there: %v", err)
	}
}
