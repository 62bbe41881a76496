package registrytest

import (
	"fmt"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// AddRows adds n conda files of a package's release 1.0 to a subdir, with label
// main and without bytes: publishing a thousand takes long.
func (s *Site) AddRows(t testing.TB, owner, name, subdir string, n int) {
	t.Helper()
	ctx := t.Context()
	err := s.Store.InTx(ctx, func(tx *store.Store) error {
		account, err := tx.Account(ctx, owner)
		if err != nil {
			return err
		}
		p, err := tx.Package(ctx, account.ID, name)
		if err != nil {
			return err
		}
		release, err := tx.Release(ctx, p.ID, "1.0")
		if err != nil {
			return err
		}
		label, err := tx.EnsureLabel(ctx, account.ID, model.MainLabel, time.Now())
		for i := 0; i < n && err == nil; i++ {
			basename := fmt.Sprintf("%s/%s-1.0-%d.conda", subdir, name, i)
			f := model.File{AccountID: account.ID, PackageID: p.ID, ReleaseID: release.ID, Type: model.Conda, Subdir: subdir, Basename: basename}
			if err = tx.InsertFile(ctx, &f); err == nil {
				err = tx.AddFileLabel(ctx, f.ID, label.ID)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
