package store

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"vivarium/app/model"
)

// noon is a moment with microseconds, which is what the database keeps.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 123456000, time.UTC)

// openTest returns a migrated store in a folder of its own.
func openTest(t testing.TB) *Store {
	t.Helper()
	s := openAt(t, filepath.Join(t.TempDir(), "vivarium.db"))
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStart(t *testing.T) {
	s := openTest(t)
	a := model.Account{Login: "ada", Kind: model.User, CreatedAt: noon}
	if err := s.InsertAccount(context.Background(), &a); err != nil {
		t.Fatal(err)
	}
	got, err := s.Account(context.Background(), "ada")
	t.Log(got, err)
	_, err = s.Account(context.Background(), "a\x00b")
	t.Log(err)
	p := model.Package{AccountID: a.ID, Name: "X", LookupName: "x", NormalizedName: "x", Access: model.Public, CreatedAt: noon, ModifiedAt: noon, Types: []model.PackageType{model.Conda}}
	if err := s.InsertPackage(context.Background(), &p); err != nil {
		t.Fatal(err)
	}
	l, n, err := s.Packages(context.Background(), PackageQuery{Type: model.Conda, Words: "x"})
	t.Log(l, n, err)
	t.Log(s.SiteCounts(context.Background(), Sight{}))
	t.Log(s.Labels(context.Background(), a.ID, Sight{}))
	t.Log(s.Memberships(context.Background(), a.ID))
	t.Log(s.OrganizationsSoleOwned(context.Background(), a.ID))
	t.Log(s.AppendChanges(context.Background(), a.ID, noon, []model.IndexChange{{Subdir: "noarch"}, {}}))
	t.Log(s.EnsureLabel(context.Background(), a.ID, "main", noon))
	t.Log(s.EnsureLabel(context.Background(), a.ID, "main", noon))
	t.Log(s.DataVersion(context.Background()))
	t.Log(s.InsertAudit(context.Background(), &model.AuditLine{At: noon}))
	t.Log(s.AuditLines(context.Background(), "", 1))
}
