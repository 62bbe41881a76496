package registry

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"vivarium/app/format/cran"
	"vivarium/app/model"
	"vivarium/app/store"
)

// RIndex is a folder of a channel's CRAN-like repository.
type RIndex struct {
	Entries []cran.Entry
	// Modified is when the channel's index last changed.
	Modified time.Time
}

// RIndex lists the R packages of a folder that carry the label, as actor sees them.
// A folder without any is empty, and no error.
func (r *Registry) RIndex(ctx context.Context, actor model.Actor, channel, label string, folder cran.Folder) (RIndex, error) {
	var out RIndex
	err := r.Store.InReadTx(ctx, func(tx *store.Store) error {
		a, err := r.account(ctx, tx, actor, channel)
		if err != nil {
			return err
		}
		sight, err := r.sight(actor)
		if err != nil {
			return err
		}
		files, err := tx.RFiles(ctx, a.ID, model.FoldName(label), sight)
		if err != nil {
			return err
		}
		if out.Modified, err = modified(ctx, tx, actor, a); err != nil {
			return err
		}
		for _, f := range files {
			record, err := recordOfR(f)
			if err != nil {
				return err
			}
			if folder.Holds(record.Built) {
				out.Entries = append(out.Entries, record.Entry)
			}
		}
		return nil
	})
	return out, err
}

func recordOfR(f model.File) (record rRecord, err error) {
	if err = json.Unmarshal(f.Record, &record); err != nil {
		return record, fmt.Errorf("read record of %s: %w", f.FullName(), err)
	}
	return record, nil
}

// OpenRFile opens an R package of a folder for a download. With a label it must
// carry it; an empty label means any.
func (r *Registry) OpenRFile(ctx context.Context, actor model.Actor, channel, label string, folder cran.Folder, fileName string) (OpenedFile, error) {
	a, err := r.account(ctx, r.Store, actor, channel)
	if err != nil {
		return OpenedFile{}, err
	}
	absent := model.Errorf(model.NotFound, "There is no file %s in %s.", shorten(fileName), a.Login)
	f, err := r.Store.RFile(ctx, a.ID, fileName)
	if model.CodeOf(err) == model.NotFound || err == nil && label != "" && !slices.Contains(f.Labels, model.FoldName(label)) {
		return OpenedFile{}, absent
	}
	if err != nil {
		return OpenedFile{}, err
	}
	p, err := r.Store.Package(ctx, a.ID, model.FoldName(f.Package))
	if err != nil {
		return OpenedFile{}, err
	}
	if _, err := r.requirePackage(ctx, r.Store, actor, a, p, model.Read, absent); err != nil {
		return OpenedFile{}, err
	}
	if record, err := recordOfR(f); err != nil || !folder.Holds(record.Built) {
		return OpenedFile{}, firstError(err, absent)
	}
	return r.openFile(f, PackageDetail{Package: p, Account: a})
}
