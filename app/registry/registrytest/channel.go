package registrytest

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// filesOfPackage is how many files each package of FillChannel has.
const filesOfPackage = 20

// FillChannel adds n conda files to a subdir of an owner's channel, 20 of each
// package, with label main, with records of the usual length and without bytes.
func (s *Site) FillChannel(t testing.TB, owner, subdir string, n int) {
	t.Helper()
	ctx := t.Context()
	account, err := s.Store.Account(ctx, owner)
	if err != nil {
		t.Fatal(err)
	}
	const atOnce = 500 // packages of one transaction
	for first := 0; first*filesOfPackage < n; first += atOnce {
		err := s.Store.InTx(ctx, func(tx *store.Store) error {
			label, err := tx.EnsureLabel(ctx, account.ID, model.MainLabel, time.Now())
			for i := first; i < first+atOnce && i*filesOfPackage < n && err == nil; i++ {
				err = fillPackage(t, tx, account.ID, label.ID, subdir, fmt.Sprintf("filled-%06d", i), min(filesOfPackage, n-i*filesOfPackage))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func fillPackage(t testing.TB, tx *store.Store, accountID, labelID int64, subdir, name string, files int) error {
	ctx, now := t.Context(), time.Now()
	p := model.Package{AccountID: accountID, Name: name, LookupName: name, NormalizedName: name, Types: []model.PackageType{model.Conda}, Access: model.Public, CreatedAt: now, ModifiedAt: now}
	if err := tx.InsertPackage(ctx, &p); err != nil {
		return err
	}
	r := model.Release{PackageID: p.ID, Version: "1.0", CreatedAt: now}
	if err := tx.InsertRelease(ctx, &r); err != nil {
		return err
	}
	changes := make([]model.IndexChange, files)
	for i := range files {
		f := filledFile(subdir, name, i)
		f.AccountID, f.PackageID, f.ReleaseID, f.UploadedAt = accountID, p.ID, r.ID, now
		if err := tx.InsertFile(ctx, &f); err != nil {
			return err
		}
		if err := tx.AddFileLabel(ctx, f.ID, labelID); err != nil {
			return err
		}
		changes[i] = model.IndexChange{Subdir: subdir, Package: name, File: f.FileName()}
	}
	_, err := tx.AppendChanges(ctx, accountID, now, changes)
	return err
}

func filledFile(subdir, name string, i int) model.File {
	version := fmt.Sprintf("1.%d.0", i)
	file := fmt.Sprintf("%s-%s-py312h0123456_0.conda", name, version)
	sum := sha256.Sum256([]byte(file))
	record, _ := json.Marshal(map[string]any{ // which cannot fail
		"build": "py312h0123456_0", "build_number": 0, "name": name, "version": version, "subdir": subdir, "license": "BSD-3-Clause", "license_family": "BSD",
		"depends": []string{"__glibc >=2.17,<3.0.a0", "libgcc >=14", "libstdcxx >=14", "numpy >=1.23,<3", "python >=3.12,<3.13.0a0", "python_abi 3.12.* *_cp312"},
		"size":    12345 + i, "timestamp": 1772600767890 + i, "indexed_timestamp": 1772600867890 + i, "md5": fmt.Sprintf("%x", sum[:16]), "sha256": fmt.Sprintf("%x", sum),
	})
	return model.File{
		Type: model.Conda, Subdir: subdir, Basename: subdir + "/" + file, Build: "py312h0123456_0", Size: 12345, SHA256: fmt.Sprintf("%x", sum),
		MD5: fmt.Sprintf("%x", sum[:16]), Record: record, RunExports: json.RawMessage(`{"weak":["` + name + ` >=` + version + `"]}`),
	}
}
